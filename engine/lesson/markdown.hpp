// What of Markdown a lesson's prose may have, line by line. The page reads the same
// (web/src/learn/text/fit.ts): tests/unit/lesson/markdown.json holds both to it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "format/text.hpp"

namespace tcplab::lesson {

// The first octet that begins no character of UTF-8; npos: there is none.
std::size_t first_ill_formed(std::string_view text);

// By line, whether it stands in a block of code ("```"), whose marks count with it.
std::vector<bool> in_code(const std::vector<std::string_view>& lines);

// A line of "---", "***" or "___".
bool is_divider(std::string_view line);

// How many "#" begin the line as a heading; 0: it is none.
int heading_depth(std::string_view line);

// The line with blanks where code and escaped characters stand.
std::string without_code(std::string_view line);

// What the line has that the page would show as its signs alone: "html", "table", "strike", "task",
// "footnote", "definition" or "underline". "": nothing. Not asked of lines in a block of code.
std::string_view unfit_in(std::string_view line);
// What is told of it.
format::Text told_of(std::string_view unfit);

}  // namespace tcplab::lesson
