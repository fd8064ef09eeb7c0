#include "exercise/language.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "host/call.hpp"
#include "lab/verbs/verb.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Json;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_name_part(char c) {
  return is_lower(c) || is_upper(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '\'' || c == '-';
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

// "word" or "Word": anything else (SYN_SENT, snd.nxt, 2MSL) is a name or a number.
bool is_word(std::string_view token) {
  return token.size() > 1 && (is_lower(token[0]) || is_upper(token[0])) &&
         std::all_of(token.begin() + 1, token.end(), [](char c) { return is_lower(c); });
}

// Adds the words of a text, without punctuation.
void add_words(std::string_view text, std::set<std::string>& words) {
  std::string word;
  for (const char c : text) {
    if (is_lower(c) || is_upper(c)) {
      word += c;
    } else if (!word.empty()) {
      words.insert(lower(word));
      word.clear();
    }
  }
  if (!word.empty()) words.insert(lower(word));
}

// Whether the values of this key are prose, or ids that an author makes from prose
// ("old-segments").
bool holds_prose(std::string_view key) {
  constexpr std::string_view kKeys[] = {"en", "zh",   "about",   "chapter",
                                        "id", "kind", "witness", "chaffs"};
  return std::find(std::begin(kKeys), std::end(kKeys), key) != std::end(kKeys);
}

void add_words_of_values(const Json& json, std::set<std::string>& words) {
  if (json.is_string()) return add_words(json.get_ref<const std::string&>(), words);
  if (json.is_array()) {
    for (const Json& item : json) add_words_of_values(item, words);
  }
  if (!json.is_object()) return;
  for (const auto& [key, member] : json.get_ref<const Json::object_t&>()) {
    if (!holds_prose(key)) add_words_of_values(member, words);
  }
}

struct Character {
  std::uint32_t code;
  std::size_t size;  // bytes
};
Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) < 0xe0) return {(byte(0) & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  if (byte(0) < 0xf0) {
    return {(byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
  }
  return {0x10000, 4};
}
bool is_han(std::uint32_t c) { return c >= 0x3400 && c <= 0x9fff; }
// 3000 to 303F: 。、「」; FF01 to FF60: full-width forms.
bool is_chinese(std::uint32_t c) {
  return is_han(c) || (c >= 0x3000 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff60);
}

constexpr std::string_view kOpen = "（";
constexpr std::string_view kClose = "）";

// Goes through a Chinese text and keeps its first row of English words.
class Reading {
 public:
  Reading(std::string_view text, const std::set<std::string>& terms) : text_(text), terms_(terms) {
    while (at_ < text_.size()) step();
    end_row();
  }

  std::string found() const { return has_han_ ? prose_ : single_; }

 private:
  void step() {
    const auto [code, size] = character_at(text_, at_);
    if (text_.compare(at_, 2, "${") == 0) {
      at_ = std::min(text_.find('}', at_), text_.size() - 1) + 1;
    } else if (behind_han_ && text_.compare(at_, kOpen.size(), kOpen) == 0) {
      end_row();
      const auto close = text_.find(kClose, at_);
      at_ = close == std::string_view::npos ? text_.size() : close + kClose.size();
    } else if (is_name_part(static_cast<char>(code)) && size == 1) {
      take_token();
    } else {
      if (code != ' ') end_row();
      has_han_ |= is_han(code);
      behind_han_ = is_han(code);
      at_ += size;
    }
  }

  void take_token() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
    std::string_view token = text_.substr(begin, at_ - begin);
    const bool ends_sentence = token.back() == '.';
    if (ends_sentence) token.remove_suffix(1);
    behind_han_ = false;
    const bool is_call = at_ < text_.size() && text_[at_] == '(';
    if (is_word(token) && !is_call && terms_.count(lower(token)) == 0) {
      if (row_.empty()) row_begin_ = begin;
      row_end_ = begin + token.size();
      row_.push_back(token);
    }
    if (ends_sentence) end_row();
  }

  // A row of words that all begin with a capital may be a name.
  void end_row() {
    const bool is_prose = std::any_of(row_.begin(), row_.end(),
                                      [](std::string_view word) { return is_lower(word[0]); });
    // As written in the text, including the terms between its words.
    const std::string row(row_.empty() ? "" : text_.substr(row_begin_, row_end_ - row_begin_));
    if (is_prose && row_.size() > 1 && prose_.empty()) prose_ = row;
    if (single_.empty()) single_ = row;
    row_.clear();
  }

  std::string_view text_;
  const std::set<std::string>& terms_;
  std::size_t at_ = 0;
  bool has_han_ = false;
  bool behind_han_ = false;
  std::vector<std::string_view> row_;
  std::size_t row_begin_ = 0;
  std::size_t row_end_ = 0;
  std::string prose_;   // of two words or more
  std::string single_;  // of any length
};

}  // namespace

std::set<std::string> terms_of(const Json& json) {
  std::set<std::string> terms{"seq", "ack", "len", "win", "flags", "src", "dst", "mss", "ts"};
  for (const auto name : lab::verb_names()) add_words(name, terms);
  for (const auto name : host::kCallNames) add_words(name, terms);
  for (const auto& profile : tcp::profiles()) add_words(profile.id, terms);
  add_words_of_values(json, terms);
  return terms;
}

std::string english_in(std::string_view chinese, const std::set<std::string>& terms) {
  return Reading(chinese, terms).found();
}

std::string chinese_in(std::string_view english) {
  std::size_t at = 0;
  while (at < english.size() && !is_chinese(character_at(english, at).code)) {
    at += character_at(english, at).size;
  }
  const std::size_t begin = std::min(at, english.size());
  while (at < english.size() && is_chinese(character_at(english, at).code)) {
    at += character_at(english, at).size;
  }
  return std::string(english.substr(begin, at - begin));
}

}  // namespace tcplab::exercise
