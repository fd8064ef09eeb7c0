// The figures of a rubric as a Markdown page.
#include <cmath>
#include <string>

#include "rubric/measure.hpp"

namespace tcplab::rubric {

namespace {

std::string number(double value) {
  if (value < 0) return "-";
  const auto hundredths = static_cast<int>(std::lround(value * 100));
  const std::string rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

std::string row(const std::string& name, const Counts& counts) {
  const std::size_t labelled = counts.all() - counts.of[0][0] - counts.of[0][1] - counts.of[0][2];
  return "| " + name + " | " + std::to_string(counts.all()) + " | " + std::to_string(labelled) +
         " | " + number(counts.precision()) + " | " + number(counts.recall()) + " | " +
         number(counts.kappa()) + " |\n";
}

std::string table(const Rubric& rubric, const Measured& measured) {
  std::string text =
      "| idea | n | labelled | precision | recall | kappa |\n|---|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < rubric.ideas.size(); ++i) {
    const Idea& idea = rubric.ideas[i];
    text += row("`" + idea.id + "`" + (idea.wrong ? " (wrong)" : ""), measured.ideas[i]);
  }
  return text + row("all", measured.all);
}

std::string summary(const std::string& name, const Measured& measured) {
  return name + ": " + std::to_string(measured.whole) + " of " + std::to_string(measured.answers) +
         " answers judged as labelled in every idea";
}

std::string misses(const Measured& measured) {
  if (measured.misses.empty()) return "";
  std::string text = "\nNot as labelled (answer, idea: labelled, told):\n\n";
  for (const Miss& each : measured.misses) {
    text += "- " + each.answer + ", `" + each.idea + "`: " + std::string(name_of(each.labelled)) +
            ", " + std::string(name_of(each.told)) + "\n";
  }
  return text;
}

std::string section(const Rubric& rubric, const std::vector<Labelled>& answers,
                    const std::string& title, std::string_view part) {
  std::string text = "## " + title + "\n";
  for (const auto& [language, name] : {std::pair{"en", "English"}, std::pair{"zh", "Chinese"}}) {
    const Measured all = measure(rubric, answers, part, language, "");
    text += "\n### " + std::string(name) + "\n\n" + summary("All kinds", all) + ".\n";
    if (all.pairs > 0) {
      text += "Of " + std::to_string(all.pairs) + " that say the same as another one, " +
              std::to_string(all.alike) + " are judged alike.\n";
    }
    text += "\n" + table(rubric, all) + "\n";
    for (const char* kind : {"right", "wrong", "adversarial", "metamorphic"}) {
      text += "- " + summary(kind, measure(rubric, answers, part, language, kind)) + "\n";
    }
    text += misses(all);
  }
  return text;
}

}  // namespace

std::string report(const Rubric& rubric, const std::vector<Labelled>& answers) {
  return "# Rules of " + rubric.exercise + ", " + rubric.part +
         "\n\nWritten by `tcplab rubric`. The authors of the lab wrote and labelled every answer, "
         "and "
         "wrote the rules:\nno answer is a student's, and one pair of eyes labelled them, so the "
         "figures say how the rules do on such answers,\nnot how they would do in a class. n "
         "counts "
         "answers; \"labelled\" those in which the idea is found or contradicted.\nPrecision and "
         "recall are of these two outcomes; kappa (Cohen) is of all three. A dash: nothing to "
         "divide "
         "by.\n\n" +
         section(rubric, answers,
                 "Held out: labelled before there were rules, and not used to tune them",
                 "held_out") +
         "\n" + section(rubric, answers, "Tuned: the rules were tried on these", "tuned");
}

}  // namespace tcplab::rubric
