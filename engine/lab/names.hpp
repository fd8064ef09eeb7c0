// What a reader calls the things that the engine knows by id, in both languages, and where each
// field of a header stands.
#pragma once
#include "format/json.hpp"

namespace tcplab::lab {

// {"timer": {"persist": {"en", "zh"}, ...}, "icmp": ..., ...}
format::Json names();
// The ids of the variables that count microseconds.
format::Json time_variables();
// [{"id", "form": "flag" or "time" ..., "first": a value to begin with}, ...]
format::Json socket_options();
// {"fields", "options", "flags"} of an IPv4 datagram with a TCP segment.
format::Json header_layout();

}  // namespace tcplab::lab
