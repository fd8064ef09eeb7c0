// Where two runs of one scenario part.
#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "format/json.hpp"

namespace tcplab::exercise {

// The numbers of the first events that differ, in one run and in the other; none when nothing does.
// What happened is compared, not why, nor how events are counted. When one run only ends earlier,
// its last event stands for its end.
std::optional<std::pair<std::uint32_t, std::uint32_t>> where_they_part(
    const std::vector<format::Json>& one, const std::vector<format::Json>& other);

}  // namespace tcplab::exercise
