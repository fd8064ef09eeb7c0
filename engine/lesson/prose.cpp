#include "lesson/prose.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "lesson/markdown.hpp"

namespace tcplab::lesson {

using format::Problems;
using format::say;
using format::Text;

namespace {

constexpr std::array<std::string_view, 3> kLinks{"term", "rule", "world"};

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void append_line(std::string& to, std::string_view line) {
  if (!to.empty()) to += '\n';
  to += line;
}

// The ends of the two parts of a link; npos if the brackets are not a link.
struct Brackets {
  std::size_t text_end = std::string_view::npos;    // the "]"
  std::size_t target_end = std::string_view::npos;  // the ")"
};

Brackets link_at(std::string_view line, std::size_t open) {
  const auto text_end = line.find("](", open);
  if (text_end == std::string_view::npos) return {};
  const auto target_end = line.find(')', text_end);
  if (target_end == std::string_view::npos) return {};
  return {text_end, target_end};
}

class ProseReader {
 public:
  ProseReader(std::string_view text, Problems& problems)
      : lines_(lines_of(text)), is_code_(in_code(lines_)), problems_(problems) {}

  Prose read() {
    read_head();
    while (at_ < lines_.size()) read_section();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!is_code_[i]) read_inline(lines_[i], static_cast<int>(i) + 1);
    }
    prose_.is_read = true;
    return std::move(prose_);
  }

 private:
  void problem(int line, Text message) { problems_.push_back({"", line, 1, std::move(message)}); }
  int line_number() const { return static_cast<int>(std::min(at_ + 1, lines_.size())); }

  std::string_view line() const { return trim(lines_[at_]); }
  // The depth of the heading; 0 if the line is not a heading.
  int depth() const { return is_code_[at_] ? 0 : heading_depth(lines_[at_]); }
  void skip_blank() {
    while (at_ < lines_.size() && line().empty()) ++at_;
  }

  // The lines up to a blank one or the next heading, as one text.
  std::string paragraph(std::string_view mark) {
    std::string text;
    skip_blank();
    while (at_ < lines_.size() && !line().empty() && !line().starts_with("#") &&
           line().starts_with(">") == !mark.empty()) {
      append_line(text, trim(line().substr(mark.size())));
      ++at_;
    }
    return text;
  }

  void read_head() {
    skip_blank();
    if (at_ < lines_.size() && depth() == 1) {
      prose_.title = trim(line().substr(1));
      ++at_;
    } else {
      problem(line_number(),
              say({"a lesson begins with its title, \"# Title\"", "课文以标题 \"# 标题\" 开头"}));
    }
    prose_.promise = paragraph("");
    if (prose_.promise.empty()) {
      problem(line_number(), say({"below the title stands what the lesson promises, one paragraph",
                                  "标题下面是这一课的承诺，一段话"}));
    }
    prose_.question = paragraph(">");
    if (prose_.question.empty()) {
      problem(line_number(),
              say({"then comes the question that the lesson opens with, behind \"> \"",
                   "接着是这一课开头的问题，写在 \"> \" 后面"}));
    }
    skip_blank();
    if (at_ < lines_.size() && depth() != 2) {
      problem(line_number(), say({"here the first beat begins, with \"## Title\"",
                                  "这里应是第一节的标题 \"## 标题\""}));
      while (at_ < lines_.size() && depth() != 2) ++at_;
    }
  }

  void read_section() {
    Section section;
    section.line = line_number();
    section.title = trim(line().substr(2));
    if (section.title.empty()) {
      problem(section.line, say({"this section has no title", "这一节没有标题"}));
    }
    std::string* part = &section.before;
    int* begin = &section.before_line;
    for (++at_; at_ < lines_.size() && depth() != 2; ++at_) {
      if (depth() != 0) {
        problem(line_number(), say({"a section has no headings of its own; allowed: \"## Title\", "
                                    "which begins the next one",
                                    "一节之内不能再有标题；只允许用 \"## 标题\" 开始下一节"}));
      }
      if (is_code_[at_] || !is_divider(lines_[at_])) {
        if (part->empty()) *begin = line_number();
        append_line(*part, lines_[at_]);
        continue;
      }
      if (section.is_divided) {
        problem(line_number(), say({"a second \"---\" in one section; allowed: one",
                                    "一节里有第二个 \"---\"；只允许一个"}));
      }
      section.is_divided = true;
      part = &section.after;
      begin = &section.after_line;
    }
    section.before = trim_lines(section.before);
    section.after = trim_lines(section.after);
    prose_.sections.push_back(std::move(section));
  }

