#include "wire/segment.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace tcplab::wire {
namespace {

constexpr std::array<std::pair<Flag, std::string_view>, 8> kFlagNames{{{kSyn, "SYN"},
                                                                       {kFin, "FIN"},
                                                                       {kRst, "RST"},
                                                                       {kPsh, "PSH"},
                                                                       {kAck, "ACK"},
                                                                       {kUrg, "URG"},
                                                                       {kEce, "ECE"},
                                                                       {kCwr, "CWR"}}};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool equal_ignoring_case(std::string_view text, std::string_view upper_case) {
  if (text.size() != upper_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (upper(text[i]) != upper_case[i]) return false;
  }
  return true;
}

std::optional<Flag> flag_named(std::string_view name) {
  for (const auto& [flag, flag_name] : kFlagNames) {
    if (equal_ignoring_case(name, flag_name)) return flag;
  }
  return std::nullopt;
}

}  // namespace

std::string flags_text(Flags flags) {
  std::string text;
  for (const auto& [flag, name] : kFlagNames) {
    if ((flags & flag) == 0) continue;
    if (!text.empty()) text += ' ';
    text += name;
  }
  return text;
}

std::optional<Flags> parse_flags(std::string_view text) {
  constexpr std::string_view kSeparators = " ,+|/";
  Flags flags = 0;
  while (true) {
    const auto start = text.find_first_not_of(kSeparators);
    if (start == std::string_view::npos) return flags;
    text.remove_prefix(start);
    const auto name = text.substr(0, text.find_first_of(kSeparators));
    const auto flag = flag_named(name);
    if (!flag) return std::nullopt;
    flags = static_cast<Flags>(flags | *flag);
    text.remove_prefix(name.size());
  }
}

std::string to_text(Address address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    text += std::to_string((address.value >> shift) & 0xff);
    if (shift > 0) text += '.';
  }
  return text;
}

std::string to_text(Endpoint endpoint) {
  return to_text(endpoint.address) + ':' + std::to_string(endpoint.port);
}

}  // namespace tcplab::wire
