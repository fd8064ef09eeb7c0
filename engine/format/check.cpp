// The check of a value against its shape.
#include <algorithm>
#include <limits>
#include <utility>

#include "format/shape.hpp"
#include "format/substitute.hpp"

namespace tcplab::format {

namespace {

// The path from the root to a value. Lives on the stack and becomes a JSON pointer only for a
// problem.
struct Path {
  const Path* up = nullptr;
  std::string_view key;
  std::size_t index = 0;
  bool element = false;

  std::string pointer() const {
    if (up == nullptr) return "";
    return element ? child(up->pointer(), index) : child(up->pointer(), key);
  }
};

bool is_identifier(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  if (text.empty() || !plain(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return plain(c) || c == '_' || c == '-' || c == '.'; });
}

const Json* find(const Json& object, std::string_view key) {
  for (const auto& [name, value] : object.get_ref<const Json::object_t&>()) {
    if (name == key) return &value;
  }
  return nullptr;
}

const Field* find(const std::vector<Field>& fields, std::string_view key) {
  const auto field =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
  return field == fields.end() ? nullptr : &*field;
}

class Checker {
 public:
  Checker(const Source& source, bool placeholders) : source_(source), placeholders_(placeholders) {}

  void check(const Shape& shape, const Json& value, const Path& path) {
    if (problems_.size() >= max_problems) return;
    if (is_placeholder(value)) return;
    std::visit([&](const auto& kind) { one(kind, shape, value, path); }, shape.kind);
  }
  Problems take() { return std::move(problems_); }

 private:
  void problem(const Path& path, Text message) {
    if (problems_.size() < max_problems)
      problems_.push_back(source_.problem(path.pointer(), std::move(message)));
  }
  void key_problem(const Path& path, Text message) {
    if (problems_.size() < max_problems)
      problems_.push_back(source_.key_problem(path.pointer(), std::move(message)));
  }
  void refuse(const Shape& shape, const Json& value, const Path& path, const Text& hint = {}) {
    problem(path, say({"found {0}{1}; allowed: {2}", "发现 {0}{1}；允许：{2}"},
                      {show(value), hint, allowed(shape)}));
  }
  bool is_placeholder(const Json& value) const {
    return placeholders_ && value.is_string() &&
           has_placeholder(value.get_ref<const std::string&>());
  }

