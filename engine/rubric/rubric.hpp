// The published rules that find ideas in a text ("tcplab-rubric/1"): data for both languages.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "format/document.hpp"
#include "format/shape.hpp"
#include "rubric/tokens.hpp"

namespace tcplab::rubric {

// One or more consecutive words. A star at the end of a word stands for any further letters.
struct Phrase {
  struct Word {
    std::string text;
    bool is_beginning;
  };
  std::vector<Word> words;
};

struct WordSet {
  std::string name;
  std::vector<Phrase> phrases;
};

// A rule fits a text that has, for each place, a phrase from one of the place's sets (given by
// their indices).
struct Rule {
  std::vector<std::vector<std::size_t>> places;
  std::size_t within;     // tokens from the first to the last
  std::size_t sentences;  // how many it may span
  bool one_clause;
  bool any_order;
  bool negation_flips;                // whether a "not" before it reverses its meaning
  std::vector<std::size_t> excluded;  // sets of which its sentences hold no phrase
};

struct Idea {
  std::string id;
  bool wrong;  // a good answer does not say it
  std::vector<Rule> rules;
  std::vector<Rule> against;
};

struct Rubric {
  std::string exercise;
  std::string part;
  std::vector<WordSet> sets;
  std::vector<Idea> ideas;
  // Sets that mean the same in every rubric.
  std::size_t negation;  // "not": reverses the meaning of what follows
  std::size_t denial;    // "is wrong": reverses the meaning of what came before
  std::size_t neutral;   // "not only": contains a negation that negates nothing
  std::size_t speech;    // "if", "so": a sentence without any is a list of words
};

const format::Shape& rubric_shape();

tl::expected<Rubric, format::Problems> parse_rubric(std::string_view text);

}  // namespace tcplab::rubric
