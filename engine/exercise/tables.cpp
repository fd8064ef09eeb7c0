#include "exercise/tables.hpp"

#include <algorithm>
#include <string>

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;

constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view line) {
  const auto begin = line.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(kBlanks) - begin + 1);
}

// The number of cells of a trimmed row. The bars at its two ends separate nothing.
std::size_t cells_in(std::string_view row) {
  row.remove_prefix(1);
  if (!row.empty() && row.back() == '|') row.remove_suffix(1);
  return static_cast<std::size_t>(std::count(row.begin(), row.end(), '|')) + 1;
}

void check_rows(const Reader& text, const std::vector<Table>& tables) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const Table& table = tables[t];
    const auto ragged = std::find_if(table.begin(), table.end(),
                                     [&](std::size_t cells) { return cells != table.front(); });
    if (ragged == table.end()) continue;
    text.problem(say({"row {0} of table {1} has a number of cells of its own: {2}; row 1 has {3}",
                      "表 {1} 的第 {0} 行的单元格数与众不同：{2}；第 1 行有 {3}"},
                     {std::to_string(ragged - table.begin() + 1), std::to_string(t + 1),
                      std::to_string(*ragged), std::to_string(table.front())}));
  }
}

void compare(const Reader& zh, const std::vector<Table>& of_en, const std::vector<Table>& of_zh) {
  if (of_en.size() != of_zh.size()) {
    return zh.problem(say({"the languages differ in their tables: \"en\" has {0}, \"zh\" has {1}",
                           "两种语言的表格数不同：\"en\" 有 {0}，\"zh\" 有 {1}"},
                          {std::to_string(of_en.size()), std::to_string(of_zh.size())}));
  }
  for (std::size_t t = 0; t < of_en.size(); ++t) {
    if (of_en[t].size() == of_zh[t].size() && of_en[t].front() == of_zh[t].front()) continue;
    const auto size = [](const Table& table) {
      return say({"{0} by {1}", "{0} × {1}"},
                 {std::to_string(table.size()), std::to_string(table.front())});
    };
    zh.problem(say({"table {0} differs between the languages in rows by columns: \"en\" has {1}, "
                    "\"zh\" has {2}",
                    "表 {0} 在两种语言中的行列数不同：\"en\" 是 {1}，\"zh\" 是 {2}"},
                   {std::to_string(t + 1), size(of_en[t]), size(of_zh[t])}));
  }
}

// Compares a text, or a list or an object of texts, with its translation.
void check_pair(const Reader& en, const Reader& zh) {
  if (en.json().is_string() && zh.json().is_string()) {
    const auto of_en = tables_in(en.text());
    const auto of_zh = tables_in(zh.text());
    check_rows(en, of_en);
    check_rows(zh, of_zh);
    return compare(zh, of_en, of_zh);
  }
  const auto items = en.items();
  const auto others = zh.items();
  for (std::size_t i = 0; i < std::min(items.size(), others.size()); ++i) {
    check_pair(items[i], others[i]);
  }
  for (const auto& [key, member] : en.members()) check_pair(member, zh[key]);
}

}  // namespace

std::vector<Table> tables_in(std::string_view text) {
  std::vector<Table> tables;
  bool goes_on = false;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool is_row = !line.empty() && line.front() == '|';
    if (is_row && !goes_on) tables.emplace_back();
    if (is_row) tables.back().push_back(cells_in(line));
    goes_on = is_row;
  }
  return tables;
}

void check_tables(const Reader& root) {
  if (root.has("en") && root.has("zh")) return check_pair(root["en"], root["zh"]);
  for (const Reader& item : root.items()) check_tables(item);
  for (const auto& [key, member] : root.members()) check_tables(member);
}

}  // namespace tcplab::exercise
