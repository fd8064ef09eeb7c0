#include "format/document.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "format/digit.hpp"

namespace tcplab::format {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_structural(char c) { return std::string_view("{}[],:").find(c) != std::string_view::npos; }

// The iterator from which the parser's scanner reads. It counts the characters read, because
// nothing else tells where the scanner is.
struct Cursor {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  std::size_t* consumed;

  reference operator*() const { return *at; }
  Cursor& operator++() {
    ++at;
    ++*consumed;
    return *this;
  }
  bool operator==(const Cursor& other) const { return at == other.at; }
  bool operator!=(const Cursor& other) const { return at != other.at; }
};

Problem problem_at(Position position, std::string pointer, Text message) {
  return {std::move(pointer), position.line, position.column, std::move(message)};
}

}  // namespace

// Receives the parser's events, builds the value (without recursion) and notes where each value
// begins.
class DocumentBuilder {
 public:
  DocumentBuilder(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

  bool build() {
    return Json::sax_parse(Cursor{text_.data(), &consumed_},
                           Cursor{text_.data() + text_.size(), &consumed_}, this);
  }
  Document take() { return std::move(document_); }
  Problems take_problems() { return std::move(problems_); }
  bool refuse(std::size_t offset, Text message) {
    advance(offset);
    return fail(here_, pointer(), std::move(message));
  }

  // The parser's events
  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(Json::binary_t&) { return false; }
  bool start_object(std::size_t) { return add(Json::object()) && open(); }
  bool start_array(std::size_t) { return add(Json::array()) && open(); }
  bool end_array() { return close(); }
  bool end_object() { return no_duplicates() && close(); }
  bool key(std::string& key) {
    begin_token();
    if (key.size() > limits_.key) {
      return fail(
          here_, pointer(),
          say({"the key has {0} bytes; at most {1} are allowed", "键有 {0} 字节；最多允许 {1}"},
              {std::to_string(key.size()), std::to_string(limits_.key)}));
    }
    if (frames_.back().value->size() == limits_.members) {
      return fail(here_, pointer(),
                  say({"an object has at most {0} members", "一个对象最多有 {0} 个成员"},
                      {std::to_string(limits_.members)}));
    }
    key_ = std::move(key);
    key_position_ = here_;
    end_token();
    return true;
  }
  bool parse_error(std::size_t read, const std::string&, const Json::exception& error);

 private:
  struct Frame {
    Json* value;  // an open container; its parent does not grow while it is open
    std::uint32_t node;
  };

  bool fail(Position position, std::string pointer, Text message) {
    problems_.push_back(problem_at(position, std::move(pointer), std::move(message)));
    return false;
  }

  // Moves `here_` to the offset, which is never before the last one.
  void advance(std::size_t offset) {
    for (; offset_ < std::min(offset, text_.size()); ++offset_) {
      const char c = text_[offset_];
      if (c == '\n') {
        ++here_.line;
        here_.column = 1;
      } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        ++here_.column;
      }
    }
  }

  // Moves to the token whose event is being handled: the first one after the last token's end.
  void begin_token() {
    std::size_t start = token_end_;
    while (start < text_.size() &&
           (is_blank(text_[start]) || text_[start] == ',' || text_[start] == ':'))
      ++start;
    advance(start);
  }

  // The scanner is after the token; after a number it has read one more character, unless the text
  // ended. That character is a digit only after a lone zero, because otherwise the digit would
  // belong to the number.
  void end_token() {
    token_end_ = consumed_;
    const std::size_t first = offset_ + (text_[offset_] == '-' ? 1 : 0);
    if (!is_digit(text_[first])) return;
    const bool lone_zero = text_[first] == '0' && consumed_ == first + 2;
    if (lone_zero || !is_digit(text_[consumed_ - 1])) --token_end_;
  }

