// The ids of the rule catalogue. Every trace event names the rule that produced it; what the rule
// says, in both languages and with its specification and section, is in exercises/rules.json.
#pragma once
#include <cstdint>
#include <string_view>

namespace tcplab {

enum class Rule : std::uint16_t {
#define TCPLAB_RULE(name) name,
#include "base/rules.def"
#undef TCPLAB_RULE
};

inline constexpr std::string_view kRuleIds[] = {
#define TCPLAB_RULE(name) #name,
#include "base/rules.def"
#undef TCPLAB_RULE
};
inline constexpr std::size_t kRuleCount = sizeof(kRuleIds) / sizeof(kRuleIds[0]);

constexpr std::string_view to_text(Rule rule) { return kRuleIds[static_cast<std::size_t>(rule)]; }

}  // namespace tcplab
