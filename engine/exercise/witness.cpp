#include "exercise/witness.hpp"

#include <algorithm>

#include "exercise/kinds/doubts.hpp"
#include "exercise/kinds/kind.hpp"

namespace tcplab::exercise {

namespace {

// Whether the value is a plan: a list of actions, or a choice by setting. An object with "do" is
// one action.
bool is_plan(const Json& value) {
  return value.is_array() || (value.is_object() && !value.contains("do"));
}

bool is_plans(const Json& value, const Json& question) {
  return kind_of(question).check_plans && value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), is_plan);
}

// The largest number of plans of a build.
std::size_t most_plans(const Json& questions, const Json& answers) {
  std::size_t most = 1;
  for (const Json& question : questions) {
    const auto answer = answers.find(question.at("id").get_ref<const std::string&>());
    if (answer == answers.end()) continue;
    if (is_plans(*answer, question)) most = std::max(most, answer->size());
    if (const auto parts = question.find("parts"); parts != question.end() && answer->is_object()) {
      most = std::max(most, most_plans(*parts, *answer));
    }
  }
  return most;
}

Json with_plan(const Json& questions, Json answers, std::size_t k) {
  for (const Json& question : questions) {
    const auto answer = answers.find(question.at("id").get_ref<const std::string&>());
    if (answer == answers.end()) continue;
    if (is_plans(*answer, question)) {
      Json plan = (*answer)[k % answer->size()];
      *answer = handed_in(question, std::move(plan));
    } else if (const auto parts = question.find("parts");
               parts != question.end() && answer->is_object()) {
      *answer = with_plan(*parts, std::move(*answer), k);
    }
  }
  return answers;
}

}  // namespace

std::vector<Json> witnesses(const Json& exercise) {
  const Json& questions = exercise.at("questions");
  const Json answers = exercise.value("witness", Json::object());
  std::vector<Json> result;
  for (std::size_t k = 0; k < most_plans(questions, answers); ++k) {
    result.push_back(with_plan(questions, answers, k));
  }
  return result;
}

std::string essence(const Json& plan) {
  std::vector<std::string> actions;
  for (Json action : plan) {
    if (action.is_object()) {
      for (const char* key : {"at", "step", "when", "after", "by", "bytes", "text"})
        action.erase(key);
    }
    actions.push_back(format::dump(action));
  }
  std::sort(actions.begin(), actions.end());
  std::string result;
  for (const std::string& action : actions) result += action + "\n";
  return result;
}

}  // namespace tcplab::exercise
