// The events that explain a wrong answer: those that decide a field of a segment's header, or the
// reason why a state did not change.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

// The events that decide the field of a segment; `sent` is the event of `run` that sends it. For
// seq: the earlier segments that took the sequence numbers below it. For ack: the segments received
// before that took the numbers below it. For len: the call that supplied the data, and the event
// itself. For other fields, or if there are no such events: the event itself.
std::vector<std::uint32_t> deciding(const std::string& field, const Json& sent, const Run& run);

// The source and the destination of the segments that arrive at a connection.
using Way = std::pair<Json, Json>;
// By connection, for every one that has sent or received a segment.
std::map<std::uint32_t, Way> ways_in(const Run& run);

// The last few segments to the connection of the event `change` that the network lost after it and
// before event `end`. They are the reason why the state did not change.
std::vector<std::uint32_t> lost_since(std::uint32_t change, std::uint32_t end, const Run& run);

}  // namespace tcplab::exercise