  bool add(Json value) {
    begin_token();
    if (document_.nodes_.size() == limits_.values) {
      return fail(here_, pointer(),
                  say({"a document has at most {0} values", "一份文档最多有 {0} 个值"},
                      {std::to_string(limits_.values)}));
    }
    const auto next = static_cast<std::uint32_t>(document_.nodes_.size() + 1);
    document_.nodes_.push_back({here_, frames_.empty() ? here_ : key_position_, next});
    if (frames_.empty()) {
      document_.value_ = std::move(value);
      last_ = &document_.value_;
    } else if (Json& parent = *frames_.back().value; parent.is_array()) {
      document_.nodes_.back().key = here_;
      last_ = &parent.get_ref<Json::array_t&>().emplace_back(std::move(value));
    } else {
      // The vector's own function: the map's would search all members for the key (see
      // no_duplicates).
      Json::object_t::Container& members = parent.get_ref<Json::object_t&>();
      last_ = &members.emplace_back(std::move(key_), std::move(value)).second;
    }
    end_token();
    return true;
  }

  bool open() {
    if (frames_.size() == limits_.depth) {
      return fail(here_, pointer(),
                  say({"nested too deep; at most {0} objects and lists within each other",
                       "嵌套太深；对象和列表最多嵌套 {0} 层"},
                      {std::to_string(limits_.depth)}));
    }
    frames_.push_back({last_, static_cast<std::uint32_t>(document_.nodes_.size() - 1)});
    return true;
  }

  bool close() {
    document_.nodes_[frames_.back().node].next =
        static_cast<std::uint32_t>(document_.nodes_.size());
    frames_.pop_back();
    token_end_ = consumed_;
    return true;
  }

  bool no_duplicates();

  // The pointer of the innermost open container. Each frame is the last child of the one before.
  std::string pointer() const {
    std::string result;
    for (std::size_t i = 0; i + 1 < frames_.size(); ++i) {
      const Json& value = *frames_[i].value;
      result = value.is_array()
                   ? child(result, value.size() - 1)
                   : child(result, value.get_ref<const Json::object_t&>().back().first);
    }
    return result;
  }

  std::string_view text_;
  const Limits& limits_;
  std::size_t consumed_ = 0;   // characters that the scanner has read
  std::size_t token_end_ = 0;  // offset after the last token
  std::size_t offset_ = 0;     // offset of here_
  Position here_{1, 1};
  Position key_position_;
  std::string key_;
  std::vector<Frame> frames_;
  Json* last_ = nullptr;
  Document document_;
  Problems problems_;
};

// Sorts the keys, so that hostile objects with many members do not take quadratic time.
bool DocumentBuilder::no_duplicates() {
  const auto& members = frames_.back().value->get_ref<const Json::object_t&>();
  std::vector<std::pair<std::string_view, std::size_t>> keys;
  for (const auto& [key, value] : members) keys.emplace_back(key, keys.size());
  std::sort(keys.begin(), keys.end());
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  const auto found = std::adjacent_find(keys.begin(), keys.end(), same);
  if (found == keys.end()) return true;
  std::uint32_t node = frames_.back().node + 1;
  for (std::size_t i = 0; i < std::next(found)->second; ++i) node = document_.nodes_[node].next;
  return fail(document_.nodes_[node].key, child(pointer(), found->first),
              say({"the object has the key {0} twice", "对象中的键 {0} 出现了两次"},
                  {quote(found->first)}));
}

namespace {

// The word or character at the offset, as a message shows it.
Text found_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return say({"the end of the text", "文本结尾"});
  std::string_view rest = text.substr(offset);
  if (rest[0] == '"') {
    return say({"the text {0}", "文本 {0}"}, {quote(rest.substr(1, rest.find('"', 1) - 1))});
  }
  std::size_t length = 1;
  while (length < rest.size() && !is_structural(rest[0]) && !is_structural(rest[length]) &&
         !is_blank(rest[length]) && rest[length] != '"') {
    ++length;
  }
  return quote(rest.substr(0, length));
}

struct Lookalike {
  std::string_view found;
  const char* meant;
};
// Characters that input methods and word processors write instead of JSON's punctuation.
constexpr Lookalike kLookalikes[] = {{"“", "\""}, {"”", "\""},  {"„", "\""}, {"‘", "\""},
                                     {"’", "\""}, {"＂", "\""}, {"，", ","}, {"、", ","},
                                     {"：", ":"}, {"｛", "{"},  {"｝", "}"}, {"［", "["},
                                     {"］", "]"}, {"【", "["},  {"】", "]"}};

