// Shapes: declarative descriptions of the lab's formats, the one source of truth from which both
// the check of a document and its JSON Schema are derived. A Shape is an immutable value; copies
// share their parts.
//
//   using namespace tcplab::format::shapes;
//   Shape host = object({"host", "主机"}, {
//       required("name", identifier(), "How the script speaks of the host"),
//       optional("stack", enumeration({"tcp", "none"}), "none: it only injects segments", "tcp")});
//   Shape action = tagged({"action", "动作"}, "do", {optional("at", duration(), "When"),
//   required("host", identifier(), "Who")},
//       {when("listen", "Waits for connections", {required("port", integer(1, 65535), "Where")}),
//        when("close", "Sends FIN", {optional("socket", identifier(), "Which")})});
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "format/document.hpp"
#include "format/json.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"

namespace tcplab::format {

struct Shape;
struct Field;
struct Case;
using ShapePtr = std::shared_ptr<const Shape>;

// An English sentence for the JSON Schema: a literal. A build that writes no schema leaves them
// out.
class Doc {
 public:
#ifdef TCPLAB_WITHOUT_SCHEMA
  constexpr Doc(const char*) {}
  constexpr std::string_view text() const { return {}; }
#else
  constexpr Doc(const char* text) : text_(text) {}
  constexpr std::string_view text() const { return text_; }

 private:
  const char* text_;
#endif
};

namespace kind {
struct Any {};
struct Boolean {};
struct Integer {
  std::int64_t min, max;
};
struct Number {
  double min, max;
};
enum class Name {
  kNone,        // free text
  kIdentifier,  // a letter or digit, then letters, digits, "_", "-", "."
  kParameter    // as a placeholder writes it: substitute.hpp
};
struct String {
  std::size_t min, max;  // code points
  Name name;
};
struct Words {
  std::vector<std::string> words;
  bool many;  // false: one of them; true: one or more, each once, with single blanks between ("SYN
              // ACK")
};
struct Duration {
  std::chrono::microseconds min, max;
};
struct Size {
  std::int64_t min, max;  // bytes
};
struct Address {};
struct Array {
  ShapePtr item;
  std::size_t min, max;
};
struct Map {
  ShapePtr key, item;  // key: a shape of strings
};
struct Object {
  Sentence name;              // for messages: `unknown key "prot" in host`
  std::vector<Field> fields;  // of every case
  std::string tag;            // the key that selects the case; "": no cases
  std::vector<Case> cases;
  std::vector<std::vector<std::string>>
      exactly_one;  // groups of keys, of which exactly one must be there
};
struct Alternatives {
  std::vector<Shape> shapes;
};
struct Named {
  std::string name;
  ShapePtr shape;
};
struct Reference {
  std::string name;
};
struct Templated {
  ShapePtr shape;
};
}  // namespace kind

struct Shape {
  using Kind =
      std::variant<kind::Any, kind::Boolean, kind::Integer, kind::Number, kind::String, kind::Words,
                   kind::Duration, kind::Size, kind::Address, kind::Array, kind::Map, kind::Object,
                   kind::Alternatives, kind::Named, kind::Reference, kind::Templated>;
  Kind kind;
  Doc doc;  // the schema's "description"

  // Defined in shape.cpp so that not every file that describes a format compiles the copying of the
  // variant again.
  Shape(Kind of, Doc said);
  Shape(const Shape&);
  Shape(Shape&&) noexcept;
  Shape& operator=(const Shape&);
  Shape& operator=(Shape&&) noexcept;
  ~Shape();
};

struct Field {
  std::string_view key;  // a literal
  Shape shape;
  bool required;
  Doc doc;
  Json fallback;  // what an absent key means, for the schema's "default"; null: not said
};

struct Case {
  std::string_view tag;  // a literal
  Doc doc;
  std::vector<Field> fields;  // besides the object's own
};

namespace shapes {

// Leaves
Shape any();      // free JSON
Shape boolean();  // true, false
Shape integer(
    std::int64_t min = std::numeric_limits<std::int64_t>::min(),
    std::int64_t max = std::numeric_limits<std::int64_t>::max());  // written without "." and "e"
Shape number(double min, double max);
Shape string(std::size_t min = 0, std::size_t max = 100'000);
Shape identifier();                                 // 1 to 64 of letters, digits, "_", "-", "."
Shape parameter_name();                             // 1 to 64 characters, see substitute.hpp
Shape constant(std::string word);                   // this text and no other
Shape enumeration(std::vector<std::string> words);  // one of these texts
Shape words(std::vector<std::string> words);        // one or more of these in one text: "SYN ACK"
Shape duration(std::chrono::microseconds min = {}, std::chrono::microseconds max = max_duration);
Shape size(std::int64_t min = 0, std::int64_t max = max_size);  // an integer, or a text with a unit
Shape address();                                                // IPv4

// Containers
Shape array(Shape item, std::size_t min = 0, std::size_t max = 10'000);
Shape map(Shape key, Shape item);  // free keys, each of them of the shape `key`
// `name` is what messages call it. Keys that are not listed are problems.
Shape object(Sentence name, std::vector<Field> fields,
             std::vector<std::vector<std::string>> exactly_one = {});
// An object whose string member `tag` selects which further fields it has. `tag` is required and
// not listed.
Shape tagged(Sentence name, std::string tag, std::vector<Field> common, std::vector<Case> cases,
             std::vector<std::vector<std::string>> exactly_one = {});
// An object with exactly one of the fields: {"eventually": ...} or {"never": ...}.
Shape choice(Sentence name, std::vector<Field> fields);

// Fields and cases
Field required(std::string_view key, Shape shape, Doc doc);
Field optional(std::string_view key, Shape shape, Doc doc, Json fallback = nullptr);
Case when(std::string_view tag, Doc doc, std::vector<Field> fields);

// Combinations
// A value must have the first shape that takes its JSON type; if several shapes take texts or
// numbers, any of those.
Shape alternatives(std::vector<Shape> shapes);
// Gives the shape a name: a definition of the schema. Shapes of one name within a format must be
// equal.
Shape named(std::string name, Shape shape);
// The enclosing named shape, for recursion. It must lie below one, and below a container within it.
Shape reference(std::string name);
// Within it, a text with a placeholder ("${delay}") may stand for any value; see substitute.hpp.
Shape templated(Shape shape);
Shape described(Doc doc, Shape shape);

}  // namespace shapes

struct CheckOptions {
  bool placeholders = false;  // as if the shape were templated()
};

// All problems of the value (at most max_problems), in the order of the document; none: it has the
// shape.
Problems check(const Shape& shape, const Json& value, const Source& source,
               CheckOptions options = {});
Problems check(const Shape& shape, const Document& document, CheckOptions options = {});

// The values that the shape accepts, in words for messages: `a duration such as "50ms"`, `a whole
// number from 1 to 65535`.
Text allowed(const Shape& shape);

// JSON Schema, draft-07, of the format. It accepts every document that check() accepts; only
// check() knows the ranges of durations and sizes written as text and the uniqueness of words.
Json schema(const Shape& shape, std::string_view id, std::string_view title);

}  // namespace tcplab::format
