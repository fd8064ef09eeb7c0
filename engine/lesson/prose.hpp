// Splits a lesson's Markdown into the parts that a reader sees one after the other.
//
//   # Title
//   The promise, one paragraph.
//   > The question that the lesson opens with.
//   ## Title of a beat
//   what is read before the prediction
//   ---
//   what is read after it
//   ## Title of what comes last: no beat, no ---
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "format/problem.hpp"

namespace tcplab::lesson {

struct Link {
  std::string kind;    // "term", "rule" or "world"
  std::string target;  // the text after the colon
  int line = 0;        // from 1
};

struct Section {
  std::string title;
  int line = 0;        // of the title, from 1
  std::string before;  // Markdown, as written
  std::string after;
  int before_line = 0;  // the line where each begins, from 1
  int after_line = 0;
  bool is_divided = false;
};

struct Prose {
  std::string title;
  std::string promise;
  std::string question;
  std::vector<Section> sections;
  std::vector<Link> links;
  bool is_read = false;  // false if the text is too long or not UTF-8
};

inline constexpr std::size_t max_prose = 256 * 1024;  // bytes

// Problems, each with its line: text that does not have the form above, unsupported Markdown
// (markdown.hpp), pictures, links to other sites. A text longer than max_prose bytes, or one that
// is not UTF-8, is a single problem. Skips a byte order mark.
Prose read_prose(std::string_view markdown, format::Problems& problems);

// The line of the first `what` in the section's Markdown; the line of its title if there is none.
int line_in(const Section& section, std::string_view what);

// The text that a reader of the Markdown sees: links and emphasis without their marks.
std::string visible(std::string_view markdown);

}  // namespace tcplab::lesson
