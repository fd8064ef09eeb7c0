#include "lesson/prose.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace tcplab::lesson {

using format::Problems;
using format::say;
using format::Text;

namespace {

constexpr std::array<std::string_view, 3> kLinks{"term", "rule", "world"};

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

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

// Where `close` ends what begins at `open`; npos: it is no link but brackets.
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
      : lines_(lines_of(text)), problems_(problems) {}

  Prose read() {
    read_head();
    while (at_ < lines_.size()) read_section();
    for (std::size_t i = 0; i < lines_.size(); ++i) read_inline(lines_[i], static_cast<int>(i) + 1);
    return std::move(prose_);
  }

 private:
  void problem(int line, Text message) { problems_.push_back({"", line, 1, std::move(message)}); }
  int line_number() const { return static_cast<int>(std::min(at_ + 1, lines_.size())); }

  std::string_view line() const { return trim(lines_[at_]); }
  void skip_blank() {
    while (at_ < lines_.size() && line().empty()) ++at_;
  }

  // The lines up to a blank one or the next heading, as one text.
  std::string paragraph(std::string_view mark) {
    std::string text;
    skip_blank();
    while (at_ < lines_.size() && !line().empty() && !begins(line(), "#") &&
           begins(line(), ">") == !mark.empty()) {
      append_line(text, trim(line().substr(mark.size())));
      ++at_;
    }
    return text;
  }

  void read_head() {
    skip_blank();
    if (at_ < lines_.size() && begins(line(), "# ")) {
      prose_.title = trim(line().substr(2));
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
    if (at_ < lines_.size() && !begins(line(), "## ")) {
      problem(line_number(), say({"here the first beat begins, with \"## Title\"",
                                  "这里应是第一节的标题 \"## 标题\""}));
      while (at_ < lines_.size() && !begins(line(), "## ")) ++at_;
    }
  }

  void read_section() {
    Section section;
    section.line = line_number();
    section.title = trim(line().substr(3));
    std::string* part = &section.before;
    int* begin = &section.before_line;
    for (++at_; at_ < lines_.size() && !begins(line(), "## "); ++at_) {
      if (line() != "---") {
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
    while (begins(text, "\n")) text.remove_prefix(1);
    return std::string(trim(text));
  }

  // Code in a line is read as it stands.
  void read_inline(std::string_view line, int number) {
    bool in_code = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '`') in_code = !in_code;
      if (in_code) continue;
      if (line[i] == '\\') {
        ++i;
      } else if (line[i] == '<') {
        read_angle(line, i, number);
      } else if (line[i] == '[') {
        read_link(line, i, number);
      }
    }
  }

  void read_angle(std::string_view line, std::size_t at, int number) {
    const char next = at + 1 < line.size() ? line[at + 1] : ' ';
    if (std::isalpha(static_cast<unsigned char>(next)) == 0 && next != '/' && next != '!' &&
        next != '?') {
      return;
    }
    problem(number, say({"found HTML; allowed: Markdown (write \\< for the character)",
                         "发现 HTML；只允许 Markdown（字符 < 写作 \\<）"}));
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
