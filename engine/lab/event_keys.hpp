// Which fields the events of each kind have, as far as a match can name them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "format/reader.hpp"

namespace tcplab::lab {

// The keys that a match of events of this kind can have; none: there is no such kind.
std::vector<std::string> event_keys(std::string_view kind);

// Reports each key of the match that no event of its kind has. For a match without a kind, reports
// when no event has all of its keys.
void check_event_keys(const format::Reader& match);

}  // namespace tcplab::lab
