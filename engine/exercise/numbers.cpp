#include "exercise/numbers.hpp"

#include <algorithm>
#include <utility>

#include "exercise/formula.hpp"
#include "exercise/plain_text.hpp"
#include "format/digit.hpp"

namespace tcplab::exercise {

using format::is_digit;

namespace {

class NumberFinder {
 public:
  explicit NumberFinder(std::string_view text) : text_(plain(text)) {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = end_of_digits(at);
      if (end > at && stands_alone(at, end)) add_from(at, end);
      at = std::max(end, at + 1);
    }
  }

  std::vector<std::string> take() { return std::move(found_); }

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : ' '; }
  bool is_part(std::size_t i) const {
    const char c = at(i);
    return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '_';
  }
  std::size_t end_of_digits(std::size_t i) const {
    while (is_digit(at(i))) ++i;
    return i;
  }
  bool stands_alone(std::size_t begin, std::size_t end) const {
    const bool joined_before = begin > 0 && (is_part(begin - 1) || text_[begin - 1] == '.');
    const bool joined_behind =
        (is_part(end) && at(end) != '_') || (at(end) == '.' && is_digit(at(end + 1)));
    return !joined_before && !joined_behind && !follows_rfc(begin);
  }
  bool follows_rfc(std::size_t begin) const {
    constexpr std::string_view kRfc = "RFC ";
    return begin >= kRfc.size() && text_.compare(begin - kRfc.size(), kRfc.size(), kRfc) == 0;
  }

  // Adds the number, the number with the groups of three digits that follow, and the sum that it
  // begins.
  void add_from(std::size_t begin, std::size_t end) {
    found_.push_back(text_.substr(begin, end - begin));
    std::string grouped = found_.back();
    for (std::size_t i = end; std::string_view(" ,_'").find(at(i)) != std::string_view::npos;) {
      const std::size_t last = end_of_digits(i + 1);
      if (last != i + 4) break;
      grouped += text_.substr(i + 1, 3);
      i = last;
    }
    if (grouped != found_.back()) found_.push_back(std::move(grouped));
    const std::size_t formula =
        std::min(text_.find_first_not_of("0123456789 +-*", begin), text_.size());
    std::string sum = text_.substr(begin, formula - begin);
    sum.erase(sum.find_last_of("0123456789") + 1);
    if (const auto value = evaluate_numbers(sum)) found_.push_back(format::dump(*value));
  }

  std::string text_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> numbers_in(std::string_view text) { return NumberFinder(text).take(); }

}  // namespace tcplab::exercise
