// Questions whose answers are a few named values that any run of the scenario has, real or mutated,
// so that the same comparison serves grading and diagnosis.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "exercise/bench.hpp"

namespace tcplab::exercise {

struct Fields {
  Json values = Json::object();           // field name to value
  std::vector<std::uint32_t> shown = {};  // the events that show the values
  // The events that decide each field's value.
  std::map<std::string, std::vector<std::uint32_t>> evidence = {};
};

// The readable part of a student's answer.
struct Answered {
  Json values = Json::object();  // like Fields::values; null: not answered, or unreadable
  std::map<std::string, format::Text> unreadable = {};  // by field
  format::Text unknown = {};  // what was answered but not asked; empty: nothing
};
using ReadAnswer = tl::expected<Answered, format::Text>;  // or why nothing of it can be read

// How a kind of question gets its fields.
struct FieldsOf {
  // The run's answer; none if the run never comes to the question.
  std::optional<Fields> (*run)(const Json& question, const Run& run);
  ReadAnswer (*answer)(const Json& question, const Json& answer, const Run& run);
  // The events that contradict a wrong value, in addition to those that decide the right one.
  std::vector<std::uint32_t> (*against)(const Json& given, const Json& question,
                                        const Run& run) = nullptr;
  // Whether two values of a field are the same answer; by default, whether they are equal.
  bool (*same)(const Json& question, const std::string& field, const Json& one,
               const Json& other) = nullptr;
  // The right value in the form in which it is shown beside the given one.
  Json (*told_beside)(const Json& given, const Json& right) = nullptr;
};

Json judge_fields(const FieldsOf& of, const Json& question, const Json& answer, Bench& bench);
// The right values by field; null if the run never comes to the question.
Json right_fields(const FieldsOf& of, const Json& question, Bench& bench);

// Reads the answers to the named fields, each with `read`. A field that cannot be read does not
// affect the others.
using ReadValue = tl::expected<Json, format::Text> (*)(const Json& question,
                                                       const std::string& field, const Json& value);
ReadAnswer by_field(const Json& question, const Json& answer, const std::vector<std::string>& names,
                    ReadValue read);

}  // namespace tcplab::exercise
