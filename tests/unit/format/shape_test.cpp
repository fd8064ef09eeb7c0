// The check of documents against shapes, and the reader of checked values.
#include "format/shape.hpp"

#include "catch.hpp"
#include "format/reader.hpp"
#include "format/sample.hpp"
#include "format/substitute.hpp"

using namespace tcplab::format;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> problems_of(const Shape& shape, const std::string& text,
                                     CheckOptions options = {}) {
  const auto document = parse(text);
  if (!document) return {to_text("", document.error())};
  std::vector<std::string> result;
  for (const Problem& problem : check(shape, *document, options)) {
    result.push_back(std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
                     (problem.pointer.empty() ? "" : problem.pointer + ": ") + problem.message.en);
  }
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("documents that have the shape have no problems") {
  const Shape shape = sample::lab();
  CHECK(problems_of(shape, "{\"format\": \"sample/1\"}") == Texts{});
  for (const std::string& members : sample::good()) {
    INFO(members);
    CHECK(problems_of(shape, sample::whole(members)) == Texts{});
  }
}

TEST_CASE("each problem names its place, what was found and what is allowed") {
  const Shape shape = sample::lab();
  for (const sample::Bad& bad : sample::bad()) {
    INFO(bad.text);
    CHECK(problems_of(shape, sample::whole(bad.text)) == bad.problems);
  }
  CHECK(problems_of(shape, "[]") ==
        Texts{"1:1: found a list; allowed: an object (lab with \"format\")"});
  CHECK(problems_of(shape, "{}") ==
        Texts{"1:1: missing key \"format\" in lab; needed: \"sample/1\""});
  CHECK(problems_of(shape, "{\"format\": \"sample/2\"}") ==
        Texts{"1:12: /format: found \"sample/2\"; allowed: \"sample/1\""});
}

TEST_CASE("integers of any size are compared rightly") {
  const Shape negative = shapes::integer(-10, -5);
  CHECK(problems_of(negative, "-5") == Texts{});
  CHECK(problems_of(negative, "18446744073709551615").size() == 1);
  CHECK(problems_of(shapes::integer(), "-9223372036854775808") == Texts{});
  CHECK(problems_of(shapes::integer(), "9223372036854775808") ==
        Texts{"1:1: found 9223372036854775808; allowed: a whole number"});
  CHECK(problems_of(shapes::integer(5), "4") ==
        Texts{"1:1: found 4; allowed: a whole number of at least 5"});
}

TEST_CASE("hostile texts have no more problems than the limit") {
  std::string text = "[0";
  for (int i = 0; i < 100'000; ++i) text += ",{}";
  CHECK(problems_of(shapes::array(shapes::integer(), 0, 1'000'000), text + "]").size() ==
        max_problems);
}

TEST_CASE("a long list of names is told by its length, and the nearest name first") {
  std::vector<std::string> names;
  for (int i = 0; i < 40; ++i)
    names.push_back(std::string(1, static_cast<char>('a' + i % 26)) + "_" +
                    std::string(static_cast<std::size_t>(i), 'x'));
  names.emplace_back("no_time_wait");
  CHECK(problems_of(shapes::enumeration(names), "\"no-time-wait\"") ==
        Texts{"1:1: found \"no-time-wait\" (did you mean \"no_time_wait\"?); allowed: one of 41 "
              "names, all of them in the format's JSON Schema"});
}

TEST_CASE("an object with one of several keys is told with its keys") {
  using namespace shapes;
  const Shape shape =
      choice({"way", "方式"}, {optional("a", any(), "A"), optional("b", any(), "B")});
  CHECK(problems_of(shape, "1") ==
        Texts{"1:1: found 1; allowed: an object (way: one of \"a\", \"b\")"});
}

TEST_CASE("with the option, a placeholder may stand for any value") {
  const std::string text =
      "{\"format\": \"${f}\", \"loss\": \"${l}\", \"isn\": [\"${i}\"], \"script\": \"${s}\"}";
  CHECK(problems_of(sample::lab(), text, {.placeholders = true}) == Texts{});
  CHECK(problems_of(sample::lab(), text).size() == 4);
}

TEST_CASE("a value is checked again after substitution, with positions in what was written") {
  const Document exercise =
      parse("{\"scenario\": {\"format\": \"sample/1\",\n  \"isn\": [\"${a}\", 7, \"${b}\"]}}")
          .value();
  const Json parameters = parse("{\"a\": 1, \"b\": {\"c\": 2}}")->value();
  const Source source{&exercise, "/scenario"};
  const auto scenario = substitute(exercise.value()["scenario"], parameters, source);
  const Problems problems = check(sample::lab(), scenario.value(), source);
  REQUIRE(problems.size() == 1);
  CHECK(to_text("f", problems[0]) ==
        "f:2:22: /scenario/isn/2: found an object; allowed: a whole number from 0 to 4294967295");
}

TEST_CASE("a reference without its definition is told, not followed") {
  CHECK(problems_of(shapes::reference("x"), "1") ==
        Texts{"1:1: the format refers to \"x\", which it does not define"});
}

TEST_CASE("a reader decodes a checked value") {
  const Document document = parse(
                                "{\"n\": 7, \"t\": \"x\", \"d\": \"1.5s\", \"s\": \"1KiB\", \"a\": "
                                "\"1.2.3.4\", \"b\": true,\n"
                                "\"l\": [1, 2], \"f\": 0.5, \"o\": {\"p/q\": 3}}")
                                .value();
  Problems problems;
  const Reader reader(document.value(), Source{&document, ""}, problems);
  CHECK(reader["n"].integer<std::uint16_t>() == 7);
  CHECK(reader["t"].text() == "x");
  CHECK(reader["d"].duration() == 1500ms);
  CHECK(reader["s"].size() == 1024);
  CHECK(reader["n"].size() == 7);
  CHECK(reader["a"].address() == 0x01020304);
  CHECK(reader["b"].boolean());
  CHECK(reader["f"].number() == 0.5);
  CHECK(reader["l"].items().size() == 2);
  CHECK(reader["l"].items()[1].integer() == 2);
  CHECK(reader["l"].items()[1].pointer() == "/l/1");
  CHECK(reader["o"].members()[0].first == "p/q");
  CHECK(reader["o"].members()[0].second.pointer() == "/o/p~1q");
  CHECK(reader.has("n"));
  CHECK_FALSE(reader.has("x"));

  const Reader none = reader["x"]["y"];
  CHECK_FALSE(none);
  CHECK(none.json().is_null());
  CHECK(none.integer(5) == 5);
  CHECK(none.text("z") == "z");
  CHECK(none.boolean(true));
  CHECK(none.number(2) == 2);
  CHECK(none.duration(3s) == 3s);
  CHECK(none.size(4) == 4);
  CHECK(none.address(6) == 6);
  CHECK(none.items().empty());
  CHECK(none.members().empty());
  CHECK(reader["t"].integer(5) == 5);
  CHECK(reader["n"].text("z") == "z");
  CHECK(reader["t"].duration(3s) == 3s);

  CHECK_FALSE(reader.has_problems());
  reader["o"]["p/q"].problem(std::string("value"));
  reader["o"]["p/q"].key_problem(std::string("key"));
  none.problem(std::string("absent"));
  CHECK(to_text("f", problems) ==
        "f:2:37: /o/p~1q: value\nf:2:30: /o/p~1q: key\nf:1:1: /x/y: absent\n");
  for (std::size_t i = 0; i < max_problems; ++i) reader.problem(std::string("again"));
  CHECK(problems.size() == max_problems);
}
