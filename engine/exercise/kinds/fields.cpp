#include "exercise/kinds/fields.hpp"

#include <algorithm>
#include <set>

#include "exercise/verdict.hpp"
#include "format/problem.hpp"

namespace tcplab::exercise {

using format::say;

ReadAnswer by_field(const Json& question, const Json& answer, const std::vector<std::string>& names,
                    ReadValue read) {
  if (!answer.is_object()) {
    return tl::unexpected(
        say({"found {0}; allowed: an object with {1}", "发现 {0}；允许：一个对象，含有 {1}"},
            {format::show(answer), format::list(names)}));
  }
  Answered result;
  for (const std::string& name : names) result.values[name] = nullptr;
  for (const auto& [key, value] : answer.get_ref<const Json::object_t&>()) {
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      result.unknown = say({"found {0}; asked: {1}", "发现 {0}；问的是：{1}"},
                           {format::quote(key), format::list(names)});
      continue;
    }
    if (value.is_null()) continue;
    if (auto one = read(question, key, value)) {
      result.values[key] = std::move(*one);
    } else {
      result.unreadable.emplace(key, std::move(one.error()));
    }
  }
  return result;
}

namespace {

// A field that could not be read is not told what was expected: the student may still write it in a
// form that can be read.
Json judged_field(const std::string& name, const Json& expected, const Answered& given,
                  const FieldsOf& of, const Json& question) {
  const Json& value = given.values.at(name);
  Json field{{"name", name}, {"answer", value}};
  const auto problem = given.unreadable.find(name);
  if (problem == given.unreadable.end()) {
    field["expected"] = of.told_beside ? of.told_beside(value, expected) : expected;
  } else {
    field["problem"] = format::to_json(problem->second);
  }
  field["correct"] = of.same ? of.same(question, name, value, expected) : value == expected;
  return field;
}

// Replaces each value that is the same answer as the given one by the given one, because diagnosis
// compares by equality.
Json with_given(Json values, const Json& given, const FieldsOf& of, const Json& question) {
  if (!of.same) return values;
  for (auto& [name, value] : values.get_ref<Json::object_t&>()) {
    if (of.same(question, name, value, given.at(name))) value = given.at(name);
  }
  return values;
}

}  // namespace

namespace {

Json evidence_of(const std::string& name, const FieldsOf& of, const Fields& right,
                 const Answered& given, const Json& question, const Run& run) {
  const auto why = right.evidence.find(name);
  if (why == right.evidence.end() || given.unreadable.count(name) != 0) return {};
  const Json& value = given.values.at(name);
  if (!of.against || value.is_null()) return why->second;
  std::set<std::uint32_t> events(why->second.begin(), why->second.end());
  for (const auto n : of.against(value, question, run)) events.insert(n);
  return events;
}

}  // namespace

Json judge_fields(const FieldsOf& of, const Json& question, const Json& answer, Bench& bench) {
  const auto right = of.run(question, *bench.plain);
  if (!right) {
    return unreadable(question, say({"the run of this seed does not come to this question",
                                     "这个种子的运行到不了这个问题"}));
  }
  const auto given = of.answer(question, answer, *bench.plain);
  if (!given) return unreadable(question, given.error());

  Json fields = Json::array();
  std::uint64_t correct = 0;
  for (const auto& [name, expected] : right->values.get_ref<const Json::object_t&>()) {
    fields.push_back(judged_field(name, expected, *given, of, question));
    if (fields.back().at("correct").get<bool>()) {
      ++correct;
    } else if (Json why = evidence_of(name, of, *right, *given, question, *bench.plain);
               !why.is_null()) {
      fields.back()["evidence"] = std::move(why);
    }
  }
  Json verdict = blank_verdict(question);
  verdict["score"] = points_of(correct, question);
  verdict["correct"] = correct == fields.size();
  verdict["fields"] = std::move(fields);
  verdict["evidence"] = right->shown;
  tell_unknown(verdict, given->unknown);

  const auto run_under = [&bench](const Json& mutants) {
    return bench.runs.with_mutants(mutants).value_or(nullptr);
  };
  const auto under = [of, &question, run_under, plain = bench.plain,
                      right = right->values](const Json& mutants) -> std::optional<Json> {
    const RunPtr run = run_under(mutants);
    if (run == plain) return right;
    const auto there = run ? of.run(question, *run) : std::nullopt;
    return there ? std::optional(there->values) : std::nullopt;
  };
  const auto unlost = [of, &question, &bench]() -> std::optional<Json> {
    const Json& scenario = bench.runs.scenario();
    const Json changed = without_loss(scenario);
    const auto run =
        changed == scenario ? nullptr : bench.runs.of_scenario(changed).value_or(nullptr);
    const auto there = run ? of.run(question, *run) : std::nullopt;
    return there ? std::optional(there->values) : std::nullopt;
  };
  const auto as_given = [of, &question, given = given->values](Json values) {
    return with_given(std::move(values), given, of, question);
  };
  bench.attempt.push_back(
      {&question, given->values, as_given(right->values), under, bench.plain, run_under});
  bench.attempt.back().without_loss = unlost;
  bench.attempt.back().as_given = as_given;
  bench.attempt.back().evidence = right->evidence;
  bench.attempt.back().shown = right->shown;
  return verdict;
}

Json right_fields(const FieldsOf& of, const Json& question, Bench& bench) {
  auto fields = of.run(question, *bench.plain);
  return fields ? std::move(fields->values) : Json();
}

}  // namespace tcplab::exercise
