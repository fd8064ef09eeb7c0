#include "exercise/check.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "exercise/answer_key.hpp"
#include "exercise/check_answers.hpp"
#include "exercise/check_names.hpp"
#include "exercise/check_witness.hpp"
#include "exercise/grade.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/notation.hpp"
#include "exercise/shown_ideas.hpp"
#include "exercise/variety.hpp"
#include "exercise/verdict.hpp"
#include "format/reader.hpp"
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

// Whether the page draws the exercise's run to its end while the question is asked.
bool draws_the_run(const Reader& question) {
  const auto draws = kind_of(question.json()).draws_the_run;
  return draws && draws(question.json());
}

struct Order {
  std::string paused;  // the last question with a pause
  Json step;           // the step at which it is asked
  std::string open;    // the first question that shows the whole run
};

void check_order(const Reader& question, const Run& run, Order& before) {
  if (const Json* event = pause_event(question.json(), run)) {
    const Json& step = event->at("step");
    if (!before.open.empty()) {
      question["pause"].problem(
          say({"the whole run was drawn while {0} was asked, so the answer has been seen; "
               "questions stand in the order of the run, those about the whole of it last",
               "提问 {0} 时已经画出了整个运行，所以答案已经看到了；问题要按运行的先后顺序排列，"
               "问整个运行的排在最后"},
              {format::quote(before.open)}));
    } else if (!before.paused.empty() && step < before.step) {
      question["pause"].problem(
          say({"the run comes here before it comes to the pause of {0}; questions stand in the "
               "order of the run",
               "运行先到这里，后到 {0} 的暂停点；问题要按运行的先后顺序排列"},
              {format::quote(before.paused)}));
    }
    before.paused = question["id"].text();
    before.step = step;
  }
  if (before.open.empty() && draws_the_run(question)) before.open = question["id"].text();
  for (const Reader& part : question["parts"].items()) check_order(part, run, before);
}

