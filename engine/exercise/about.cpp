#include "exercise/about.hpp"

#include <algorithm>
#include <array>

#include "exercise/kinds/kind.hpp"
#include "tcp/state.hpp"

namespace tcplab::exercise {

namespace {

using Words = std::array<std::string_view, 3>;

// What each misconception is about: header fields and states. "state" stands for states in general,
// if no single state tells the misconception.
struct Subject {
  std::string_view misconception;
  Words words;
};

constexpr std::string_view kAnyState = "state";

constexpr Subject kSubjects[] = {
    {"M01", {"seq", "ack"}},
    {"M02", {"seq", "ack"}},
    {"M03", {"ack"}},
    {"M04", {"seq", "ack"}},
    {"M05", {"seq", "ack"}},
    {"M06", {"seq", "ack"}},
    {"M07", {"SYN_RCVD"}},
    {"M09", {"LISTEN"}},
    {"M10", {kAnyState, "flags"}},
    {"M11", {"CLOSED"}},
    {"M12", {"len"}},
    {"M13", {"ESTABLISHED"}},
    {"M14", {"ESTABLISHED"}},
    {"M16", {"len"}},
    {"M17", {"len"}},
    {"M18", {"flags"}},
    {"M19", {"seq", "ack"}},
    {"M21", {"TIME_WAIT"}},
    {"M22", {"CLOSE_WAIT", "FIN_WAIT_1"}},
    {"M23", {"CLOSE_WAIT"}},
    {"M24", {"seq", "ack"}},
    {"M25", {"flags"}},
    {"M26", {kAnyState, "flags"}},
    {"M27", {"CLOSING"}},
    {"M28", {"CLOSING"}},
    {"M29", {"seq", "ack"}},
    {"M30", {kAnyState, "len"}},
    {"M31", {kAnyState, "flags"}},
    {"M32", {"FIN_WAIT_2"}},
    {"M33", {"TIME_WAIT"}},
    {"M34", {"TIME_WAIT"}},
    {"M35", {"TIME_WAIT"}},
    {"M38", {"TIME_WAIT", "flags"}},
    {"M41", {"flags"}},
    {"M42", {kAnyState}},
    {"M43", {"flags", "CLOSED"}},
    {"M44", {"flags"}},
    {"M46", {"CLOSED"}},
    {"M47", {"flags"}},
    {"M48", {"flags"}},
    {"M49", {kAnyState, "flags"}},
    {"M50", {"flags"}},
    {"M52", {"SYN_RCVD"}},
};

bool is_state(std::string_view word) {
  return word == kAnyState || tcp::state_named(word).has_value();
}

Words words_of(std::string_view misconception) {
  const auto* subject =
      std::find_if(std::begin(kSubjects), std::end(kSubjects),
                   [&](const Subject& each) { return each.misconception == misconception; });
  return subject == std::end(kSubjects) ? Words{} : subject->words;
}

}  // namespace

bool is_about(std::string_view misconception, const Json& word) {
  const Words words = words_of(misconception);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view each) { return !each.empty() && word == each; });
}

bool is_about_states(std::string_view misconception) {
  const Words words = words_of(misconception);
  return std::any_of(words.begin(), words.end(), is_state);
}

bool is_off_by_one(const Json& given, const Json& right) {
  if (!given.is_number_unsigned() || !right.is_number_unsigned()) return false;
  const auto distance = given.get<std::uint32_t>() - right.get<std::uint32_t>();
  return distance == 1 || distance == 0xffffffff;
}

Bearing bearing(std::string_view misconception, const Json& question, const std::string& field,
                const Json& given, const Json& right) {
  const Kind& kind = kind_of(question);
  if (!kind.bearing) return Bearing::kRelated;
  const auto found = kind.bearing(misconception, question, field, given, right);
  return is_off_by_one(given, right) ? std::min(found, Bearing::kRelated) : found;
}

Bearing bearing_of_belief(const Json& given, const Json& right) {
  return is_off_by_one(given, right) ? Bearing::kRelated : Bearing::kTelling;
}

}  // namespace tcplab::exercise
