// Which misconception a wrong answer comes from. A name is an accusation, so it is given only when
// it is shown: the world in which the misconception is true must have the student's value in every
// field that is marked wrong, and must agree with everything else that the student answered in this
// attempt wherever that world differs from the real one. A mutant is named only for what it is
// about, and one that the exercise does not teach only with evidence that is hardly anything else:
// a field that it is about, or two of them. Of two wrong states that no idea explains together,
// each has its own name, if each alone shows one idea and no other; and of a segment, the numbers
// and the flags are explained each for itself.
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

// What a mutant is called in an exercise that is about `teaches`.
std::vector<std::string> names_of(const tcp::Mutant& mutant, const Json& teaches);

class Diagnosis {
 public:
  // `teaches`: what the exercise is about; of several explanations those come first. All must
  // outlive the Diagnosis.
  Diagnosis(const Attempt& attempt, const Json& teaches) : attempt_(attempt), teaches_(teaches) {}

  // [{misconception, mutants, fields, parts, event}], at most two, best first, of one answer of the
  // attempt. `mutants`, one or two, make the world in which the answer would be right; without them
  // the misconception shows in the answer alone. `fields` are the wrong ones that it explains.
  // `parts` is {n, other}: the first event of the real run at which that world's run differs, and
  // that run's event there; of two mutants, where the named one makes the difference. `event` is
  // the number of the real run's event that refutes it (refutation.hpp).
  Json of(const Statement& statement);

 private:
  struct World {
    Json mutants;                             // a name, a list of two, or null: the belief
    std::vector<std::string> misconceptions;  // of each mutant, or of the belief
    const Belief* belief = nullptr;
  };
  struct Candidate {
    World world;
    int unexplained = 0;  // wrong fields of the attempt of which it says something else
    int support = 0;      // answers of the attempt that it shares against the truth
    bool taught = false;
    std::vector<std::string> fields;  // of the answer, the wrong ones that it explains

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
