// A small lesson that is right, and helpers to spoil it.
#pragma once
#include <functional>
#include <string>

#include "../exercise/sample.hpp"
#include "lesson/check_lesson.hpp"
#include "lesson/formats.hpp"

namespace tcplab::test {

// Two beats, which are both the exercise of numbers: a client whose SYNs nobody answers.
struct SampleLesson {
  Json lesson = Json::parse(R"({
    "format": "tcplab-lesson/1", "id": "02-sample", "rev": 1, "number": 2, "minutes": 5,
    "rests_on": [], "terms": ["syn"], "beats": ["first", "second"],
    "exercises": ["count", "states"], "mastery": ["count", "states"],
    "figures": {"first": {"again": {"of": {"kind": "segment.sent", "flags": "SYN"}, "nth": 2, "field": "t"}}}
  })");
  Json terms = Json::parse(R"({
    "format": "tcplab-terms/1", "terms": [
      {"id": "segment", "lesson": 1, "name": {"en": "segment", "zh": "报文段"},
       "text": {"en": "What TCP sends.", "zh": "TCP 发送的单位。"}, "source": "RFC 9293 §4"},
      {"id": "syn", "lesson": 2, "name": {"en": "SYN", "zh": "SYN"},
       "text": {"en": "The flag that opens.", "zh": "打开连接的标志位。"}, "source": "RFC 9293 §3.1"},
      {"id": "half-close", "lesson": 6, "name": {"en": "half-close", "zh": "半关闭"},
       "text": {"en": "One direction has ended.", "zh": "一个方向已经结束。"}, "source": "RFC 9293 §3.6"}]
  })");
  std::string english =
      "# A sample\n\nYou will see it.\n\n> How many?\n\n## One\n\nNobody answers. It is a "
      "[SYN](term:syn).\n\n---\n\n"
      "A SYN leaves again at ${again}.\n\n## Two\n\n---\n\nIt is sent again.\n\n"
      "## Where it matters\n\nA server that is away.\n";
  std::string chinese =
      "# 样例\n\n你会看到。\n\n> 有几个？\n\n## 一\n\n没有应答。发的是 [SYN](term:syn)。\n\n---\n\n"
      "SYN 在 ${again} 再次发出。\n\n## 二\n\n---\n\n又发一次。\n\n"
      "## 用在哪里\n\n服务器不在。\n";
  std::string folder = "02-sample";
  std::set<std::string> beat_files{"first", "second"};
  std::set<std::string> exercise_files{"count", "states"};
  std::set<std::string> own_exercises{"count"};
  std::set<std::string> page_terms;
};

// REQUIRES that `json` has the shape.
inline format::Document document_of(const Json& json, const format::Shape& shape) {
  auto document = format::parse(format::dump(json, 2));
  REQUIRE(document);
  const auto problems = format::check(shape, *document);
  INFO(format::to_text("", problems));
  REQUIRE(problems.empty());
  return std::move(*document);
}

inline exercise::Exercise beat_called(const char* english, const char* chinese) {
  auto beat = Json::parse(read_file("tests/unit/exercise/how-many.json"));
  beat["text"]["en"]["title"] = english;
  beat["text"]["zh"]["title"] = chinese;
  return parse(format::dump(beat, 2));
}

inline lesson::LessonFindings check(const SampleLesson& sample) {
  const auto document = document_of(sample.lesson, lesson::lesson_shape());
  const auto terms = document_of(sample.terms, lesson::terms_shape());
  const auto first = beat_called("One", "一");
  const auto second = beat_called("Two", "二");
  const auto count = parse(read_file("tests/unit/exercise/how-many.json"));
  const auto states = shipped("01-handshake-states");
  return lesson::check_lesson({sample.folder,
                               &document,
                               sample.english,
                               sample.chinese,
                               sample.beat_files,
                               sample.exercise_files,
                               {{"first", &first}, {"second", &second}},
                               {{"count", &count}, {"states", &states}},
                               {"01-before", "02-sample"},
                               {"lessons/02-sample/exercises", "."},
                               sample.own_exercises,
                               sample.page_terms},
                              lesson::read_terms(terms));
}

}  // namespace tcplab::test
