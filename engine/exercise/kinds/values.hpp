// Reads values as students type them: numbers, flags, states. `name` is what messages call the
// value.
#pragma once
#include <string>
#include <tl/expected.hpp>

#include "exercise/run.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

using ReadOne = tl::expected<Json, format::Text>;

// A number may be written "1,001", with blanks or full-width digits.
ReadOne read_number(const format::Text& name, const Json& value);
// "SYN ACK" or "syn+ack"; the result has no PSH.
ReadOne read_flags(const Json& value);
// Also accepts spellings such as "fin-wait-1".
ReadOne read_state(const format::Text& name, const Json& value);

// Questions do not ask for PSH, because it says nothing about the connection.
std::string without_push(const Json& flags);

}  // namespace tcplab::exercise
