#include "exercise/question.hpp"

#include <algorithm>

#include "exercise/diagnosis.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/notation.hpp"
#include "exercise/slip.hpp"
#include "exercise/verdict.hpp"
#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using format::say;

// The refusal if the run never comes to the question's pause.
Refusal never_comes(const Json& question, const Run& run) {
  if (!question.contains("pause") || pause_event(question, run) != nullptr) return std::nullopt;
  const Json& pause = question.at("pause");
  const auto found = std::count_if(run.events.begin(), run.events.end(), [&](const Json& event) {
    return lab::matches(pause.at("before"), event);
  });
  if (found > 0) {
    return std::pair("/pause/nth",
                     say({"events of the run that match: {0}; \"nth\" is {1}, so the question is "
                          "never asked",
                          "运行中匹配的事件有 {0} 个，而 \"nth\" 是 {1}，所以永远问不到这个问题"},
                         {std::to_string(found), format::show(pause.at("nth"))}));
  }
  return std::pair("/pause", say({"no event of the run matches, so the question is never asked",
                                  "运行中没有匹配的事件，所以永远问不到这个问题"}));
}

Json pause_json(const Json& event) { return {{"step", event.at("step")}, {"t", event.at("t")}}; }

}  // namespace

Refusal cannot_be_asked(const Json& question, const Run& run) {
  if (auto why = never_comes(question, run)) return why;
  const auto& kind = kind_of(question);
  return kind.cannot_be_asked ? kind.cannot_be_asked(question, run) : std::nullopt;
}

Json shown(const Json& question, const Json& hints, const Setting& setting) {
  const Kind& kind = kind_of(question);
  Json json{{"id", question.at("id")}, {"kind", kind.name}, {"points", points(question)}};
  json["hints"] = question.value("hints", hints);
  if (!question.contains("parts")) json["pause"] = nullptr;
  if (const Json* event = pause_event(question, setting.run)) json["pause"] = pause_json(*event);
  json["text"] = question.at("text");
  const auto notation = setting.notations.of(question, setting.run);
  if (!notation.empty()) json["notation"] = notation;
  if (kind.show) kind.show(question, setting, json);
  return json;
}

Json judge(const Json& question, const Json& answer, Bench& bench) {
  return kind_of(question).judge(question, answer, bench);
}

namespace {

void add_new(Json& diagnoses, Json diagnosis) {
  const Json& name = diagnosis.at("misconception");
  const auto is_it = [&](const Json& each) { return each.at("misconception") == name; };
  if (std::any_of(diagnoses.begin(), diagnoses.end(), is_it)) return;
  if (diagnoses.size() < most_diagnoses) diagnoses.push_back(std::move(diagnosis));
}

// Adds the diagnoses and slips of one answer's statements. An answer may have two: what the student
// said before acting, and what the student did.
void explain_one(Json& verdict, const Json& question, const Attempt& attempt,
                 Diagnosis& diagnosis) {
  bool any = false;
  Json told = Json::array();
  Json slipped = Json::array();
  for (const Statement& statement : attempt) {
    if (statement.question != &question) continue;
    any = true;
    if (verdict.at("correct").get<bool>()) continue;
    for (Json& each : diagnosis.of(statement)) add_new(told, std::move(each));
    for (Json& each : slips(statement, told)) slipped.push_back(std::move(each));
  }
  if (!any) return;
  // Slips that need runs were found when the answer was judged. A diagnosis replaces them, because
  // it explains the whole choice.
  if (told.empty()) {
    for (Json& each : verdict.value("slips", Json::array())) slipped.push_back(std::move(each));
  }
  verdict["diagnoses"] = std::move(told);
  verdict["slips"] = std::move(slipped);
}

void explain(Json& verdicts, const Json& questions, const Attempt& attempt, Diagnosis& diagnosis) {
  for (Json& verdict : verdicts) {
    const auto question = std::find_if(questions.begin(), questions.end(), [&](const Json& each) {
      return each.at("id") == verdict.at("id");
    });
    if (const auto parts = verdict.find("parts"); parts != verdict.end()) {
      explain(*parts, question->at("parts"), attempt, diagnosis);
    } else {
      explain_one(verdict, *question, attempt, diagnosis);
    }
  }
}

}  // namespace

void explain_verdicts(Json& verdicts, const Json& questions, Bench& bench) {
  Diagnosis diagnosis(bench.attempt, bench.teaches);
  explain(verdicts, questions, bench.attempt, diagnosis);
}

}  // namespace tcplab::exercise
