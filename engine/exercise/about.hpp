// What a misconception is about. In a mutant's world much may differ from the real one, but only
// what its idea is about shows that someone holds it.
#pragma once
#include <string>
#include <string_view>

#include "exercise/run.hpp"

namespace tcplab::exercise {

enum class Bearing {
  kNone,     // the field has nothing to do with the idea
  kRelated,  // it may follow from the idea, or from much else
  kTelling,  // it is what the idea is about
};

// How a wrong value of a field bears on a misconception that a mutant makes true. Goals and slots
// say nothing of what they are about: there, the exercise does. One number that is off by one may
// be a slip of the hand, whatever it is about.
Bearing bearing(std::string_view misconception, const Json& question, const std::string& field,
                const Json& given, const Json& right);
// The same of a belief, which is written for the questions that it is about.
Bearing bearing_of_belief(const Json& given, const Json& right);
bool is_off_by_one(const Json& given, const Json& right);

// Whether a header field or a state is what the misconception is about.
bool is_about(std::string_view misconception, const Json& word);
// Whether what it leads to is a matter of states.
bool is_about_states(std::string_view misconception);

}  // namespace tcplab::exercise
