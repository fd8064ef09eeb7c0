// Wrong values that a student may well give: those of a wrong idea, what is offered to choose from,
// and those to which a hand or an eye slips.
#pragma once
#include <string>
#include <vector>

#include "student.hpp"

namespace tcplab::students {

struct Plausible {
  Json value;
  std::string origin;  // "as of a wrong idea", "one more", "the value of ack"
};

// Of a field of what the right answer says; each value once, and never the right one.
std::vector<Plausible> plausible_values(const exercise::Statement& statement,
                                        const std::string& field);

// A whole answer that is right but for one such value, or for two that are exchanged.
struct PlausibleAnswer {
  const Json* question;
  std::string shape;  // the field and its value's origin
  Json answers;
};
std::vector<PlausibleAnswer> plausible_answers(const Desk& desk);

}  // namespace tcplab::students
