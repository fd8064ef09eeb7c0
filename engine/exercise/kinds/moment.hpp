// Moments and events of a run that a question refers to: where the run pauses, the first event that
// matches, or a later one.
#pragma once
#include <cstdint>
#include <optional>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

// "pause", or a match.
format::Shape moment_shape();

// The first event at such a moment, from event `begin` on; none if the moment never comes.
std::optional<std::uint32_t> first_at(const Json& moment, const Json& question, const Run& run,
                                      std::uint32_t begin = 0);

struct FoundEvent {
  std::uint32_t begin = 0;         // where the search began
  std::optional<std::uint32_t> n;  // none if it never comes
};

// The "nth" event (by default the first) "of" a match, "from" a moment on. None if the moment never
// comes.
std::optional<FoundEvent> find_event(const Json& asked, const Json& question, const Run& run);

// The hosts in the matches ("of") of a list; all hosts if one of the matches names none.
Json hosts_asked_about(const Json& asked, const Run& run);

}  // namespace tcplab::exercise