// The likely mistake that put the character at the offset there; empty if none is recognised. `end`
// is the end of the token before.
Text slip_at(std::string_view text, std::size_t end, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  for (const auto& [found, meant] : kLookalikes) {
    if (rest.substr(0, found.size()) != found) continue;
    return say({" (JSON has the ASCII character {0})", "（JSON 要用半角的 {0}）"},
               {std::string(meant)});
  }
  const bool is_after_comma =
      text.substr(std::min(end, offset), offset - std::min(end, offset)).find(',') !=
      std::string_view::npos;
  if (is_after_comma && !rest.empty() &&
      std::string_view("]},").find(rest[0]) != std::string_view::npos) {
    return say({" (the comma before it is one too many)", "（前面多了一个逗号）"});
  }
  if (offset == end && end > 0 && !rest.empty() && is_digit(rest[0]) && text[offset - 1] == '0') {
    return say({" (a number does not begin with 0)", "（数字不能以 0 开头）"});
  }
  return {};
}

// What the parser expected, from its message "...; expected X".
Text expected_in(std::string_view what) {
  constexpr std::string_view mark = "; expected ";
  const std::size_t at = what.rfind(mark);
  const std::string_view expected =
      at == std::string_view::npos ? "" : what.substr(at + mark.size());
  if (expected == "string literal") return say({"a key in double quotes", "带双引号的键"});
  if (expected == "':'") return say({"\":\" and the value of the key", "\":\" 和这个键的值"});
  if (expected == "']'") return say({"\",\" or \"]\"", "\",\" 或 \"]\""});
  if (expected == "'}'") return say({"\",\" or \"}\"", "\",\" 或 \"}\""});
  if (expected == "end of input") {
    return say({"nothing more after the value", "值之后不再有内容"});
  }
  return say({"a value (text in double quotes, number, true, false, null, object or list)",
              "一个值（带双引号的文本、数字、true、false、null、对象或列表）"});
}

// The parser's message, without its end.
std::string up_to_last_read(std::string_view detail) {
  return std::string(detail.substr(0, detail.find("; last read")));
}

Text not_utf8() {
  return say({"the text is not UTF-8 here; save it as UTF-8 (it may be GBK or Latin-1 now)",
              "这里的文本不是 UTF-8；请另存为 UTF-8（现在可能是 GBK 或 Latin-1）"});
}

// UTF-16 begins with its byte order mark, or with characters of ASCII: every other byte is zero.
bool is_utf16(std::string_view text) {
  const std::string_view begin = text.substr(0, 4);
  if (begin.substr(0, 2) == "\xFF\xFE" || begin.substr(0, 2) == "\xFE\xFF") return true;
  const auto is_zero = [&](std::size_t i) { return begin[i] == '\0'; };
  return begin.size() == 4 && is_zero(0) == is_zero(2) && is_zero(1) == is_zero(3) &&
         is_zero(0) != is_zero(1);
}

// `at` is where the string becomes invalid. White space alone after it still means that the text is
// cut off, because editors end every file with a line break.
Text invalid_string(std::string_view detail, std::string_view text, std::size_t at) {
  const auto is_about = [&](const char* what) {
    return detail.find(what) != std::string_view::npos;
  };
  if (is_about("ill-formed UTF-8")) return not_utf8();
  const bool is_whole = at < text.size() && text.find_first_not_of(" \t\r\n", at) < text.size();
  if (!is_whole && (is_about("missing closing quote") || is_about("control character"))) {
    return say({"the text ends within a string, whose closing quote is missing: it may be cut off",
                "文本在一个字符串中间结束，缺少右引号：可能被截断了"});
  }
  return {up_to_last_read(detail), is_about("control character")
                                       ? "字符串中的控制字符（如换行、制表符）必须写成转义序列"
                                       : "字符串中的转义序列不对"};
}

}  // namespace