  void one(const kind::Any&, const Shape&, const Json&, const Path&) {}
  void one(const kind::Boolean&, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_boolean()) refuse(shape, value, path);
  }
  void one(const kind::Integer& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!within(value, kind.min, kind.max)) refuse(shape, value, path);
  }
  void one(const kind::Number& kind, const Shape& shape, const Json& value, const Path& path) {
    const bool good =
        value.is_number() && value.get<double>() >= kind.min && value.get<double>() <= kind.max;
    if (!good) refuse(shape, value, path);
  }
  void one(const kind::String& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_string()) return refuse(shape, value, path);
    const auto& text = value.get_ref<const std::string&>();
    const std::size_t length = characters(text);
    const bool is_name = kind.name == kind::Name::kIdentifier  ? is_identifier(text)
                         : kind.name == kind::Name::kParameter ? is_parameter_name(text)
                                                               : true;
    if (!is_name || length < kind.min || length > kind.max) refuse(shape, value, path);
  }
  void one(const kind::Words& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_string()) return refuse(shape, value, path);
    std::string_view rest = value.get_ref<const std::string&>();
    std::vector<std::string_view> seen;
    do {
      const std::size_t end = kind.many ? std::min(rest.find(' '), rest.size()) : rest.size();
      const std::string_view word = rest.substr(0, end);
      if (std::find(kind.words.begin(), kind.words.end(), word) == kind.words.end()) {
        return refuse(shape, value, path, suggestion(word, kind.words));
      }
      if (std::find(seen.begin(), seen.end(), word) != seen.end()) {
        return problem(path, say({"found {0}; {1} is there twice", "发现 {0}；{1} 出现了两次"},
                                 {show(value), quote(word)}));
      }
      seen.push_back(word);
      if (end == rest.size()) return;
      rest.remove_prefix(end + 1);
    } while (true);
  }
  void one(const kind::Duration& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_string()) return refuse(shape, value, path);
    const auto duration = parse_duration(value.get_ref<const std::string&>());
    if (!duration) return problem(path, duration.error());
    if (*duration < kind.min || *duration > kind.max) refuse(shape, value, path);
  }
  void one(const kind::Size& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_string()) {
      if (!within(value, kind.min, kind.max)) refuse(shape, value, path);
      return;
    }
    const auto bytes = parse_size(value.get_ref<const std::string&>());
    if (!bytes) return problem(path, bytes.error());
    if (*bytes < kind.min || *bytes > kind.max) refuse(shape, value, path);
  }
  void one(const kind::Address&, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_string()) return refuse(shape, value, path);
    const auto address = parse_address(value.get_ref<const std::string&>());
    if (!address) problem(path, address.error());
  }
  void one(const kind::Array& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_array()) return refuse(shape, value, path);
    if (value.size() < kind.min || value.size() > kind.max) {
      problem(path, say({"found a list of {0}; allowed: {1}", "发现 {0} 个元素的列表；允许：{1}"},
                        {std::to_string(value.size()), allowed(shape)}));
    }
    for (std::size_t i = 0; i < value.size(); ++i)
      check(*kind.item, value[i], {&path, "", i, true});
  }
  void one(const kind::Map& kind, const Shape& shape, const Json& value, const Path& path) {
    if (!value.is_object()) return refuse(shape, value, path);
    for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
      const Path member{&path, key};
      Checker key_checker(source_, false);
      key_checker.check(*kind.key, Json(key), {});
      for (const Problem& p : key_checker.take()) {
        key_problem(member, say({"the key: {0}", "键：{0}"}, {p.message}));
      }
      check(*kind.item, item, member);
    }
  }
  void one(const kind::Object& kind, const Shape& shape, const Json& value, const Path& path);
  void one(const kind::Alternatives& kind, const Shape& shape, const Json& value, const Path& path);
  void one(const kind::Named& kind, const Shape&, const Json& value, const Path& path) {
    scope_.push_back(&kind);
    check(*kind.shape, value, path);
    scope_.pop_back();
  }
  void one(const kind::Reference& kind, const Shape&, const Json& value, const Path& path) {
    if (const Shape* shape = resolve(kind)) return check(*shape, value, path);
    problem(path,
            say({"the format refers to {0}, which it does not define", "格式引用了没有定义的 {0}"},
                {quote(kind.name)}));
  }
  void one(const kind::Templated& kind, const Shape&, const Json& value, const Path& path) {
    const bool before = std::exchange(placeholders_, true);
    check(*kind.shape, value, path);
    placeholders_ = before;
  }

  static bool within(const Json& value, std::int64_t min, std::int64_t max) {
    if (!value.is_number_integer()) return false;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > most) return false;
    return value.get<std::int64_t>() >= min && value.get<std::int64_t>() <= max;
  }
  const Shape* resolve(const kind::Reference& reference) const {
    for (auto named = scope_.rbegin(); named != scope_.rend(); ++named) {
      if ((*named)->name == reference.name) return (*named)->shape.get();
    }
    return nullptr;
  }
  bool fits(const Shape& shape, const Json& value) const;
  const Case* choose(const kind::Object& kind, const Json& value, const Path& path);
  void missing(const kind::Object& kind, const Case* chosen, const Json& value, const Path& path);
  void unknown(const kind::Object& kind, const Case* chosen, std::string_view key,
               const Path& path);
  void exactly_one(const std::vector<std::string>& keys, const Json& value, const Path& path);

  const Source& source_;
  bool placeholders_;
  std::vector<const kind::Named*> scope_;  // the named shapes around the value
  Problems problems_;
};

template <typename Kind>
bool is(const Shape& shape) {
  return std::holds_alternative<Kind>(shape.kind);
}

// Whether a value of this JSON type can have the shape.
bool Checker::fits(const Shape& shape, const Json& value) const {
  if (const auto* named = std::get_if<kind::Named>(&shape.kind)) return fits(*named->shape, value);
  if (const auto* templated = std::get_if<kind::Templated>(&shape.kind))
    return fits(*templated->shape, value);
  if (const auto* alternatives = std::get_if<kind::Alternatives>(&shape.kind)) {
    return std::any_of(alternatives->shapes.begin(), alternatives->shapes.end(),
                       [&](const Shape& s) { return fits(s, value); });
  }
  if (const auto* reference = std::get_if<kind::Reference>(&shape.kind)) {
    const Shape* target = resolve(*reference);
    return target != nullptr && fits(*target, value);
  }
  if (is<kind::Any>(shape)) return true;
  if (is<kind::Boolean>(shape)) return value.is_boolean();
  if (is<kind::Integer>(shape) || is<kind::Number>(shape)) return value.is_number();
  if (is<kind::Size>(shape)) return value.is_number() || value.is_string();
  if (is<kind::Array>(shape)) return value.is_array();
  if (is<kind::Map>(shape) || is<kind::Object>(shape)) return value.is_object();
  return value.is_string();
}

void Checker::one(const kind::Alternatives& kind, const Shape& shape, const Json& value,
                  const Path& path) {
  std::vector<const Shape*> fitting;
  for (const Shape& alternative : kind.shapes) {
    if (fits(alternative, value)) fitting.push_back(&alternative);
  }
  if (fitting.empty()) return refuse(shape, value, path);
  // Checks only one of several alternatives that are containers: otherwise nested alternatives
  // would take exponential time.
  if (fitting.size() == 1 || value.is_structured()) return check(*fitting[0], value, path);
  for (const Shape* alternative : fitting) {
    Checker trial(source_, placeholders_);
    trial.scope_ = scope_;
    trial.check(*alternative, value, {});
    if (trial.problems_.empty()) return;
  }
  refuse(shape, value, path);
}

