#include "exercise/check.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "exercise/check_answers.hpp"
#include "exercise/check_names.hpp"
#include "exercise/check_witness.hpp"
#include "exercise/fields.hpp"
#include "exercise/grade.hpp"
#include "exercise/question.hpp"
#include "format/reader.hpp"
#include "lab/predicate.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

namespace {

using format::Reader;
using format::say;
using format::Text;

Text endless_run() {
  return say({"the run does not end by itself: it reaches a limit (an exercise's run has at most "
              "{0} events)",
              "运行不会自己结束：它会到达上限（练习的一次运行最多 {0} 个事件）"},
             {std::to_string(max_run_events)});
}

// A question's scenario, its "change" or a condition's: whether that can be run at all.
bool check_run(const Reader& what, const RunResult& run) {
  if (run) return true;
  const auto& problem = run.error().front();
  constexpr std::string_view base = "/scenario/";
  const bool inside = problem.pointer.compare(0, base.size(), base) == 0;
  what.problem(
      say({"the scenario cannot be run like this: {0}{1}", "场景不能这样运行：{0}{1}"},
          {inside ? problem.pointer.substr(base.size()) + ": " : std::string(), problem.message}));
  return false;
}
bool check_change(const Reader& change, Runs& runs) {
  return !change || check_run(change, runs.of(change.json()));
}

void check_claim(const Reader& question, Runs& runs) {
  for (const Reader& slot : question["slots"].items()) {
    for (const Reader& option : slot["options"].items()) {
      for (const Reader& condition : option["holds"].items()) {
        check_change(condition["change"], runs);
      }
    }
  }
}

void check_pick(const Reader& question, const Run& run) {
  for (const Reader& need : question["need"].items()) {
    const auto needs = [&](const Reader& match) { return run.find(match.json()) != nullptr; };
    const auto matches = need.items();
    if (std::none_of(matches.begin(), matches.end(), needs)) {
      need.problem(say({"no event of the run matches, so the need cannot be met",
                        "运行中没有匹配的事件，所以这一项无法满足"}));
    }
  }
}

// `before`: the last question with a pause, and its step.
void check_order(const Reader& question, const Run& run, std::pair<std::string, Json>& before) {
  if (const Json* event = pause_event(question.json(), run)) {
    const Json& step = event->at("step");
    if (!before.first.empty() && step < before.second) {
      question["pause"].problem(
          say({"the run comes here before it comes to the pause of {0}; questions stand in the "
               "order of the run",
               "运行先到这里，后到 {0} 的暂停点；问题要按运行的先后顺序排列"},
              {format::quote(before.first)}));
    }
    before = {question["id"].text(), step};
  }
  for (const Reader& part : question["parts"].items()) check_order(part, run, before);
}

bool is_asked_ahead(const Reader& question) {
  const auto parts = question["parts"].items();
  return question.has("pause") || question["kind"].text() == "role" ||
         std::any_of(parts.begin(), parts.end(), is_asked_ahead);
}

bool is_about_the_run_itself(const Reader& value) {
  if (value.has("goal") || value.has("same_time")) return !value.has("change");
  const auto items = value.items();
  const auto members = value.members();
  return std::any_of(items.begin(), items.end(), is_about_the_run_itself) ||
         std::any_of(members.begin(), members.end(),
                     [](const auto& each) { return is_about_the_run_itself(each.second); });
}

// The run is shown to its end while a question without a pause is asked.
void warn_of_open_runs(const Reader& root) {
  const auto questions = root["questions"].items();
  const bool is_ahead = std::any_of(questions.begin(), questions.end(), is_asked_ahead);
  for (const Reader& question : questions) {
    for (const Reader& part : question["parts"].items()) {
      if (part["kind"].text() != "claim" || part.has("pause")) continue;
      if (!is_ahead && !is_about_the_run_itself(part["slots"])) continue;
      part.problem(say({"this claim has no \"pause\", so the whole run is drawn while it is asked",
                        "这个论断没有 \"pause\"，所以提问时整个运行都画出来了"}));
    }
  }
}

// Nobody who believes in such a world has to do anything, so no plan shows the misconception.
void warn_of_idle_worlds(const Reader& question, Bench& bench) {
  for (const Reader& part : question["parts"].items()) warn_of_idle_worlds(part, bench);
  if (question["kind"].text() != "build") return;
  for (const auto& mutant : tcp::mutants()) {
    const std::string_view names[] = {mutant.misconception, mutant.also};
    const auto taught = std::find_first_of(bench.teaches.begin(), bench.teaches.end(),
                                           std::begin(names), std::end(names));
    if (taught == bench.teaches.end()) continue;
    const Json reached = reached_idly(question.json(), mutant.id, bench);
    const auto holds = [](const Json& goal) { return goal.get<bool>(); };
    if (reached.empty() || !std::all_of(reached.begin(), reached.end(), holds)) continue;
    question["goals"].problem(
        say({"under {0} ({1}) the goals are reached by doing nothing, so no plan shows it",
             "在 {0}（{1}）之下什么也不做就达到了目标，所以没有方案能显示它"},
            {format::quote(mutant.id), format::show(*taught)}));
  }
}

void check_build(const Reader& question, Bench& bench) {
  if (const auto own = question["scenario"]) {
    if (!check_run(own, bench.runs.of_scenario(own.json()))) return;
  } else if (!check_change(question["change"], bench.runs)) {
    return;
  }
  const Json idle = judge_build(question.json(), Json::array(), bench);
  if (const auto told = idle.find("problem"); told != idle.end()) {
    question.problem(format::read_text(*told));
  } else if (idle.at("correct").get<bool>()) {
    question["goals"].problem(
        say({"the goals are reached by doing nothing", "什么也不做就达到了目标"}));
  }
}

void check_question(const Reader& question, Bench& bench) {
  const std::string kind = question["kind"].text();
  if (auto why = cannot_be_asked(question.json(), *bench.plain)) {
    Reader at = question;
    std::string_view path = std::string_view(why->first);
    while (!path.empty()) {  // "/pause", "/hosts/0"
      path.remove_prefix(1);
      const auto key = path.substr(0, path.find('/'));
      path.remove_prefix(key.size());
      const bool element = at.json().is_array();
      at = element ? at.items()[static_cast<std::size_t>(key[0] - '0')] : at[key];
    }
    return at.problem(why->second);
  }
  if (kind == "role" && fields_of(question.json(), *bench.plain)->shown.empty()) {
    question["which"].problem(
        say({"no event of the run matches on any host, so the question has no answer",
             "运行中没有一台主机上有匹配的事件，所以这个问题没有答案"}));
  }
  if (kind == "pick") check_pick(question, *bench.plain);
  if (kind == "build") check_build(question, bench);
  if (kind == "claim") check_claim(question, bench.runs);
  for (const Reader& part : question["parts"].items()) check_question(part, bench);
}

void collect_first_diagnoses(const Json& questions, std::vector<std::string>& found) {
  for (const Json& question : questions) {
    if (const auto parts = question.find("parts"); parts != question.end()) {
      collect_first_diagnoses(*parts, found);
    }
    const auto diagnoses = question.find("diagnoses");
    if (diagnoses == question.end() || diagnoses->empty()) continue;
    found.push_back(diagnoses->front().at("misconception"));
  }
}

bool refuse_unreadable(const Json& verdict, const Reader& answers) {
  const Reader answer = answers[verdict.at("id").get_ref<const std::string&>()];
  if (const auto problem = verdict.find("problem"); problem != verdict.end()) {
    answer.problem(say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
    return true;
  }
  const auto parts = verdict.find("parts");
  return parts != verdict.end() && std::any_of(parts->begin(), parts->end(), [&](const Json& part) {
           return refuse_unreadable(part, answer);
         });
}

void check_chaff(const Reader& chaff, const Instance& instance, Bench& bench) {
  const auto verdict = grade(instance, chaff["answers"].json(), bench);
  if (!verdict) return chaff["answers"].problem(verdict.error().front().message);
  std::uint64_t reachable = 0;
  for (const Json& question : verdict->at("questions")) {
    reachable += question.at("max").get<std::uint64_t>();
    if (refuse_unreadable(question, chaff["answers"])) return;
  }
  if (verdict->at("score") == reachable) {
    return chaff["answers"].problem(say({"this chaff passes", "这个错误样例通过了"}));
  }
  std::vector<std::string> found;
  collect_first_diagnoses(verdict->at("questions"), found);
  const Reader declared = chaff["diagnosed_as"];
  if (std::find(found.begin(), found.end(), declared.text()) != found.end()) return;
  const std::string wanted = format::quote(declared.text());
  if (found.empty()) {
    return declared.problem(say({"the chaff is diagnosed as nothing, not as {0}",
                                 "错误样例没有诊断出任何误解，应诊断为 {0}"},
                                {wanted}));
  }
  declared.problem(
      say({"the chaff is diagnosed as {0}, not as {1}", "错误样例被诊断为 {0}，而不是 {1}"},
          {format::list(found), wanted}));
}

}  // namespace

namespace {

constexpr double kMostGuessed = 0.05;  // of guesses may pass

void warn_of_guessing(const Exercise& exercise, Variant& variant) {
  if (variant.guess.passes <= kMostGuessed) return;
  const auto percent = [](double share) { return std::to_string(std::lround(share * 100)); };
  variant.warnings.push_back(exercise.source().problem(
      "/questions", say({"someone who guesses passes with a chance of {0} %; allowed: {1} %",
                         "随便猜也有 {0}% 的机会全对；允许：{1}%"},
                        {percent(variant.guess.passes), percent(kMostGuessed)})));
}

void judge_variant(const Exercise& exercise, const Instance& instance, Variant& variant) {
  const format::Source source = exercise.source();
  const Reader root(instance.exercise, source, variant.errors);
  check_names(root);
  if (!variant.errors.empty()) return;
  Runs runs(instance.exercise.at("scenario"), variant.seed, exercise.source("/scenario"));
  const auto run = runs.plain();
  if (!run) {
    variant.errors = run.error();
    return;
  }
  if ((*run)->end == lab::End::kLimit) return root["scenario"].problem(endless_run());
  Bench bench{runs, *run, instance.exercise.at("teaches")};
  for (const Reader& question : root["questions"].items()) check_question(question, bench);
  std::pair<std::string, Json> before;
  for (const Reader& question : root["questions"].items()) {
    check_order(question, *bench.plain, before);
  }
  if (variant.errors.empty()) {
    check_witness(root, instance, bench);
    for (const Reader& chaff : root["chaffs"].items()) check_chaff(chaff, instance, bench);
  }
  if (!variant.errors.empty()) return;
  check_giveaways(root, exercise, bench, variant);
  variant.shown = shown_by(instance, bench);
  variant.guess = guess(instance.exercise.at("questions"), bench);
  warn_of_guessing(exercise, variant);
  variant.use = runs.use();
  const Reader warned(instance.exercise, source, variant.warnings);
  warn_of_open_runs(warned);
  for (const Reader& question : warned["questions"].items()) warn_of_idle_worlds(question, bench);
}

void add_seed(Problems& problems, std::uint64_t seed) {
  for (auto& problem : problems) {
    problem.message = say({"{0} (seed {1})", "{0}（种子 {1}）"},
                          {std::move(problem.message), std::to_string(seed)});
  }
}

// The same text on another seed says nothing new.
void add_new(Problems& to, const Problems& from, std::uint64_t seed) {
  for (const auto& problem : from) {
    const auto is_same = [&](const format::Problem& each) {
      return each.pointer == problem.pointer;
    };
    if (std::any_of(to.begin(), to.end(), is_same)) continue;
    Problems one{problem};
    add_seed(one, seed);
    to.push_back(std::move(one.front()));
  }
}

// That some of the variants show nothing is a warning: the others may.
void check_teaches(const Exercise& exercise, const std::vector<Variant>& variants,
                   Findings& findings) {
  auto& problems = variants.size() < exercise.variants() ? findings.warnings : findings.errors;
  const format::Source source = exercise.source();
  const Reader root(exercise.json(), source, problems);
  for (const Reader& taught : root["teaches"].items()) {
    const auto shows = [&](const Variant& variant) {
      const auto& shown = variant.shown;
      return std::find(shown.begin(), shown.end(), taught.text()) != shown.end();
    };
    if (std::any_of(variants.begin(), variants.end(), shows)) continue;
    taught.problem(
        say({"no answer shows {0}: on {1} variants a student who believes it would still answer "
             "everything right, and no chaff is diagnosed as it",
             "没有答案能显示 {0}：在 {1} "
             "个变体中，相信它的学生也会全部答对，也没有错误样例被诊断为它"},
            {format::quote(taught.text()), std::to_string(variants.size())}));
  }
}

// Indices that no run uses.
std::vector<std::size_t> unused(const std::vector<const Use*>& runs, std::vector<bool> Use::*list) {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; !runs.empty() && i < (runs.front()->*list).size(); ++i) {
    const auto uses = [&](const Use* run) {
      const auto& used = run->*list;
      return i >= used.size() || used[i];
    };
    if (std::none_of(runs.begin(), runs.end(), uses)) result.push_back(i);
  }
  return result;
}

// Written with a purpose, and nobody would see that it misses it. `tried`: which runs these are.
void warn_of_vain(const std::vector<const Use*>& runs, const Text& tried,
                  const format::Source& scenario, Problems& warnings) {
  for (const auto i : unused(runs, &Use::faults)) {
    warnings.push_back(scenario.problem(
        format::child("/faults", i),
        say({"no segment matches this fault in {0}", "在{0}中，没有报文段与这个故障匹配"},
            {tried})));
  }
  for (const auto i : unused(runs, &Use::script)) {
    warnings.push_back(
        scenario.problem(format::child("/script", i) + "/when",
                         say({"this state is not reached in {0}, so the entry is never done",
                              "在{0}中到不了这个状态，所以这一条从不执行"},
                             {tried})));
  }
}

void warn_of_vain(const Exercise& exercise, const std::vector<Variant>& variants,
                  Problems& warnings) {
  std::vector<const Use*> runs;
  for (const Variant& variant : variants) runs.push_back(&variant.use);
  const Text tried =
      say({"any variant tried ({0})", "试过的变体（{0} 个）"}, {std::to_string(variants.size())});
  warn_of_vain(runs, tried, exercise.source("/scenario"), warnings);
}

}  // namespace

