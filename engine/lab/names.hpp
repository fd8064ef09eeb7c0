// Names, in both languages, for what the engine knows by id, and the place of each field in a
// header.
#pragma once
#include "format/json.hpp"

namespace tcplab::lab {

// {"timer": {"persist": {"en", "zh"}, ...}, "icmp": ..., ...}
format::Json names();
// The ids of the variables that count microseconds.
format::Json time_variables();
// [{"id", "form": "flag" or "time" ..., "first": a value to offer first}, ...]
format::Json socket_options();
// {"fields", "options", "flags"} of an IPv4 datagram with a TCP segment.
format::Json header_layout();

}  // namespace tcplab::lab
