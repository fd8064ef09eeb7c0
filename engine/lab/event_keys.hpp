// Which fields the events of each kind have, as far as a match can name them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "format/reader.hpp"

namespace tcplab::lab {

// The keys of a match that events of the kind can have; none of a kind that there is not.
std::vector<std::string> event_keys(std::string_view kind);

// A problem for each key of the match that no event of its kind has; of a match without a kind,
// that no event has beside its other keys.
void check_event_keys(const format::Reader& match);

}  // namespace tcplab::lab
