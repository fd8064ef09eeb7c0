#include "other_format.hpp"

#include <algorithm>
#include <iterator>

#include "format/document.hpp"

namespace tcplab::cli {

namespace {

using format::say;
using format::Text;

struct Format {
  std::string_view name;
  Text noun;
  Text commands;  // that read it
};

const Format* format_named(std::string_view name) {
  static const Text kCheck{"\"tcplab check FILE\"", "“tcplab check FILE”"};
  static const Format kFormats[] = {
      {"tcplab-scenario/1",
       {"a scenario", "场景"},
       {"\"tcplab run FILE\" or \"tcplab check FILE\"", "“tcplab run FILE”或“tcplab check FILE”"}},
      {"tcplab-exercise/1",
       {"an exercise", "练习"},
       {"\"tcplab check FILE\", \"tcplab run FILE\", \"tcplab answers FILE\" or \"tcplab grade "
        "FILE --answers ANSWERS\"",
        "“tcplab check FILE”、“tcplab run FILE”、“tcplab answers FILE”或“tcplab grade FILE "
        "--answers ANSWERS”"}},
      {"tcplab-lesson/1", {"a lesson", "课文"}, kCheck},
      {"tcplab-terms/1", {"the terms of lessons", "术语表"}, kCheck},
      {"tcplab-path/1", {"the path through lessons", "学习路径"}, kCheck},
      {"tcplab-contents/1", {"the contents of a pack", "课程包的目录"}, kCheck},
      {"tcplab-rubric/1",
       {"rules for a free text", "自由文本的规则"},
       {"\"tcplab check FILE\" or \"tcplab rubric FILE LABELLED\"",
        "“tcplab check FILE”或“tcplab rubric FILE LABELLED”"}},
      {"tcplab-labelled/1",
       {"labelled answers", "标注的答案"},
       {"\"tcplab rubric RUBRIC FILE\"", "“tcplab rubric RUBRIC FILE”"}},
      {"tcplab-answers/1",
       {"answers to an exercise", "练习的答案"},
       {"\"tcplab grade EXERCISE --answers FILE\"", "“tcplab grade EXERCISE --answers FILE”"}}};
  const auto found = std::find_if(std::begin(kFormats), std::end(kFormats),
                                  [&](const Format& each) { return each.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

Text nouns_of(std::initializer_list<std::string_view> formats) {
  Text text;
  for (const auto format : formats) {
    const Text& noun = format_named(format)->noun;
    text = text.empty() ? noun : say({"{0} or {1}", "{0}或{1}"}, {text, noun});
  }
  return text;
}

// An answer key has no "format", because no command reads it.
bool is_answer_key(const format::Json& value) {
  return !value.contains("format") && value.contains("exercise") && value.contains("answers") &&
         value.contains("mutants");
}

}  // namespace

std::optional<format::Problem> of_other_format(std::string_view text,
                                               std::initializer_list<std::string_view> wanted) {
  const auto document = format::parse(text);
  if (!document || !document->value().is_object()) return std::nullopt;
  const format::Source source{&*document, ""};
  if (is_answer_key(document->value())) {
    return source.problem("", say({"this file holds what \"tcplab answers\" prints; allowed: {0}",
                                   "这个文件是“tcplab answers”的输出；允许：{0}"},
                                  {nouns_of(wanted)}));
  }
  const auto named = document->value().find("format");
  if (named == document->value().end() || !named->is_string()) return std::nullopt;
  const Format* found = format_named(named->get_ref<const std::string&>());
  if (found == nullptr || std::find(wanted.begin(), wanted.end(), found->name) != wanted.end()) {
    return std::nullopt;
  }
  return source.problem("/format", say({"this file holds {0}; allowed: {1}. For {0} there is {2}",
                                        "这个文件是{0}；允许：{1}。{0}请用 {2}"},
                                       {found->noun, nouns_of(wanted), found->commands}));
}

}  // namespace tcplab::cli
