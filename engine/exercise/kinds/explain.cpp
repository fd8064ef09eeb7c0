// A question with parts that are answered one after the other: claim, evidence, counterexamples,
// words.
#include <algorithm>

#include "exercise/answer_key.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/verdict.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::say;

std::uint64_t points_of_parts(const Json& question) {
  std::uint64_t sum = 0;
  for (const Json& part : question.at("parts")) sum += points(part);
  return sum;
}

void show_explain(const Json& question, const Setting& setting, Json& json) {
  json["pause"] = nullptr;
  json["parts"] = Json::array();
  for (const Json& part : question.at("parts")) {
    json["parts"].push_back(shown(part, json["hints"], setting));
  }
}

format::Text unknown_part(const Json& question, const Json& answer) {
  format::Text unknown;
  for (const auto& [key, value] : answer.get_ref<const Json::object_t&>()) {
    const auto named = [&id = key](const Json& part) { return part.at("id") == id; };
    const auto& all = question.at("parts");
    if (std::none_of(all.begin(), all.end(), named)) {
      unknown = say({"no part is called {0}", "没有叫 {0} 的部分"}, {format::quote(key)});
    }
  }
  return unknown;
}

Json judge_parts(const Json& question, const Json& answer, Bench& bench) {
  if (!answer.is_object()) {
    return unreadable(question, say({"found {0}; allowed: an object by part",
                                     "发现 {0}；允许：一个对象，按部分列出"},
                                    {format::show(answer)}));
  }
  Json parts = Json::array();
  std::uint64_t score = 0;
  for (const Json& part : question.at("parts")) {
    const auto& id = part.at("id").get_ref<const std::string&>();
    if (!answer.contains(id)) continue;
    parts.push_back(judge(part, answer.at(id), bench));
    score += parts.back().at("score").get<std::uint64_t>();
  }
  Json verdict = blank_verdict(question);
  verdict["score"] = score;
  verdict["correct"] = score == points(question);
  verdict["parts"] = std::move(parts);
  tell_unknown(verdict, unknown_part(question, answer));
  return verdict;
}

// The right answers by part.
Json right_answers_of_parts(const Json& question, Bench& bench) {
  Json parts = Json::object();
  for (const Json& part : question.at("parts")) {
    parts[part.at("id").get_ref<const std::string&>()] = kind_of(part).right_answer(part, bench);
  }
  return parts;
}

Chance guess_explain(const Json& question, Bench& bench) {
  Chance chance;
  for (const Json& part : question.at("parts")) {
    const Chance inner = kind_of(part).guess(part, bench);
    chance.points += inner.points;
    chance.all *= inner.all;
  }
  return chance;
}

}  // namespace

const Kind& explain_kind() {
  static const Kind kind{
      .name = "explain",
      .doc = "Claim, evidence, counterexamples, words",
      .fields =
          [] {
            return std::vector<format::Field>{
                required("parts", array(part_shape(), 1, 10), "The parts, in order")};
          },
      .stands_alone = true,
      .points = points_of_parts,
      .show = show_explain,
      .judge = judge_parts,
      .right_answer = right_answers_of_parts,
      .also_right = [](const Json& q, Bench& bench) { return also_right(q.at("parts"), bench); },
      .guess = guess_explain,
  };
  return kind;
}

}  // namespace tcplab::exercise
