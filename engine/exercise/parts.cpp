#include "exercise/parts.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "lab/match.hpp"

namespace tcplab::exercise {

namespace {

using format::Json;

bool is_bookkeeping(std::string_view key) {
  return key == "n" || key == "step" || key == "cause" || key == "rule" || key == "takes";
}

bool same(const Json& one, const Json& other);

// Compares members in order, without those that do not say what happened.
bool same_members(const Json::object_t& one, const Json::object_t& other) {
  auto a = one.begin();
  auto b = other.begin();
  while (true) {
    while (a != one.end() && is_bookkeeping(a->first)) ++a;
    while (b != other.end() && is_bookkeeping(b->first)) ++b;
    if (a == one.end() || b == other.end()) return a == one.end() && b == other.end();
    if (a->first != b->first || !same(a->second, b->second)) return false;
    ++a;
    ++b;
  }
}

bool same(const Json& one, const Json& other) {
  if (!one.is_object() || !other.is_object()) return one == other;
  return same_members(one.get_ref<const Json::object_t&>(), other.get_ref<const Json::object_t&>());
}

}  // namespace

std::optional<std::uint32_t> first_difference(const lab::Events& one, const lab::Events& other) {
  const std::size_t both = std::min(one.size(), other.size());
  for (std::size_t n = 0; n < both; ++n) {
    if (!same(one[n], other[n])) return static_cast<std::uint32_t>(n);
  }
  return std::nullopt;
}

bool has_its_like(const lab::Events& run, const Json& event) {
  const Json& kind = event.at("kind");
  for (std::size_t n = 0; n < run.size(); ++n) {
    if (run.kind(n) == kind.get_ref<const std::string&>() && same(run[n], event)) return true;
  }
  return false;
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> where_they_part(const lab::Events& one,
                                                                       const lab::Events& other) {
  if (one.empty() || other.empty()) return std::nullopt;
  const auto difference = first_difference(one, other);
  if (!difference && one.size() == other.size()) return std::nullopt;
  const std::size_t n = difference.value_or(std::min(one.size(), other.size()));
  const auto at = [n](const lab::Events& events) {
    return static_cast<std::uint32_t>(std::min(n, events.size() - 1));
  };
  return std::pair(at(one), at(other));
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> where_these_part(const Seen& one,
                                                                        const Seen& other,
                                                                        const Json& match) {
  if (one.events.empty() || other.events.empty()) return std::nullopt;
  const auto here = lab::find_matches(match, one.events);
  const auto there = lab::find_matches(match, other.events);
  const std::size_t both = std::min(here.size(), there.size());
  std::size_t n = 0;
  while (n < both && same(one.events[here[n]], other.events[there[n]])) ++n;
  if (n == here.size() && (n == there.size() || !one.whole)) return std::nullopt;
  if (n == there.size() && !other.whole) return std::nullopt;
  const auto at = [n](const std::vector<std::uint32_t>& numbers, const lab::Events& events) {
    return n < numbers.size() ? numbers[n] : static_cast<std::uint32_t>(events.size() - 1);
  };
  return std::pair(at(here, one.events), at(there, other.events));
}

}  // namespace tcplab::exercise
