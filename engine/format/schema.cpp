// The JSON Schema (draft-07) of a shape, in the form that editors complete best: a union is an
// enumerated tag with one if/then for each case, and shared shapes are definitions.
#include <algorithm>
#include <utility>

#include "format/shape.hpp"
#include "format/substitute.hpp"

namespace tcplab::format {

namespace {

Json typed(const char* type) {
  Json schema = Json::object();
  schema["type"] = type;
  return schema;
}

Json pattern(std::string expression) {
  Json schema = typed("string");
  schema["pattern"] = std::move(expression);
  return schema;
}

Json refer(const std::string& definition) {
  Json schema = Json::object();
  schema["$ref"] = "#/definitions/" + definition;
  return schema;
}

// Draft-07 ignores all keys next to "$ref", so the reference goes into "allOf".
Json with_doc(Json schema, std::string_view doc) {
  if (doc.empty()) return schema;
  Json result = Json::object();
  result["description"] = doc;
  if (schema.contains("$ref")) {
    result["allOf"].push_back(std::move(schema));
  } else {
    result.update(schema);
    result["description"] = doc;
  }
  return result;
}

class SchemaWriter {
 public:
  Json of(const Shape& shape) {
    Json schema = std::visit([&](const auto& kind) { return one(kind); }, shape.kind);
    return with_doc(std::move(schema), shape.doc.text());
  }
  Json take_definitions() { return std::move(definitions_); }

 private:
  // The schema of a value that, where placeholders are allowed, may also be a placeholder.
  Json open(Json schema) {
    if (!templated_) return schema;
    definitions_["placeholder"] =
        with_doc(pattern(placeholder_pattern()), "A parameter of the exercise: ${name}");
    Json either = Json::object();
    either["anyOf"].push_back(std::move(schema));
    either["anyOf"].push_back(refer("placeholder"));
    return either;
  }

  Json one(const kind::Any&) { return Json::object(); }
  Json one(const kind::Boolean&) { return open(typed("boolean")); }
  Json one(const kind::Integer& kind) {
    Json schema = typed("integer");
    if (kind.min != std::numeric_limits<std::int64_t>::min()) schema["minimum"] = kind.min;
    if (kind.max != std::numeric_limits<std::int64_t>::max()) schema["maximum"] = kind.max;
    return open(std::move(schema));
  }
  Json one(const kind::Number& kind) {
    Json schema = typed("number");
    schema["minimum"] = kind.min;
    schema["maximum"] = kind.max;
    return open(std::move(schema));
  }
  Json one(const kind::String& kind) {
    if (kind.name == kind::Name::kIdentifier) {
      return open(pattern("^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"));
    }
    Json schema = kind.name == kind::Name::kParameter
                      ? pattern("^" + parameter_name_pattern() + "$")
                      : typed("string");
    if (kind.min > 0) schema["minLength"] = kind.min;
    schema["maxLength"] = kind.max;
    return open(std::move(schema));
  }
  Json one(const kind::Words& kind) {
    if (kind.many) {
      std::string any;
      for (const std::string& word : kind.words) any += (any.empty() ? "" : "|") + word;
      return open(pattern("^(" + any + ")( (" + any + "))*$"));
    }
    Json schema = Json::object();
    if (kind.words.size() == 1)
      schema["const"] = kind.words[0];
    else
      schema["enum"] = kind.words;
    return open(std::move(schema));
  }
  Json one(const kind::Duration&) { return open(pattern(duration_pattern)); }
  Json one(const kind::Size& kind) {
    Json schema = pattern(size_pattern);
    schema["type"] = {"integer", "string"};
    schema["minimum"] = kind.min;
    schema["maximum"] = kind.max;
    return open(std::move(schema));
  }
  Json one(const kind::Address&) { return open(pattern(address_pattern)); }
  Json one(const kind::Array& kind) {
    Json schema = typed("array");
    schema["items"] = of(*kind.item);
    if (kind.min > 0) schema["minItems"] = kind.min;
    schema["maxItems"] = kind.max;
    return open(std::move(schema));
  }
  Json one(const kind::Map& kind) {
    Json schema = typed("object");
    const bool before = std::exchange(templated_, false);  // keys are not substituted
    schema["propertyNames"] = of(*kind.key);
    templated_ = before;
    schema["additionalProperties"] = of(*kind.item);
    return open(std::move(schema));
  }
  Json one(const kind::Object& kind);
  Json one(const kind::Alternatives& kind) {
    Json schema = Json::object();
    for (const Shape& shape : kind.shapes) schema["anyOf"].push_back(of(shape));
    return schema;
  }
  Json one(const kind::Named& kind) {
    scope_.push_back(&kind);
    Json schema = define(kind);
    scope_.pop_back();
    return schema;
  }
  Json one(const kind::Reference& kind) {
    for (auto named = scope_.rbegin(); named != scope_.rend(); ++named) {
      if ((*named)->name == kind.name) return define(**named);
    }
    return Json(false);  // nothing has an undefined shape; check() says so too
  }
  Json one(const kind::Templated& kind) {
    const bool before = std::exchange(templated_, true);
    Json schema = of(*kind.shape);
    templated_ = before;
    return schema;
  }

