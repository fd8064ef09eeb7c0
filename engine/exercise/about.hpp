// What a misconception is about. Much may differ between a mutant's world and the real one, but
// only a difference in what the misconception is about shows that somebody holds it.
#pragma once
#include <string>
#include <string_view>

#include "exercise/run.hpp"

namespace tcplab::exercise {

enum class Bearing {
  kNone,     // the field has nothing to do with the idea
  kRelated,  // it may follow from the idea, or from many other causes
  kTelling,  // it is what the idea is about
};

// How a wrong value of a field bears on a misconception that a mutant makes true. Goals and slots
// do not say what they are about; only the exercise does. A number that is off by one is never
// telling, because it may be a slip.
Bearing bearing(std::string_view misconception, const Json& question, const std::string& field,
                const Json& given, const Json& right);
// The same for a belief (belief.hpp), which covers only questions that it is about.
Bearing bearing_of_belief(const Json& given, const Json& right);
bool is_off_by_one(const Json& given, const Json& right);

// Whether a header field or a state is what the misconception is about.
bool is_about(std::string_view misconception, const Json& word);
// Whether the misconception is about states.
bool is_about_states(std::string_view misconception);

}  // namespace tcplab::exercise
