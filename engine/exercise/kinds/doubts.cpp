#include "exercise/kinds/doubts.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "exercise/check_answers.hpp"
#include "exercise/diagnosis.hpp"
#include "exercise/exercise.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/shapes.hpp"
#include "exercise/verdict.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using namespace format::shapes;
using format::Reader;
using format::say;
using format::Text;

constexpr const char* kField = "can";

const Json* doubt_of(const Json& question, const Json& id) {
  for (const Json& doubt : question.at("doubts")) {
    if (doubt.at("id") == id) return &doubt;
  }
  return nullptr;
}

bool has_mutant(const Json& mutants, const Json& doubt) {
  const auto own = doubt.find("mutant");
  if (own == doubt.end()) return false;
  if (!mutants.is_array()) return mutants == *own;
  return std::find(mutants.begin(), mutants.end(), *own) != mutants.end();
}

// The reason that is true in the world of these mutants; null if there is none.
Json said_under(const Json& question, const Json& mutants) {
  for (const Json& doubt : question.at("doubts")) {
    if (has_mutant(mutants, doubt)) return doubt.at("id");
  }
  return nullptr;
}

// The misconception that a reason shows.
std::string idea_of(const Json& doubt, const Json& teaches) {
  if (const auto shows = doubt.find("shows"); shows != doubt.end()) return *shows;
  const auto& mutant = doubt.at("mutant").get_ref<const std::string&>();
  return names_of(*tcp::find_mutant(mutant), teaches).front();
}

Text unknown(const Json& can, const Json& question) {
  std::vector<std::string> ids{std::string(kCanBeDone)};
  for (const Json& doubt : question.at("doubts")) ids.push_back(doubt.at("id"));
  const auto id = can.is_string() ? can.get<std::string>() : format::dump(can);
  return say(
      {"whether it can be done: found {0}{1}; allowed: {2}", "能否做到：发现 {0}{1}；允许：{2}"},
      {format::quote(id), format::suggestion(id, ids), format::list(ids)});
}

bool is_asked(const Json& question) { return question.contains("doubts"); }

}  // namespace

format::Field doubts_field() {
  std::vector<std::string> mutants;
  for (const auto& each : tcp::mutants()) mutants.emplace_back(each.id);
  const format::Shape doubt =
      object({"doubt", "疑虑"},
             {required("id", identifier(), "Its name in the answer"),
              required("text", bilingual(), "How it goes on behind \"No:\""),
              optional("mutant", enumeration(std::move(mutants)), "In whose world it is so"),
              optional("shows", misconception_shape(), "What saying it shows, without a mutant")},
             {{"mutant", "shows"}});
  return optional("doubts", array(doubt, 1, 5),
                  "Asks before anything is done whether it can be done, and offers these reasons "
                  "why it could not; the answer is then {\"can\": \"yes\", \"plan\": [...]}");
}

void check_ids_of_doubts(const Reader& question) {
  check_ids(question["doubts"], say({"doubts", "疑虑"}));
  for (const Reader& doubt : question["doubts"].items()) {
    if (doubt["id"].text() != kCanBeDone) continue;
    doubt["id"].problem(say({"\"yes\" says that it can be done, so no doubt is called so",
                             "\"yes\" 表示能做到，所以疑虑不能用这个名字"}));
  }
}

std::uint64_t fields_of_doubts(const Json& question) { return is_asked(question) ? 1 : 0; }

void show_doubts(const Json& question, Json& shown) {
  if (!is_asked(question)) return;
  shown["doubts"] = Json::array();
  for (const Json& doubt : question.at("doubts")) {
    shown["doubts"].push_back({{"id", doubt.at("id")}, {"text", doubt.at("text")}});
  }
}