  Json define(const kind::Named& named) {
    const std::string key = named.name + (templated_ ? ".templated" : "");
    if (!definitions_.contains(key)) {
      definitions_[key] = nullptr;  // so that references within it do not begin it again
      Json schema = of(*named.shape);
      definitions_[key] = std::move(schema);
    }
    return refer(key);
  }

  void add_field(const Field& field, Json& properties, std::vector<std::string>& required) {
    Json schema = with_doc(of(field.shape), field.doc.text());
    if (!field.fallback.is_null()) schema["default"] = field.fallback;
    properties[std::string(field.key)] = std::move(schema);
    if (field.required) required.emplace_back(field.key);
  }
  Json union_case(const kind::Object& kind, const Case& one_case);

  Json definitions_ = Json::object();
  std::vector<const kind::Named*> scope_;
  bool templated_ = false;
};

Json SchemaWriter::union_case(const kind::Object& kind, const Case& one_case) {
  Json then = Json::object();
  if (!one_case.doc.text().empty()) then["description"] = one_case.doc.text();
  Json& properties = then["properties"] = Json::object();
  properties[kind.tag] = Json::object();
  for (const Field& field : kind.fields)
    properties[std::string(field.key)] = Json::object();  // described above the cases
  std::vector<std::string> required;
  for (const Field& field : one_case.fields) add_field(field, properties, required);
  if (!required.empty()) then["required"] = required;
  then["additionalProperties"] = false;

  Json result = Json::object();
  result["if"]["properties"][kind.tag]["const"] = one_case.tag;
  result["if"]["required"].push_back(kind.tag);
  result["then"] = std::move(then);
  return result;
}

Json SchemaWriter::one(const kind::Object& kind) {
  Json schema = typed("object");
  Json properties = Json::object();
  std::vector<std::string> required;
  if (!kind.tag.empty()) {
    Json tags = Json::object();
    for (const Case& one_case : kind.cases) {
      tags["enum"].push_back(one_case.tag);
      tags["enumDescriptions"].push_back(one_case.doc.text());  // editors show it beside the word
    }
    properties[kind.tag] = open(std::move(tags));
    required.push_back(kind.tag);
  }
  for (const Field& field : kind.fields) add_field(field, properties, required);
  schema["properties"] = std::move(properties);
  if (!required.empty()) schema["required"] = required;
  if (kind.tag.empty()) schema["additionalProperties"] = false;
  for (const Case& one_case : kind.cases) schema["allOf"].push_back(union_case(kind, one_case));
  for (const auto& keys : kind.exactly_one) {
    Json group = Json::object();
    for (const std::string& key : keys) {
      Json present = Json::object();
      present["required"].push_back(key);
      group["oneOf"].push_back(std::move(present));
    }
    schema["allOf"].push_back(std::move(group));
  }
  return open(std::move(schema));
}

}  // namespace

Json schema(const Shape& shape, std::string_view id, std::string_view title) {
  SchemaWriter writer;
  Json root = writer.of(shape);
  Json result = Json::object();
  result["$schema"] = "http://json-schema.org/draft-07/schema#";
  result["$id"] = std::string(id);
  result["title"] = std::string(title);
  if (root.contains("$ref"))
    result["allOf"].push_back(std::move(root));
  else
    result.update(root);
  if (Json definitions = writer.take_definitions(); !definitions.empty())
    result["definitions"] = std::move(definitions);
  return result;
}

}  // namespace tcplab::format
