#include "exercise/shown_ideas.hpp"

#include <algorithm>

#include "exercise/about.hpp"
#include "exercise/answer_key.hpp"
#include "exercise/kinds/kind.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

bool is_declared(const Json& value, std::string_view id) {
  if (value.is_object()) {
    const auto shows = value.find("shows");
    if (shows != value.end() && *shows == id) return true;
  }
  if (!value.is_structured()) return false;
  return std::any_of(value.begin(), value.end(),
                     [&](const Json& inner) { return is_declared(inner, id); });
}

// Whether the mutant's world has another value. Having no value does not count: a student who
// believes in that world could not answer either.
bool differs(const Json& real, const Json& mutated) {
  if (mutated.is_null()) return false;
  if (!real.is_object() || !mutated.is_object()) return real != mutated;
  for (const auto& [key, value] : real.get_ref<const Json::object_t&>()) {
    const auto other = mutated.find(key);
    if (other != mutated.end() && differs(value, *other)) return true;
  }
  return false;
}

// Whether an answer could reveal a student who believes in the mutant's world: it must differ in a
// field that the misconception bears on, as a diagnosis demands. Lists of events do not count,
// because students do not believe in the numbers of events, and diagnosis ignores them.
bool shows_in(const Json& question, const Json& real, const Json& mutated, std::string_view id) {
  if (kind_of(question).lists_events) return false;
  if (!question.contains("parts")) {
    const auto shows = [&](const std::string& field, const Json& right, const Json& value) {
      return differs(right, value) && bearing(id, question, field, value, right) != Bearing::kNone;
    };
    if (!real.is_object()) return shows("", real, mutated);
    // A world that lacks what is asked about gives no answer.
    if (!mutated.is_object()) return false;
    const auto& fields = real.get_ref<const Json::object_t&>();
    return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
      return shows(field.first, field.second, mutated.value(field.first, Json()));
    });
  }
  const auto& parts = question.at("parts");
  return std::any_of(parts.begin(), parts.end(), [&](const Json& part) {
    const auto& name = part.at("id").get_ref<const std::string&>();
    return shows_in(part, real.at(name), mutated.at(name), id);
  });
}

// Whether some answer can reveal a student who believes in the mutant's world.
bool shows_in_key(const Json& questions, const Json& real, const Json& key, std::string_view id) {
  return std::any_of(questions.begin(), questions.end(), [&](const Json& question) {
    const auto& name = question.at("id").get_ref<const std::string&>();
    return shows_in(question, real.at(name), key.at(name), id);
  });
}

bool is_of_chaff(const Json& exercise, std::string_view id) {
  const auto chaffs = exercise.find("chaffs");
  return chaffs != exercise.end() &&
         std::any_of(chaffs->begin(), chaffs->end(),
                     [&](const Json& chaff) { return chaff.at("diagnosed_as") == id; });
}

}  // namespace

std::vector<std::string> taught_and_shown(const Instance& instance, const Json& right_answers) {
  const Json& e = instance.exercise;
  const Json& questions = e.at("questions");
  const auto by_mutant = [&](const std::string& id) {
    const auto shows = [&](const tcp::Mutant& mutant) {
      if (mutant.misconception != id && mutant.also != id) return false;
      const auto key = answer_key(instance, mutant.id);
      return key && shows_in_key(questions, right_answers, *key, id);
    };
    return std::any_of(tcp::mutants().begin(), tcp::mutants().end(), shows);
  };
  std::vector<std::string> shown;
  for (const Json& taught : e.at("teaches")) {
    const auto& id = taught.get_ref<const std::string&>();
    if (is_of_chaff(e, id) || is_declared(questions, id) || by_mutant(id)) shown.push_back(id);
  }
  return shown;
}

tl::expected<std::vector<ShownIdea>, Problems> shown_ideas(const Exercise& exercise,
                                                           std::uint64_t seed, bool only_taught) {
  const auto instance = instantiate(exercise, seed);
  if (!instance) return tl::unexpected(instance.error());
  const auto right = answer_key(*instance, "");
  if (!right) return tl::unexpected(right.error());
  const Json& e = instance->exercise;
  std::vector<ShownIdea> shown;
  const Json& teaches = e.at("teaches");
  const auto counts = [&](std::string_view id) {
    return !id.empty() &&
           (!only_taught || std::find(teaches.begin(), teaches.end(), id) != teaches.end());
  };
  for (const auto& mutant : tcp::mutants()) {
    if (!counts(mutant.misconception) && !counts(mutant.also)) continue;
    const auto key = answer_key(*instance, mutant.id);
    if (!key) continue;
    for (const auto id : {mutant.misconception, mutant.also}) {
      if (!counts(id) || !shows_in_key(e.at("questions"), *right, *key, id)) continue;
      shown.push_back({std::string(id), std::string(mutant.id)});
    }
  }
  for (const Json& taught : teaches) {
    const auto& id = taught.get_ref<const std::string&>();
    if (is_of_chaff(e, id) || is_declared(e.at("questions"), id)) shown.push_back({id, ""});
  }
  return shown;
}

}  // namespace tcplab::exercise
