// Problems of an input text, with messages for the person who wrote it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "format/json.hpp"
#include "format/text.hpp"

namespace tcplab::format {

struct Problem {
  std::string pointer;  // JSON pointer (RFC 6901) of the value, "" for the whole text
  int line = 0;         // from 1; 0 when the value did not come from a text
  int column = 0;       // from 1, in characters (code points), not bytes
  Text message;         // one sentence: what was found, what is allowed

  bool operator==(const Problem&) const = default;
};

using Problems = std::vector<Problem>;

// Hostile input must not cost memory: every function of this folder that collects problems stops
// here.
inline constexpr std::size_t max_problems = 200;
// Nobody mends more problems than this in one go: the rest are only counted.
inline constexpr std::size_t most_told = 50;

Json to_json(const Problem& problem);
// {"problems": [{"pointer", "line", "column", "message": {"en", "zh"}}]}: the form in which the
// WASM API answers.
Json to_json(const Problems& problems);

// "file:line:column: /pointer: message" in English; parts that are not known are left out.
std::string to_text(std::string_view file, const Problem& problem);
// One line for each problem, each ending with a newline; after most_told problems, a line with the
// number of the rest.
std::string to_text(std::string_view file, const Problems& problems);

// Pointer of a member or an element below `pointer`; "~" and "/" in a key are escaped.
std::string child(std::string_view pointer, std::string_view key);
std::string child(std::string_view pointer, std::size_t index);

// Number of code points of a text in UTF-8.
std::size_t characters(std::string_view text);

// A text as a message may show it: in double quotes, cut after 40 characters, control and
// direction-changing characters escaped.
std::string quote(std::string_view text);
// A value as a message may show it: a text quoted, a number as it is, objects and lists only by
// their kind ("an object", "a list").
Text show(const Json& value);

// The first character, escaped, that is not visible text (a control other than line end and tab, a
// change of direction, an invisible one); "" if there is none.
std::string first_unsafe(std::string_view text);

// `"a", "b", "c"`: all of them, because nobody would find a name that is left out.
std::string list(const std::vector<std::string>& words);
// ` (did you mean "delay"?)` when one of `words` is near to `found` (case, one or two slips), else
// "": for `found "dleay" (did you mean "delay"?); allowed: ...`.
Text suggestion(std::string_view found, const std::vector<std::string>& words);

}  // namespace tcplab::format
