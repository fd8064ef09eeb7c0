#include "rubric/tokens.hpp"

#include <utility>

namespace tcplab::rubric {

namespace {

struct Character {
  char32_t code;
  std::size_t bytes;
};

// Stands for a byte that is not UTF-8.
constexpr char32_t kInvalid = 0xFFFD;

Character next_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || text.size() < length) return {kInvalid, 1};
  char32_t code = first & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {kInvalid, 1};
    code = (code << 6) | (byte(i) & 0x3F);
  }
  return {code, length};
}

// Chinese input methods write ASCII characters in their full-width forms.
char32_t half_width(char32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E) return code - 0xFEE0;
  return code == 0x3000 ? U' ' : code;
}

enum class Class { kLetter, kDigit, kIdeograph, kApostrophe, kStop, kPoint, kComma, kOther };

bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x250);
}

Class class_of(char32_t c) {
  if (is_letter(c)) return Class::kLetter;
  if (c >= U'0' && c <= U'9') return Class::kDigit;
  if ((c >= 0x3400 && c < 0xA000) || (c >= 0x20000 && c < 0x32000)) return Class::kIdeograph;
  switch (c) {
    case U'\'':
    case 0x2019:
      return Class::kApostrophe;
    case U'!':
    case U'?':
    case U';':
    case U'\n':
    case 0x3002:
      return Class::kStop;
    case U'.':
      return Class::kPoint;
    case U',':
    case U':':
    case U'(':
    case U')':
    case 0x3001:
    case 0x2014:
      return Class::kComma;
    default:
      return Class::kOther;
  }
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  std::vector<Token> all() {
    while (!text_.empty()) {
      const Character here = next_character(text_);
      take(half_width(here.code), here);
      text_.remove_prefix(here.bytes);
      at_ += here.code >= 0x10000 ? 2 : 1;
    }
    return std::move(tokens_);
  }

 private:
  void take(char32_t code, const Character& here) {
    const Class kind = class_of(code);
    switch (kind) {
      case Class::kLetter:
      case Class::kDigit:
        if (word_ != kind) begin(kind);
        append(code, here);
        return;
      case Class::kIdeograph:
        begin(Class::kOther);
        append(code, here);
        return;
      case Class::kApostrophe:  // neither a letter nor the end of a word
        return;
      case Class::kPoint:  // no sentence ends in "1.5" and "10.0.0.1"
        word_ = Class::kOther;
        if (text_.size() == 1 || text_[1] == ' ' || text_[1] == '\n') end_sentence();
        return;
      case Class::kStop:
        word_ = Class::kOther;
        end_sentence();
        return;
      case Class::kComma:
        word_ = Class::kOther;
        ++clause_;
        return;
      case Class::kOther:
        word_ = Class::kOther;
        return;
    }
  }

  void begin(Class kind) {
    word_ = kind;
    tokens_.push_back({{}, at_, at_, sentence_, clause_});
  }

  void append(char32_t code, const Character& here) {
    Token& token = tokens_.back();
    if (code < 0x80) {
      const char letter = static_cast<char>(code);
      token.text += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    } else {
      token.text += text_.substr(0, here.bytes);
    }
    token.to = at_ + (here.code >= 0x10000 ? 2 : 1);
  }

  void end_sentence() {
    ++sentence_;
    ++clause_;
  }

  std::string_view text_;
  std::vector<Token> tokens_;
  Class word_ = Class::kOther;  // of the word that the next character may continue
  std::uint32_t at_ = 0;
  std::uint32_t sentence_ = 0;
  std::uint32_t clause_ = 0;
};

}  // namespace

std::vector<Token> tokens(std::string_view text) { return Tokenizer(text).all(); }

}  // namespace tcplab::rubric
