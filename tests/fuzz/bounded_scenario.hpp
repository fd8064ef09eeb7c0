// A text as a scenario whose world stays small, for targets that run one.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>

#include "fuzz.hpp"
#include "lab/scenario.hpp"

namespace tcplab::fuzz {

// nullptr: the text is none, and says why.
inline std::shared_ptr<const lab::Scenario> bounded_scenario(const std::uint8_t* data,
                                                             std::size_t size) {
  auto read = lab::parse_scenario({reinterpret_cast<const char*>(data), size});
  if (!read) {
    require(!read.error().empty(), "who refuses says why");
    format::to_text("scenario.json", read.error());
    return nullptr;
  }
  auto& limits = read->limits;
  limits.events = std::min(limits.events, at_most(300));
  limits.in_flight = std::min(limits.in_flight, at_most(40));
  limits.bytes = std::min<std::uint64_t>(limits.bytes, at_most(20'000));
  return std::make_shared<const lab::Scenario>(std::move(*read));
}

}  // namespace tcplab::fuzz
