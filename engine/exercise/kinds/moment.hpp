// Moments and events of a run that a question speaks of: where it stops, the first event that
// matches, or a later one.
#pragma once
#include <cstdint>
#include <optional>

#include "exercise/run.hpp"
#include "format/shape.hpp"

namespace tcplab::exercise {

// "pause", or a match.
format::Shape moment_shape();

// The first event at such a moment, from `begin` on; none: it does not come.
std::optional<std::uint32_t> first_at(const Json& moment, const Json& question, const Run& run,
                                      std::uint32_t begin = 0);

struct FoundEvent {
  std::uint32_t begin = 0;         // from where it was looked for
  std::optional<std::uint32_t> n;  // none: it never comes
};

// The "nth" event (the first, if that is not said) "of" a match, "from" a moment on. None: the
// moment does not come.
std::optional<FoundEvent> find_event(const Json& asked, const Json& question, const Run& run);

// The hosts at which something of a list of matches, each "of" one, is asked about; all, where one
// of them names none.
Json hosts_asked_about(const Json& asked, const Run& run);

}  // namespace tcplab::exercise
