// A lesson's Markdown as the parts that a reader meets one after the other.
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
  std::string target;  // what stands behind the colon
  int line = 0;        // from 1
};

struct Section {
  std::string title;
  int line = 0;        // of the title, from 1
  std::string before;  // Markdown, as written
  std::string after;
  int before_line = 0;  // where each begins
  int after_line = 0;
  bool is_divided = false;
};

struct Prose {
  std::string title;
  std::string promise;
  std::string question;
  std::vector<Section> sections;
  std::vector<Link> links;
  bool is_read = false;  // a text that is too long, or not UTF-8, is not
};

inline constexpr std::size_t max_prose = 256 * 1024;  // bytes

// Problems, each with its line: what is not as above, what of Markdown is not drawn (markdown.hpp),
// pictures, links to elsewhere. At most max_prose bytes are read; a longer text, or one that is not
// UTF-8, is one problem. A byte order mark is skipped.
Prose read_prose(std::string_view markdown, format::Problems& problems);

// The line in which `what` first stands in the section's Markdown; that of its title if it does
// not.
int line_in(const Section& section, std::string_view what);

// What is read of a piece of Markdown: links and emphasis without their marks.
std::string visible(std::string_view markdown);

}  // namespace tcplab::lesson
