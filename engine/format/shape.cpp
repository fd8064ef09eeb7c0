#include "format/shape.hpp"

#include <utility>

namespace tcplab::format {

Shape::Shape(Kind of, Doc said) : kind(std::move(of)), doc(said) {}
Shape::Shape(const Shape&) = default;
Shape::Shape(Shape&&) noexcept = default;
Shape& Shape::operator=(const Shape&) = default;
Shape& Shape::operator=(Shape&&) noexcept = default;
Shape::~Shape() = default;

namespace shapes {

namespace {
ShapePtr share(Shape shape) { return std::make_shared<const Shape>(std::move(shape)); }
}  // namespace

Shape any() { return {kind::Any{}, ""}; }
Shape boolean() { return {kind::Boolean{}, ""}; }
Shape integer(std::int64_t min, std::int64_t max) { return {kind::Integer{min, max}, ""}; }
Shape number(double min, double max) { return {kind::Number{min, max}, ""}; }
Shape string(std::size_t min, std::size_t max) {
  return {kind::String{min, max, kind::Name::kNone}, ""};
}
Shape identifier() { return {kind::String{1, 64, kind::Name::kIdentifier}, ""}; }
Shape parameter_name() { return {kind::String{1, 64, kind::Name::kParameter}, ""}; }
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
Shape object(Sentence name, std::vector<Field> fields,
             std::vector<std::vector<std::string>> exactly_one) {
  return tagged(name, "", std::move(fields), {}, std::move(exactly_one));
}
Shape tagged(Sentence name, std::string tag, std::vector<Field> common, std::vector<Case> cases,
             std::vector<std::vector<std::string>> exactly_one) {
  return {kind::Object{name, std::move(common), std::move(tag), std::move(cases),
                       std::move(exactly_one)},
          ""};
}
Shape choice(Sentence name, std::vector<Field> fields) {
  std::vector<std::string> keys;
  for (Field& field : fields) {
    field.required = false;
    keys.emplace_back(field.key);
  }
  return object(name, std::move(fields), {std::move(keys)});
}

Field required(std::string_view key, Shape shape, Doc doc) {
  return {key, std::move(shape), true, doc, nullptr};
}
Field optional(std::string_view key, Shape shape, Doc doc, Json fallback) {
  return {key, std::move(shape), false, doc, std::move(fallback)};
}
Case when(std::string_view tag, Doc doc, std::vector<Field> fields) {
  return {tag, doc, std::move(fields)};
}

Shape alternatives(std::vector<Shape> shapes) {
  return {kind::Alternatives{std::move(shapes)}, ""};
}
Shape named(std::string name, Shape shape) {
  return {kind::Named{std::move(name), share(std::move(shape))}, ""};
}
Shape reference(std::string name) { return {kind::Reference{std::move(name)}, ""}; }
Shape templated(Shape shape) { return {kind::Templated{share(std::move(shape))}, ""}; }
Shape described(Doc doc, Shape shape) {
  shape.doc = doc;
  return shape;
}

}  // namespace shapes

namespace {

constexpr std::size_t most_listed = 30;  // more would hide the rest of the sentence

// Whether shapes::choice() made it.
bool is_choice(const kind::Object& object) {
  return object.tag.empty() && object.exactly_one.size() == 1 &&
         object.exactly_one.front().size() == object.fields.size();
}

std::string written(std::int64_t number) { return std::to_string(number); }
std::string written(double number) { return dump(Json(number)); }
std::string written(std::chrono::microseconds duration) { return quote(to_text(duration)); }

// " from 1 to 9", " of at least 1", " of at most 9" or empty, depending on which ends are bounded.
template <typename T>
Text range(T min, T max, bool bounded_below, bool bounded_above) {
  if (bounded_below && bounded_above) {
    return say({" from {0} to {1}", "（从 {0} 到 {1}）"}, {written(min), written(max)});
  }
  if (bounded_below) return say({" of at least {0}", "（至少 {0}）"}, {written(min)});
  if (bounded_above) return say({" of at most {0}", "（至多 {0}）"}, {written(max)});
  return {};
}

// The same after a comma, for a range that begins at zero unless stated otherwise.
template <typename T>
Text range_from_zero(T min, T max, bool bounded_below, bool bounded_above) {
  if (!bounded_below && !bounded_above) return {};
  return say({",{0}", "{0}"}, {range(min, max, bounded_below || bounded_above, bounded_above)});
}

struct Allowed {
  Text operator()(const kind::Any&) const { return say({"any value", "任何值"}); }
  Text operator()(const kind::Boolean&) const { return say({"true or false", "true 或 false"}); }
  Text operator()(const kind::Integer& k) const {
    using Limit = std::numeric_limits<std::int64_t>;
    return say({"a whole number{0}", "整数{0}"},
               {range(k.min, k.max, k.min != Limit::min(), k.max != Limit::max())});
  }
  Text operator()(const kind::Number& k) const {
    return say({"a number{0}", "数{0}"}, {range(k.min, k.max, true, true)});
  }
  Text operator()(const kind::String& k) const {
    if (k.name == kind::Name::kParameter) {
      return say({"a parameter's name (a letter or \"_\", then letters, digits, \"_\"; at most 64)",
                  "参数名（以字母或 \"_\" 开头，后面是字母、数字、\"_\"；最多 64 个）"});
    }
    if (k.name == kind::Name::kIdentifier) {
      return say({"a name (1 to 64 letters, digits, \"_\", \"-\", \".\")",
                  "名字（1 到 64 个字母、数字、\"_\"、\"-\"、\".\"）"});
    }
    return say({"a text of {0} to {1} characters", "{0} 到 {1} 个字符的文本"},
               {std::to_string(k.min), std::to_string(k.max)});
  }
  Text operator()(const kind::Words& k) const {
    if (k.words.size() > most_listed) {
      return say({"one of {0} names, all of them in the format's JSON Schema",
                  "{0} 个名字之一，全部列在该格式的 JSON Schema 中"},
                 {std::to_string(k.words.size())});
    }
    if (!k.many) return list(k.words);
    return say({"one or more, with blanks between, of {0}", "以下的一个或多个，以空格分隔：{0}"},
               {list(k.words)});
  }
  Text operator()(const kind::Duration& k) const {
    const bool above = k.max != max_duration;
    return say({"a duration such as \"50ms\"{0}", "一段时长，例如 \"50ms\"{0}"},
               {range_from_zero(k.min, k.max, k.min.count() != 0, above)});
  }
  Text operator()(const kind::Size& k) const {
    const bool above = k.max != max_size;
    return say(
        {"a number of bytes such as 1460 or \"64KiB\"{0}", "字节数，例如 1460 或 \"64KiB\"{0}"},
        {range_from_zero(k.min, k.max, k.min != 0, above)});
  }
  Text operator()(const kind::Address&) const {
    return say({"an IPv4 address such as \"10.0.0.1\"", "一个 IPv4 地址，例如 \"10.0.0.1\""});
  }
  Text operator()(const kind::Array& k) const {
    if (k.min == k.max) {
      return k.min == 1 ? say({"a list of one element{0}", "一个元素的列表{0}"}, {each(*k.item)})
                        : say({"a list of {0} elements{1}", "{0} 个元素的列表{1}"},
                              {std::to_string(k.min), each(*k.item)});
    }
    return say({"a list of {0} to {1} elements{2}", "{0} 到 {1} 个元素的列表{2}"},
               {std::to_string(k.min), std::to_string(k.max), each(*k.item)});
  }
  // The elements of a list, if a few words can describe them.
  static Text each(const Shape& item) {
    if (const auto* named = std::get_if<kind::Named>(&item.kind)) return each(*named->shape);
    if (!std::holds_alternative<kind::Object>(item.kind) &&
        !std::holds_alternative<kind::Array>(item.kind)) {
      return {};
    }
    return say({", each {0}", "，每一项是{0}"}, {allowed(item)});
  }
  Text operator()(const kind::Map&) const { return say({"an object", "一个对象"}); }
  Text operator()(const kind::Object& k) const {
    if (!is_choice(k)) {
      return say({"an object ({0}{1})", "一个对象（{0}{1}）"}, {say(k.name), needed(k)});
    }
    return say({"an object ({0}: one of {1})", "一个对象（{0}，以下之一：{1}）"},
               {say(k.name), list(k.exactly_one.front())});
  }
  // The required keys of the object, if there are few.
  static Text needed(const kind::Object& object) {
    constexpr std::size_t kFew = 3;
    std::vector<std::string> keys;
    for (const Field& field : object.fields) {
      if (field.required) keys.emplace_back(field.key);
    }
    if (!object.tag.empty() || keys.empty() || keys.size() > kFew) return {};
    return say({" with {0}", "，含有 {0}"}, {list(keys)});
  }
  Text operator()(const kind::Alternatives& k) const {
    Text text;
    for (const Shape& shape : k.shapes) {
      text = text.empty() ? allowed(shape)
                          : say({"{0}, or {1}", "{0}，或{1}"}, {text, allowed(shape)});
    }
    return text;
  }
  Text operator()(const kind::Named& k) const { return allowed(*k.shape); }
  Text operator()(const kind::Reference& k) const { return say({"a {0}", "一个 {0}"}, {k.name}); }
  Text operator()(const kind::Templated& k) const { return allowed(*k.shape); }
};

}  // namespace

Text allowed(const Shape& shape) { return std::visit(Allowed{}, shape.kind); }

}  // namespace tcplab::format
