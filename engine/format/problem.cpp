#include "format/problem.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace tcplab::format {

namespace {

constexpr std::size_t quoted_characters = 40;
constexpr std::size_t longest_compared = 64;  // bytes; keeps the distance of hostile keys cheap

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// Decodes the character that `text` begins with (its bytes are a lead byte and its continuations).
std::uint32_t code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (text.size() == 1) return lead < 0x80 ? lead : 0xFFFD;
  std::uint32_t value = lead & (0x7Fu >> text.size());
  for (const char byte : text.substr(1))
    value = value << 6 | (static_cast<unsigned char>(byte) & 0x3Fu);
  return value;
}

// Characters that would control a terminal or change a page: controls, line ends, changes of
// direction, invisible ones.
bool is_unsafe(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD;
}

void append_escaped(std::string& out, std::uint32_t c) {
  if (c == '\n')
    out += "\\n";
  else if (c == '\t')
    out += "\\t";
  else {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789ABCDEF"[c >> shift & 0xF];
  }
}

// The character at `i`, with the bytes that continue it.
std::string_view character_at(std::string_view text, std::size_t i) {
  std::size_t length = 1;
  while (length < 4 && i + length < text.size() && continues(text[i + length])) ++length;
  return text.substr(i, length);
}

// The text with unsafe characters escaped, cut after `most` characters.
std::string escaped(std::string_view text, std::size_t most, bool quotes) {
  std::string out;
  for (std::size_t i = 0, count = 0; i < text.size(); ++count) {
    if (count == most) return out + "…";
    const std::string_view character = character_at(text, i);
    const std::uint32_t c = code_point(character);
    if (is_unsafe(c))
      append_escaped(out, c);
    else if (quotes && (c == '"' || c == '\\'))
      (out += '\\') += character;
    else
      out += character;
    i += character.size();
  }
  return out;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Edit distance that ignores case and counts a swap of neighbours as one edit.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_compared + 1>;
  Row before{}, above{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = above;
    above = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

Json to_json(const Problem& problem) {
  Json json = Json::object();
  json["pointer"] = problem.pointer;
  json["line"] = problem.line;
  json["column"] = problem.column;
  json["message"] = to_json(problem.message);
  return json;
}

Json to_json(const Problems& problems) {
  Json list = Json::array();
  for (const Problem& problem : problems) list.push_back(to_json(problem));
  Json json = Json::object();
  json["problems"] = std::move(list);
  return json;
}

std::string to_text(std::string_view file, const Problem& problem) {
  std::string text(file);
  if (problem.line > 0)
    text += ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column);
  if (!text.empty()) text += ": ";
  if (!problem.pointer.empty()) text += escaped(problem.pointer, 200, false) + ": ";
  return text + problem.message.en;
}

std::string to_text(std::string_view file, const Problems& problems) {
  std::string text;
  const std::size_t told = std::min(problems.size(), most_told);
  for (std::size_t i = 0; i < told; ++i) text += to_text(file, problems[i]) + "\n";
  if (told == problems.size()) return text;
  const bool is_all = problems.size() < max_problems;
  return text + std::string(file) + (file.empty() ? "" : ": ") + "and " +
         (is_all ? "" : "at least ") + std::to_string(problems.size() - told) + " more\n";
}

std::string child(std::string_view pointer, std::string_view key) {
  std::string result;
  result.reserve(pointer.size() + 1 + key.size());
  result += pointer;
  result += '/';
  if (key.find_first_of("~/") == std::string_view::npos) return result += key;
  for (const char c : key) {
    if (c == '~')
      result += "~0";
    else if (c == '/')
      result += "~1";
    else
      result += c;
  }
  return result;
}

std::string child(std::string_view pointer, std::size_t index) {
  return std::string(pointer) + "/" + std::to_string(index);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string quote(std::string_view text) {
  return "\"" + escaped(text, quoted_characters, true) + "\"";
}

std::string first_unsafe(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view character = character_at(text, i);
    const std::uint32_t c = code_point(character);
    if (is_unsafe(c) && c != '\n' && c != '\t') return escaped(character, 1, false);
    i += character.size();
  }
  return "";
}

namespace {

// The number with the fewest digits that read back as the same value; dump() may write more (1e23).
std::string shortest(const Json& number) {
  std::string text = dump(number);
  if (text.find('e') == std::string::npos) return text;
  const double value = number.get<double>();
  std::array<char, 32> written{};
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(written.data(), written.size(), "%.*g", digits, value);
    if (std::strtod(written.data(), nullptr) == value) break;
  }
  text = written.data();
  text.erase(std::remove(text.begin(), text.end(), '+'), text.end());
  return text;
}

}  // namespace

Text show(const Json& value) {
  if (value.is_string()) return quote(value.get_ref<const std::string&>());
  if (value.is_object()) return say({"an object", "一个对象"});
  if (value.is_array()) return say({"a list", "一个列表"});
  return value.is_number_float() ? shortest(value) : dump(value);
}

std::string list(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += ", ";
    text += quote(words[i]);
  }
  return text;
}

namespace {

// The id without a number at its end; empty if it has none. Ids such as "q2" or "part-12" are part
// of a series, in which nobody can tell which other one was meant.
std::string_view without_number(std::string_view id) {
  constexpr std::size_t most_digits = 2;
  std::size_t digits = 0;
  while (digits < id.size() && id[id.size() - 1 - digits] >= '0' &&
         id[id.size() - 1 - digits] <= '9') {
    ++digits;
  }
  return digits > 0 && digits <= most_digits ? id.substr(0, id.size() - digits)
                                             : std::string_view();
}

bool is_of_one_row(std::string_view a, std::string_view b) {
  const auto row = without_number(a);
  return !row.empty() && row == without_number(b);
}

}  // namespace

Text suggestion(std::string_view found, const std::vector<std::string>& words) {
  if (found.size() > longest_compared) return {};
  std::size_t nearest = found.size() / 3;  // anything farther is another word, not a typing error
  std::vector<std::string_view> best;
  for (const std::string& word : words) {
    if (word.size() > longest_compared || is_of_one_row(found, word)) continue;
    const std::size_t d = distance(found, word);
    if (d > nearest) continue;
    if (d < nearest) best.clear();
    nearest = d;
    if (std::find(best.begin(), best.end(), word) == best.end()) best.push_back(word);
  }
  if (best.size() == 1) {
    return say({" (did you mean {0}?)", "（是不是 {0}？）"}, {quote(best[0])});
  }
  if (best.size() == 2) {
    return say({" (did you mean {0} or {1}?)", "（是不是 {0} 或 {1}？）"},
               {quote(best[0]), quote(best[1])});
  }
  return {};  // with more candidates, a suggestion would be arbitrary
}

}  // namespace tcplab::format
