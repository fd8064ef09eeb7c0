#include "wire/segment.hpp"

#include <array>
#include <charconv>
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

// Has room for "255.255.255.255:65535".
using EndpointText = std::array<char, 24>;

// Writes the address at `at` and returns its end.
char* put(Address address, char* at) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    at = std::to_chars(at, at + 3, (address.value >> shift) & 0xff).ptr;
    if (shift > 0) *at++ = '.';
  }
  return at;
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
  EndpointText text;
  return {text.data(), put(address, text.data())};
}

std::string to_text(Endpoint endpoint) {
  EndpointText text;
  char* at = put(endpoint.address, text.data());
  *at++ = ':';
  return {text.data(), std::to_chars(at, text.data() + text.size(), endpoint.port).ptr};
}

}  // namespace tcplab::wire
