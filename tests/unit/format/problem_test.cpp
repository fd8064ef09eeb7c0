// How problems are shown to people and programs.
#include "format/problem.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace tcplab::format;

TEST_CASE("a problem reads file:line:column: /pointer: message") {
  const Problem problem{"/hosts/0", 3, 14, {"found 5", "发现 5"}};
  CHECK(to_text("lab.json", problem) == "lab.json:3:14: /hosts/0: found 5");
  CHECK(to_text("", Problem{"", 0, 0, std::string("found 5")}) == "found 5");
  CHECK(to_text("f", Problem{"/a\x1b[31m\nb", 1, 1, std::string("m")}) ==
        "f:1:1: /a\\u001B[31m\\nb: m");
  CHECK(to_text("f", Problems{problem, problem}) ==
        "f:3:14: /hosts/0: found 5\nf:3:14: /hosts/0: found 5\n");
  CHECK(dump(to_json(Problems{problem})) ==
        R"({"problems":[{"pointer":"/hosts/0","line":3,"column":14,)"
        R"("message":{"en":"found 5","zh":"发现 5"}}]})");
}

TEST_CASE("problems that are not listed are counted; when collecting stopped, at least so many") {
  const auto last_line_of = [](std::size_t problems) {
    const auto text = to_text("f", Problems(problems, Problem{"", 0, 0, std::string("m")}));
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    CHECK(lines == std::min(problems, most_told + 1));
    return text.substr(text.rfind('\n', text.size() - 2) + 1);
  };
  CHECK(last_line_of(most_told) == "f: m\n");
  CHECK(last_line_of(most_told + 1) == "f: and 1 more\n");
  CHECK(last_line_of(max_problems - 1) ==
        "f: and " + std::to_string(max_problems - 1 - most_told) + " more\n");
  CHECK(last_line_of(max_problems) ==
        "f: and at least " + std::to_string(max_problems - most_told) + " more\n");
}

TEST_CASE("numbers are shown in the fewest digits that read back as them") {
  CHECK(show(Json(1e23)).en == "1e23");
  CHECK(show(Json(-2.5e-7)).en == "-2.5e-07");
  CHECK(show(Json(5.0)).en == "5.0");
  CHECK(show(Json(0.1)).en == "0.1");
  CHECK(show(Json(1.7976931348623157e308)).en == "1.7976931348623157e308");
}

TEST_CASE("quoted values are short and harmless") {
  CHECK(quote("plain 文字") == "\"plain 文字\"");
  CHECK(quote("a\"b\\c") == "\"a\\\"b\\\\c\"");
  CHECK(quote("\x1b[2J\n\t\x7f") == "\"\\u001B[2J\\n\\t\\u007F\"");
  CHECK(quote("abc\u202Edef\u200B\u0085") == "\"abc\\u202Edef\\u200B\\u0085\"");
  CHECK(quote(std::string(40, 'x')) == "\"" + std::string(40, 'x') + "\"");
  CHECK(quote(std::string(41, 'x')) == "\"" + std::string(40, 'x') + "…\"");
  CHECK(quote("\xff\x80\x80\x80\x80\x80") != "");
  CHECK(show(Json(12)).en == "12");
  CHECK(show(Json(nullptr)).en == "null");
  CHECK(show(Json(1.5)).en == "1.5");
  CHECK(show(Json("x")).en == "\"x\"");
  CHECK(show(Json::array({1})).en == "a list");
  CHECK(show(Json::object()).en == "an object");
}

TEST_CASE("near misses are suggested, other words are not") {
  const std::vector<std::string> words{"delay", "loss", "msl", "ESTABLISHED", "to"};
  const std::string delay = " (did you mean \"delay\"?)";
  CHECK(suggestion("dleay", words).en == delay);
  CHECK(suggestion("Delay", words).en == delay);
  CHECK(suggestion("delays", words).en == delay);
  CHECK(suggestion("dely", words).en == delay);
  CHECK(suggestion("ESTABLISHD", words).en == " (did you mean \"ESTABLISHED\"?)");
  CHECK(suggestion("TO", words).en == " (did you mean \"to\"?)");
  CHECK(suggestion("at", words).en == "");
  CHECK(suggestion("decay rate", words).en == "");
  CHECK(suggestion("", words).en == "");
  CHECK(suggestion(std::string(1'000'000, 'd'), words).en == "");
  CHECK(suggestion("delay", {}).en == "");
}

TEST_CASE("no suggestion is drawn by lot") {
  const std::vector<std::string> ids{"q1", "q2", "part-1", "part-2", "rfc9293"};
  CHECK(suggestion("q12", ids).en == "");
  CHECK(suggestion("part-3", {"part-1"}).en == "");
  CHECK(suggestion("prt-3", ids).en == "");
  CHECK(suggestion("prt-1", ids).en == " (did you mean \"part-1\"?)");
  CHECK(suggestion("rfc9239", ids).en == " (did you mean \"rfc9293\"?)");
  CHECK(suggestion("sent", {"send", "sens"}).en == " (did you mean \"send\" or \"sens\"?)");
  CHECK(suggestion("sent", {"send", "sens", "lent"}).en == "");
}

TEST_CASE("lists are whole, however long") {
  CHECK(list({}) == "");
  CHECK(list({"a", "b"}) == "\"a\", \"b\"");
  const std::string text = list(std::vector<std::string>(100, "w"));
  CHECK(std::count(text.begin(), text.end(), 'w') == 100);
}
