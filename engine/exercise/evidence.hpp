// The events that decide a field of a segment's header, or why a state did not change: what
// explains a wrong answer.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

// `sent`: the event of `run` in which the segment leaves. seq: the segments before it that took the
// numbers up to its own. ack: the segments received until then that took the numbers up to it. len:
// the call that brought the data, and the event itself. Else, and where nothing came before: the
// event itself.
std::vector<std::uint32_t> deciding(const std::string& field, const Json& sent, const Run& run);

// The two ends of segments that come to a connection: from where, to where.
using Way = std::pair<Json, Json>;
// Of every connection that a segment comes to or leaves.
std::map<std::uint32_t, Way> ways_in(const Run& run);

// What the network lost on its way to the connection of the event `change`, after it and before
// event `end`: the last few. A state that did not change has its reason there.
std::vector<std::uint32_t> lost_since(std::uint32_t change, std::uint32_t end, const Run& run);

}  // namespace tcplab::exercise
