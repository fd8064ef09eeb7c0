// Simulated students: answers to one variant of an exercise, by what the student believes.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exercise/belief.hpp"
#include "exercise/grade.hpp"
#include "exercise/run.hpp"
#include "exercise/witness.hpp"
#include "net/random.hpp"

namespace tcplab::students {

using exercise::Json;

// What someone believes who holds a misconception: a mutant's world or a belief.
struct Idea {
  std::vector<std::string> misconceptions;
  std::string mutant;  // empty: a belief
  const exercise::Belief* belief = nullptr;
};
std::vector<Idea> ideas();
// By field; none: it says nothing of the question.
std::optional<Json> believed(const Idea& idea, const exercise::Statement& statement);

// The cards of an answer to an order, which may be typed as one text.
Json cards_of(const Json& answer);

struct Misled {
  Json answers;
  std::vector<std::string> misconceptions;
  // Whether they show the idea: it is what the exercise teaches, or a wrong answer is about it, or
  // there are two. Else it may as well be anything.
  bool is_shown = false;
};

// One variant of an exercise, with the runs that its gradings share.
class Desk {
 public:
  Desk(const exercise::Exercise& exercise, std::uint64_t seed);

  Json right_answers() const { return exercise::witnesses(instance_.exercise).front(); }
  // None: the idea answers nothing differently. What it is not about is answered right.
  std::optional<Misled> misled_answers(const Idea& idea);
  // Wrong answers that the author knows students to give, each with what it shows.
  std::vector<Misled> known_answers() const;
  // The right answers but for one slip, in one question or part.
  Json careless_answers(net::Random& random);

  // The verdicts on questions and parts, flat.
  std::vector<Json> verdicts(const Json& answers);
  // That on one of them.
  Json verdict_on(const Json& question, const Json& answers);

  struct Place {
    std::string question;
    std::string part;  // empty: the question itself
  };
  Place place_of(const Json& question) const;
  Json& answer_to(Json& answers, const Json& question) const;
  // The answer of someone who gives these values.
  void put(Json& answers, const exercise::Statement& statement, const Json& values) const;

  const Json& exercise() const { return instance_.exercise; }
  // What the right answers say, one a question or part.
  const exercise::Attempt& right() const { return right_; }
  // To judge something on, as if it were graded by itself.
  exercise::Bench& fresh_bench();

 private:
  const Json& graded(const Json& answers);
  Json known_values(const Json& question, const std::string& field) const;
  void slip(Json& answers, const exercise::Statement& statement, net::Random& random) const;

  exercise::Instance instance_;
  exercise::Runs runs_;
  std::unique_ptr<exercise::Bench> bench_;
  exercise::Attempt right_;             // what the witness says
  std::map<std::string, Json> graded_;  // verdicts on the questions, by the text of the answers
};

}  // namespace tcplab::students
