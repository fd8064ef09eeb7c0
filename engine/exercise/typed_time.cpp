#include "exercise/typed_time.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "exercise/plain_text.hpp"
#include "format/digit.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"

namespace tcplab::exercise {

namespace {

using format::is_digit;
using format::say;
using format::Text;

struct Unit {
  std::string_view typed;  // in the form that plain() returns
  std::string_view name;   // of format/quantity.hpp
  std::int64_t scale;      // µs
};

// A unit must come after those that begin with it.
constexpr std::array<Unit, 16> kUnits{{{"US", "us", 1},
                                       {"µS", "us", 1},
                                       {"μS", "us", 1},
                                       {"微秒", "us", 1},
                                       {"MS", "ms", 1'000},
                                       {"毫秒", "ms", 1'000},
                                       {"MINUTES", "min", 60'000'000},
                                       {"MIN", "min", 60'000'000},
                                       {"分钟", "min", 60'000'000},
                                       {"分", "min", 60'000'000},
                                       {"SECONDS", "s", 1'000'000},
                                       {"S", "s", 1'000'000},
                                       {"秒", "s", 1'000'000},
                                       {"HOURS", "h", 3'600'000'000},
                                       {"H", "h", 3'600'000'000},
                                       {"小时", "h", 3'600'000'000}}};

constexpr std::array<std::string_view, 5> kNeverTyped{"NEVER", "从不", "永不", "永远不会", "不会"};

constexpr std::size_t kLongest = 100;     // characters of an answer
constexpr std::size_t kMostDigits = 10;   // as many as 1000 h in µs
constexpr std::size_t kMostDecimals = 6;  // of seconds: µs

// REQUIRES no more digits than kMostDigits.
std::int64_t to_number(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

// A number with its unit, from the front of a text.
struct Part {
  std::int64_t microseconds;
  const Unit* unit;  // nullptr: none
};

class Typed {
 public:
  explicit Typed(std::string_view text) : text_(plain(text)) {}

  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }

  // None if there is no number here, or if it has more digits than a time needs.
  std::optional<Part> part() {
    skip_blanks();
    const std::string whole = whole_digits();
    std::string decimals;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
      ++at_;
      while (at_ < text_.size() && is_digit(text_[at_])) decimals += text_[at_++];
    }
    if (whole.empty() || whole.size() > kMostDigits || decimals.size() > kMostDecimals) return {};
    const Unit* unit = take_unit();
    const std::int64_t scale = unit == nullptr ? 1 : unit->scale;
    const std::int64_t number = to_number(whole);
    const std::int64_t fraction = to_number(decimals);
    std::int64_t tens = 1;
    for (std::size_t i = 0; i < decimals.size(); ++i) tens *= 10;
    if (number > format::max_duration.count() / scale) return Part{-1, unit};
    return Part{number * scale + (fraction * scale + tens / 2) / tens, unit};
  }

  // Moves to the next stand-alone number; false if there is none.
  bool skip_to_number() {
    while (at_ < text_.size() && !(is_digit(text_[at_]) && begins_alone())) ++at_;
    return at_ < text_.size();
  }

 private:
  bool begins_alone() const {
    if (at_ == 0) return true;
    const char before = text_[at_ - 1];
    return !is_digit(before) && before != '.' && before != ',' && before != '_' &&
           !(before >= 'A' && before <= 'Z');
  }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  // Digits, with or without separators between groups of three: "7,200".
  std::string whole_digits() {
    std::string digits;
    while (at_ < text_.size() && is_digit(text_[at_])) digits += text_[at_++];
    while (!digits.empty() && is_group(at_)) {
      digits += text_.substr(at_ + 1, 3);
      at_ += 4;
    }
    return digits;
  }
  bool is_group(std::size_t at) const {
    if (at + 3 >= text_.size() || std::string_view(" ,_'").find(text_[at]) == std::string::npos) {
      return false;
    }
    const bool ends = at + 4 >= text_.size() || !is_digit(text_[at + 4]);
    return is_digit(text_[at + 1]) && is_digit(text_[at + 2]) && is_digit(text_[at + 3]) && ends;
  }
  const Unit* take_unit() {
    const std::size_t begin = at_;
    skip_blanks();
    for (const Unit& unit : kUnits) {
      if (text_.compare(at_, unit.typed.size(), unit.typed) != 0) continue;
      const std::size_t end = at_ + unit.typed.size();
      if (end < text_.size() && text_[end] >= 'A' && text_[end] <= 'Z') continue;
      at_ = end;
      return &unit;
    }
    at_ = begin;
    return nullptr;
  }

  std::string text_;
  std::size_t at_ = 0;
};

tl::unexpected<Text> refuse(std::string_view text, Text why = {}) {
  return tl::unexpected(say({"found {0}; allowed: a time with its unit, such as 60 ms, 1.06 s, "
                             "4 min or 3 h, or “never”{1}",
                             "发现 {0}；允许：带单位的时间，例如 60 ms、1.06 s、4 min 或 3 "
                             "h，或者“从不”{1}"},
                            {format::quote(text), std::move(why)}));
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

std::string decimal(std::int64_t microseconds, std::int64_t scale) {
  std::string text = std::to_string(microseconds / scale);
  std::int64_t rest = microseconds % scale;
  if (rest != 0) text += '.';
  for (std::size_t i = 0; i < kMostDecimals && rest != 0; ++i) {
    rest *= 10;
    text += static_cast<char>('0' + rest / scale);
    rest %= scale;
  }
  return rest == 0 ? text : std::string();
}

std::string written(std::int64_t microseconds, std::string_view name, std::int64_t scale) {
  const std::string number = decimal(microseconds, scale);
  if (number.empty()) return decimal(microseconds, 1'000'000) + "s";
  return number + std::string(name);
}

}  // namespace

tl::expected<std::string, Text> typed_time(std::string_view text) {
  if (text.size() > kLongest) return refuse(text.substr(0, kLongest));
  const std::string word = trimmed(plain(text));
  for (const auto never : kNeverTyped) {
    if (word == never) return std::string(kNever);
  }
  Typed typed(text);
  std::int64_t sum = 0;
  const Unit* last = nullptr;
  do {
    const auto part = typed.part();
    if (!part) return refuse(text);
    if (part->unit == nullptr) {
      if (part->microseconds == 0 && last == nullptr && typed.at_end()) return std::string("0");
      return refuse(text, say({"; the unit is missing", "；缺少单位"}));
    }
    // "1 min 30 s" is a sum; "30 s 1 min" is a typing error.
    if (last != nullptr && part->unit->scale >= last->scale) return refuse(text);
    if (part->microseconds < 0) sum = format::max_duration.count();
    sum += part->microseconds < 0 ? 1 : part->microseconds;
    last = part->unit;
  } while (!typed.at_end());
  if (sum > format::max_duration.count()) {
    return refuse(text, say({"; at most 1000 h", "；最长 1000 h"}));
  }
  return written(sum, last->name, last->scale);
}

std::string in_unit_of(std::string_view other, std::string_view time) {
  const auto microseconds = format::parse_duration(time);
  const std::size_t unit = other.find_first_not_of("0123456789.");
  if (!microseconds || unit == std::string_view::npos) return std::string(time);
  for (const Unit& each : kUnits) {
    if (other.substr(unit) == each.name) {
      return written(microseconds->count(), each.name, each.scale);
    }
  }
  return std::string(time);
}

std::vector<Time> times_in(std::string_view text) {
  std::vector<Time> times;
  Typed typed(text);
  while (typed.skip_to_number()) {
    const auto part = typed.part();
    if (part && part->unit != nullptr && part->microseconds >= 0) {
      times.emplace_back(part->microseconds);
    }
  }
  return times;
}

}  // namespace tcplab::exercise
