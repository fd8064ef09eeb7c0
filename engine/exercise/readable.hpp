// Checks that texts for people contain something to read, and nothing else.
#pragma once
#include "format/reader.hpp"

namespace tcplab::exercise {

// Problems of every bilingual text below `root`: characters that change the display of the page
// instead of being read, and texts that are only blanks.
void check_readable(const format::Reader& root);

// Checks that a bilingual title or name is on one line.
void check_one_line(const format::Reader& title);

// Checks that no two elements have a "text" that reads the same in either language.
void check_told_apart(const format::Reader& list);

}  // namespace tcplab::exercise