bool is_asked_ahead(const Reader& question) {
  const auto parts = question["parts"].items();
  return question.has("pause") || kind_of(question.json()).runs_ahead ||
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

// Warns about a question that is asked before the run but follows one that shows the whole run.
// `open` is the first question that shows it.
void warn_of_seen_run(const Reader& question, std::string& open) {
  const bool is_ahead = kind_of(question.json()).runs_ahead && !question.has("pause");
  if (!open.empty() && is_ahead) {
    question.problem(
        say({"the whole run was drawn while {0} was asked, so the answer has been seen",
             "提问 {0} 时已经画出了整个运行，所以答案已经看到了"},
            {format::quote(open)}));
  }
  if (open.empty() && draws_the_run(question)) open = question["id"].text();
  for (const Reader& part : question["parts"].items()) warn_of_seen_run(part, open);
}

// Also warns about claims without a pause: the page draws the whole run while they are asked.
void warn_of_open_runs(const Reader& root) {
  const auto questions = root["questions"].items();
  const bool is_ahead = std::any_of(questions.begin(), questions.end(), is_asked_ahead);
  std::string open;
  for (const Reader& question : questions) {
    warn_of_seen_run(question, open);
    for (const Reader& part : question["parts"].items()) {
      if (!kind_of(part.json()).is_seen_in_run || part.has("pause")) continue;
      if (!is_ahead && !is_about_the_run_itself(part)) continue;
      part.problem(say({"this claim has no \"pause\", so the whole run is drawn while it is asked",
                        "这个论断没有 \"pause\"，所以提问时整个运行都画出来了"}));
    }
  }
}

void check_question(const Reader& question, Bench& bench, Matches& matches) {
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
  check_notations(question, *bench.plain);
  const auto& kind = kind_of(question.json());
  if (kind.check) kind.check(question, bench, matches);
  for (const Reader& part : question["parts"].items()) check_question(part, bench, matches);
}

void warn_of(const Reader& question, Bench& bench) {
  for (const Reader& part : question["parts"].items()) warn_of(part, bench);
  warn_of_notations(question);
  const auto& kind = kind_of(question.json());
  if (kind.warn) kind.warn(question, bench);
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
  bool refused = false;
  for (const Json& field : verdict.value("fields", Json::array())) {
    const auto problem = field.find("problem");
    if (problem == field.end()) continue;
    const Reader at = answer[field.at("name").get_ref<const std::string&>()];
    (at ? at : answer)
        .problem(say({"cannot be read: {0}", "无法读取：{0}"}, {format::read_text(*problem)}));
    refused = true;
  }
  if (refused) return true;
  const auto parts = verdict.find("parts");
  return parts != verdict.end() && std::any_of(parts->begin(), parts->end(), [&](const Json& part) {
           return refuse_unreadable(part, answer);
         });
}

// The answers of the misconception's mutants to those of the chaff's questions that they answer
// differently from the real run, in the form of `tcplab answers`.
Text answers_of_mutants(const Reader& chaff, const Instance& instance) {
  constexpr std::size_t kMost = 300;  // bytes of an answer; a longer one does not fit on a line
  Text told;
  const auto real = answer_key(instance);
  for (const auto& mutant : tcp::mutants()) {
    const std::string& wanted = chaff["diagnosed_as"].text();
    if (!real || (wanted != mutant.misconception && wanted != mutant.also)) continue;
    const auto key = answer_key(instance, mutant.id);
    if (!key) continue;
    for (const Json& question : instance.exercise.at("questions")) {
      const auto& id = question.at("id").get_ref<const std::string&>();
      if (!chaff["answers"].has(id)) continue;
      if (!is_answered_otherwise(question, real->at(id), key->at(id))) continue;
      const std::string answer = format::dump(key->at(id));
      if (answer.size() > kMost) continue;
      told = say({"{0}; {1} answers {2} with {3}", "{0}；{1} 对 {2} 的回答是 {3}"},
                 {told, std::string(mutant.id), format::quote(id), answer});
    }
  }
  return told;
}

bool is_about_a_mutant_without_doubts(const Reader& question) {
  return question.has("mutant") && !question.has("doubts");
}

// Tells the author of a chaff that does not show its misconception what would show it.
Text how_to_show(const Reader& chaff, const Instance& instance, const Reader& questions) {
  if (Text mutants = answers_of_mutants(chaff, instance); !mutants.empty()) return mutants;
  for (const Reader& question : questions.items()) {
    if (!chaff["answers"].has(question["id"].text()) || !is_about_a_mutant_without_doubts(question))
      continue;
    return say({"; a plan of {0} that changes nothing shows no idea by itself: a doubt with a "
                "\"mutant\" does, or another mutant that the exercise teaches",
                "；在 {0} 中，没有造成差别的方案本身说明不了任何误解：要有带 \"mutant\" 的 doubt，"
                "或由习题所教的另一个变异体来诊断"},
               {format::quote(question["id"].text())});
  }
  return say({"; no mutant with it answers these questions otherwise than the run, on this seed",
              "；在这个种子上，带有它的变异体对这些问题的回答与运行没有不同"});
}

void check_chaff(const Reader& chaff, const Instance& instance, const Reader& questions,
                 Bench& bench) {
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
    return declared.problem(say({"the chaff is diagnosed as nothing, not as {0}{1}",
                                 "错误样例没有诊断出任何误解，应诊断为 {0}{1}"},
                                {wanted, how_to_show(chaff, instance, questions)}));
  }
  declared.problem(
      say({"the chaff is diagnosed as {0}, not as {1}{2}", "错误样例被诊断为 {0}，而不是 {1}{2}"},
          {format::list(found), wanted, how_to_show(chaff, instance, questions)}));
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
  Matches matches(root);
  Bench bench{runs, *run, instance.exercise.at("teaches")};
  const Json& scenario = instance.exercise.at("scenario");
  variant.hits.note(scenario, **run);
  bench.on_build = [&](const Json& question, const Run& played) {
    matches.note(question, played);
    if (!question.contains("scenario")) variant.hits.note(scenario, played);
  };
  for (const Reader& question : root["questions"].items()) check_question(question, bench, matches);
  Order before;
  for (const Reader& question : root["questions"].items()) {
    check_order(question, *bench.plain, before);
  }
  variant.use = runs.use();
  if (variant.errors.empty()) {
    if (root.has("witness")) check_witness(root, instance, bench, source, variant.warnings);
    for (const Reader& chaff : root["chaffs"].items())
      check_chaff(chaff, instance, root["questions"], bench);
  }
  if (!variant.errors.empty()) return;
  check_giveaways(root, exercise, bench, variant);
  const Json right = right_answers(instance.exercise.at("questions"), bench);
  variant.shown = taught_and_shown(instance, right);
  variant.digest = digest(instance, right);
  variant.unmet = matches.unmet();
  variant.guess = guess(instance.exercise.at("questions"), bench);
  warn_of_guessing(exercise, variant);
  variant.use = runs.use();
  const Reader warned(instance.exercise, source, variant.warnings);
  warn_of_open_runs(warned);
  for (const Reader& question : warned["questions"].items()) warn_of(question, bench);
}

void add_seed(Problems& problems, std::uint64_t seed) {
  for (auto& problem : problems) {
    problem.message = say({"{0} (seed {1})", "{0}（种子 {1}）"},
                          {std::move(problem.message), std::to_string(seed)});
  }
}

