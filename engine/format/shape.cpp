#include "format/shape.hpp"

#include <utility>

namespace tcplab::format {

namespace shapes {

namespace {
ShapePtr share(Shape shape) { return std::make_shared<const Shape>(std::move(shape)); }
}  // namespace

Shape any() { return {kind::Any{}, ""}; }
Shape boolean() { return {kind::Boolean{}, ""}; }
Shape integer(std::int64_t min, std::int64_t max) { return {kind::Integer{min, max}, ""}; }
Shape number(double min, double max) { return {kind::Number{min, max}, ""}; }
Shape string(std::size_t min, std::size_t max) { return {kind::String{min, max, false}, ""}; }
Shape identifier() { return {kind::String{1, 64, true}, ""}; }
Shape constant(std::string word) { return enumeration({std::move(word)}); }
Shape enumeration(std::vector<std::string> words) {
  return {kind::Words{std::move(words), false}, ""};
}
Shape words(std::vector<std::string> words) { return {kind::Words{std::move(words), true}, ""}; }
Shape duration(std::chrono::microseconds min, std::chrono::microseconds max) {
  return {kind::Duration{min, max}, ""};
}
Shape size(std::int64_t min, std::int64_t max) { return {kind::Size{min, max}, ""}; }
Shape address() { return {kind::Address{}, ""}; }

Shape array(Shape item, std::size_t min, std::size_t max) {
  return {kind::Array{share(std::move(item)), min, max}, ""};
}
Shape map(Shape key, Shape item) {
  return {kind::Map{share(std::move(key)), share(std::move(item))}, ""};
}
Shape object(std::string name, std::vector<Field> fields,
             std::vector<std::vector<std::string>> exactly_one) {
  return tagged(std::move(name), "", std::move(fields), {}, std::move(exactly_one));
}
Shape tagged(std::string name, std::string tag, std::vector<Field> common, std::vector<Case> cases,
             std::vector<std::vector<std::string>> exactly_one) {
  return {kind::Object{std::move(name), std::move(common), std::move(tag), std::move(cases),
                       std::move(exactly_one)},
          ""};
}
Shape choice(std::string name, std::vector<Field> fields) {
  std::vector<std::string> keys;
  for (Field& field : fields) {
    field.required = false;
    keys.push_back(field.key);
  }
  return object(std::move(name), std::move(fields), {std::move(keys)});
}

Field required(std::string key, Shape shape, std::string doc) {
  return {std::move(key), std::move(shape), true, std::move(doc), nullptr};
}
Field optional(std::string key, Shape shape, std::string doc, Json fallback) {
  return {std::move(key), std::move(shape), false, std::move(doc), std::move(fallback)};
}
Case when(std::string tag, std::string doc, std::vector<Field> fields) {
  return {std::move(tag), std::move(doc), std::move(fields)};
}

Shape alternatives(std::vector<Shape> shapes) {
  return {kind::Alternatives{std::move(shapes)}, ""};
}
Shape named(std::string name, Shape shape) {
  return {kind::Named{std::move(name), share(std::move(shape))}, ""};
}
Shape reference(std::string name) { return {kind::Reference{std::move(name)}, ""}; }
Shape templated(Shape shape) { return {kind::Templated{share(std::move(shape))}, ""}; }
Shape described(std::string doc, Shape shape) {
  shape.doc = std::move(doc);
  return shape;
}

}  // namespace shapes

namespace {

std::string say(std::int64_t number) { return std::to_string(number); }
std::string say(double number) { return dump(Json(number)); }
std::string say(std::chrono::microseconds duration) { return quote(to_text(duration)); }

// " from 1 to 9", " of at least 1", " of at most 9", or nothing, by which ends are bounded.
template <typename T>
std::string range(T min, T max, bool bounded_below, bool bounded_above) {
  if (bounded_below && bounded_above) return " from " + say(min) + " to " + say(max);
  if (bounded_below) return " of at least " + say(min);
  if (bounded_above) return " of at most " + say(max);
  return "";
}

struct Allowed {
  std::string operator()(const kind::Any&) const { return "any value"; }
  std::string operator()(const kind::Boolean&) const { return "true or false"; }
  std::string operator()(const kind::Integer& k) const {
    using Limit = std::numeric_limits<std::int64_t>;
    return "a whole number" + range(k.min, k.max, k.min != Limit::min(), k.max != Limit::max());
  }
  std::string operator()(const kind::Number& k) const {
    return "a number" + range(k.min, k.max, true, true);
  }
  std::string operator()(const kind::String& k) const {
    if (k.identifier) return "a name (1 to 64 letters, digits, \"_\", \"-\", \".\")";
    return "a text of " + std::to_string(k.min) + " to " + std::to_string(k.max) + " characters";
  }
  std::string operator()(const kind::Words& k) const {
    return (k.many ? "one or more, with blanks between, of " : "") + list(k.words);
  }
  std::string operator()(const kind::Duration& k) const {
    const bool above = k.max != max_duration;
    return "a duration such as \"50ms\"" +
           (k.min.count() != 0 || above
                ? "," + range(k.min, k.max, k.min.count() != 0 || above, above)
                : "");
  }
  std::string operator()(const kind::Size& k) const {
    const bool above = k.max != max_size;
    return "a number of bytes such as 1460 or \"64KiB\"" +
           (k.min != 0 || above ? "," + range(k.min, k.max, k.min != 0 || above, above) : "");
  }
  std::string operator()(const kind::Address&) const {
    return "an IPv4 address such as \"10.0.0.1\"";
  }
  std::string operator()(const kind::Array& k) const {
    return "a list of " + std::to_string(k.min) + " to " + std::to_string(k.max) + " elements";
  }
  std::string operator()(const kind::Map&) const { return "an object"; }
  std::string operator()(const kind::Object& k) const { return "an object (" + k.name + ")"; }
  std::string operator()(const kind::Alternatives& k) const {
    std::string text;
    for (const Shape& shape : k.shapes) text += (text.empty() ? "" : ", or ") + allowed(shape);
    return text;
  }
  std::string operator()(const kind::Named& k) const { return allowed(*k.shape); }
  std::string operator()(const kind::Reference& k) const { return "a " + k.name; }
  std::string operator()(const kind::Templated& k) const { return allowed(*k.shape); }
};

}  // namespace

std::string allowed(const Shape& shape) { return std::visit(Allowed{}, shape.kind); }

}  // namespace tcplab::format
