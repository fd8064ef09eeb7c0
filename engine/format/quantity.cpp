#include "format/quantity.hpp"

#include <array>

#include "format/digit.hpp"
#include "format/problem.hpp"

namespace tcplab::format {

const char* const duration_pattern =
    "^(0|[0-9]{1,16}(us|µs|μs)|[0-9]{1,16}(\\.[0-9]{1,3})?ms|[0-9]{1,16}(\\.[0-9]{1,6})?(s|min|h))"
    "$";
const char* const size_pattern = "^[0-9]{1,16}(B|KiB|MiB)?$";
const char* const address_pattern =
    "^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?["
    "0-9])$";

namespace {

struct Unit {
  std::string_view name;
  std::int64_t scale;  // µs or bytes
  int decimals;        // the most decimals that give a whole number of µs or bytes
};

// In ascending order; the first name for a scale is the canonical one.
constexpr std::array<Unit, 7> time_units{{{"us", 1, 0},
                                          {"µs", 1, 0},
                                          {"μs", 1, 0},
                                          {"ms", 1'000, 3},
                                          {"s", 1'000'000, 6},
                                          {"min", 60'000'000, 6},
                                          {"h", 3'600'000'000, 6}}};
constexpr std::array<Unit, 4> size_units{
    {{"", 1, 0}, {"B", 1, 0}, {"KiB", 1024, 0}, {"MiB", 1024 * 1024, 0}}};

constexpr std::size_t most_digits =
    16;  // keeps every product below 10^16 * largest scale, checked by range

std::string_view take_digits(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && is_digit(text[n])) ++n;
  const std::string_view digits = text.substr(0, n);
  text.remove_prefix(n);
  return digits;
}

// REQUIRES at most 18 digits.
std::int64_t to_number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

template <std::size_t N>
const Unit* find_unit(const std::array<Unit, N>& units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

tl::unexpected<Text> no_duration(std::string_view text, Text why = {}) {
  return tl::unexpected(
      say({"found {0}; allowed: a duration such as \"50ms\", \"1.5s\" or \"2min\"{1}",
           "发现 {0}；允许：一段时长，例如 \"50ms\"、\"1.5s\" 或 \"2min\"{1}"},
          {quote(text), std::move(why)}));
}

Text at_most_1000_hours() { return say({"; at most 1000h", "；最长 1000h"}); }

// value / scale as an exact decimal number, with as few decimals as possible; "" if `decimals` are
// not enough.
std::string decimal(std::int64_t value, std::int64_t scale, int decimals) {
  std::string text = std::to_string(value / scale);
  std::int64_t rest = value % scale;
  if (rest != 0) text += '.';
  for (int i = 0; i < decimals && rest != 0; ++i) {
    rest *= 10;
    text += static_cast<char>('0' + rest / scale);
    rest %= scale;
  }
  return rest == 0 ? text : std::string();
}

}  // namespace

tl::expected<std::chrono::microseconds, Text> parse_duration(std::string_view text) {
  if (text == "0") return std::chrono::microseconds{0};
  std::string_view rest = text;
  const std::string_view whole = take_digits(rest);
  std::string_view decimals;
  if (!rest.empty() && rest[0] == '.') {
    rest.remove_prefix(1);
    decimals = take_digits(rest);
    if (decimals.empty()) return no_duration(text);
  }
  if (whole.empty()) return no_duration(text);
  if (rest.empty()) {
    return no_duration(text, say({"; the unit is missing (us, ms, s, min, h)",
                                  "；缺少单位（us、ms、s、min、h）"}));
  }
  const Unit* unit = find_unit(time_units, rest);
  if (unit == nullptr) {
    return no_duration(text, say({"; units are us, ms, s, min, h", "；单位有 us、ms、s、min、h"}));
  }
  if (decimals.size() > static_cast<std::size_t>(unit->decimals)) {
    return no_duration(text, say({"; at most 3 decimals of ms, 6 of s, min and h, none of us",
                                  "；ms 最多 3 位小数，s、min、h 最多 6 位，us 没有小数"}));
  }
  if (whole.size() > most_digits || to_number(whole) > max_duration.count() / unit->scale) {
    return no_duration(text, at_most_1000_hours());
  }
  std::int64_t fraction = to_number(decimals) * unit->scale;  // < 10^6 * 3.6 * 10^9
  for (std::size_t i = 0; i < decimals.size(); ++i) fraction /= 10;
  const std::chrono::microseconds result{to_number(whole) * unit->scale + fraction};
  if (result > max_duration) return no_duration(text, at_most_1000_hours());
  return result;
}

std::string to_text(std::chrono::microseconds duration) {
  if (duration.count() == 0) return "0";
  if (duration.count() < 0) return "-" + to_text(-duration);
  std::string best, best_unit;
  for (const Unit& unit : time_units) {
    if (unit.scale > duration.count()) break;
    std::string number = decimal(duration.count(), unit.scale, unit.decimals);
    if (number.empty() || (!best.empty() && number.size() >= best.size())) continue;
    best = std::move(number);
    best_unit = unit.name;
  }
  return best + best_unit;
}

tl::expected<std::int64_t, Text> parse_size(std::string_view text) {
  std::string_view rest = text;
  const std::string_view digits = take_digits(rest);
  const Unit* unit = find_unit(size_units, rest);
  const Text found =
      say({"found {0}; allowed: a number of bytes such as 1460, \"100B\" or \"64KiB\"",
           "发现 {0}；允许：字节数，例如 1460、\"100B\" 或 \"64KiB\""},
          {quote(text)});
  if (digits.empty() || unit == nullptr) return tl::unexpected(found);
  if (digits.size() > most_digits || to_number(digits) > max_size / unit->scale) {
    return tl::unexpected(
        say({"{0}; at most {1}", "{0}；最多 {1}"}, {found, size_to_text(max_size)}));
  }
  return to_number(digits) * unit->scale;
}

std::string size_to_text(std::int64_t bytes) {
  if (bytes == 0 || bytes % 1024 != 0) return std::to_string(bytes) + "B";
  const bool mebi = bytes % (1024 * 1024) == 0;
  return std::to_string(bytes / (mebi ? 1024 * 1024 : 1024)) + (mebi ? "MiB" : "KiB");
}

tl::expected<std::uint32_t, Text> parse_address(std::string_view text) {
  std::string_view rest = text;
  std::uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) {
      if (rest.empty() || rest[0] != '.') break;
      rest.remove_prefix(1);
    }
    const std::string_view digits = take_digits(rest);
    if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits[0] == '0')) break;
    const std::int64_t number = to_number(digits);
    if (number > 255) break;
    address = address << 8 | static_cast<std::uint32_t>(number);
    if (i == 3 && rest.empty()) return address;
  }
  return tl::unexpected(
      say({"found {0}; allowed: an IPv4 address such as \"10.0.0.1\" (four numbers from 0 to "
           "255, no leading zeros)",
           "发现 {0}；允许：一个 IPv4 地址，例如 \"10.0.0.1\"（四个 0 到 255 的数，没有前导零）"},
          {quote(text)}));
}

std::string address_to_text(std::uint32_t address) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (shift < 24) text += '.';
    text += std::to_string(address >> shift & 0xFF);
  }
  return text;
}

}  // namespace tcplab::format
