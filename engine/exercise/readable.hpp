// Texts that somebody reads: that there is something to read in them, and nothing else.
#pragma once
#include "format/reader.hpp"

namespace tcplab::exercise {

// Problems of every bilingual text below: characters that act on the page instead of being read,
// and texts of blanks alone.
void check_readable(const format::Reader& root);

// Of a bilingual title or name: it stands on one line.
void check_one_line(const format::Reader& title);

// Of elements with a "text": two that read the same, in one language at least.
void check_told_apart(const format::Reader& list);

}  // namespace tcplab::exercise
