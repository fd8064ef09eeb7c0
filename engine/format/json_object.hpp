// An object of JSON, written member by member: as a value, or straight as its compact text. Both
// take the same calls, so that whoever writes an object describes it once. Members' names must
// differ, and need no escapes.
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

  // Room for so many members, so that none is moved for lack of it.
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

// Room for so many octets more at the end of a text.
inline char* extend(std::string& text, std::size_t octets) {
  text.resize(text.size() + octets);
  return text.data() + (text.size() - octets);
}

// Whether it stands in a string of JSON as it is: printable ASCII without quotation marks and
// backslashes.
bool is_plain(std::string_view octets);
// As a string of JSON: as dump() writes it.
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

// Ends with its life.
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
