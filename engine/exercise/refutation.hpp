// The event of the real run that refutes a misconception: the one at which its text tells the
// student to look.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exercise/statement.hpp"

namespace tcplab::exercise {

// `fields` are the wrong fields that the misconception explains. `world` is the run in which it is
// true, or nullptr. The event is at a place that is marked wrong, or at the other end of its
// connection, and no later than the moment that was asked about. For a state, it is the change that
// the text mentions, else the first event that `world` lacks, else the last change at the place.
// For a header field, it is the first segment whose number leads to another value in `world`, else
// the segment that was asked about. For a build, it is where the runs part. None if the run has no
// such event.
std::optional<std::uint32_t> refuting_event(std::string_view misconception,
                                            const Statement& statement,
                                            const std::vector<std::string>& fields,
                                            const RunPtr& world);

// Ways to find it, for the kinds of questions: by changes of states, by the numbers of segments, or
// by where the runs part.
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
