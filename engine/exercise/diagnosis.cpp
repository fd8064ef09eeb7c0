#include "exercise/diagnosis.hpp"

#include <algorithm>
#include <tuple>

#include "exercise/about.hpp"
#include "exercise/belief.hpp"
#include "exercise/json_list.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/parts.hpp"
#include "exercise/refutation.hpp"

namespace tcplab::exercise {

namespace {

constexpr std::size_t most_pairs = 12;  // each costs a run

Json list_of(const Json& mutants) { return mutants.is_array() ? mutants : Json::array({mutants}); }

// The index, because one misconception may have several beliefs, one for each kind of question.
std::string key_of(const Belief& belief) { return std::to_string(&belief - beliefs().data()); }

// Calls visit(field, given, right, value) for each answered field that `values` has.
template <typename Visit>
void compare(const Statement& statement, const Json& values, const Visit& visit) {
  for (const auto& [field, right] : statement.right.get_ref<const Json::object_t&>()) {
    const Json& given = statement.given.at(field);
    const auto value = values.find(field);
    if (!given.is_null() && value != values.end()) visit(field, given, right, *value);
  }
}

// Fields that are marked wrong and for which the author has not declared a misconception.
std::vector<std::string> wrong_fields(const Statement& statement) {
  std::vector<std::string> fields;
  for (const auto& [field, right] : statement.right.get_ref<const Json::object_t&>()) {
    const Json& given = statement.given.at(field);
    const auto says = [&name = field](const Json& each) {
      return contains(each.at("fields"), name);
    };
    const bool is_declared =
        std::any_of(statement.declared.begin(), statement.declared.end(), says);
    if (!given.is_null() && given != right && !is_declared) fields.push_back(field);
  }
  return fields;
}

bool has_the_students_values(const Statement& statement, const Json& values, const Json& fields) {
  return std::all_of(fields.begin(), fields.end(), [&](const Json& field) {
    const auto& name = field.get_ref<const std::string&>();
    const auto value = values.find(name);
    return value != values.end() && *value == statement.given.at(name);
  });
}

// Adds the mutants and where the runs part. For two mutants, these are the first events at which
// mutant `one` makes a difference: to the real run, and in addition to the other mutant.
void add_world(Json& diagnosis, const Statement& statement, const Json& mutants, std::size_t one) {
  diagnosis["mutants"] = list_of(mutants);
  const auto between = [](const RunPtr& a, const RunPtr& b) {
    return a && b ? where_they_part(a->events, b->events) : std::nullopt;
  };
  const RunPtr whole = statement.run_under(mutants);
  auto parts = between(statement.run, whole);
  if (mutants.is_array()) {
    const auto alone = between(statement.run, statement.run_under(mutants[one]));
    const auto beside = between(statement.run_under(mutants[1 - one]), whole);
    parts = std::nullopt;
    if (alone && beside) parts = std::pair(alone->first, beside->second);
  }
  if (parts) diagnosis["parts"] = {{"n", parts->first}, {"other", parts->second}};
}

// Adds the event that refutes the misconception. `mutant` makes it true; null: none does.
void add_event(Json& diagnosis, const Statement& statement, const Json& mutant) {
  const RunPtr world = mutant.is_null() ? nullptr : statement.run_under(mutant);
  const auto n =
      refuting_event(diagnosis.at("misconception").get_ref<const std::string&>(), statement,
                     diagnosis.at("fields").get<std::vector<std::string>>(), world);
  if (n) diagnosis["event"] = *n;
}

// The wrong fields for which `values` has the student's value.
std::vector<std::string> shared_fields(const Statement& statement, const Json& values) {
  auto fields = wrong_fields(statement);
  const auto differs = [&](const std::string& field) {
    return !has_the_students_values(statement, values, Json::array({field}));
  };
  fields.erase(std::remove_if(fields.begin(), fields.end(), differs), fields.end());
  return fields;
}

bool are_of_one_theme(const Statement& statement, const std::string& one,
                      const std::string& other) {
  const auto theme = kind_of(*statement.question).theme;
  return !theme || theme(one) == theme(other);
}

// The shared fields, but those of a theme only if they are all that is wrong in it. For a build,
// any goal will do, because the student may have tried the others with something else in mind.
std::vector<std::string> explained_fields(const Statement& statement, const Json& values) {
  auto shared = shared_fields(statement, values);
  if (!statement.is_evidence) return shared;
  std::vector<std::string> left;
  for (const std::string& field : wrong_fields(statement)) {
    if (std::find(shared.begin(), shared.end(), field) == shared.end()) left.push_back(field);
  }
  std::vector<std::string> fields;
  for (const std::string& field : shared) {
    const auto leaves = [&](const std::string& other) {
      return are_of_one_theme(statement, field, other);
    };
    if (std::none_of(left.begin(), left.end(), leaves)) fields.push_back(field);
  }
  return fields;
}

// The strongest bearing of the fields. `misconception` is "" for a belief.
Bearing most_telling(std::string_view misconception, const Statement& statement,
                     const std::vector<std::string>& fields) {
  Bearing most = Bearing::kNone;
  for (const std::string& field : fields) {
    const Json& given = statement.given.at(field);
    const Json& right = statement.right.at(field);
    most = std::max(most, misconception.empty()
                              ? bearing_of_belief(given, right)
                              : bearing(misconception, *statement.question, field, given, right));
  }
  return most;
}

}  // namespace

std::vector<std::string> names_of(const tcp::Mutant& mutant, const Json& teaches) {
  std::vector<std::string> names;
  for (const auto name : {mutant.misconception, mutant.also}) {
    if (contains(teaches, name)) names.emplace_back(name);
  }
  if (names.empty()) names.emplace_back(mutant.misconception);
  return names;
}

// The wrong fields in which the world differs from the real one.
Json Diagnosis::touched_fields(const Statement& statement, const World& world) {
  Json fields = Json::array();
  const auto& alone = values(statement, world);
  for (const auto& field : wrong_fields(statement)) {
    if (alone && alone->value(field, Json()) != statement.right.at(field)) fields.push_back(field);
  }
  return fields;
}

bool Diagnosis::Candidate::operator<(const Candidate& other) const {
  return std::tuple(unexplained, !taught, -support) <
         std::tuple(other.unexplained, !other.taught, -other.support);
}

bool Diagnosis::is_taught(const World& world) const {
  return std::any_of(world.misconceptions.begin(), world.misconceptions.end(),
                     [&](const std::string& name) { return contains(teaches_, name); });
}

const std::optional<Json>& Diagnosis::values(const Statement& statement, const World& world) {
  const std::pair key(
      &statement, world.belief != nullptr ? key_of(*world.belief) : format::dump(world.mutants));
  auto known = known_.find(key);
  if (known == known_.end()) {
    auto found =
        world.belief != nullptr ? world.belief->values(statement) : statement.under(world.mutants);
    if (found && statement.as_given) found = statement.as_given(std::move(*found));
    known = known_.emplace(key, std::move(found)).first;
  }
  return known->second;
}

std::vector<Diagnosis::World> Diagnosis::worlds_of_one(bool taught) const {
  std::vector<World> worlds;
  const auto add = [&](World world) {
    if (is_taught(world) == taught) worlds.push_back(std::move(world));
  };
  for (const Belief& belief : beliefs()) {
    add({nullptr, names_of(belief), &belief});
  }
  for (const tcp::Mutant& mutant : tcp::mutants()) add({mutant.id, names_of(mutant, teaches_)});
  return worlds;
}

// Whether the world has the student's value in some field of the attempt that is marked wrong.
bool Diagnosis::explains_something(const World& world) {
  return std::any_of(attempt_.begin(), attempt_.end(), [&](const Statement& statement) {
    bool explains = false;
    if (statement.explains) return false;
    if (const auto& told = values(statement, world)) {
      compare(statement, *told,
              [&](const auto&, const Json& given, const Json& right, const Json& value) {
                explains |= given != right && value == given;
              });
    }
    return explains;
  });
}

// Whether the world differs from the real one in some field of the attempt that is marked wrong.
bool Diagnosis::touches(const World& world) {
  return std::any_of(attempt_.begin(), attempt_.end(), [&](const Statement& statement) {
    bool touches = false;
    if (statement.explains) return false;
    if (const auto& told = values(statement, world)) {
      compare(statement, *told,
              [&](const auto&, const Json& given, const Json& right, const Json& value) {
                touches |= given != right && value != right;
              });
    }
    return touches;
  });
}

// Pairs of mutants. One of them must have the student's value somewhere on its own; the other must
// too, unless the exercise teaches it. Claims are left out: they would cost too many runs.
std::vector<Diagnosis::World> Diagnosis::worlds_of_two(const Statement& statement) {
  std::size_t wrong = 0;
  for (const Statement& each : attempt_) wrong += wrong_fields(each).size();
  std::vector<World> worlds;
  // One wrong field is not evidence for two ideas.
  if (wrong < 2 || !statement.is_evidence || statement.explains) return worlds;
  std::vector<World> mutants;
  for (const bool taught : {true, false}) {
    for (World& world : worlds_of_one(taught)) {
      if (world.belief == nullptr && touches(world)) mutants.push_back(std::move(world));
    }
  }
  const auto counts = [&](const World& world) { return explains_something(world); };
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    for (std::size_t k = i + 1; k < mutants.size(); ++k) {
      const World& one = mutants[i];
      const World& other = mutants[k];
      const bool fits =
          (counts(one) && (counts(other) || is_taught(other))) || (counts(other) && is_taught(one));
      if (!fits || one.misconceptions == other.misconceptions) continue;
      worlds.push_back({Json::array({one.mutants, other.mutants}),
                        {one.misconceptions.front(), other.misconceptions.front()}});
      if (worlds.size() == most_pairs) return worlds;
    }
  }
  return worlds;
}

