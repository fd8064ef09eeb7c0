// A student who knows what is asked and what may be answered, and answers by chance.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "net/random.hpp"
#include "student.hpp"

namespace tcplab::students {

class Chance {
 public:
  explicit Chance(Desk& desk) : desk_(desk) {}

  // Whether one such student has everything right.
  bool passes(net::Random& random);

 private:
  bool is_right(const Json& question, net::Random& random);
  bool judge(const Json& question, const Json& answer);
  Json answer_to(const Json& question, net::Random& random);
  Json values_for(const Json& question, net::Random& random);
  Json spot_in(const Json& question, net::Random& random);
  Json done_in(const Json& question, net::Random& random);
  const Json& right_answer_to(const Json& question);

  Desk& desk_;
  Json right_ = desk_.right_answers();
  std::map<const Json*, Json> offered_ = {};  // by question, what each field is guessed from
  std::map<std::pair<const Json*, std::string>, bool> judged_ = {};  // by question and answer
};

}  // namespace tcplab::students