  static std::string trim_lines(std::string_view text) {
    while (text.starts_with("\n")) text.remove_prefix(1);
    return std::string(trim(text));
  }

  void read_inline(std::string_view line, int number) {
    if (const auto unfit = unfit_in(line); !unfit.empty()) problem(number, told_of(unfit));
    const std::string left = without_code(line);
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (left[i] == '[') read_link(line, i, number);
    }
  }

  void read_link(std::string_view line, std::size_t at, int number) {
    const auto [text_end, target_end] = link_at(line, at);
    if (text_end == std::string_view::npos) return;
    const auto target = line.substr(text_end + 2, target_end - text_end - 2);
    if (at > 0 && line[at - 1] == '!') {
      problem(number, say({"found a picture; allowed: none, for a lesson shows worlds",
                           "发现图片；课文里不放图片，而用运行来展示"}));
      return;
    }
    const auto colon = target.find(':');
    const auto kind = target.substr(0, std::min(colon, target.size()));
    if (colon == std::string_view::npos ||
        std::find(kLinks.begin(), kLinks.end(), kind) == kLinks.end()) {
      problem(number, say({"found a link to {0}; allowed: \"term:ID\", \"rule:ID\", \"world:\"",
                           "发现指向 {0} 的链接；允许：\"term:ID\"、\"rule:ID\"、\"world:\""},
                          {format::quote(target)}));
      return;
    }
    prose_.links.push_back({std::string(kind), std::string(target.substr(colon + 1)), number});
  }

  std::vector<std::string_view> lines_;
  std::vector<bool> is_code_;
  Problems& problems_;
  std::size_t at_ = 0;
  Prose prose_;
};

}  // namespace

Prose read_prose(std::string_view markdown, Problems& problems) {
  if (markdown.size() > max_prose) {
    problems.push_back({"", 1, 1,
                        say({"the text has {0} bytes; allowed: {1}", "文本有 {0} 字节；允许：{1}"},
                            {std::to_string(markdown.size()), std::to_string(max_prose)})});
    return {};
  }
  // The byte order mark, which some editors write.
  if (markdown.starts_with("\xEF\xBB\xBF")) markdown.remove_prefix(3);
  if (const auto at = first_ill_formed(markdown); at != std::string_view::npos) {
    const auto line = std::count(markdown.begin(), markdown.begin() + at, '\n') + 1;
    problems.push_back(
        {"", static_cast<int>(line), 1,
         say({"the text is not UTF-8 here; save it as UTF-8 (it may be GBK or UTF-16 now)",
              "这里的文本不是 UTF-8；请另存为 UTF-8（现在可能是 GBK 或 UTF-16）"})});
    return {};
  }
  return ProseReader(markdown, problems).read();
}

int line_in(const Section& section, std::string_view what) {
  const std::pair<int, std::string_view> parts[] = {{section.before_line, section.before},
                                                    {section.after_line, section.after}};
  for (const auto& [first, text] : parts) {
    const auto at = text.find(what);
    if (at == std::string_view::npos) continue;
    return first + static_cast<int>(std::count(text.begin(), text.begin() + at, '\n'));
  }
  return section.line;
}

std::string visible(std::string_view markdown) {
  std::string text;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    if (c == '[') {
      const auto [text_end, target_end] = link_at(markdown, i);
      if (text_end != std::string_view::npos) {
        text += visible(markdown.substr(i + 1, text_end - i - 1));
        i = target_end;
        continue;
      }
    }
    if (c == '*' || c == '`') continue;
    if (c == '\\' && i + 1 < markdown.size()) ++i;
    text += markdown[i];
  }
  return text;
}

}  // namespace tcplab::lesson
