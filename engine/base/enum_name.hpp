// The name of an enumerator, as the compiler knows it, the way the lab writes names: kOnOverflow is
// "on_overflow", kFigure7 "figure_7".
#pragma once
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab {

namespace enum_name_detail {

inline constexpr std::size_t kMostEnumerators = 16;

template <typename Enum, Enum value>
constexpr std::string_view enumerator() {
  const std::string_view function = __PRETTY_FUNCTION__;
  // What is no enumerator is written as a cast: "(Enum)7".
  const auto start = function.rfind("::k");
  return start == std::string_view::npos || function.find(')', start) != std::string_view::npos
             ? std::string_view{}
             : function.substr(start + 3, function.find_first_of(";],", start) - start - 3);
}

template <typename Enum, std::size_t index = 0>
std::string_view find(Enum value) {
  if constexpr (index < kMostEnumerators) {
    constexpr auto candidate = static_cast<Enum>(index);
    return value == candidate ? enumerator<Enum, candidate>() : find<Enum, index + 1>(value);
  } else {
    return {};
  }
}

}  // namespace enum_name_detail

template <typename Enum>
std::string enum_name(Enum value) {
  std::string name;
  bool after_digit = false;
  for (const char letter : enum_name_detail::find(value)) {
    const auto code = static_cast<unsigned char>(letter);
    const bool digit = std::isdigit(code) != 0;
    if (!name.empty() && (std::isupper(code) != 0 || digit != after_digit)) name += '_';
    name += static_cast<char>(std::tolower(code));
    after_digit = digit;
  }
  return name;
}

namespace enum_name_detail {

template <typename Enum, std::size_t index = 0>
void add_names(std::vector<std::string>& names) {
  if constexpr (index < kMostEnumerators) {
    constexpr auto candidate = static_cast<Enum>(index);
    if (enumerator<Enum, candidate>().empty()) return;
    names.push_back(enum_name(candidate));
    add_names<Enum, index + 1>(names);
  }
}

}  // namespace enum_name_detail

// All of them, in their order; they count from 0.
template <typename Enum>
std::vector<std::string> enum_names() {
  std::vector<std::string> names;
  enum_name_detail::add_names<Enum>(names);
  return names;
}

}  // namespace tcplab
