#include "format/substitute.hpp"

#include <utility>

namespace tcplab::format {

namespace {

constexpr std::string_view opening = "${";

Text too_long() { return say({"the parameters make the text too long", "代入参数后文本太长"}); }

// The parameter name that the text begins with; empty if there is none.
std::string_view leading_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t i = 0;
  while (i < text.size() && (letter(text[i]) || (i > 0 && digit(text[i])))) ++i;
  return text.substr(0, i);
}

// The name of the placeholder that the text begins with ("${name}..."); empty if the placeholder is
// not complete.
std::string_view name_at(std::string_view text) {
  const auto name = leading_name(text.substr(opening.size()));
  const std::size_t end = opening.size() + name.size();
  return end < text.size() && text[end] == '}' ? name : std::string_view();
}

tl::expected<const Json*, Text> find(std::string_view name, const Json& parameters) {
  std::vector<std::string> known;
  if (parameters.is_object()) {
    for (const auto& [key, value] : parameters.get_ref<const Json::object_t&>()) {
      if (key == name) return &value;
      known.push_back(key);
    }
  }
  return tl::unexpected(say({"unknown parameter {0}{1}; {2}", "未知的参数 {0}{1}；{2}"},
                            {quote(name), suggestion(name, known),
                             known.empty() ? say({"there are no parameters", "这里没有参数"})
                                           : say({"allowed: {0}", "允许：{0}"}, {list(known)})}));
}

tl::expected<std::string, Text> text_of(std::string_view name, const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return dump(value);
  return tl::unexpected(say({"the parameter {0} is {1} and cannot stand within a text",
                             "参数 {0} 是{1}，不能放进一段文本里"},
                            {quote(name), show(value)}));
}

class Substitution {
 public:
  Substitution(const Json& parameters, const Source& source, std::size_t max_bytes)
      : parameters_(parameters), source_(source), room_(max_bytes) {}

  Json of(const Json& value, const std::string& pointer) {
    if (full()) return nullptr;
    if (value.is_string()) return text(value.get_ref<const std::string&>(), pointer);
    if (value.is_array()) {
      Json result = Json::array();
      for (std::size_t i = 0; i < value.size(); ++i)
        result.push_back(of(value[i], child(pointer, i)));
      return result;
    }
    if (!value.is_object()) return value;
    Json result = Json::object();
    Json::object_t::Container& members = result.get_ref<Json::object_t&>();
    for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
      members.emplace_back(key, of(member, child(pointer, key)));
    }
    return result;
  }
  Problems take() { return std::move(problems_); }

 private:
  bool full() const { return problems_.size() >= max_problems || spent_; }

  Json text(const std::string& text, const std::string& pointer) {
    if (text.find(opening) == std::string::npos) return text;
    auto result = replaced(text);
    if (result) return std::move(*result);
    spent_ = result.error() == too_long();
    problems_.push_back(source_.problem(pointer, std::move(result.error())));
    return nullptr;
  }

  tl::expected<Json, Text> replaced(const std::string& text) {
    const std::string_view name = name_at(text);
    if (name.empty() || name.size() + 3 != text.size()) {
      auto result = substitute_text(text, parameters_, room_);
      if (result) room_ -= result->size();
      return result;
    }
    const auto value = find(name, parameters_);
    if (!value) return tl::unexpected(value.error());
    const std::size_t bytes = dump(**value).size();
    if (bytes > room_) return tl::unexpected(too_long());
    room_ -= bytes;
    return **value;
  }

  const Json& parameters_;
  const Source& source_;
  std::size_t room_;  // bytes that may still be added
  bool spent_ = false;
  Problems problems_;
};

}  // namespace

bool is_parameter_name(std::string_view text) {
  return !text.empty() && leading_name(text).size() == text.size();
}

std::string parameter_name_pattern() { return "[A-Za-z_][A-Za-z0-9_]*"; }
std::string placeholder_pattern() { return "\\$\\{" + parameter_name_pattern() + "\\}"; }

bool has_placeholder(std::string_view text) {
  for (std::size_t at = text.find(opening); at != std::string_view::npos;
       at = text.find(opening, at + 1)) {
    if (!name_at(text.substr(at)).empty()) return true;
  }
  return false;
}

bool has_stray_opening(std::string_view text) {
  for (std::size_t at = text.find(opening); at != std::string_view::npos;
       at = text.find(opening, at + 1)) {
    if (name_at(text.substr(at)).empty()) return true;
  }
  return false;
}

std::vector<std::string> placeholder_names(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find(opening); at != std::string_view::npos;
       at = text.find(opening, at + 1)) {
    if (const std::string_view name = name_at(text.substr(at)); !name.empty())
      names.emplace_back(name);
  }
  return names;
}

tl::expected<std::string, Text> substitute_text(std::string_view text, const Json& parameters,
                                                std::size_t max_bytes) {
  std::string result;
  while (true) {
    const std::size_t at = text.find(opening);
    result += text.substr(0, at);
    if (result.size() > max_bytes) return tl::unexpected(too_long());
    if (at == std::string_view::npos) return result;
    text.remove_prefix(at);
    const std::string_view name = name_at(text);
    if (name.empty()) {
      return tl::unexpected(
          say({"found {0}; a placeholder is written ${name}", "发现 {0}；占位符写作 ${name}"},
              {quote(text)}));
    }
    const auto value = find(name, parameters);
    if (!value) return tl::unexpected(value.error());
    const auto replacement = text_of(name, **value);
    if (!replacement) return tl::unexpected(replacement.error());
    result += *replacement;
    text.remove_prefix(name.size() + 3);
  }
}

tl::expected<Json, Problems> substitute(const Json& value, const Json& parameters,
                                        const Source& source, std::size_t max_bytes) {
  Substitution substitution(parameters, source, max_bytes);
  Json result = substitution.of(value, "");
  Problems problems = substitution.take();
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return result;
}

}  // namespace tcplab::format