Said said_in(const Json& answer, const Json& question) {
  if (!is_asked(question) || answer.is_array()) return {nullptr, answer, {}};
  static const format::Shape shape =
      object({"answer", "答案"}, {optional(kField, any(), ""), optional("plan", any(), "")});
  const auto problems = format::check(shape, answer, format::Source{});
  if (!problems.empty()) return {nullptr, nullptr, problems.front().message};
  return {answer.value(kField, Json()), answer.value("plan", Json::array()), {}};
}

Json handed_in(const Json& question, Json plan) {
  if (!is_asked(question)) return plan;
  return {{kField, kCanBeDone}, {"plan", std::move(plan)}};
}

bool judge_said(const Json& question, const Json& can, Json& verdict) {
  if (!is_asked(question)) return true;
  const bool correct = can == kCanBeDone;
  const bool is_known = can.is_null() || correct || doubt_of(question, can) != nullptr;
  Json field{{"name", kField}, {"answer", is_known ? can : Json()}, {"correct", correct}};
  if (is_known) {
    field["expected"] = kCanBeDone;
  } else {
    field["problem"] = format::to_json(unknown(can, question));
  }
  verdict["fields"] = Json::array({std::move(field)});
  return correct;
}

void state_said(const Json& question, const Json& can, const RunPtr& run,
                const std::function<RunPtr(const Json& mutants)>& run_under, Bench& bench) {
  if (!is_asked(question)) return;
  const Json* doubt = doubt_of(question, can);
  if (doubt == nullptr && can != kCanBeDone) return;
  const auto under = [&question](const Json& mutants) -> std::optional<Json> {
    Json said = said_under(question, mutants);
    if (said.is_null()) return std::nullopt;
    return Json{{kField, std::move(said)}};
  };
  Statement statement{&question, {{kField, can}}, {{kField, kCanBeDone}}, under, run, run_under};
  if (doubt != nullptr) {
    statement.declared.push_back(
        {{"misconception", idea_of(*doubt, bench.teaches)}, {"fields", Json::array({kField})}});
  }
  bench.attempt.push_back(std::move(statement));
}

Json right_said(const Json& question, Bench& bench) {
  if (!is_asked(question)) return nullptr;
  const Json said = said_under(question, bench.runs.scenario().value("mutant", Json()));
  return {{kField, said.is_null() ? Json(kCanBeDone) : said}};
}

void check_doubts(const Reader& question, Bench& bench) {
  const auto doubts = question["doubts"].items();
  for (std::size_t i = 0; i < doubts.size(); ++i) {
    const std::string shown = idea_of(doubts[i].json(), bench.teaches);
    if (std::find(bench.teaches.begin(), bench.teaches.end(), shown) == bench.teaches.end()) {
      doubts[i].problem(say({"this shows {0}, which \"teaches\" does not name",
                             "这一项显示 {0}，而 \"teaches\" 中没有"},
                            {format::quote(shown)}));
    }
    for (std::size_t k = 0; k < i; ++k) {
      for (const char* language : kLanguages) {
        if (doubts[i]["text"][language].text() != doubts[k]["text"][language].text()) continue;
        doubts[i]["text"][language].problem(
            say({"the doubts {0} and {1} read the same", "疑虑 {0} 和 {1} 的文字相同"},
                {format::quote(doubts[k]["id"].text()), format::quote(doubts[i]["id"].text())}));
      }
    }
  }
}

void check_worlds_of_doubts(
    const Reader& question, const Reader& plans,
    const std::function<bool(const Json& plan, const Json& mutant)>& passes) {
  for (const Reader& doubt : question["doubts"].items()) {
    if (!doubt.has("mutant")) continue;
    std::size_t number = 0;
    for (const Reader& plan : plans.items()) {
      ++number;
      if (!passes(plan.json(), doubt["mutant"].json())) continue;
      doubt["mutant"].problem(say({"plan {0} of the witness passes under {1}, so it can be done "
                                   "there",
                                   "样例答案的方案 {0} 在 {1} 之下也能通过，所以在那里能做到"},
                                  {std::to_string(number), doubt["mutant"].text()}));
      break;
    }
  }
}

}  // namespace tcplab::exercise
