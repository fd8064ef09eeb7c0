#include "lesson/formats.hpp"

#include "exercise/shapes.hpp"
#include "lab/match.hpp"

namespace tcplab::lesson {

using namespace format::shapes;
using format::Field;
using format::Shape;

namespace {

constexpr int kMostLessons = 1000;
constexpr int kMostInPack = 40;

Field format_field(const char* name) {
  return required("format", constant(name), "The format and its version");
}

Field schema_field() {
  return optional("$schema", string(1, 1000), "The JSON Schema, for editors");
}

Field minutes_field() {
  return required("minutes", integer(1, 600), "How long it takes, in minutes");
}

Field rests_on_field() {
  return required("rests_on", array(identifier(), 0, 50), "The lessons that come before it");
}

Shape figure() {
  return object({"figure", "数字"},
                {required("of", lab::match_shape(),
                          "The event that it is taken from: the first that matches"),
                 optional("nth", integer(1, 10'000), "Which of the events that match", 1),
                 required("field", string(1, 100),
                          "Its field: \"t\" is its time, \"segment.seq\" is within")});
}

Shape term() {
  const Shape cell = alternatives({string(1, 200), exercise::bilingual()});
  return object({"term", "术语"},
                {required("id", identifier(), "How prose links to it: term:ID"),
                 required("lesson", integer(1, kMostLessons), "The lesson that teaches it"),
                 required("name", exercise::bilingual(), "The term"),
                 required("text", exercise::bilingual(), "What it means"),
                 required("source", string(1, 200), "Where this is said: RFC 9293 §3.4"),
                 optional("rule", identifier(), "The rule of the engine that shows it"),
                 optional("table", array(array(cell, 1, 6), 1, 12),
                          "Rows of a small table below the text, each of as many cells")});
}

Shape step() {
  return object(
      {"lesson", "课"},
      {required("number", integer(1, kMostLessons), "Its place, from 1"),
       required("id", identifier(), "Its folder; without one it is not written yet"),
       required("part", enumeration({"open", "close", "break", "load"}),
                "The part of the path that it belongs to"),
       minutes_field(), rests_on_field(), required("title", exercise::bilingual(), "Its title"),
       required("question", exercise::bilingual(), "What it opens with")});
}

Shape incident() {
  return object({"incident", "事件"},
                {required("symptom", exercise::bilingual(), "What somebody sees"),
                 required("ask", exercise::bilingual(), "The first question to ask"),
                 required("lesson", integer(1, kMostLessons), "The lesson that explains it"),
                 optional("scenario", identifier(), "The scenario that looks like it")});
}

}  // namespace

const Shape& lesson_shape() {
  static const Shape shape = object(
      {"lesson", "课"},
      {format_field("tcplab-lesson/1"), schema_field(),
       required("id", identifier(), "The name of its folder"),
       required("rev", integer(1, 1'000'000), "Raised whenever a beat changes"),
       required("number", integer(1, kMostLessons), "Its place in the path"), minutes_field(),
       rests_on_field(),
       required("terms", array(identifier(), 0, 100), "The terms that it teaches first"),
       required("beats", array(identifier(), 1, 20), "Its beats in order: beats/ID.json"),
       required(
           "exercises", array(identifier(), 0, 50),
           "Its exercises in order: exercises/ID.json, or those that stand beside the lessons"),
       required("mastery", array(identifier(), 0, 10),
                "Those of its exercises that show that it is mastered, of different kinds"),
       optional("figures", map(identifier(), map(parameter_name(), figure())),
                "By beat, the numbers that its prose takes from its run"),
       optional("labels", map(identifier(), enumeration({"words", "flags", "numbers", "all"})),
                "By beat, how much arrows say from it on: words without a term, flags, also seq "
                "and ack (as before the first that is named), or all that the header says")});
  return shape;
}

const Shape& terms_shape() {
  static const Shape shape =
      object({"terms", "术语表"}, {format_field("tcplab-terms/1"), schema_field(),
                                   required("terms", array(term(), 0, 1000), "All terms")});
  return shape;
}

const Shape& path_shape() {
  static const Shape shape =
      object({"path", "学习路径"}, {format_field("tcplab-path/1"), schema_field(),
                                    required("lessons", array(step(), 1, kMostLessons), "In order"),
                                    optional("incidents", array(incident(), 0, 100),
                                             "Ways in for somebody who has a problem now")});
  return shape;
}

const Shape& contents_shape() {
  static const Shape shape = object(
      {"pack", "课程包"},
      {format_field("tcplab-contents/1"), schema_field(),
       required("title",
                object({"title in both languages", "双语标题"},
                       {required("en", string(1, 120), "English"),
                        required("zh", string(1, 120), "Simplified Chinese")}),
                "What the pack is called"),
       optional("lessons", array(identifier(), 0, kMostInPack),
                "The folders of its lessons in order, each called as the lesson's id"),
       optional("exercises", array(identifier(), 0, kMostInPack),
                "Exercises that belong to none or to several: exercises/ID.json, or the page's")});
  return shape;
}

}  // namespace tcplab::lesson
