#include "lesson/texts.hpp"

namespace tcplab::lesson {

using format::Json;

namespace {

void each_string(const Json& texts, Language language, const Visit& visit) {
  if (texts.is_string()) visit(texts.get_ref<const std::string&>(), language);
  for (const Json& text : texts.is_structured() ? texts : Json::array()) {
    each_string(text, language, visit);
  }
}

}  // namespace

void each_text(const Json& exercise, const Visit& visit) {
  if (!exercise.is_object()) {
    for (const Json& item : exercise.is_array() ? exercise : Json::array()) each_text(item, visit);
    return;
  }
  for (const auto& [key, member] : exercise.get_ref<const Json::object_t&>()) {
    if (key == "en" || key == "zh") {
      each_string(member, key == "en" ? Language::kEnglish : Language::kChinese, visit);
    } else if (key != "witness" && key != "chaffs" && key != "model") {
      each_text(member, visit);
    }
  }
}

}  // namespace tcplab::lesson
