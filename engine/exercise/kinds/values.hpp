// Values as someone types them: numbers, flags, states. `name`: what holds it, as it is spoken of.
#pragma once
#include <string>
#include <tl/expected.hpp>

#include "exercise/run.hpp"
#include "format/text.hpp"

namespace tcplab::exercise {

using ReadOne = tl::expected<Json, format::Text>;

// A number may be written "1,001", with blanks or full-width digits.
ReadOne read_number(const format::Text& name, const Json& value);
// "SYN ACK" or "syn+ack"; what is read has no PSH.
ReadOne read_flags(const Json& value);
// "fin-wait-1" will do.
ReadOne read_state(const format::Text& name, const Json& value);

// PSH says nothing about the connection, and is not asked for.
std::string without_push(const Json& flags);

}  // namespace tcplab::exercise
