#include "format/text.hpp"

#include <cstddef>

namespace tcplab::format {

namespace {

std::string filled(const char* sentence, std::initializer_list<Text> parts,
                   std::string Text::*language) {
  std::string text;
  for (const char* c = sentence; *c != '\0'; ++c) {
    const bool place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
    if (!place) {
      text += *c;
      continue;
    }
    const auto number = static_cast<std::size_t>(c[1] - '0');
    if (number < parts.size()) text += parts.begin()[number].*language;
    c += 2;
  }
  return text;
}

}  // namespace

Text say(Sentence sentence, std::initializer_list<Text> parts) {
  return {filled(sentence.en, parts, &Text::en), filled(sentence.zh, parts, &Text::zh)};
}

Json to_json(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

Text read_text(const Json& json) {
  return {json.at("en").get<std::string>(), json.at("zh").get<std::string>()};
}

}  // namespace tcplab::format
