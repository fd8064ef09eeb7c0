#include "format/text.hpp"

#include <cstddef>

namespace tcplab::format {

namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Chinese has blanks only next to Latin letters and quotations. Whether a place needs them depends
// on the part that fills it.
void join(std::string& text, const std::string& part) {
  const bool ends_with_blank =
      text.size() > 1 && text.back() == ' ' && !is_ascii(text[text.size() - 2]);
  if (ends_with_blank && !part.empty() && !is_ascii(part.front())) text.pop_back();
  text += part;
}
bool is_blank_between(const std::string& before, const char* next) {
  return !before.empty() && !is_ascii(before.back()) && next[0] == ' ' && !is_ascii(next[1]);
}

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
    if (number < parts.size()) join(text, parts.begin()[number].*language);
    c += 2;
    if (is_blank_between(text, c + 1)) ++c;
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
