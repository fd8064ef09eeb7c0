// Measures how well a rubric's rules agree with answers that people have labelled
// ("tcplab-labelled/1").
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "format/problem.hpp"
#include "format/shape.hpp"
#include "rubric/match.hpp"
#include "rubric/rubric.hpp"

namespace tcplab::rubric {

struct Labelled {
  std::string id;
  std::string language;
  std::string part;  // "tuned": used to write the rules; "held_out": not used
  std::string kind;  // "right", "wrong", "adversarial", "metamorphic"
  std::string text;
  std::vector<Outcome> outcomes;  // one for each idea of the rubric
  std::string same_as;            // the answer that says the same; empty: none
};

const format::Shape& labelled_shape();

tl::expected<std::vector<Labelled>, format::Problems> parse_labelled(const Rubric& rubric,
                                                                     std::string_view text);

// How often each outcome was labelled (row) and told (column).
struct Counts {
  std::size_t of[3][3] = {};

  void add(Outcome labelled, Outcome told);
  Counts& operator+=(const Counts& other);
  std::size_t all() const;
  // Of the outcomes that are told (precision) or labelled (recall) as found or contradicted, the
  // fraction on which labels and rules agree. -1 if there are none.
  double precision() const;
  double recall() const;
  // Cohen's kappa of the three outcomes; 1 if both always give the same outcome.
  double kappa() const;
};

struct Miss {
  std::string answer;
  std::string idea;
  Outcome labelled;
  Outcome told;
};

struct Measured {
  std::vector<Counts> ideas;  // in the rubric's order
  Counts all;
  std::size_t answers = 0;
  std::size_t whole = 0;  // answers in which every outcome is as labelled
  std::vector<Miss> misses;
  std::size_t pairs = 0;  // of answers that say the same in other words or another order
  std::size_t alike = 0;  // pairs that are judged alike
};

// Over the answers of this part, language and kind; "" means any.
Measured measure(const Rubric& rubric, const std::vector<Labelled>& answers, std::string_view part,
                 std::string_view language, std::string_view kind);

// All figures, in Markdown.
std::string report(const Rubric& rubric, const std::vector<Labelled>& answers);

}  // namespace tcplab::rubric
