#include "exercise/readable.hpp"

#include <string>
#include <string_view>

#include "format/problem.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

constexpr const char* kBoth[] = {"en", "zh"};

// Also counts blanks that no key types: the no-break space, the ideographic space and those of
// typesetters.
bool is_of_blanks(std::string_view text) {
  while (!text.empty()) {
    const bool is_ascii = text[0] == ' ' || (text[0] >= '\t' && text[0] <= '\r');
    const auto three = text.substr(0, 3);
    const bool is_wide = three == "\u3000" || (three >= "\u2000" && three <= "\u200a");
    const std::size_t size = is_ascii ? 1 : text.substr(0, 2) == "\u00a0" ? 2 : is_wide ? 3 : 0;
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

void check_text(const Reader& text) {
  if (!text.json().is_string()) {
    for (const Reader& item : text.items()) check_text(item);
    for (const auto& [key, member] : text.members()) check_text(member);
    return;
  }
  if (!text.text().empty() && is_of_blanks(text.text())) {
    return text.problem(say({"this text has blanks alone, so there is nothing to read",
                             "这段文本只有空白，没有可读的内容"}));
  }
  const std::string unsafe = format::first_unsafe(text.text());
  if (unsafe.empty()) return;
  text.problem(say({"found the character {0}, which cannot be read; allowed: what can be seen, "
                    "blanks and line ends",
                    "有无法阅读的字符 {0}；允许：可见的字符、空格和换行"},
                   {unsafe}));
}

}  // namespace

void check_readable(const Reader& root) {
  if (root.has("en") && root.has("zh")) {
    for (const char* language : kBoth) check_text(root[language]);
    return;
  }
  for (const Reader& item : root.items()) check_readable(item);
  for (const auto& [key, member] : root.members()) check_readable(member);
}

void check_one_line(const Reader& title) {
  for (const char* language : kBoth) {
    const Reader text =
        title[language].json().is_object() ? title[language]["title"] : title[language];
    if (text.text().find_first_of("\r\n") == std::string::npos) continue;
    text.problem(say({"found a line end; allowed: one line", "发现换行；只允许一行"}));
  }
}

void check_told_apart(const Reader& list) {
  const auto items = list.items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      for (const char* language : kBoth) {
        const Reader text = items[i]["text"][language];
        if (text.text().empty() || text.json() != items[j]["text"][language].json()) continue;
        text.problem(
            say({"{0} and {1} read the same", "{0} 和 {1} 的文字相同"},
                {format::quote(items[j]["id"].text()), format::quote(items[i]["id"].text())}));
      }
    }
  }
}

}  // namespace tcplab::exercise