bool Diagnosis::is_shown(const Candidate& candidate, const Statement& statement,
                         const std::vector<std::string>& fields) const {
  Bearing most = Bearing::kNone;
  if (candidate.world.belief != nullptr) {
    most = most_telling("", statement, fields);
  } else {
    for (const std::string& name : candidate.world.misconceptions) {
      most = std::max(most, most_telling(name, statement, fields));
    }
  }
  if (candidate.taught) return most != Bearing::kNone;
  return most == Bearing::kTelling || (most == Bearing::kRelated && candidate.support >= 2);
}

// Whether the student's answer has another value in a field in which the world differs from the
// real one.
bool Diagnosis::contradicts(const World& world, const Statement& statement) {
  bool contradicts = false;
  if (const auto& told = values(statement, world)) {
    compare(statement, *told,
            [&](const auto&, const Json& given, const Json& right, const Json& value) {
              contradicts |= value != right && value != given;
            });
  }
  return contradicts;
}

std::optional<Diagnosis::Candidate> Diagnosis::consider(const World& world,
                                                        const Statement& statement) {
  const auto wrong = wrong_fields(statement);
  if (statement.explains && world.belief == nullptr && !statement.explains(world.mutants, wrong)) {
    return std::nullopt;
  }
  const auto& own = values(statement, world);
  if (!own) return std::nullopt;
  const auto fields = explained_fields(statement, *own);
  if (fields.empty()) return std::nullopt;
  Candidate candidate{world, 0, 0, is_taught(world), fields};
  for (const Statement& each : attempt_) {
    if (!each.is_evidence && &each != &statement) continue;
    if (contradicts(world, each)) return std::nullopt;
    int explained = 0;
    if (const auto& told = values(each, world)) {
      compare(each, *told,
              [&](const auto&, const Json& given, const Json& right, const Json& value) {
                explained += value != right && value == given ? 1 : 0;
              });
    }
    candidate.support += explained;
    candidate.unexplained += static_cast<int>(wrong_fields(each).size()) - explained;
  }
  return is_shown(candidate, statement, fields) ? std::optional(candidate) : std::nullopt;
}

