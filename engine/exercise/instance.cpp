#include "exercise/instance.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "exercise/formula.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/notation.hpp"
#include "exercise/parameters.hpp"
#include "exercise/question.hpp"
#include "exercise/run.hpp"
#include "format/substitute.hpp"

namespace tcplab::exercise {

namespace {

// Fills in an exercise's placeholders, in each text with the parameters of its language.
class Filling {
 public:
  Filling(const Exercise& exercise, const Parameters& parameters)
      : exercise_(exercise), parameters_(parameters) {}

  Json of(const Json& value, const std::string& pointer, const Json& places) {
    if (value.is_string()) return text(value.get_ref<const std::string&>(), pointer, places);
    if (value.is_array()) {
      Json result = Json::array();
      for (std::size_t i = 0; i < value.size(); ++i) {
        result.push_back(of(value[i], format::child(pointer, i), places));
      }
      return result;
    }
    if (!value.is_object()) return value;
    Json result = Json::object();
    for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
      if (pointer.empty()) answers_ = key == "witness" || key == "chaffs";
      const Json& inner = key == "en"   ? parameters_.english
                          : key == "zh" ? parameters_.chinese
                                        : places;
      const bool as_it_is = pointer.empty() && key == "params";
      result[filled_key(key, pointer)] =
          as_it_is ? member : of(member, format::child(pointer, key), inner);
    }
    return result;
  }

  Problems take() { return std::move(problems_); }

 private:
  // Keys of answers are hosts, which may depend on the seed: {"${first}": "TIME_WAIT"}.
  std::string filled_key(const std::string& key, const std::string& pointer) {
    if (!answers_ || key.find("${") == std::string::npos) return key;
    auto filled = format::substitute_text(key, parameters_.values, 1'000);
    if (filled) return std::move(*filled);
    problems_.push_back(
        exercise_.source(pointer).key_problem(format::child("", key), filled.error()));
    return key;
  }

  Json text(const std::string& text, const std::string& pointer, const Json& places) {
    if (text.find("${") == std::string::npos || problems_.size() >= format::max_problems) {
      return text;
    }
    auto filled = format::substitute(text, places, exercise_.source(pointer), room_);
    if (!filled) {
      problems_.insert(problems_.end(), filled.error().begin(), filled.error().end());
      return text;
    }
    if (!filled->is_string()) return *filled;
    const auto& result = filled->get_ref<const std::string&>();
    room_ -= std::min(room_, result.size());
    // Answers may be sums: "${isn} + 1".
    if (answers_) {
      if (auto sum = evaluate_numbers(result)) return std::move(*sum);
    }
    return *filled;
  }

  const Exercise& exercise_;
  const Parameters& parameters_;
  std::size_t room_ = format::max_substituted;
  bool answers_ = false;
  Problems problems_;
};

// The parameters that the texts tell the student. The others only influence the run.
Json told_params(const Json& written, const Json& params, bool in_text = false) {
  Json told = Json::object();
  const auto add = [&](const Json& more) {
    for (const auto& [name, value] : more.get_ref<const Json::object_t&>()) told[name] = value;
  };
  if (written.is_string() && in_text) {
    for (const auto& name : format::placeholder_names(written.get_ref<const std::string&>())) {
      if (params.contains(name)) told[name] = params.at(name);
    }
  } else if (written.is_array()) {
    for (const Json& item : written) add(told_params(item, params, in_text));
  } else if (written.is_object()) {
    for (const auto& [key, member] : written.get_ref<const Json::object_t&>()) {
      if (key != "params") add(told_params(member, params, in_text || key == "en" || key == "zh"));
    }
  }
  return told;
}

}  // namespace

tl::expected<Instance, Problems> instantiate(const Exercise& exercise, std::uint64_t seed) {
  auto parameters = draw(exercise, seed);
  if (!parameters) return tl::unexpected(std::move(parameters.error()));
  Filling filling(exercise, *parameters);
  Instance instance{seed, parameters->values, filling.of(exercise.json(), "", parameters->values)};
  Problems problems = filling.take();
  if (problems.empty()) {
    problems = format::check(exercise_shape(), instance.exercise, exercise.source());
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return instance;
}

tl::expected<Json, Problems> to_json(const Exercise& exercise, const Instance& instance) {
  const Json& e = instance.exercise;
  const Json& scenario = e.at("scenario");
  Runs runs(scenario, instance.seed, exercise.source("/scenario"));
  const auto run = runs.plain();
  if (!run) return tl::unexpected(run.error());
  Problems problems;
  const format::Source source = exercise.source("/questions");
  for (std::size_t i = 0; i < e.at("questions").size(); ++i) {
    if (auto why = cannot_be_asked(e.at("questions")[i], **run)) {
      problems.push_back(source.problem(format::child("", i) + why->first, why->second));
    }
  }
  if (!problems.empty()) return tl::unexpected(std::move(problems));

  Json questions = Json::array();
  const Notations notations(exercise.id(), instance.seed);
  const Setting setting{runs, **run, notations};
  const Json hints = e.value("hints", Json{{"en", Json::array()}, {"zh", Json::array()}});
  for (const Json& question : e.at("questions")) {
    questions.push_back(shown(question, hints, setting));
  }
  Json json;
  for (const char* key : {"id", "rev", "chapter", "teaches"}) json[key] = e.at(key);
  json["seed"] = instance.seed;
  json["params"] = told_params(exercise.json(), instance.params);
  json["profile"] = scenario.value("profile", "rfc9293");
  json["scenario"] = format::dump(scenario);
  json["text"] = e.at("text");
  json["questions"] = std::move(questions);
  return json;
}

}  // namespace tcplab::exercise
