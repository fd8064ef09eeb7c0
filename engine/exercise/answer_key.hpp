// The right answers, which nobody wrote down: what a world's runs say.
#pragma once
#include <string_view>

#include "exercise/bench.hpp"
#include "exercise/instance.hpp"

namespace tcplab::exercise {

// The answer that the bench's world makes right, in the form in which students give it; null where
// that world has none (it never comes to the question, no option is true), and for a build, which
// has no single one. Of an explain: by part.
Json right_answer(const Json& question, Bench& bench);

// Of all the questions, by id.
Json right_answers(const Json& questions, Bench& bench);

// Of every question of a copy, by id. `mutant`: in the world where every host has it; "" is the
// real one.
tl::expected<Json, Problems> answer_key(const Instance& instance, std::string_view mutant = {});

// What is right as well where the key chose one of several, by id: of a pick, by need, the other
// events that meet it; of a claim, by slot, the other options that are true.
tl::expected<Json, Problems> also_right(const Instance& instance);
Json also_right(const Json& questions, Bench& bench);
// Of lists of what is right: each without its first; null where nothing is left.
Json without_first(Json lists);

// Whether two worlds answer a question otherwise. Events that only have other numbers are the
// same answer.
bool is_answered_otherwise(const Json& question, const Json& real, const Json& other);

}  // namespace tcplab::exercise
