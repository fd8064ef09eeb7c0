// The format of exercises and of answers.
#include "exercise/exercise.hpp"

#include "exercise/check.hpp"
#include "host/call.hpp"
#include "lab/predicate.hpp"
#include "lab/scenario.hpp"
#include "tcp/behaviour.hpp"

namespace tcplab::exercise {

using namespace format::shapes;
using format::Shape;

namespace {

Shape sentence() { return string(1, 20'000); }

Shape bilingual() {
  return named("bilingual", object({"text in both languages", "双语文本"},
                                   {required("en", sentence(), "English"),
                                    required("zh", sentence(), "Simplified Chinese")}));
}

Shape intro() {
  const Shape language = named(
      "intro",
      object({"text", "文本"},
             {required("title", string(1, 200), "The title, a few words"),
              required("task", sentence(), "The task; lines that begin with | are rows of a table"),
              optional("after", sentence(), "Shown when every question has been answered")}));
  return object(
      {"text in both languages", "双语文本"},
      {required("en", language, "English"), required("zh", language, "Simplified Chinese")});
}

Shape hints() {
  const Shape language = array(sentence(), 0, 10);
  return object(
      {"hints in both languages", "双语提示"},
      {required("en", language, "English"), required("zh", language, "Simplified Chinese")});
}

// Parameters

Shape leaf() { return alternatives({string(0, 1000), integer(), boolean()}); }

Shape parameter() {
  const Shape of = identifier();
  const Shape table = map(string(1, 200), leaf());
  return named(
      "parameter",
      choice({"parameter", "参数"},
             {optional("integer", array(array(integer(0, 0xffffffff), 2, 2), 1, 16),
                       "Ranges [first, last]; one of them is drawn, then a number within it"),
              optional("duration",
                       object({"range of durations", "时长范围"},
                              {required("from", duration(), "The shortest"),
                               required("to", duration(), "The longest"),
                               required("step", duration(std::chrono::microseconds(1)),
                                        "The difference between neighbouring values")}),
                       "A duration is drawn from this range"),
              optional("choice", array(leaf(), 1, 64), "One of these values is drawn"),
              optional("map",
                       object({"map", "对应表"},
                              {required("of", of, "An earlier parameter"),
                               required("to", table, "The result for each of its values")}),
                       "Derived from another parameter"),
              optional("formula", string(1, 500),
                       "Sums of numbers (modulo 2^32) or durations: \"${isn} + ${len} + 1\", "
                       "\"2 * ${delay}\""),
              optional("words",
                       object({"words", "用词"}, {required("of", of, "An earlier parameter"),
                                                  required("en", table, "Its values in English"),
                                                  required("zh", table, "Its values in Chinese")}),
                       "The words for another parameter's value in each language")}));
}

// What a run is changed by, and what is asked of it

Shape mutant() {
  std::vector<std::string> ids;
  for (const auto& each : tcp::mutants()) ids.emplace_back(each.id);
  const Shape one = enumeration(std::move(ids));
  return alternatives({one, array(one, 1, 2)});
}

Shape misconception() { return identifier(); }

Shape change() {
  return named("change",
               object({"change", "改动"},
                      {optional("mutant", mutant(), "The behaviour of every host"),
                       optional("faults", array(any(), 1, 20), "Faults added to the scenario's"),
                       optional("script", array(named("entry", lab::script_entry_shape()), 1, 50),
                                "Entries added to the scenario's script")}));
}

Shape scenario() { return named("scenario", lab::scenario_shape()); }

Shape span() {
  return named(
      "span", alternatives({duration(), object({"span", "时间段"},
                                               {optional("from", lab::match_shape(), "First match"),
                                                optional("to", lab::match_shape(), "First match"),
                                                optional("timer", lab::match_shape(),
                                                         "A timer.armed event: for how long")},
                                               {{"from", "timer"}, {"to", "timer"}})}));
}

Shape condition() {
  return named("condition",
               object({"condition", "条件"},
                      {optional("goal", lab::goal_shape(), "Holds in the run"),
                       optional("same_time", array(span(), 2, 2), "Two spans are equally long"),
                       optional("change", change(),
                                "What is changed in the run in which the condition must hold")},
                      {{"goal", "same_time"}}));
}

// Questions

Shape pause() {
  return object(
      {"pause", "暂停点"},
      {required("before", lab::match_shape(), "The run stops before the step with this event"),
       optional("nth", integer(1, 1000), "The number of the matching event, from 1", 1)});
}

format::Field pause_field() { return required("pause", pause(), "Where the run stops and asks"); }

// A host, or one of its sockets where it has several.
Shape place() {
  return alternatives(
      {identifier(), object({"place", "位置"}, {required("host", identifier(), "The host"),
                                                required("socket", identifier(),
                                                         "A socket's name, or \"listener\"")})});
}

format::Case state_case() {
  return when("state", "The states of hosts after the step before which the run stops",
              {pause_field(), required("hosts", array(place(), 1, 8), "Whose state")});
}

format::Case segment_case() {
  return when("segment", "The fields of the next matching segment that is sent",
              {pause_field(),
               required("of", lab::match_shape(), "The segment.sent event that is asked about"),
               required("fields", array(enumeration({"seq", "ack", "flags", "len"}), 1, 4),
                        "The fields that are asked for")});
}

format::Case role_case() {
  return when("role", "The hosts, or sockets, at which a matching event happens in the run",
              {optional("pause", pause(), "Where the run stops and asks"),
               required("which", lab::match_shape(), "The event, without its host"),
               optional("hosts", array(place(), 2, 8), "Who is offered; default: all hosts")});
}

format::Case pick_case() {
  const Shape veto =
      object({"veto", "否决项"},
             {required("match", lab::match_shape(), "Events that must not be picked"),
              optional("shows", misconception(), "The misconception that picking it shows")});
  return when("pick", "Events of the trace that show something",
              {required("need", array(array(lab::match_shape(), 1, 8), 1, 8),
                        "At least one event of each list must be picked"),
               optional("veto", array(veto, 1, 20), "Events that spoil the answer")});
}

format::Case build_case() {
  std::vector<std::string> calls(host::kCallNames.begin(), host::kCallNames.end());
  const Shape allow =
      object({"allowed actions", "允许的动作"},
             {optional("network",
                       array(enumeration({"drop", "delay", "duplicate", "hold", "release"}), 0, 5),
                       "What the student may do to segments in flight"),
              optional("calls", map(identifier(), array(enumeration(std::move(calls)), 0, 8)),
                       "The socket calls that the student may make, by host")});
  return when("build", "Actions that bring the run to a goal",
              {required("goals", array(lab::goal_shape(), 1, 8),
                        "What the run must reach; each goal is worth the same"),
               required("allow", allow, "What the student may do"),
               optional("scenario", scenario(), "Instead of the exercise's"),
               optional("change", change(), "What is changed in the scenario")});
}

format::Case claim_case() {
  const Shape option =
      object({"option", "选项"},
             {required("id", identifier(), "Its name in the answer"),
              required("text", bilingual(), "How it reads"),
              required("holds", array(condition(), 1, 4), "True if all of them hold"),
              optional("shows", misconception(), "What choosing it shows, when it is wrong")});
  const Shape slot =
      object({"slot", "空位"}, {required("id", identifier(), "Its name in the answer"),
                                required("text", bilingual(), "What it completes"),
                                required("options", array(option, 2, 8), "The choices")});
  return when("claim", "Choices whose truth the engine finds out",
              {optional("pause", pause(), "Where the run stops and asks; default: after its end"),
               required("slots", array(slot, 1, 6), "The places to fill")});
}

format::Case say_case() {
  return when("say", "A free text: compared by the student with a model, never scored",
              {required("model", bilingual(), "The model answer")});
}

std::vector<format::Field> question_fields() {
  return {required("id", identifier(), "The key of its answer"),
          required("text", bilingual(), "The question"),
          optional("hints", hints(),
                   "Hints, from the most general to the most specific; default: those of the "
                   "explain, or of the exercise"),
          optional("weight", integer(1, 100), "Points for each of its fields", 1)};
}

Shape question() {
  const Shape part = named("part", tagged({"part", "部分"}, "kind", question_fields(),
                                          {claim_case(), pick_case(), build_case(), say_case()}));
  return named("question",
               tagged({"question", "问题"}, "kind", question_fields(),
                      {state_case(), segment_case(), role_case(), pick_case(), build_case(),
                       when("explain", "Claim, evidence, counterexamples, words",
                            {required("parts", array(part, 1, 10), "The parts, in order")})}));
}

Shape answers_by_question() { return map(identifier(), any()); }

// The page's copy lacks what could be read there.
format::Field of_authors(bool is_authored, std::string_view key, Shape shape, format::Doc doc) {
  return is_authored ? required(key, std::move(shape), doc) : optional(key, std::move(shape), doc);
}

Shape make_exercise_shape(bool is_authored) {
  const Shape chaff = object(
      {"chaff", "错误样例"},
      {optional("about", string(1, 1000), "A note for authors: the idea behind these answers"),
       required("answers", answers_by_question(), "Answers that must not pass"),
       required("diagnosed_as", misconception(),
                "The misconception that these answers must be diagnosed as")});
  return object(
      {"exercise", "练习"},
      {required("format", constant("tcplab-exercise/1"), "The format and its version"),
       optional("$schema", string(1, 1000), "The JSON Schema, for editors"),
       required("id", identifier(), "Unique among the exercises"),
       required("rev", integer(1, 1'000'000), "Raised whenever answers or questions change"),
       required("chapter", alternatives({bilingual(), string(1, 100)}),
                "The chapter it belongs to; as one text, it is the same in both languages"),
       required("teaches", array(misconception(), 1, 20), "The misconceptions it can tell apart"),
       optional("variants", integer(1, 10'000),
                "How many variants students are given: those of the seeds from 1 on, which the "
                "check tries",
                usual_variants),
       optional("params", map(identifier(), parameter()), "Drawn from the seed, in this order"),
       required("scenario", templated(scenario()), "The scenario that is run"),
       required("questions", templated(array(question(), 1, 20)),
                "The questions, in the order of the run"),
       required("text", intro(), "Title and task"),
       optional("hints", hints(), "Hints for questions that have none of their own"),
       of_authors(is_authored, "witness", answers_by_question(),
                  "Answers that pass; for a build a list of at least three plans"),
       of_authors(is_authored, "chaffs", array(chaff, 1, 20), "Answers that do not")});
}

}  // namespace

const Shape& exercise_shape() {
  static const Shape shape = make_exercise_shape(false);
  return shape;
}

const Shape& authored_shape() {
  static const Shape shape = make_exercise_shape(true);
  return shape;
}

const Shape& answers_shape() {
  // Of an explain's part: "question/part".
  const Shape step = string(1, 129);
  static const Shape shape = object(
      {"answers", "答案"},
      {required("format", constant("tcplab-answers/1"), "The format and its version"),
       optional("$schema", string(1, 1000), "The JSON Schema, for editors"),
       required("exercise", identifier(), "The exercise's id"),
       required("rev", integer(1, 1'000'000), "The exercise's revision"),
       required("seed", integer(0, static_cast<std::int64_t>(max_seed)),
                "The seed of the variant that was answered"),
       optional("engine", string(1, 100), "The version of the engine that judged the answers"),
       required("answers", answers_by_question(),
                "By question id; the answers of an explain by part id"),
       optional("hints", alternatives({integer(0, 1000), map(step, integer(0, 1000))}),
                "How many hints the student read: in all, or by question"),
       optional("tries", map(step, integer(0, 1'000'000)),
                "How many times the student handed in an answer, by question, or by "
                "\"question/part\" for a part of an explain"),
       optional("earlier", map(step, array(any(), 0, 100)),
                "The answers that the student handed in before the last one, in order, by "
                "question, or by \"question/part\""),
       optional("revealed", map(step, boolean()),
                "Whether the right answer was shown before the student gave it, by question, or "
                "by \"question/part\"")});
  return shape;
}

std::vector<std::string> question_kinds() {
  return {"state", "segment", "role", "pick", "build", "claim", "say", "explain"};
}

}  // namespace tcplab::exercise