// The object's name in messages: `host`, `an action of the kind "listen"`. Without the word "kind",
// the kind would read like a name.
Text title(const kind::Object& kind, const Case* chosen) {
  Text name = say(kind.name);
  if (chosen == nullptr) return name;
  const bool begins_with_vowel = std::string_view("aeiou").find(name.en[0]) != std::string::npos;
  return say({"{0} {1} of the kind {2}", "{2} 类{0}{1}"},
             {{begins_with_vowel ? "an" : "a", ""}, name, quote(chosen->tag)});
}

// The case that the tag selects. If there is none, null, and a problem unless the tag is a
// placeholder.
const Case* Checker::choose(const kind::Object& kind, const Json& value, const Path& path) {
  const Json* tag = find(value, kind.tag);
  const auto* word = tag == nullptr ? nullptr : tag->get_ptr<const std::string*>();
  std::vector<std::string> tags;
  for (const Case& one_case : kind.cases) {
    if (word != nullptr && *word == one_case.tag) return &one_case;
    tags.emplace_back(one_case.tag);
  }
  if (tag == nullptr) {
    problem(path,
            say({"missing key {0} in {1}; needed: one of {2}", "{1}缺少键 {0}；需要以下之一：{2}"},
                {quote(kind.tag), say(kind.name), list(tags)}));
  } else {
    check({kind::Words{std::move(tags), false}, ""}, *tag, {&path, kind.tag});
  }
  return nullptr;
}

void Checker::missing(const kind::Object& kind, const Case* chosen, const Json& value,
                      const Path& path) {
  const auto report = [&](const std::vector<Field>& fields) {
    for (const Field& field : fields) {
      if (!field.required || find(value, field.key) != nullptr) continue;
      problem(path, say({"missing key {0} in {1}; needed: {2}", "{1}缺少键 {0}；需要：{2}"},
                        {quote(field.key), title(kind, chosen), allowed(field.shape)}));
    }
  };
  report(kind.fields);
  if (chosen != nullptr) report(chosen->fields);
  for (const auto& keys : kind.exactly_one) exactly_one(keys, value, path);
}

void Checker::exactly_one(const std::vector<std::string>& keys, const Json& value,
                          const Path& path) {
  std::vector<std::string> found;
  for (const std::string& key : keys) {
    if (find(value, key) != nullptr) found.push_back(key);
  }
  if (found.size() == 1) return;
  problem(path, say({"found {0}; needed: exactly one of the keys {1}",
                     "{0}；需要恰好一个键，从以下选取：{1}"},
                    {found.empty() ? say({"none", "一个也没有"})
                                   : say({"{0}", "发现 {0}"}, {list(found)}),
                     list(keys)}));
}

void Checker::unknown(const kind::Object& kind, const Case* chosen, std::string_view key,
                      const Path& path) {
  std::vector<std::string> keys;
  if (chosen != nullptr) keys.push_back(kind.tag);
  for (const Field& field : kind.fields) keys.emplace_back(field.key);
  if (chosen != nullptr) {
    for (const Field& field : chosen->fields) keys.emplace_back(field.key);
  }
  key_problem(path,
              say({"unknown key {0} in {1}{2}; allowed: {3}", "{1}中没有键 {0}{2}；允许：{3}"},
                  {quote(key), title(kind, chosen), suggestion(key, keys), list(keys)}));
}

void Checker::one(const kind::Object& kind, const Shape& shape, const Json& value,
                  const Path& path) {
  if (!value.is_object()) return refuse(shape, value, path);
  const Case* chosen = kind.tag.empty() ? nullptr : choose(kind, value, path);
  const bool keys_known = kind.tag.empty() || chosen != nullptr;
  missing(kind, chosen, value, path);
  for (const auto& [key, item] : value.get_ref<const Json::object_t&>()) {
    if (problems_.size() >= max_problems) return;
    const Field* field = find(kind.fields, key);
    if (field == nullptr && chosen != nullptr) field = find(chosen->fields, key);
    if (field != nullptr) {
      check(field->shape, item, {&path, key});
    } else if (keys_known && !(chosen != nullptr && key == kind.tag)) {
      unknown(kind, chosen, key, {&path, key});
    }
  }
}

}  // namespace

Problems check(const Shape& shape, const Json& value, const Source& source, CheckOptions options) {
  Checker checker(source, options.placeholders);
  checker.check(shape, value, {});
  return checker.take();
}

Problems check(const Shape& shape, const Document& document, CheckOptions options) {
  return check(shape, document.value(), Source{&document, ""}, options);
}

}  // namespace tcplab::format
