// A cursor through a checked value, for decoding it without boilerplate and for reporting what
// shapes cannot say.
//
//   Reader host(document.value(), {&document, ""}, problems);
//   const auto isn = host["tcp"]["isn"].integer<std::uint32_t>(0);
//   if (taken(name)) host["name"].problem(say({"two hosts are called {0}", ...}, {quote(name)}));
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/document.hpp"

namespace tcplab::format {

class Reader {
 public:
  // The value, the source's document and the problems must outlive the Reader and those made from
  // it.
  Reader(const Json& value, const Source& source, Problems& problems)
      : value_(&value), document_(source.document), problems_(&problems), pointer_(source.base) {}

  // Whether the value is there. Anything below an absent value is absent.
  explicit operator bool() const { return value_ != nullptr; }
  bool has(std::string_view key) const { return static_cast<bool>((*this)[key]); }
  Reader operator[](std::string_view key) const;
  std::vector<Reader> items() const;                            // of an array; else none
  std::vector<std::pair<std::string, Reader>> members() const;  // of an object; else none

  // The value, or the fallback when it is absent or of another kind. None of them throws.
  const Json& json() const;  // null when absent
  std::string text(std::string_view fallback = {}) const;
  bool boolean(bool fallback = false) const;
  double number(double fallback = 0) const;
  std::chrono::microseconds duration(std::chrono::microseconds fallback = {}) const;
  std::int64_t size(std::int64_t fallback = 0) const;
  std::uint32_t address(std::uint32_t fallback = 0) const;
  // The shape's range must fit T.
  template <typename T = std::int64_t>
  T integer(T fallback = {}) const {
    return static_cast<T>(whole(static_cast<std::int64_t>(fallback)));
  }

  // Where the value is in the document; for an absent value, where it would be.
  const std::string& pointer() const { return pointer_; }
  void problem(Text message) const;      // at the value; at its nearest ancestor when absent
  void key_problem(Text message) const;  // at the key of the member
  bool has_problems() const { return !problems_->empty(); }

 private:
  Reader(const Json* value, std::string pointer, const Reader& parent)
      : value_(value),
        document_(parent.document_),
        problems_(parent.problems_),
        pointer_(std::move(pointer)) {}
  std::int64_t whole(std::int64_t fallback) const;

  const Json* value_;
  const Document* document_;
  Problems* problems_;
  std::string pointer_;
};

}  // namespace tcplab::format
