#include "grade_table.hpp"

#include <algorithm>
#include <cstdint>

#include "csv.hpp"
#include "exercise/instance.hpp"
#include "exercise/verdict.hpp"
#include "files.hpp"

namespace tcplab::cli {

namespace {

using format::Json;

const std::vector<std::string> kHead{"file",  "question",      "points", "of",
                                     "ideas", "earlier_ideas", "problem"};

// "2", or "1.5".
std::string points_text(std::uint64_t halves) {
  return std::to_string(halves / 2) + (halves % 2 == 0 ? "" : ".5");
}

std::string ideas_in(const Json& verdict) {
  std::string ideas;
  for (const Json& each : verdict.value("diagnoses", Json::array())) {
    ideas += (ideas.empty() ? "" : " ") + each.at("misconception").get<std::string>();
  }
  return ideas;
}

std::string earlier_of(const EarlierIdeas& earlier, const std::string& step) {
  const auto found = earlier.find(step);
  std::string ideas;
  if (found == earlier.end()) return ideas;
  for (const std::string& idea : found->second) ideas += (ideas.empty() ? "" : " ") + idea;
  return ideas;
}

// Why the answer or some of its fields could not be read.
std::string problems_in(const Json& verdict) {
  std::string text;
  const auto add = [&](const Json& told) {
    const auto problem = told.find("problem");
    if (problem == told.end()) return;
    text += (text.empty() ? "" : "\n") + problem->at("en").get<std::string>();
  };
  add(verdict);
  for (const Json& field : verdict.value("fields", Json::array())) add(field);
  return text;
}

// The verdict on the question; an empty object if it is not answered.
Json verdict_on(const Json& question, const Json& verdicts) {
  const auto is_it = [&](const Json& each) { return each.at("id") == question.at("id"); };
  const auto found = std::find_if(verdicts.begin(), verdicts.end(), is_it);
  return found == verdicts.end() ? Json::object() : *found;
}

}  // namespace

void add_ideas(std::set<std::string>& ideas, const Json& verdict, const std::string& step) {
  const auto slash = step.find('/');
  Json judged = verdict_on({{"id", step.substr(0, slash)}}, verdict.at("questions"));
  if (slash != std::string::npos) {
    judged = verdict_on({{"id", step.substr(slash + 1)}}, judged.value("parts", Json::array()));
  }
  for (const Json& each : judged.value("diagnoses", Json::array())) {
    ideas.insert(each.at("misconception").get<std::string>());
  }
}

void GradeTable::add(const std::string& file, const Json& verdict, const EarlierIdeas& earlier) {
  const auto instance = exercise::instantiate(exercise_, verdict.at("seed").get<std::uint64_t>());
  const auto add_row = [&](const std::string& name, const Json& question, const Json& judged) {
    if (exercise::points(question) == 0) return;
    const auto halves = judged.value("half_points", std::uint64_t{0});
    rows_.push_back({display_name(file), name, points_text(halves),
                     std::to_string(exercise::points(question)), ideas_in(judged),
                     earlier_of(earlier, name), problems_in(judged)});
  };
  for (const Json& question : instance->exercise.at("questions")) {
    const auto name = question.at("id").get<std::string>();
    const Json judged = verdict_on(question, verdict.at("questions"));
    if (!question.contains("parts")) add_row(name, question, judged);
    for (const Json& part : question.value("parts", Json::array())) {
      const Json parts = judged.value("parts", Json::array());
      add_row(name + "/" + part.at("id").get<std::string>(), part, verdict_on(part, parts));
    }
  }
}

void GradeTable::add(const std::string& file, const format::Problems& problems) {
  std::string text;
  for (const auto& problem : problems) {
    text += (text.empty() ? "" : "\n") + format::to_text(display_name(file), problem);
  }
  rows_.push_back({display_name(file), "", "", "", "", "", text});
}

std::string GradeTable::text() const {
  std::string text = csv_row(kHead);
  for (const auto& row : rows_) text += csv_row(row);
  return text;
}

}  // namespace tcplab::cli
