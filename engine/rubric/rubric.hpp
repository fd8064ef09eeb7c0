// Published rules by which ideas are found in a text ("tcplab-rubric/1"): data in both languages.
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

// A word or several after each other; a star at a word's end stands for any further letters.
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

// Each place is filled by a word of one of its sets, by their index.
struct Rule {
  std::vector<std::vector<std::size_t>> places;
  std::size_t within;     // tokens from the first to the last
  std::size_t sentences;  // over so many it may reach
  bool one_clause;
  bool any_order;
  bool negation_flips;                // "not" before it makes it the opposite
  std::vector<std::size_t> excluded;  // none of these in its sentences
};

struct Idea {
  std::string id;
  bool wrong;  // a text had better not have it
  std::vector<Rule> rules;
  std::vector<Rule> against;
};

struct Rubric {
  std::string exercise;
  std::string part;
  std::vector<WordSet> sets;
  std::vector<Idea> ideas;
  // Sets that mean the same in every rubric.
  std::size_t negation;  // "not": makes what follows the opposite
  std::size_t denial;    // "is wrong": makes what came before the opposite
  std::size_t neutral;   // "not only": holds a negation that is none
  std::size_t speech;    // "if", "so": a sentence without any is a list of words
};

const format::Shape& rubric_shape();

// The problems of its file, or the rules.
tl::expected<Rubric, format::Problems> parse_rubric(std::string_view text);

}  // namespace tcplab::rubric
