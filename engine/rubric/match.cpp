#include "rubric/match.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "rubric/occurrences.hpp"

namespace tcplab::rubric {

namespace {

using format::Json;

// A "not" at most so many tokens before a statement negates it, and an "is wrong" at most so many
// tokens after it.
constexpr std::size_t kReachBefore = 5;
constexpr std::size_t kReachAfter = 6;

// A place where a rule fits.
struct Fit {
  std::vector<Occurrence> words;
  std::size_t first;
  std::size_t last;
};

class Matcher {
 public:
  Matcher(const Rubric& rubric, std::string_view text)
      : text_(tokens(text)), found_(occurrences(rubric, text_)), denials_(found_[rubric.denial]) {
    std::vector<bool> is_neutral(text_.size());
    for (const Occurrence& each : found_[rubric.neutral]) {
      for (std::size_t at = each.first; at <= each.last; ++at) is_neutral[at] = true;
    }
    for (const Occurrence& each : found_[rubric.negation]) {
      if (!is_neutral[each.first]) negations_.push_back(each);
    }
    const std::size_t sentences = text_.empty() ? 0 : text_.back().sentence + 1;
    begins_.resize(sentences, text_.size());
    for (std::size_t at = text_.size(); at-- > 0;) begins_[text_[at].sentence] = at;
    is_speech_.resize(sentences);
    for (const Occurrence& each : found_[rubric.speech]) {
      is_speech_[text_[each.first].sentence] = true;
    }
  }

  Finding judge(const Idea& idea) const {
    Finding finding{idea.id, idea.wrong};
    Fits said = fits(idea.rules);
    Fits opposed = fits(idea.against);
    if (opposed.affirmed)
      return told(std::move(finding), Outcome::kContradicted, *opposed.affirmed);
    if (said.affirmed) return told(std::move(finding), Outcome::kFound, *said.affirmed);
    // To deny a wrong idea is right, and no contradiction.
    if (said.negated && !idea.wrong) {
      return told(std::move(finding), Outcome::kContradicted, *said.negated);
    }
    return finding;
  }

 private:
  struct Fits {
    std::optional<Fit> affirmed;
    std::optional<Fit> negated;
  };

  // The first affirmed fit and the first negated one.
  Fits fits(const std::vector<Rule>& rules) const {
    Fits fits;
    for (const Rule& rule : rules) {
      each_fit(rule, [&](Fit&& fit) {
        auto& place = rule.negation_flips && is_negated(fit) ? fits.negated : fits.affirmed;
        if (!place) place = std::move(fit);
      });
      if (fits.affirmed) break;
    }
    return fits;
  }

  template <typename Use>
  void each_fit(const Rule& rule, Use use) const {
    std::vector<std::vector<Occurrence>> places;
    for (const auto& sets : rule.places) places.push_back(any_of(sets));
    if (rule.any_order) {
      for (std::size_t i = 0; i < places.size(); ++i) {
        std::rotate(places.begin(), places.begin() + (i > 0 ? 1 : 0), places.end());
        for (const Occurrence& start : places.front()) {
          if (auto fit = after(rule, places, start, start.first)) use(std::move(*fit));
        }
      }
      return;
    }
    for (const Occurrence& start : places.front()) {
      if (auto fit = after(rule, places, start, std::nullopt)) use(std::move(*fit));
    }
  }

  // The fit with the nearest words for the other places: each after the one before or, if `from` is
  // given, each at or after `from`.
  std::optional<Fit> after(const Rule& rule, const std::vector<std::vector<Occurrence>>& places,
                           const Occurrence& start, std::optional<std::size_t> from) const {
    Fit fit{{start}, start.first, start.last};
    for (std::size_t i = 1; i < places.size(); ++i) {
      const Occurrence* next = first_from(places[i], from ? *from : fit.last + 1);
      if (next == nullptr) return std::nullopt;
      fit.words.push_back(*next);
      fit.last = std::max(fit.last, next->last);
      if (fit.last - fit.first >= rule.within) return std::nullopt;
    }
    if (rule.one_clause && text_[fit.first].clause != text_[fit.last].clause) return std::nullopt;
    const auto sentence = text_[fit.first].sentence;
    if (text_[fit.last].sentence - sentence >= rule.sentences) return std::nullopt;
    for (auto each = sentence; each <= text_[fit.last].sentence; ++each) {
      if (!is_speech_[each]) return std::nullopt;
    }
    return holds_excluded(rule, fit) ? std::nullopt : std::optional(std::move(fit));
  }