std::vector<Diagnosis::Candidate> Diagnosis::candidates(const Statement& statement) {
  std::vector<Candidate> found;
  const auto add = [&](const std::vector<World>& worlds) {
    for (const World& world : worlds) {
      if (auto candidate = consider(world, statement)) found.push_back(std::move(*candidate));
    }
  };
  const auto is_whole = [](const Candidate& each) { return each.unexplained <= 0; };
  add(worlds_of_one(true));
  // If a taught misconception explains the whole attempt, nothing else would be told.
  if (std::any_of(found.begin(), found.end(), is_whole)) return found;
  add(worlds_of_one(false));
  if (found.empty()) add(worlds_of_two(statement));
  return found;
}

void Diagnosis::tell(Json& told, const Candidate& candidate, const Statement& statement) {
  const World& world = candidate.world;
  const bool is_pair = world.mutants.is_array();
  for (std::size_t i = 0; i < world.misconceptions.size(); ++i) {
    const std::string& name = world.misconceptions[i];
    const auto same = [&](const Json& each) { return each.at("misconception") == name; };
    if (told.size() == most_diagnoses || std::any_of(told.begin(), told.end(), same)) continue;
    Json fields =
        is_pair ? touched_fields(statement, {world.mutants[i], {name}}) : Json(candidate.fields);
    if (fields.empty()) continue;
    if (is_pair &&
        most_telling(name, statement, fields.get<std::vector<std::string>>()) == Bearing::kNone) {
      continue;
    }
    told.push_back({{"misconception", name}, {"fields", std::move(fields)}});
    if (world.belief == nullptr) add_world(told.back(), statement, world.mutants, is_pair ? i : 0);
    add_event(told.back(), statement, is_pair ? world.mutants[i] : world.mutants);
  }
}

