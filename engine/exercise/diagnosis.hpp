// Finds the misconception behind a wrong answer. To name one is an accusation, so it is named only
// if the answers show it: the world in which the misconception is true must have the student's
// value in every field that is marked wrong, and must agree with everything else that the student
// answered in this attempt wherever that world differs from the real one. The fields must bear on
// the misconception (about.hpp). One that the exercise does not teach needs more evidence: a
// telling field, or a related one and a second wrong value. If no idea explains two wrong states
// together, each gets its own diagnosis, provided that each alone shows exactly one idea. For a
// segment, the numbers and the flags are explained separately.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exercise/statement.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

struct Belief;

inline constexpr std::size_t most_diagnoses = 2;  // of one answer

// The misconceptions that a mutant stands for in an exercise that is about `teaches`.
std::vector<std::string> names_of(const tcp::Mutant& mutant, const Json& teaches);

class Diagnosis {
 public:
  // `teaches` is what the exercise is about: of several explanations, these come first. Both
  // arguments must outlive the Diagnosis.
  Diagnosis(const Attempt& attempt, const Json& teaches) : attempt_(attempt), teaches_(teaches) {}

  // The diagnoses of one answer of the attempt, [{misconception, mutants, fields, parts, event}],
  // at most two, best first. `mutants`, one or two, make the world in which the answer would be
  // right; without them, the misconception shows in the answer alone. `fields` are the wrong ones
  // that the misconception explains. `parts` is {n, other}: the first event of the real run at
  // which that world's run differs, and that run's event there; for two mutants, where the named
  // one makes the difference. `event` is the number of the event of the real run that refutes the
  // misconception (refutation.hpp).
  Json of(const Statement& statement);

 private:
  struct World {
    Json mutants;                             // a name, a list of two, or null: the belief
    std::vector<std::string> misconceptions;  // one for each mutant, or that of the belief
    const Belief* belief = nullptr;
  };
  struct Candidate {
    World world;
    int unexplained = 0;  // wrong fields of the attempt for which it has another value
    int support = 0;      // wrong fields of the attempt that it explains
    bool taught = false;
    std::vector<std::string> fields;  // the wrong fields of the answer that it explains

    bool operator<(const Candidate& other) const;
  };

  std::vector<World> worlds_of_one(bool taught) const;
  std::vector<World> worlds_of_two(const Statement& statement);
  std::optional<Candidate> consider(const World& world, const Statement& statement);
  std::vector<Candidate> candidates(const Statement& statement);
  const std::optional<Json>& values(const Statement& statement, const World& world);
  bool touches(const World& world);
  Json touched_fields(const Statement& statement, const World& world);
  bool explains_something(const World& world);
  Json declared(const Statement& statement);
  std::vector<World> worlds_named(const std::string& misconception) const;
  bool is_refuted(const Json& declared, const Statement& statement);
  bool contradicts(const World& world, const Statement& statement);
  bool is_refuted_by_any(const World& world, const Statement& statement);
  std::map<std::string, std::vector<Candidate>> by_field(const Statement& statement);
  void tell_each(Json& told, const Statement& statement);
  void tell(Json& told, const Candidate& candidate, const Statement& statement);
  bool is_taught(const World& world) const;
  bool is_shown(const Candidate& candidate, const Statement& statement,
                const std::vector<std::string>& fields) const;

  const Attempt& attempt_;
  const Json& teaches_;
  std::map<std::pair<const Statement*, std::string>, std::optional<Json>> known_;
};

}  // namespace tcplab::exercise