// A problem at the same place on another seed says nothing new.
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

// Only a warning if not all variants were checked: the others may show it.
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

void warn_of_vain(const Exercise& exercise, const std::vector<Variant>& variants,
                  Problems& warnings) {
  std::vector<const Use*> runs;
  Hits hits;
  std::vector<std::set<std::string>> unmet;
  for (const Variant& variant : variants) {
    runs.push_back(&variant.use);
    hits.add(variant.hits);
    unmet.push_back(variant.unmet);
  }
  const std::string number = std::to_string(variants.size());
  warn_of_unused(runs, hits, say({"any variant tried ({0})", "试过的变体（{0} 个）"}, {number}),
                 exercise.json().at("scenario"), exercise.source("/scenario"), warnings);
  for (const std::string& pointer : in_all(unmet)) {
    warnings.push_back(exercise.source().problem(
        pointer, say({"no event matches this in any variant tried ({0}), whatever plan or chaff is "
                      "played, so it decides nothing",
                      "在试过的变体（{0} 个）中，无论执行哪个方案或错误样例，都没有匹配的事件，所以"
                      "它什么也不决定"},
                     {number})));
  }
}

// A question may fail because a fault that should cause something strikes no segment.
void warn_of_cause(const Exercise& exercise, const Variant& variant, Problems& warnings) {
  if (variant.use.faults.empty() && variant.use.script.empty()) return;  // there was no run
  const std::string seed = std::to_string(variant.seed);
  warn_of_unused({&variant.use}, variant.hits,
                 say({"the run of seed {0}", "种子 {0} 的运行"}, {seed}),
                 exercise.json().at("scenario"), exercise.source("/scenario"), warnings);
}

// A student who takes another variant expects another task.
void warn_of_sameness(const Exercise& exercise, const std::vector<Variant>& variants,
                      Problems& warnings) {
  constexpr std::size_t kEnough = 5;  // tasks, so that a student seldom gets the same one again
  if (variants.size() < exercise.variants()) return;
  std::set<std::uint64_t> digests;
  for (const Variant& variant : variants) digests.insert(variant.digest);
  if (digests.size() >= std::min(kEnough, variants.size())) return;
  const Reader root(exercise.json(), exercise.source(), warnings);
  root["variants"].problem(say(
      {"different tasks among the {0} variants: {1}; \"variants\" says how many students are given",
       "{0} 个变体中不同的任务数：{1}；给学生多少个变体由 \"variants\" 决定"},
      {std::to_string(variants.size()), std::to_string(digests.size())}));
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
      warn_of_cause(exercise, variant, findings.warnings);
      return findings;
    }
  }
  for (const auto& variant : variants) add_new(findings.warnings, variant.warnings, variant.seed);
  warn_of_vain(exercise, variants, findings.warnings);
  warn_of_sameness(exercise, variants, findings.warnings);
  // Without its chaffs a copy shows less than its author checked.
  if (exercise.json().contains("chaffs")) check_teaches(exercise, variants, findings);
  return findings;
}

Problems warn_of_scenario(const Json& scenario, const format::Source& source) {
  Problems warnings;
  check_sockets(Reader(scenario, source, warnings));
  std::uint64_t budget = max_run_events;
  const auto run = run_scenario(scenario, 1, source, budget);
  // What comes after the limit might still use them.
  if (run && (*run)->end != lab::End::kLimit) {
    Hits hits;
    hits.note(scenario, **run);
    warn_of_unused({&(*run)->use}, hits, say({"the run of seed 1", "种子 1 的运行"}), scenario,
                   source, warnings);
  }
  return warnings;
}

Problems check_static(const Exercise& exercise, const format::Shape& shape) {
  Problems problems = check_texts(exercise, shape);
  // Problems of the text must not hide those of a variant.
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

Findings check(const Exercise& exercise, std::uint64_t seeds, const format::Shape& shape) {
  if (auto problems = check_static(exercise, shape); !problems.empty()) {
    return {std::move(problems), warn_of_texts(exercise)};
  }
  std::vector<Variant> variants;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    variants.push_back(check_variant(exercise, seed));
    if (!variants.back().errors.empty()) break;
  }
  return conclude(exercise, variants);
}

Findings check_handed_out(const Exercise& exercise, std::uint64_t seeds) {
  const bool is_copy = !exercise.json().contains("witness") && !exercise.json().contains("chaffs");
  return check(exercise, seeds, is_copy ? exercise_shape() : authored_shape());
}

}  // namespace tcplab::exercise
