#include "exercise/plain_text.hpp"

namespace tcplab::exercise {

std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = [&](std::size_t k) {
      return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u;
    };
    if (byte(0) == 0xef && (byte(1) == 0xbc || byte(1) == 0xbd) && byte(2) >= 0x80) {
      // U+FF01 to U+FF5E are U+0021 to U+007E.
      result += static_cast<char>((byte(1) - 0xbc) * 0x40 + byte(2) - 0x80 + 0x20);
      i += 2;
    } else if (byte(0) == 0xe3 && byte(1) == 0x80 && byte(2) <= 0x81) {
      result += byte(2) == 0x81 ? ',' : ' ';  // U+3001, U+3000
      i += 2;
    } else {
      result += text[i];
    }
  }
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string squeezed(std::string_view text) {
  std::string result;
  const std::string typed = plain(text);
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const char c = typed[i];
    const auto starts_with = [&](std::string_view bytes) {
      return typed.compare(i, bytes.size(), bytes) == 0;
    };
    if (starts_with("\xe2\x80") || starts_with("\xe3\x80")) {
      i += 2;  // U+2000 to U+203F: quotes, dashes; U+3000 to U+303F: 。「」
    } else if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9')) {
      result += c;
    }
  }
  return result;
}

namespace {

bool is_of_name(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

std::vector<std::string_view> names_in(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t begin = at;
    while (at < text.size() && is_of_name(text[at])) ++at;
    if (at > begin) names.push_back(text.substr(begin, at - begin));
  }
  return names;
}

std::optional<tcp::State> typed_state(std::string_view text) {
  const std::string typed = plain(text);
  if (typed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_- ") != std::string::npos) {
    return std::nullopt;
  }
  const std::string wanted = squeezed(typed);
  for (const auto name : tcp::kStateNames) {
    if (squeezed(name) == wanted) return tcp::state_named(name);
  }
  return std::nullopt;
}

}  // namespace tcplab::exercise
