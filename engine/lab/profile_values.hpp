// What each profile does, field by field, with the source of each value.
#pragma once
#include "format/json.hpp"

namespace tcplab::lab {

// {"linux": [{"field": "msl", "value": "30s", "provenance": "measured", "source": "..."}, ...]}:
// every field of tcp::Behaviour that is no misconception.
format::Json profile_values();

}  // namespace tcplab::lab
