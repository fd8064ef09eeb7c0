// The events that decide what stands in one field of a segment's header: what explains a wrong
// answer.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "exercise/run.hpp"

namespace tcplab::exercise {

// `sent`: the event of `run` in which the segment leaves. seq: the segments before it that took the
// numbers up to its own. ack: the segments received until then that took the numbers up to it. len:
// the call that brought the data. Else, and where nothing came before: the event itself.
std::vector<std::uint32_t> deciding(const std::string& field, const Json& sent, const Run& run);

}  // namespace tcplab::exercise
