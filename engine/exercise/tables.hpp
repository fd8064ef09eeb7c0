// Tables in texts: lines that begin with "|", which the page shows as tables.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "format/reader.hpp"

namespace tcplab::exercise {

// The number of cells in each row; never empty.
using Table = std::vector<std::size_t>;
std::vector<Table> tables_in(std::string_view text);

// Problems: tables whose rows have different numbers of cells, and tables that are missing or have
// another size in one language.
void check_tables(const format::Reader& root);

}  // namespace tcplab::exercise
