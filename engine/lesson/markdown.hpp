// The subset of Markdown that a lesson's prose may use, line by line. The page has the same rules
// (web/src/learn/text/fit.ts): tests/unit/lesson/markdown.json tests both.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "format/text.hpp"

namespace tcplab::lesson {

// The position of the first octet that is not valid UTF-8; npos if there is none.
std::size_t first_ill_formed(std::string_view text);

// For each line, whether it is in a block of code, including the "```" lines.
std::vector<bool> in_code(const std::vector<std::string_view>& lines);

// A line of "---", "***" or "___".
bool is_divider(std::string_view line);

// The number of "#" that begin the heading; 0 if the line is not a heading.
int heading_depth(std::string_view line);

// The line with code and escaped characters replaced by blanks.
std::string without_code(std::string_view line);

// Markdown in the line that the page does not support, and would show as plain characters: "html",
// "table", "strike", "task", "footnote", "definition" or "underline"; "" if there is none. Not for
// lines in a block of code.
std::string_view unfit_in(std::string_view line);
// The message about it.
format::Text told_of(std::string_view unfit);

}  // namespace tcplab::lesson
