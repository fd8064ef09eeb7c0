// Writers of a JSON object, member by member: ValueObject makes a value, TextObject makes compact
// text directly. Both have the same functions, so that one template can describe an object for
// both. The names of members must differ and must not need escapes.
#pragma once
#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/json.hpp"

namespace tcplab::format {

class ValueObject {
 public:
  class Array {
   public:
    template <typename Write>
    void object(Write write) {
      ValueObject inner(0);
      write(inner);
      items_.push_back(inner.take());
    }
    Json take() { return std::move(items_); }

   private:
    Json items_ = Json::array();
  };

  // `usual` members fit without moving any of them.
  explicit ValueObject(std::size_t usual) { members_.reserve(usual); }

  template <typename Value>
  void add(std::string_view name, Value&& value) {
    members_.emplace_back(std::string(name), std::forward<Value>(value));
  }
  template <typename Write>
  void object(std::string_view name, Write write) {
    ValueObject inner(0);
    write(inner);
    add(name, inner.take());
  }
  template <typename Write>
  void array(std::string_view name, Write write) {
    Array inner;
    write(inner);
    add(name, inner.take());
  }
  Json take() { return Json(std::move(members_)); }

 private:
  Json::object_t members_;
};

// Makes the text longer by `octets` and returns where they begin.
inline char* extend(std::string& text, std::size_t octets) {
  text.resize(text.size() + octets);
  return text.data() + (text.size() - octets);
}

// Whether a JSON string needs no escapes for it: printable ASCII without quotation marks and
// backslashes.
bool is_plain(std::string_view octets);
// Appends a JSON string, as dump() writes it.
void append_quoted(std::string& text, std::string_view octets);

inline void append_json(std::string& text, std::nullptr_t) { text += "null"; }
inline void append_json(std::string& text, bool value) { text += value ? "true" : "false"; }
template <std::integral Number>
void append_json(std::string& text, Number value) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
  text.append(digits, static_cast<std::size_t>(end - digits));
}
inline void append_json(std::string& text, std::string_view value) { append_quoted(text, value); }
inline void append_json(std::string& text, const char* value) { append_quoted(text, value); }
inline void append_json(std::string& text, const std::string& value) { append_quoted(text, value); }
inline void append_json(std::string& text, const Json& value) { text += dump(value); }
template <typename Value>
void append_json(std::string& text, const std::vector<Value>& values);
template <typename First, typename Second>
void append_json(std::string& text, const std::pair<First, Second>& both) {
  text += '[';
  append_json(text, both.first);
  text += ',';
  append_json(text, both.second);
  text += ']';
}
template <typename Value>
void append_json(std::string& text, const std::vector<Value>& values) {
  text += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += ',';
    append_json(text, values[i]);
  }
  text += ']';
}

// The text is complete when the destructor has run.
class TextObject {
 public:
  class Array {
   public:
    explicit Array(std::string& text) : text_(text) { text_ += '['; }
    ~Array() { text_ += ']'; }
    Array(const Array&) = delete;
    Array& operator=(const Array&) = delete;

    template <typename Write>
    void object(Write write) {
      if (!first_) text_ += ',';
      first_ = false;
      TextObject inner(text_);
      write(inner);
    }

   private:
    std::string& text_;
    bool first_ = true;
  };

  explicit TextObject(std::string& text) : text_(text) { text_ += '{'; }
  ~TextObject() { text_ += '}'; }
  TextObject(const TextObject&) = delete;
  TextObject& operator=(const TextObject&) = delete;

  template <typename Value>
  void add(std::string_view name, const Value& value) {
    begin(name);
    append_json(text_, value);
  }
  template <typename Write>
  void object(std::string_view name, Write write) {
    begin(name);
    TextObject inner(text_);
    write(inner);
  }
  template <typename Write>
  void array(std::string_view name, Write write) {
    begin(name);
    Array inner(text_);
    write(inner);
  }

 private:
  void begin(std::string_view name) {
    char* at = extend(text_, name.size() + (first_ ? 3 : 4));
    if (!first_) *at++ = ',';
    first_ = false;
    *at++ = '"';
    at = std::copy(name.begin(), name.end(), at);
    *at++ = '"';
    *at = ':';
  }

  std::string& text_;
  bool first_ = true;
};

}  // namespace tcplab::format
