// Reads JSON input, with the position of every value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "format/json.hpp"
#include "format/problem.hpp"

namespace tcplab::format {

struct Limits {
  std::size_t bytes = 4 * 1024 * 1024;
  std::size_t depth = 64;        // objects and arrays within each other
  std::size_t values = 200'000;  // of any kind, containers counted
  std::size_t members = 1'000;   // of one object; see json.hpp
  std::size_t key = 1'000;       // bytes of a key; pointers in messages hold up to `depth` of them
};

struct Position {
  int line = 0;    // from 1; 0 means "no text"
  int column = 0;  // from 1, in code points
  bool operator==(const Position&) const = default;
};

// A value and where it was written. A default Document holds null and knows no positions.
class Document {
 public:
  const Json& value() const { return value_; }

  // First character of the value, or of its nearest ancestor that was written: a pointer into a
  // value which replaced a placeholder leads to the placeholder.
  Position position(std::string_view pointer) const;
  // First character of the member's key; an array element or the root has none and gives
  // position().
  Position key_position(std::string_view pointer) const;

 private:
  friend class DocumentBuilder;
  // One for each value, in the order of the text (a container before its contents).
  struct Node {
    Position value;
    Position key;            // of the member that holds the value
    std::uint32_t next = 0;  // index of the first node after this value and its contents
  };
  const Node* find(std::string_view pointer, bool& exact) const;

  Json value_;
  std::vector<Node> nodes_;
};

// Reads one JSON text (RFC 8259, UTF-8). Errors, each with line and column: a limit exceeded, empty
// or trailing text, a byte order mark, bytes that are not UTF-8, NaN and its like, numbers beyond
// double, comments, and a key that an object has twice. Never throws; a text over the byte limit is
// refused unread.
tl::expected<Document, Problems> parse(std::string_view text, Limits limits = {});

// Where a value that is checked or decoded came from, for the positions of its problems: `document`
// at the pointer `base`. The value itself may differ from what is written there (placeholders
// replaced).
struct Source {
  const Document* document = nullptr;  // must outlive the Source; null: no positions
  std::string base;

  // A problem at base + pointer.
  Problem problem(std::string_view pointer, Text message) const;
  Problem key_problem(std::string_view pointer, Text message) const;
};

}  // namespace tcplab::format
