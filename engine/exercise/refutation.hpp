// The event of the real run that refutes a misconception: what its text says "look at" of.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/statement.hpp"

namespace tcplab::exercise {

// `fields`: what the misconception explains, all of them marked wrong. `world`: the run in which it
// is true, or nullptr. The event is at a place that is marked wrong, or at the other end of its
// connection, and no later than the moment that was asked about. Of a state, it is the change that
// the text speaks of, else the first event that `world` lacks, else the last change at the place;
// of a header field, the first segment whose number leads to another value in `world`, else the
// segment that was asked about; of a build, where the runs part. None: the run has no such event.
std::optional<std::uint32_t> refuting_event(std::string_view misconception,
                                            const Statement& statement,
                                            const std::vector<std::string>& fields,
                                            const RunPtr& world);

// How the kinds of questions find it: by changes of states, by the numbers of segments, by where
// the runs part.
std::optional<std::uint32_t> refuted_by_states(std::string_view misconception,
                                               const Statement& statement,
                                               const std::vector<std::string>& fields,
                                               const RunPtr& world);
std::optional<std::uint32_t> refuted_by_numbers(std::string_view misconception,
                                                const Statement& statement,
                                                const std::vector<std::string>& fields,
                                                const RunPtr& world);
std::optional<std::uint32_t> refuted_by_parting(std::string_view misconception,
                                                const Statement& statement,
                                                const std::vector<std::string>& fields,
                                                const RunPtr& world);

}  // namespace tcplab::exercise
