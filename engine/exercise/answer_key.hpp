// The right answers, which nobody wrote down: what a world's runs say.
#pragma once
#include <string_view>

#include "exercise/instance.hpp"
#include "exercise/question.hpp"

namespace tcplab::exercise {

// The answer that the bench's world makes right, in the form in which students give it; null where
// that world has none (it never comes to the question, no option is true), and for a build, which
// has no single one. Of an explain: by part.
Json right_answer(const Json& question, Bench& bench);

// Of every question, by id. `mutant`: in the world where every host has it; "" is the real one.
tl::expected<Json, Problems> answer_key(const Instance& instance, std::string_view mutant = {});

// Whether two worlds answer a question otherwise. A pick that only numbers its events otherwise is
// the same answer.
bool is_answered_otherwise(const Json& question, const Json& real, const Json& other);

}  // namespace tcplab::exercise
