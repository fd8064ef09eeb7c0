// What a misconception is about. In a mutant's world much may differ from the real one, but only
// what its idea is about shows that someone holds it.
#pragma once
#include <string>
#include <string_view>

#include "exercise/statement.hpp"

namespace tcplab::exercise {

enum class Bearing {
  kNone,     // the field has nothing to do with the idea
  kRelated,  // it may follow from the idea, or from much else
  kTelling,  // it is what the idea is about
};

// How a wrong value of a field bears on a misconception that a mutant makes true. Goals and slots
// say nothing of what they are about: there, the exercise does.
Bearing bearing(std::string_view misconception, const Json& question, const std::string& field,
                const Json& given, const Json& right);

}  // namespace tcplab::exercise
