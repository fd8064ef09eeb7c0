#include "rubric/occurrences.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace tcplab::rubric {

namespace {

struct Entry {
  std::size_t set;
  const Phrase* phrase;
};

// Phrases by their first word or its first letters, so that few phrases are tried at each token.
class Index {
 public:
  explicit Index(const Rubric& rubric) {
    for (std::size_t set = 0; set < rubric.sets.size(); ++set) {
      for (const Phrase& phrase : rubric.sets[set].phrases) {
        const Phrase::Word& first = phrase.words.front();
        auto& shelf = first.is_beginning ? beginnings_[start_of(first.text)] : words_[first.text];
        shelf.push_back({set, &phrase});
      }
    }
  }

  template <typename Use>
  void each_at(std::string_view token, Use use) const {
    each_on(words_, token, use);
    each_on(beginnings_, start_of(token), use);
  }

 private:
  using Shelves = std::unordered_map<std::string_view, std::vector<Entry>>;

  static std::string_view start_of(std::string_view word) { return word.substr(0, 3); }

  template <typename Use>
  static void each_on(const Shelves& shelves, std::string_view key, Use use) {
    const auto shelf = shelves.find(key);
    if (shelf == shelves.end()) return;
    for (const Entry& entry : shelf->second) use(entry);
  }

  Shelves words_;
  Shelves beginnings_;
};

bool fits(const Phrase::Word& word, std::string_view token) {
  return word.is_beginning ? token.substr(0, word.text.size()) == word.text : token == word.text;
}

// A phrase must lie within one sentence.
bool stands_at(const Phrase& phrase, const std::vector<Token>& text, std::size_t at) {
  if (text.size() - at < phrase.words.size()) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (text[at + i].sentence != text[at].sentence) return false;
    if (!fits(phrase.words[i], text[at + i].text)) return false;
  }
  return true;
}

}  // namespace

Occurrences occurrences(const Rubric& rubric, const std::vector<Token>& text) {
  const Index index(rubric);
  Occurrences found(rubric.sets.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    index.each_at(text[at].text, [&](const Entry& entry) {
      if (!stands_at(*entry.phrase, text, at)) return;
      const std::size_t last = at + entry.phrase->words.size() - 1;
      auto& here = found[entry.set];
      if (!here.empty() && here.back().first == at) {
        here.back().last = std::max(here.back().last, last);
      } else {
        here.push_back({at, last});
      }
    });
  }
  return found;
}

}  // namespace tcplab::rubric
