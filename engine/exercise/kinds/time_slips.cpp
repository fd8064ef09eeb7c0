// Recognisable mistakes in times: another time that was asked for, the wrong unit, counted from
// another moment, one trip too few or too many, half of the round-trip time for a one-way delay.
#include <algorithm>
#include <map>
#include <utility>

#include "exercise/kinds/moment.hpp"
#include "exercise/kinds/time.hpp"
#include "exercise/slip.hpp"

namespace tcplab::exercise {

namespace {

using format::say;
using format::Text;

// One-way delays between hosts, from the first segment in each direction.
using Ways = std::map<std::pair<std::string, std::string>, Time>;

Ways ways_of(const Run& run) {
  Ways ways;
  std::map<Json, std::size_t> sent;  // by id
  for (std::size_t n = 0; n < run.events.size(); ++n) {
    const auto kind = run.events.kind(n);
    if (kind != "segment.sent" && kind != "segment.received") continue;
    const Json& id = run.events[n].at("segment").at("id");
    if (kind == "segment.sent") {
      sent.emplace(id, n);
    } else if (const auto start = sent.find(id); start != sent.end()) {
      const auto from = run.events.host(start->second);
      ways.emplace(std::pair(from, run.events.host(n)),
                   run.events.time(n) - run.events.time(start->second));
    }
  }
  return ways;
}

// A time that was asked for, and the answer.
struct Wrong {
  const Json& asked;
  Time given;
  Time right;
};

struct Mistake {
  const char* kind;
  format::Sentence text;  // about the times with this mistake
};
constexpr Mistake kUnit{
    "unit", {"The number fits, but with another unit: {0}.", "数字对，但单位不对：{0}。"}};
constexpr Mistake kMomentGiven{"moment",
                               {"This is the moment, and how long it takes is asked: {0}.",
                                "这里填的是时刻，题目问的是时长：{0}。"}};
constexpr Mistake kLengthGiven{"length",
                               {"This is how long it takes, and the moment is asked: {0}.",
                                "这里填的是时长，题目问的是时刻：{0}。"}};
constexpr Mistake kOneWay{
    "one_way", {"The time is off by one one-way delay: {0}.", "时间差了一个单程时延：{0}。"}};
constexpr Mistake kRoundTrip{
    "round_trip",
    {"Off by half a round trip, or a whole one. Add up the ways one by one: {0}.",
     "差了半个或一个往返。请把各个单程逐个相加：{0}。"}};

class Slips {
 public:
  explicit Slips(const Statement& statement)
      : statement_(statement),
        question_(*statement.question),
        ways_(ways_of(*statement.run)),
        tolerance_(tolerance_of(question_)) {}

  // The mistake in one time; nullptr if none is recognised.
  const Mistake* of(const Wrong& wrong) const {
    if (is_near(wrong.given, 1000 * wrong.right) || is_near(1000 * wrong.given, wrong.right)) {
      return &kUnit;
    }
    if (counts_from_elsewhere(wrong)) return is_length(wrong.asked) ? &kMomentGiven : &kLengthGiven;
    if (is_off_by_one_way(wrong)) return &kOneWay;
    return is_off_by_round_trips(wrong) ? &kRoundTrip : nullptr;
  }

 private:
  bool is_near(Time one, Time other) const { return std::chrono::abs(one - other) <= tolerance_; }
  // Whether the answer counts from the start of the run instead of the event "from", or the other
  // way round.
  bool counts_from_elsewhere(const Wrong& wrong) const {
    const auto from = wrong.asked.find("from");
    if (from == wrong.asked.end()) return false;
    const auto begin = first_at(*from, question_, *statement_.run);
    if (!begin) return false;
    const Time start = statement_.run->events.time(*begin);
    return is_near(wrong.given, is_length(wrong.asked) ? wrong.right + start : wrong.right - start);
  }
  bool is_off_by(const Wrong& wrong, Time by) const {
    return by > tolerance_ && is_near(std::chrono::abs(wrong.given - wrong.right), by);
  }
  bool is_off_by_one_way(const Wrong& wrong) const {
    return std::any_of(ways_.begin(), ways_.end(),
                       [&](const auto& way) { return is_off_by(wrong, way.second); });
  }
  // Whether it is off by a round-trip time, by half of that, or by the difference between that half
  // and a one-way delay.
  bool is_off_by_round_trips(const Wrong& wrong) const {
    return std::any_of(ways_.begin(), ways_.end(), [&](const auto& way) {
      const auto back = ways_.find({way.first.second, way.first.first});
      if (back == ways_.end()) return false;
      const Time round_trip = way.second + back->second;
      const Time half = round_trip / 2;
      return is_off_by(wrong, round_trip) || is_off_by(wrong, half) ||
             is_off_by(wrong, std::chrono::abs(half - way.second));
    });
  }

  const Statement& statement_;
  const Json& question_;
  Ways ways_;
  Time tolerance_;
};

const Json* time_named(const Json& question, const std::string& field) {
  for (const Json& time : question.at("times")) {
    if (time.at("id") == field) return &time;
  }
  return nullptr;
}

Json swapped(const Statement& statement, const std::vector<std::string>& wrong) {
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    for (std::size_t k = i + 1; k < wrong.size(); ++k) {
      const Json* one = time_named(*statement.question, wrong[i]);
      const Json* other = time_named(*statement.question, wrong[k]);
      if (one == nullptr || other == nullptr) continue;
      const auto has = [&](const std::string& field, const std::string& of) {
        const auto given = moment_of(statement.given.at(field));
        const auto right = moment_of(statement.right.at(of));
        return given && right &&
               std::chrono::abs(*given - *right) <= tolerance_of(*statement.question);
      };
      if (!has(wrong[i], wrong[k]) || !has(wrong[k], wrong[i])) continue;
      return slip("swapped", Json::array({wrong[i], wrong[k]}),
                  say({"Each of these has the time of the other: {0}, {1}.",
                       "这两个时间填反了：{0}，{1}。"},
                      {format::read_text(one->at("text")), format::read_text(other->at("text"))}));
    }
  }
  return {};
}

}  // namespace

Json slips_of_times(const Statement& statement, const std::vector<std::string>& wrong) {
  if (Json found = swapped(statement, wrong); !found.is_null()) return Json::array({found});
  const Slips slips(statement);
  Json told = Json::array();
  for (const Mistake* mistake : {&kUnit, &kMomentGiven, &kLengthGiven, &kOneWay, &kRoundTrip}) {
    Json fields = Json::array();
    Text names;
    for (const auto& field : wrong) {
      const Json* asked = time_named(*statement.question, field);
      const auto given = moment_of(statement.given.at(field));
      const auto right = moment_of(statement.right.at(field));
      if (asked == nullptr || !given || !right) continue;
      if (slips.of({*asked, *given, *right}) != mistake) continue;
      const Text name = format::read_text(asked->at("text"));
      names = names.empty() ? name : say({"{0}, {1}", "{0}、{1}"}, {names, name});
      fields.push_back(field);
    }
    if (!fields.empty()) {
      told.push_back(slip(mistake->kind, std::move(fields), say(mistake->text, {names})));
    }
  }
  return told;
}

}  // namespace tcplab::exercise
