#include <algorithm>

#include "exercise/kinds/kind.hpp"

namespace tcplab::exercise {

const Kind& state_kind();
const Kind& segment_kind();
const Kind& role_kind();
const Kind& number_kind();
const Kind& time_kind();
const Kind& order_kind();
const Kind& spot_kind();
const Kind& claim_kind();
const Kind& pick_kind();
const Kind& build_kind();
const Kind& break_kind();
const Kind& tune_kind();
const Kind& say_kind();
const Kind& explain_kind();

std::span<const Kind* const> kinds() {
  static const Kind* const all[] = {&state_kind(), &segment_kind(), &role_kind(),  &number_kind(),
                                    &time_kind(),  &order_kind(),   &spot_kind(),  &claim_kind(),
                                    &pick_kind(),  &build_kind(),   &break_kind(), &tune_kind(),
                                    &say_kind(),   &explain_kind()};
  return all;
}

const Kind* kind_named(std::string_view name) {
  const auto found = std::find_if(kinds().begin(), kinds().end(),
                                  [&](const Kind* kind) { return kind->name == name; });
  return found == kinds().end() ? nullptr : *found;
}

const Kind& kind_of(const Json& question) {
  return *kind_named(question.at("kind").get_ref<const std::string&>());
}

}  // namespace tcplab::exercise
