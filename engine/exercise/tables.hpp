// Tables in texts: lines that begin with "|", as the page sets them.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "format/reader.hpp"

namespace tcplab::exercise {

// The number of cells in each row; never empty.
using Table = std::vector<std::size_t>;
std::vector<Table> tables_in(std::string_view text);

// Tables whose rows differ in their number of cells, and those that one language lacks or has in
// another size.
void check_tables(const format::Reader& root);

}  // namespace tcplab::exercise
