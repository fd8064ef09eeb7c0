// Names of enumerators, derived from their C++ identifiers: kOnOverflow is "on_overflow", kFigure7
// is "figure_7".
#pragma once
#include <array>
#include <cctype>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tcplab {

namespace enum_name_detail {

inline constexpr std::size_t kMostEnumerators = 16;

template <typename Enum, Enum value>
constexpr std::string_view enumerator() {
  const std::string_view function = __PRETTY_FUNCTION__;
  // The compiler prints a value without an enumerator as a cast: "(Enum)7".
  const auto start = function.rfind("::k");
  return start == std::string_view::npos || function.find(')', start) != std::string_view::npos
             ? std::string_view{}
             : function.substr(start + 3, function.find_first_of(";],", start) - start - 3);
}

template <typename Enum, std::size_t... indices>
constexpr auto enumerators(std::index_sequence<indices...>) {
  return std::array{enumerator<Enum, static_cast<Enum>(indices)>()...};
}

// A constant, so that the compiler emits no code for each enumerator.
template <typename Enum>
inline constexpr auto kEnumerators =
    enumerators<Enum>(std::make_index_sequence<kMostEnumerators>());

// "OnOverflow": "on_overflow"
inline std::string written(std::string_view enumerator) {
  std::string name;
  bool after_digit = false;
  for (const char letter : enumerator) {
    const auto code = static_cast<unsigned char>(letter);
    const bool digit = std::isdigit(code) != 0;
    if (!name.empty() && (std::isupper(code) != 0 || digit != after_digit)) name += '_';
    name += static_cast<char>(std::tolower(code));
    after_digit = digit;
  }
  return name;
}
inline std::vector<std::string> all_written(std::span<const std::string_view> enumerators) {
  std::vector<std::string> names;
  for (const auto each : enumerators) {
    if (each.empty()) break;
    names.push_back(written(each));
  }
  return names;
}

}  // namespace enum_name_detail

template <typename Enum>
std::string enum_name(Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return enum_name_detail::written(index < enum_name_detail::kMostEnumerators
                                       ? enum_name_detail::kEnumerators<Enum>[index]
                                       : std::string_view{});
}

// The names of all enumerators, in their order. REQUIRES that their values count from 0.
template <typename Enum>
std::vector<std::string> enum_names() {
  return enum_name_detail::all_written(
      std::span<const std::string_view>(enum_name_detail::kEnumerators<Enum>));
}

}  // namespace tcplab
