#include "exercise/verdict.hpp"

#include "exercise/kinds/kind.hpp"

namespace tcplab::exercise {

std::uint64_t points(const Json& question) { return kind_of(question).points(question); }

std::uint64_t points_of(std::uint64_t fields, const Json& question) {
  return fields * question.value("weight", std::uint64_t{1});
}

const Json* pause_event(const Json& question, const Run& run) {
  const auto pause = question.find("pause");
  if (pause == question.end()) return nullptr;
  return run.find(pause->at("before"), pause->value("nth", std::uint64_t{1}));
}

Json blank_verdict(const Json& question) {
  return {{"id", question.at("id")},
          {"kind", question.at("kind")},
          {"score", 0},
          {"max", points(question)},
          {"correct", false}};
}

Json unreadable(const Json& question, const format::Text& problem) {
  Json verdict = blank_verdict(question);
  verdict["problem"] = format::to_json(problem);
  return verdict;
}

void tell_unknown(Json& verdict, const format::Text& unknown) {
  if (unknown.empty()) return;
  verdict["problem"] = format::to_json(unknown);
  verdict["correct"] = false;
}

}  // namespace tcplab::exercise
