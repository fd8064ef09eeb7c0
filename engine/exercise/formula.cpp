#include "exercise/formula.hpp"

#include <cstdint>

#include "exercise/typed_time.hpp"
#include "format/digit.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"

namespace tcplab::exercise {

using format::is_digit;
using format::Json;
using format::say;
using format::Text;

namespace {

class Formula {
 public:
  Formula(std::string_view text, std::string_view written) : text_(text), written_(written) {}

  tl::expected<Json, Text> value() {
    bool negative = false;
    do {
      if (!term(negative)) return tl::unexpected(error_);
      skip_blanks();
      negative = at_ < text_.size() && text_[at_] == '-';
    } while (take('+') || take('-'));
    if (at_ != text_.size()) return tl::unexpected(unreadable());
    if (is_never_) return Json(kNever);
    if (is_duration_) return duration();
    return Json(static_cast<std::uint32_t>(sum_));
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(char c) {
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string_view word() {
    skip_blanks();
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(" +-*").find(text_[at_]) == std::string_view::npos)
      ++at_;
    return text_.substr(begin, at_ - begin);
  }

  // "${isn} + 1x", here "1000 + 1x"
  Text quoted() const {
    if (text_ == written_) return format::quote(text_);
    return say({"{0}, here {1},", "{0}（此处为 {1}）"},
               {format::quote(written_), format::quote(text_)});
  }
  Text unreadable() const {
    return say({"the formula {0} is not a sum of whole numbers up to 4294967296 or of durations",
                "公式 {0} 不是整数（不超过 4294967296）之和，也不是时长之和"},
               {quoted()});
  }
  bool fail() {
    error_ = unreadable();
    return false;
  }

  // At most 2^32, which authors write to make a sum wrap around. With that limit, products and sums
  // of a formula's few terms fit in 64 bits.
  static std::optional<std::int64_t> number(std::string_view digits) {
    if (digits.empty() || digits.size() > 10) return std::nullopt;
    std::int64_t result = 0;
    for (const char c : digits) {
      if (!is_digit(c)) return std::nullopt;
      result = result * 10 + (c - '0');
    }
    return result <= 0x1'0000'0000 ? std::optional(result) : std::nullopt;
  }

  bool term(bool negative) {
    std::string_view operand = word();
    std::int64_t factor = 1;
    if (take('*')) {
      const auto times = number(operand);
      if (!times || *times > 1'000'000) return fail();
      factor = *times;
      operand = word();
    }
    if (operand == kNever) {
      if (negative || (terms_ > 0 && !is_duration_)) return fail();
      if (factor == 0) return true;
      is_never_ = is_duration_ = true;
      ++terms_;
      return true;
    }
    const auto plain = number(operand);
    const auto duration = format::parse_duration(operand);
    if (!plain && !duration) return fail();
    // "0" is both a number and a duration: it takes the kind of the other terms.
    const bool is_duration = !plain;
    const bool is_zero = plain && *plain == 0;
    if (!is_zero) {
      if (terms_ > 0 && is_duration != is_duration_) return fail();
      is_duration_ = is_duration;
      ++terms_;
    }
    const auto amount = static_cast<std::uint64_t>(factor) *
                        static_cast<std::uint64_t>(plain ? *plain : duration->count());
    sum_ = negative ? sum_ - amount : sum_ + amount;
    return true;
  }

  tl::expected<Json, Text> duration() const {
    const auto count = static_cast<std::int64_t>(sum_);
    if (count < 0 || count > format::max_duration.count()) {
      return tl::unexpected(
          say({"the formula {0} leaves the range of durations", "公式 {0} 超出了时长的范围"},
              {quoted()}));
    }
    return Json(format::to_text(std::chrono::microseconds(count)));
  }

  std::string_view text_;
  std::string_view written_;
  std::size_t at_ = 0;
  std::uint64_t sum_ = 0;  // unsigned, so that it may wrap: harmless modulo 2^32
  int terms_ = 0;
  bool is_duration_ = false;
  bool is_never_ = false;
  Text error_;
};

// The first placeholder that touches other text, such as "2${delay}": its value and that text would
// become one word.
std::string_view glued_in(std::string_view written) {
  constexpr std::string_view kBetween = " +-*";
  for (auto at = written.find("${"); at != std::string_view::npos; at = written.find("${", at)) {
    const auto end = written.find('}', at);
    if (end == std::string_view::npos) return {};
    const auto is_apart = [&](char c) { return kBetween.find(c) != std::string_view::npos; };
    if ((at > 0 && !is_apart(written[at - 1])) ||
        (end + 1 < written.size() && !is_apart(written[end + 1]))) {
      return written.substr(at, end + 1 - at);
    }
    at = end;
  }
  return {};
}

}  // namespace

tl::expected<Json, Text> evaluate(std::string_view formula, std::string_view written) {
  if (const auto glued = glued_in(written); !glued.empty()) {
    return tl::unexpected(
        say({"in the formula {0}, {1} stands right beside something else; a placeholder is a whole "
             "operand, and a factor is written with \"*\": \"2 * {2}\"",
             "公式 {0} 中，{1} 紧挨着别的内容；占位符必须是一个完整的操作数，倍数要写 "
             "\"*\"：\"2 * {2}\""},
            {format::quote(written), format::quote(glued), std::string(glued)}));
  }
  return Formula(formula, written).value();
}

std::optional<Json> evaluate_numbers(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  if (text.find_first_of("+-*") == std::string_view::npos) return std::nullopt;
  const auto value = evaluate(text);
  if (!value || !value->is_number()) return std::nullopt;
  return *value;
}

}  // namespace tcplab::exercise
