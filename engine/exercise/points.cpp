#include "exercise/points.hpp"

#include <algorithm>
#include <string>

#include "exercise/question.hpp"

namespace tcplab::exercise {

namespace {

constexpr std::uint64_t in_full = 2;
constexpr std::uint64_t half = 1;
constexpr std::uint64_t nothing = 0;

class Tally {
 public:
  // Counts only the points that no earlier answer had.
  void add(std::uint64_t score, std::uint64_t worth) {
    if (score > best_) half_points_ += (score - best_) * worth;
    best_ = std::max(best_, score);
  }
  std::uint64_t half_points() const { return half_points_; }

 private:
  std::uint64_t best_ = 0;
  std::uint64_t half_points_ = 0;
};

const Json* told(const Json& history, const char* key, const std::string& step) {
  const auto all = history.find(key);
  if (all == history.end() || !all->is_object()) return nullptr;
  const auto one = all->find(step);
  return one == all->end() ? nullptr : &*one;
}

std::uint64_t score_of(const Json& verdict) { return verdict.at("score").get<std::uint64_t>(); }

std::uint64_t earned(const Json& verdict, const Json& question, const std::string& step,
                     const Json& history, Bench& bench) {
  Tally tally;
  std::uint64_t before = 0;
  if (const Json* earlier = told(history, "earlier", step); earlier && earlier->is_array()) {
    for (const Json& answer : *earlier) {
      tally.add(score_of(judge(question, answer, bench)), before++ == 0 ? in_full : half);
    }
  }
  const Json* tries = told(history, "tries", step);
  const bool first = before == 0 && (tries == nullptr || *tries <= 1);
  const Json* revealed = told(history, "revealed", step);
  const bool copied = revealed && *revealed == true && verdict.at("correct") == true;
  tally.add(score_of(verdict), copied ? nothing : first ? in_full : half);
  return tally.half_points();
}

const Json& with_id(const Json& list, const Json& id) {
  return *std::find_if(list.begin(), list.end(),
                       [&](const Json& each) { return each.at("id") == id; });
}

}  // namespace

void award(Json& verdict, const Json& questions, const Json& history, Bench& bench) {
  std::uint64_t all = 0;
  for (Json& judged : verdict.at("questions")) {
    const Json& question = with_id(questions, judged.at("id"));
    const auto& id = judged.at("id").get_ref<const std::string&>();
    std::uint64_t sum = 0;
    if (const auto parts = judged.find("parts"); parts != judged.end()) {
      for (Json& part : *parts) {
        const std::string step = id + "/" + part.at("id").get_ref<const std::string&>();
        const auto points =
            earned(part, with_id(question.at("parts"), part.at("id")), step, history, bench);
        part["half_points"] = points;
        sum += points;
      }
    } else {
      sum = earned(judged, question, id, history, bench);
    }
    judged["half_points"] = sum;
    all += sum;
  }
  verdict["half_points"] = all;
}

}  // namespace tcplab::exercise
