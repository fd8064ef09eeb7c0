#include "lesson/markdown.hpp"

#include <algorithm>
#include <cctype>

namespace tcplab::lesson {

using format::say;
using format::Text;

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_made_of(std::string_view text, std::string_view signs) {
  return text.find_first_not_of(signs) == std::string_view::npos;
}

bool has_html(std::string_view line) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const char next = line[i + 1];
    const bool is_letter = std::isalpha(static_cast<unsigned char>(next)) != 0;
    if (line[i] == '<' && (is_letter || next == '/' || next == '!' || next == '?')) return true;
  }
  return false;
}

// The line below a table's head: "|---|:-:|".
bool is_table(std::string_view line) {
  return is_made_of(line, "|-: \t") && line.find('|') != std::string_view::npos &&
         line.find('-') != std::string_view::npos;
}

bool is_task(std::string_view line) {
  if (!line.starts_with("- ") && !line.starts_with("* ") && !line.starts_with("+ ")) return false;
  const auto box = trimmed(line.substr(2)).substr(0, 3);
  return box == "[ ]" || box == "[x]" || box == "[X]";
}

}  // namespace

std::size_t first_ill_formed(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto octet = [&](std::size_t i) {
      return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    const unsigned first = octet(0);
    const std::size_t size = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
    if (size == 0) return at;
    for (std::size_t i = 1; i < size; ++i) {
      if ((octet(i) & 0xc0U) != 0x80) return at;
    }
    // An overlong form, a UTF-16 surrogate, or a value above U+10FFFF (RFC 3629 §4).
    const unsigned second = octet(1);
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) ||
        (first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) {
      return at;
    }
    at += size;
  }
  return std::string_view::npos;
}

std::vector<bool> in_code(const std::vector<std::string_view>& lines) {
  std::vector<bool> found;
  bool is_open = false;
  for (const auto line : lines) {
    const bool is_mark = trimmed(line).starts_with("```");
    found.push_back(is_open || is_mark);
    if (is_mark) is_open = !is_open;
  }
  return found;
}

bool is_divider(std::string_view line) {
  std::string signs(trimmed(line));
  signs.erase(std::remove_if(signs.begin(), signs.end(), is_blank), signs.end());
  return signs.size() >= 3 &&
         (is_made_of(signs, "-") || is_made_of(signs, "*") || is_made_of(signs, "_"));
}

int heading_depth(std::string_view line) {
  const auto text = trimmed(line);
  const auto depth = std::min(text.find_first_not_of('#'), text.size());
  const bool is_heading =
      depth >= 1 && depth <= 6 && (depth == text.size() || is_blank(text[depth]));
  return is_heading ? static_cast<int>(depth) : 0;
}

std::string without_code(std::string_view line) {
  std::string left(line);
  bool is_code = false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == '`') {
      is_code = !is_code;
      left[i] = ' ';
    } else if (is_code) {
      left[i] = ' ';
    } else if (left[i] == '\\' && i + 1 < left.size()) {
      left[i] = ' ';
      left[++i] = ' ';
    }
  }
  return left;
}

std::string_view unfit_in(std::string_view line) {
  const std::string left = without_code(line);
  const auto text = trimmed(left);
  const auto has = [&](std::string_view signs) { return text.find(signs) != std::string::npos; };
  if (has_html(text)) return "html";
  if (is_table(text)) return "table";
  if (has("~~")) return "strike";
  if (is_task(text)) return "task";
  if (has("[^")) return "footnote";
  if (text.starts_with("[") && has("]:")) return "definition";
  if (text.size() >= 3 && is_made_of(text, "=")) return "underline";
  return "";
}

Text told_of(std::string_view unfit) {
  if (unfit == "html") {
    return say({"found HTML; allowed: Markdown (write \\< for the character)",
                "发现 HTML；只允许 Markdown（字符 < 写作 \\<）"});
  }
  if (unfit == "table") {
    return say(
        {"found a table, which is not drawn; allowed: paragraphs, lists, and the table of a "
         "term's card",
         "发现表格，页面不会画出来；允许：段落、列表，以及术语卡片里的表格"});
  }
  if (unfit == "strike") {
    return say({"found ~~, which strikes nothing out; allowed: **bold** and *emphasis*",
                "发现 ~~，页面不支持删除线；允许：**粗体** 和 *强调*"});
  }
  if (unfit == "task") {
    return say({"found a list with boxes, which are not drawn; allowed: a list without them",
                "发现带方框的列表，页面不会画出方框；允许：不带方框的列表"});
  }
  if (unfit == "footnote") {
    return say(
        {"found a footnote, which is not drawn; allowed: a link to \"term:ID\" or "
         "\"rule:ID\"",
         "发现脚注，页面不会画出来；允许：指向 \"term:ID\" 或 \"rule:ID\" 的链接"});
  }
  if (unfit == "definition") {
    return say({"found a link's target on a line of its own; allowed: [text](term:ID)",
                "发现单独一行的链接目标；允许：[文字](term:ID)"});
  }
  return say({"found a line of \"===\", which makes no heading; allowed: \"## Title\"",
              "发现一行 \"===\"，它不会成为标题；允许：\"## 标题\""});
}

}  // namespace tcplab::lesson
