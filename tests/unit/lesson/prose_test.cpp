#include "lesson/prose.hpp"

#include "../catch.hpp"

using namespace tcplab;
using lesson::read_prose;

namespace {

constexpr const char* kHead = "# Title\n\nThe promise,\nin two lines.\n\n> A question?\n\n";

std::vector<std::string> told(const std::string& text) {
  format::Problems problems;
  read_prose(text, problems);
  std::vector<std::string> lines;
  for (const auto& problem : problems) lines.push_back(format::to_text("", problem));
  return lines;
}

}  // namespace

TEST_CASE("prose is read as its parts") {
  format::Problems problems;
  const auto prose =
      read_prose(std::string(kHead) +
                     "## One\n\nBefore.\n\n---\n\nAfter, a [word](term:word).\n\n## Last\n\nHere.",
                 problems);
  CHECK(problems.empty());
  CHECK(prose.title == "Title");
  CHECK(prose.promise == "The promise,\nin two lines.");
  CHECK(prose.question == "A question?");
  REQUIRE(prose.sections.size() == 2);
  CHECK(prose.sections[0].title == "One");
  CHECK(prose.sections[0].line == 8);
  CHECK(prose.sections[0].before == "Before.");
  CHECK(prose.sections[0].after == "After, a [word](term:word).");
  CHECK(prose.sections[0].is_divided);
  CHECK(prose.sections[1].before == "Here.");
  CHECK_FALSE(prose.sections[1].is_divided);
  REQUIRE(prose.links.size() == 1);
  CHECK(prose.links[0].target == "word");
  CHECK(prose.links[0].line == 14);
}

TEST_CASE("what prose may not have is told with its line") {
  const std::string head = kHead;
  CHECK(told(head + "## One\nOdd < even, `<b>`, \\<b>, [brackets].").empty());
  CHECK(told("").size() == 3);
  CHECK(told("Text\n\n> Question?").front().find(":1:1: a lesson begins with its title") == 0);
  struct Row {
    const char* line;
    const char* told;
  };
  const Row rows[] = {{"<b>bold</b>", ":9:1: found HTML"},
                      {"<!-- note -->", ":9:1: found HTML"},
                      {"![a](b.png)", ":9:1: found a picture"},
                      {"[a](https://example.com)", ":9:1: found a link to \"https://example.com\""},
                      {"[a](javascript:alert)", ":9:1: found a link to \"javascript:alert\""}};
  for (const auto& row : rows) {
    const auto found = told(head + "## One\n" + row.line);
    INFO(row.line);
    REQUIRE(!found.empty());
    CHECK(found.front().find(row.told) == 0);
  }
  CHECK(told(head + "## One\n---\n---\n").front().find(":10:1: a second") == 0);
  CHECK(told(std::string(lesson::max_prose + 1, 'a')).size() == 1);
}

TEST_CASE("what is read of Markdown has no marks") {
  CHECK(lesson::visible("A [*SYN*](term:syn), `ack` and **more** \\< [not a link]") ==
        "A SYN, ack and more < [not a link]");
}