  static const Occurrence* first_from(const std::vector<Occurrence>& all, std::size_t from) {
    const auto found = lower(all, from);
    return found == all.end() ? nullptr : &*found;
  }

  static std::vector<Occurrence>::const_iterator lower(const std::vector<Occurrence>& all,
                                                       std::size_t from) {
    return std::lower_bound(all.begin(), all.end(), from,
                            [](const Occurrence& each, std::size_t at) { return each.first < at; });
  }

  std::vector<Occurrence> any_of(const std::vector<std::size_t>& sets) const {
    std::vector<Occurrence> all;
    for (const std::size_t set : sets)
      all.insert(all.end(), found_[set].begin(), found_[set].end());
    std::stable_sort(all.begin(), all.end(),
                     [](const Occurrence& a, const Occurrence& b) { return a.first < b.first; });
    return all;
  }

  bool holds_excluded(const Rule& rule, const Fit& fit) const {
    const std::size_t from = begins_[text_[fit.first].sentence];
    const auto to = text_[fit.last].sentence;
    return std::any_of(rule.excluded.begin(), rule.excluded.end(), [&](std::size_t set) {
      const Occurrence* next = first_from(found_[set], from);
      return next != nullptr && text_[next->first].sentence <= to;
    });
  }

  // Whether an odd number of negations applies. A negation that is itself part of the fit does not
  // count.
  bool is_negated(const Fit& fit) const {
    const auto belongs = [&](std::size_t at) {
      return std::any_of(fit.words.begin(), fit.words.end(), [at](const Occurrence& word) {
        return word.first <= at && at <= word.last;
      });
    };
    std::size_t count = 0;
    const std::size_t near = fit.first - std::min(fit.first, kReachBefore);
    for (auto each = lower(negations_, near); each != negations_.end(); ++each) {
      const std::size_t at = each->first;
      if (at > fit.last) break;
      const bool is_aside = at < fit.first && text_[at].clause != text_[fit.first].clause;
      if (!is_aside && !belongs(at)) ++count;
    }
    const auto denial = lower(denials_, fit.last + 1);
    if (denial != denials_.end() && denial->first <= fit.last + kReachAfter &&
        text_[denial->first].sentence == text_[fit.last].sentence) {
      ++count;
    }
    return count % 2 == 1;
  }

  Finding told(Finding finding, Outcome outcome, const Fit& fit) const {
    finding.outcome = outcome;
    for (const Occurrence& word : fit.words) {
      finding.spans.push_back({text_[word.first].from, text_[word.last].to});
    }
    std::sort(finding.spans.begin(), finding.spans.end(),
              [](const Span& a, const Span& b) { return a.from < b.from; });
    return finding;
  }

  std::vector<Token> text_;
  Occurrences found_;
  std::vector<Occurrence> negations_;
  std::vector<Occurrence> denials_;
  std::vector<std::size_t> begins_;  // the first token of each sentence
  std::vector<bool> is_speech_;
};

}  // namespace

tl::expected<std::vector<Finding>, format::Problems> match(const Rubric& rubric,
                                                           std::string_view text) {
  // A code point has at most four bytes, so a longer text need not be counted.
  if (text.size() > 4 * kLongestText || format::characters(text) > kLongestText) {
    return tl::unexpected(
        format::Problems{{"", 0, 0,
                          format::say({"the text is too long; allowed: at most {0} characters",
                                       "文字太长；允许：最多 {0} 个字符"},
                                      {std::to_string(kLongestText)})}});
  }
  const Matcher matcher(rubric, text);
  std::vector<Finding> findings;
  for (const Idea& idea : rubric.ideas) findings.push_back(matcher.judge(idea));
  return findings;
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::kFound:
      return "found";
    case Outcome::kContradicted:
      return "contradicted";
    case Outcome::kNotFound:
      break;
  }
  return "not_found";
}

Json to_json(const std::vector<Finding>& findings) {
  Json ideas = Json::array();
  for (const Finding& finding : findings) {
    Json spans = Json::array();
    for (const Span& span : finding.spans) spans.push_back(Json::array({span.from, span.to}));
    ideas.push_back({{"id", finding.id},
                     {"wrong", finding.wrong},
                     {"outcome", std::string(name_of(finding.outcome))},
                     {"spans", std::move(spans)}});
  }
  return {{"ideas", std::move(ideas)}};
}

}  // namespace tcplab::rubric