// `read` is the number of characters that the scanner has read; the end of the text counts as one.
bool DocumentBuilder::parse_error(std::size_t read, const std::string&,
                                  const Json::exception& error) {
  const std::string_view what = error.what();
  const std::size_t dash = what.find(" - ");
  const std::string_view detail = dash == std::string_view::npos ? what : what.substr(dash + 3);
  if (detail.rfind("invalid string", 0) == 0) {  // the place within the string matters
    const std::size_t at = std::max(read, std::size_t{1}) - 1;
    return refuse(at, invalid_string(detail, text_, at));
  }
  std::size_t start = token_end_;
  while (start < text_.size() && is_blank(text_[start])) ++start;
  // Skips the separator before the offending token, also if the text ends after it.
  const bool separator = start < text_.size() && (text_[start] == ',' || text_[start] == ':');
  if (separator && (start + 1 < consumed_ || read > text_.size())) ++start;
  while (start < text_.size() && is_blank(text_[start])) ++start;
  if (detail.rfind("invalid number", 0) == 0) {
    return refuse(start, {up_to_last_read(detail), "数字的写法不对"});
  }
  if (dash ==
      std::string_view::npos) {  // the only other error there is: beyond the range of double
    return refuse(start, say({"found {0}; the number is too large", "发现 {0}；这个数太大"},
                             {found_at(text_, start)}));
  }
  return refuse(
      start, say({"found {0}{1}; allowed: {2}", "发现 {0}{1}；允许：{2}"},
                 {found_at(text_, start), slip_at(text_, token_end_, start), expected_in(what)}));
}

tl::expected<Document, Problems> parse(std::string_view text, Limits limits) {
  DocumentBuilder builder(text.size() > limits.bytes ? std::string_view() : text, limits);
  bool good = false;
  if (text.size() > limits.bytes) {
    builder.refuse(
        0, say({"the text has {0} bytes; at most {1} are allowed", "文本有 {0} 字节；最多允许 {1}"},
               {std::to_string(text.size()), std::to_string(limits.bytes)}));
  } else if (text.substr(0, 3) == "\xEF\xBB\xBF") {
    builder.refuse(0, say({"the text begins with a byte order mark; save it as UTF-8 without one",
                           "文本以字节序标记（BOM）开头；请保存为不带 BOM 的 UTF-8"}));
  } else if (is_utf16(text)) {
    builder.refuse(0, say({"the text is UTF-16; save it as UTF-8 without a byte order mark",
                           "文本是 UTF-16；请另存为不带字节序标记的 UTF-8"}));
  } else if (std::all_of(text.begin(), text.end(), is_blank)) {
    builder.refuse(
        0, say({"the text is empty; allowed: one JSON value", "文本是空的；允许：一个 JSON 值"}));
  } else if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    // The parser would treat it as the end of the text.
    builder.refuse(
        zero, say({"found a zero byte; allowed: JSON text", "发现一个零字节；允许：JSON 文本"}));
  } else {
    good = builder.build();
  }
  if (!good) return tl::unexpected(builder.take_problems());
  return builder.take();
}

const Document::Node* Document::find(std::string_view pointer, bool& exact) const {
  exact = false;
  if (nodes_.empty()) return nullptr;
  const Json* value = &value_;
  std::uint32_t node = 0;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string_view token = pointer.substr(0, end);  // with its "/", as child() writes it
    std::uint32_t inner = node + 1;
    const Json* next = nullptr;
    if (value->is_structured()) {
      for (const auto& item : value->items()) {  // of an array, key() is the index
        if (child("", item.key()) == token) {
          next = &item.value();
          break;
        }
        inner = nodes_[inner].next;
      }
    }
    if (next == nullptr) return &nodes_[node];
    value = next;
    node = inner;
    pointer.remove_prefix(end);
  }
  exact = true;
  return &nodes_[node];
}

Position Document::position(std::string_view pointer) const {
  bool exact = false;
  const Node* node = find(pointer, exact);
  return node == nullptr ? Position{} : node->value;
}

Position Document::key_position(std::string_view pointer) const {
  bool exact = false;
  const Node* node = find(pointer, exact);
  return node == nullptr ? Position{} : exact ? node->key : node->value;
}

Problem Source::problem(std::string_view pointer, Text message) const {
  std::string whole = base + std::string(pointer);
  const Position position = document == nullptr ? Position{} : document->position(whole);
  return problem_at(position, std::move(whole), std::move(message));
}

Problem Source::key_problem(std::string_view pointer, Text message) const {
  std::string whole = base + std::string(pointer);
  const Position position = document == nullptr ? Position{} : document->key_position(whole);
  return problem_at(position, std::move(whole), std::move(message));
}

}  // namespace tcplab::format