std::vector<Diagnosis::World> Diagnosis::worlds_named(const std::string& misconception) const {
  std::vector<World> worlds;
  for (const Belief& belief : beliefs()) {
    if (belief.misconception != misconception) continue;
    worlds.push_back({nullptr, {misconception}, &belief});
  }
  for (const tcp::Mutant& mutant : tcp::mutants()) {
    if (mutant.misconception != misconception && mutant.also != misconception) continue;
    worlds.push_back({mutant.id, {misconception}});
  }
  return worlds;
}

// Whether the student's answers contradict the misconception that the author declared for one of
// them: they must contradict each world of the misconception that has this answer or says nothing
// about it.
bool Diagnosis::is_refuted(const Json& declared, const Statement& statement) {
  bool any_world = false;
  for (const World& world :
       worlds_named(declared.at("misconception").get_ref<const std::string&>())) {
    const auto& own = values(statement, world);
    if (own && !has_the_students_values(statement, *own, declared.at("fields"))) continue;
    any_world = true;
    const auto speaks_against = [&](const Statement& each) {
      return each.is_evidence && contradicts(world, each);
    };
    if (std::none_of(attempt_.begin(), attempt_.end(), speaks_against)) return false;
  }
  return any_world;
}

// The misconceptions that the author declared for the answer, each with the mutant whose world has
// this answer, if there is one.
Json Diagnosis::declared(const Statement& statement) {
  Json told = Json::array();
  for (const Json& each : statement.declared) {
    if (told.size() == most_diagnoses) break;
    if (is_refuted(each, statement)) continue;
    told.push_back(each);
    Json shown_by;
    for (const World& world : worlds_named(each.at("misconception"))) {
      const auto& own = values(statement, world);
      if (world.belief != nullptr || !own ||
          !has_the_students_values(statement, *own, each.at("fields"))) {
        continue;
      }
      shown_by = world.mutants;
      add_world(told.back(), statement, shown_by, 0);
      break;
    }
    add_event(told.back(), statement, shown_by);
  }
  return told;
}

bool Diagnosis::is_refuted_by_any(const World& world, const Statement& statement) {
  return std::any_of(attempt_.begin(), attempt_.end(), [&](const Statement& each) {
    return (each.is_evidence || &each == &statement) && contradicts(world, each);
  });
}

// Ideas that explain exactly one wrong field, by that field, and that no answer contradicts.
std::map<std::string, std::vector<Diagnosis::Candidate>> Diagnosis::by_field(
    const Statement& statement) {
  std::map<std::string, std::vector<Candidate>> found;
  for (const bool taught : {true, false}) {
    for (World& world : worlds_of_one(taught)) {
      const auto& own = values(statement, world);
      if (!own) continue;
      auto fields = shared_fields(statement, *own);
      if (fields.size() != 1 || is_refuted_by_any(world, statement)) continue;
      auto& of_field = found[fields.front()];
      // A taught idea that fits is preferred.
      if (!taught && !of_field.empty() && of_field.front().taught) continue;
      // One field is little evidence: it must be telling even if the idea is taught.
      Candidate candidate{std::move(world), 0, 1, false, std::move(fields)};
      if (!is_shown(candidate, statement, candidate.fields)) continue;
      candidate.taught = taught;
      of_field.push_back(std::move(candidate));
    }
  }
  return found;
}

// Two wrong states that no idea explains together: tells, for each, the one idea that explains it.
void Diagnosis::tell_each(Json& told, const Statement& statement) {
  const auto wrong = wrong_fields(statement);
  if (statement.question->at("kind") != "state" || wrong.size() != most_diagnoses) return;
  const auto found = by_field(statement);
  const auto is_one = [&](const std::string& field) {
    const auto of_field = found.find(field);
    if (of_field == found.end() || of_field->second.empty()) return false;
    const auto& ideas = of_field->second;
    return std::all_of(ideas.begin(), ideas.end(), [&](const Candidate& each) {
      return each.world.misconceptions == ideas.front().world.misconceptions;
    });
  };
  if (!std::all_of(wrong.begin(), wrong.end(), is_one)) return;
  for (const std::string& field : wrong) tell(told, found.at(field).front(), statement);
}

Json Diagnosis::of(const Statement& statement) {
  Json told = declared(statement);
  if (wrong_fields(statement).empty()) return told;
  auto found = candidates(statement);
  std::stable_sort(found.begin(), found.end());
  for (const Candidate& candidate : found) {
    // After the best explanation of the attempt, a worse one would only distract.
    if (candidate.unexplained > found.front().unexplained) break;
    if (found.front().taught && !candidate.taught) break;
    tell(told, candidate, statement);
  }
  if (found.empty() && told.empty()) tell_each(told, statement);
  return told;
}

}  // namespace tcplab::exercise
