#include "exercise/answer_key.hpp"

#include <algorithm>
#include <string>

#include "exercise/fields.hpp"
#include "lab/predicate.hpp"
#include "lab/scenario.hpp"

namespace tcplab::exercise {

namespace {

Json right_fields(const Json& question, const Run& run) {
  const auto fields = fields_of(question, run);
  if (!fields) return nullptr;
  return question.at("kind") == "role" ? fields->values.at("hosts") : fields->values;
}

// One event for each need.
Json right_picks(const Json& question, const Run& run) {
  Json picks = Json::array();
  for (const Json& need : question.at("need")) {
    const auto met = std::find_if(run.events.begin(), run.events.end(), [&](const Json& event) {
      return std::any_of(need.begin(), need.end(),
                         [&](const Json& match) { return lab::matches(match, event); });
    });
    if (met == run.events.end()) return nullptr;
    picks.push_back(met->at("n"));
  }
  return picks;
}

Json right_options(const Json& question, Bench& bench) {
  Json chosen = Json::object();
  for (const Json& slot : question.at("slots")) {
    const auto& options = slot.at("options");
    const auto right = std::find_if(options.begin(), options.end(), [&](const Json& option) {
      return option_holds(option, bench);
    });
    chosen[slot.at("id").get_ref<const std::string&>()] =
        right == options.end() ? Json() : right->at("id");
  }
  return chosen;
}

}  // namespace

Json right_answer(const Json& question, Bench& bench) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  if (kind == "build") return nullptr;
  if (kind == "say") return question.at("model");
  if (kind == "claim") return right_options(question, bench);
  if (kind == "pick") return right_picks(question, *bench.plain);
  if (kind != "explain") return right_fields(question, *bench.plain);
  Json parts = Json::object();
  for (const Json& part : question.at("parts")) {
    parts[part.at("id").get_ref<const std::string&>()] = right_answer(part, bench);
  }
  return parts;
}

tl::expected<Json, Problems> answer_key(const Instance& instance, std::string_view mutant) {
  const Json& e = instance.exercise;
  Json scenario = e.at("scenario");
  if (!mutant.empty()) scenario = lab::with_mutants(std::move(scenario), mutant);
  Runs runs(std::move(scenario), instance.seed, format::Source{});
  const auto plain = runs.plain();
  if (!plain) return tl::unexpected(plain.error());
  Bench bench{runs, *plain, e.at("teaches")};
  Json key = Json::object();
  for (const Json& question : e.at("questions")) {
    key[question.at("id").get_ref<const std::string&>()] = right_answer(question, bench);
  }
  return key;
}

bool is_answered_otherwise(const Json& question, const Json& real, const Json& other) {
  const auto& kind = question.at("kind").get_ref<const std::string&>();
  if (kind == "pick") return real.is_null() != other.is_null();
  if (kind != "explain") return real != other;
  const auto& parts = question.at("parts");
  return std::any_of(parts.begin(), parts.end(), [&](const Json& part) {
    const auto& name = part.at("id").get_ref<const std::string&>();
    return is_answered_otherwise(part, real.at(name), other.at(name));
  });
}

}  // namespace tcplab::exercise
