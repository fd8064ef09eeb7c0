// The right answers. Nobody wrote them down: they come from the runs of a world.
#pragma once
#include <string_view>

#include "exercise/bench.hpp"
#include "exercise/instance.hpp"

namespace tcplab::exercise {

// The right answer in the bench's world, in the form in which students give it. Null if that world
// has none (it never comes to the question, or no option is true), and for a build, which has no
// single one. For an explain: by part.
Json right_answer(const Json& question, Bench& bench);

// The right answers to all the questions, by id.
Json right_answers(const Json& questions, Bench& bench);

// The right answers to all questions of a copy, by id, in the world in which every host has the
// `mutant`; "" means the real world.
tl::expected<Json, Problems> answer_key(const Instance& instance, std::string_view mutant = {});

// Other right answers, where the key has chosen one of several, by question id: for a pick, the
// other events that meet each need; for a claim, the other true options of each slot.
tl::expected<Json, Problems> also_right(const Instance& instance);
Json also_right(const Json& questions, Bench& bench);
// The lists without their first elements; null if nothing is left.
Json without_first(Json lists);

// Whether the answers of two worlds to a question differ. Lists of events count as the same answer,
// because their numbers mean nothing in another run.
bool is_answered_otherwise(const Json& question, const Json& real, const Json& other);

}  // namespace tcplab::exercise
