// The format of exercises and of answers.
#include "exercise/exercise.hpp"

#include "exercise/check.hpp"
#include "exercise/kinds/kind.hpp"
#include "exercise/shapes.hpp"

namespace tcplab::exercise {

using namespace format::shapes;
using format::Shape;

namespace {

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

// Parameters

Shape leaf() { return alternatives({string(0, 1000), integer(), boolean()}); }

Shape parameter() {
  const Shape of = parameter_name();
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

Shape answers_by_question() { return map(identifier(), any()); }

// For parts of an author's file that the page's copy lacks, because students could read them there.
format::Field of_authors(bool is_authored, std::string_view key, Shape shape, format::Doc doc) {
  return is_authored ? required(key, std::move(shape), doc) : optional(key, std::move(shape), doc);
}

Shape make_exercise_shape(bool is_authored) {
  const Shape chaff = object(
      {"chaff", "错误样例"},
      {optional("about", string(1, 1000), "A note for authors: the idea behind these answers"),
       required("answers", answers_by_question(), "Answers that must not pass"),
       required("diagnosed_as", misconception_shape(),
                "The misconception that these answers must be diagnosed as")});
  return object(
      {"exercise", "练习"},
      {required("format", constant("tcplab-exercise/1"), "The format and its version"),
       optional("$schema", string(1, 1000), "The JSON Schema, for editors"),
       required("id", identifier(), "Unique among the exercises"),
       required("rev", integer(1, 1'000'000), "Raised whenever answers or questions change"),
       required("chapter", alternatives({bilingual(), string(1, 100)}),
                "The chapter it belongs to; as one text, it is the same in both languages"),
       required("teaches", array(misconception_shape(), 1, 20),
                "The misconceptions it can tell apart"),
       optional("variants", integer(1, 10'000),
                "How many variants students are given: those of the seeds from 1 on, which the "
                "check tries",
                usual_variants),
       optional("params", map(parameter_name(), parameter()), "Drawn from the seed, in this order"),
       required("scenario", templated(scenario_shape()), "The scenario that is run"),
       required("questions", templated(array(question_shape(), 1, 20)),
                "The questions, in the order of the run"),
       required("text", intro(), "Title and task"),
       optional("hints", hints_shape(), "Hints for questions that have none of their own"),
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
  // "question", or "question/part" for an explain.
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
  std::vector<std::string> names;
  for (const Kind* kind : kinds()) names.emplace_back(kind->name);
  return names;
}

}  // namespace tcplab::exercise
