#include "exercise/answer_key.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "exercise/kinds/kind.hpp"
#include "lab/scenario.hpp"

namespace tcplab::exercise {

Json right_answer(const Json& question, Bench& bench) {
  return kind_of(question).right_answer(question, bench);
}

Json also_right(const Json& questions, Bench& bench) {
  Json also = Json::object();
  for (const Json& question : questions) {
    const auto tell = kind_of(question).also_right;
    Json more = tell ? tell(question, bench) : Json();
    if (!more.empty()) also[question.at("id").get_ref<const std::string&>()] = std::move(more);
  }
  return also;
}

Json without_first(Json lists) {
  bool any = false;
  for (Json& list : lists) {
    if (!list.empty()) list.erase(list.begin());
    any = any || !list.empty();
  }
  return any ? lists : Json();
}

Json right_answers(const Json& questions, Bench& bench) {
  Json right = Json::object();
  for (const Json& question : questions) {
    right[question.at("id").get_ref<const std::string&>()] = right_answer(question, bench);
  }
  return right;
}

namespace {

template <typename Ask>
tl::expected<Json, Problems> asked(const Instance& instance, std::string_view mutant, Ask ask) {
  const Json& e = instance.exercise;
  Json scenario = e.at("scenario");
  Runs unmutated(scenario, instance.seed, format::Source{});
  if (!mutant.empty()) scenario = lab::with_mutants(std::move(scenario), mutant);
  Runs runs(std::move(scenario), instance.seed, format::Source{});
  const auto plain = runs.plain();
  if (!plain) return tl::unexpected(plain.error());
  Bench bench{runs, *plain, e.at("teaches")};
  if (!mutant.empty()) bench.unmutated = &unmutated;
  return ask(e.at("questions"), bench);
}

}  // namespace

tl::expected<Json, Problems> answer_key(const Instance& instance, std::string_view mutant) {
  return asked(instance, mutant, right_answers);
}

tl::expected<Json, Problems> also_right(const Instance& instance) {
  return asked(instance, "",
               [](const Json& questions, Bench& bench) { return also_right(questions, bench); });
}

bool is_answered_otherwise(const Json& question, const Json& real, const Json& other) {
  if (kind_of(question).lists_events) return real.is_null() != other.is_null();
  if (!question.contains("parts")) return real != other;
  const auto& parts = question.at("parts");
  return std::any_of(parts.begin(), parts.end(), [&](const Json& part) {
    const auto& name = part.at("id").get_ref<const std::string&>();
    return is_answered_otherwise(part, real.at(name), other.at(name));
  });
}

}  // namespace tcplab::exercise