Variant check_variant(const Exercise& exercise, std::uint64_t seed) {
  Variant variant;
  variant.seed = seed;
  const auto instance = instantiate(exercise, seed);
  if (instance) {
    judge_variant(exercise, *instance, variant);
  } else {
    variant.errors = instance.error();
  }
  if (variant.errors.size() > format::max_problems) variant.errors.resize(format::max_problems);
  return variant;
}

Findings conclude(const Exercise& exercise, const std::vector<Variant>& variants) {
  Findings findings{{}, warn_of_texts(exercise)};
  for (const auto& variant : variants) {
    if (!variant.errors.empty()) {
      findings.errors = variant.errors;
      add_seed(findings.errors, variant.seed);
      return findings;
    }
  }
  for (const auto& variant : variants) add_new(findings.warnings, variant.warnings, variant.seed);
  warn_of_vain(exercise, variants, findings.warnings);
  check_teaches(exercise, variants, findings);
  return findings;
}

Problems warn_of_scenario(const Json& scenario, const format::Source& source) {
  Problems warnings;
  check_sockets(Reader(scenario, source, warnings));
  std::uint64_t budget = max_run_events;
  const auto run = run_scenario(scenario, 1, source, budget);
  // What comes after the limit might still use them.
  if (run && (*run)->end != lab::End::kLimit) {
    warn_of_vain({&(*run)->use}, say({"the run of seed 1", "种子 1 的运行"}), source, warnings);
  }
  return warnings;
}

Problems check_static(const Exercise& exercise) {
  Problems problems = check_texts(exercise);
  // What is wrong with the text must not hide what is wrong with a variant.
  if (problems.empty()) return problems;
  constexpr std::uint64_t seed = 1;
  Problems others;
  if (const auto instance = instantiate(exercise, seed)) {
    check_names(Reader(instance->exercise, exercise.source(), others));
    add_seed(others, seed);
  } else {
    others = instance.error();
  }
  problems.insert(problems.end(), others.begin(), others.end());
  return problems;
}

Findings check(const Exercise& exercise, std::uint64_t seeds) {
  if (auto problems = check_static(exercise); !problems.empty()) {
    return {std::move(problems), warn_of_texts(exercise)};
  }
  std::vector<Variant> variants;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    variants.push_back(check_variant(exercise, seed));
    if (!variants.back().errors.empty()) break;
  }
  return conclude(exercise, variants);
}

}  // namespace tcplab::exercise
