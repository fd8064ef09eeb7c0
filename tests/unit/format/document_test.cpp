// Reading JSON text: positions, limits, and what is told about text that is no JSON.
#include "format/document.hpp"

#include <chrono>
#include <string>

#include "catch.hpp"

using namespace tcplab::format;

namespace {

Document read(std::string_view text) {
  auto document = parse(text);
  INFO(text);
  if (!document) FAIL(to_text("", document.error()));
  return *document;
}

// "line:column: pointer: message" of the only problem.
std::string refusal(std::string_view text, Limits limits = {}) {
  const auto document = parse(text, limits);
  if (document) return "accepted";
  REQUIRE(document.error().size() == 1);
  return to_text("f", document.error()[0]);
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_CASE("every value and key of a document has a position") {
  const Document document =
      read("{\n  \"a\": [1, -2.5e3,\n\t\"x\"],\n  \"b\" :{\"c\":true , \"d\": null}\n}");
  struct Row {
    const char* pointer;
    Position value, key;
  };
  const Row rows[] = {
      {"", {1, 1}, {1, 1}},       {"/a", {2, 8}, {2, 3}},     {"/a/0", {2, 9}, {2, 9}},
      {"/a/1", {2, 12}, {2, 12}}, {"/a/2", {3, 2}, {3, 2}},   {"/b", {4, 8}, {4, 3}},
      {"/b/c", {4, 13}, {4, 9}},  {"/b/d", {4, 25}, {4, 20}},
  };
  for (const Row& row : rows) {
    INFO(row.pointer);
    CHECK(document.position(row.pointer) == row.value);
    CHECK(document.key_position(row.pointer) == row.key);
  }
}

TEST_CASE("columns count characters, not bytes") {
  const Document document = read("{\"名字\": \"é😀\", \"b\": 1}");
  CHECK(document.position("/名字") == Position{1, 8});
  CHECK(document.key_position("/b") == Position{1, 14});
}

TEST_CASE("numbers end where they end, although the scanner reads on") {
  CHECK(read("7").position("") == Position{1, 1});
  CHECK(read(" 7\n").position("") == Position{1, 2});
  const Document document = read("[1,2 ,3\n,4.5,\n6e1]");
  CHECK(document.position("/1") == Position{1, 4});
  CHECK(document.position("/2") == Position{1, 7});
  CHECK(document.position("/3") == Position{2, 2});
  CHECK(document.position("/4") == Position{3, 1});
  const Document nested = read("[[1],[[2]],{\"k\":3},4]");
  CHECK(nested.position("/1/0/0") == Position{1, 8});
  CHECK(nested.position("/2/k") == Position{1, 17});
  CHECK(nested.position("/3") == Position{1, 20});
}

TEST_CASE("pointers escape, and lead to the nearest ancestor that was written") {
  const Document document = read("{\"a/b\": {\"~\": 1}, \"\": 2, \"0\": [3]}");
  CHECK(document.position("/a~1b/~0") == Position{1, 15});
  CHECK(document.position("/") == Position{1, 23});
  CHECK(document.position("/0/0") == Position{1, 32});
  CHECK(document.position("/0/7/x") == Position{1, 31});
  CHECK(document.position("/0/00") == Position{1, 31});
  CHECK(document.position("nonsense") == Position{1, 1});
  CHECK(Document{}.position("/a") == Position{});
  CHECK(Document{}.key_position("/a") == Position{});
}

TEST_CASE("members keep their order") {
  CHECK(dump(read("{\"b\": 1, \"a\": {\"d\": 2, \"c\": 3}}").value()) ==
        "{\"b\":1,\"a\":{\"d\":2,\"c\":3}}");
}

TEST_CASE("text that is no JSON is refused with its place, what was found and what is allowed") {
  struct Row {
    std::string text, message;
  };
  const std::string value =
      "a value (text in double quotes, number, true, false, null, object or list)";
  const std::string not_utf8 =
      "the text is not UTF-8 here; save it as UTF-8 (it may be GBK or Latin-1 now)";
  const std::string utf16 = "f:1:1: the text is UTF-16; save it as UTF-8 without a byte order mark";
  const Row rows[] = {
      {"", "f:1:1: the text is empty; allowed: one JSON value"},
      {" \n ", "f:1:1: the text is empty; allowed: one JSON value"},
      {"\xEF\xBB\xBF{}",
       "f:1:1: the text begins with a byte order mark; save it as UTF-8 without one"},
      {"{} {}", "f:1:4: found \"{\"; allowed: nothing more after the value"},
      {"1 2", "f:1:3: found \"2\"; allowed: nothing more after the value"},
      {std::string("1\0 2", 4), "f:1:2: found a zero byte; allowed: JSON text"},
      {"NaN", "f:1:1: found \"NaN\"; allowed: " + value},
      {"[1, -Infinity]", "f:1:5: invalid number; expected digit after '-'"},
      {"[1, Infinity]", "f:1:5: found \"Infinity\"; allowed: " + value},
      {"[1,\n nul]", "f:2:2: found \"nul\"; allowed: " + value},
      {"[01]", "f:1:3: found \"1\" (a number does not begin with 0); allowed: \",\" or \"]\""},
      {"[1 2]", "f:1:4: found \"2\"; allowed: \",\" or \"]\""},
      {"[1,]", "f:1:4: found \"]\" (the comma before it is one too many); allowed: " + value},
      {"[1,,2]", "f:1:4: found \",\" (the comma before it is one too many); allowed: " + value},
      {"[1,", "f:1:4: found the end of the text; allowed: " + value},
      {"[1", "f:1:3: found the end of the text; allowed: \",\" or \"]\""},
      {"[1}", "f:1:3: found \"}\"; allowed: \",\" or \"]\""},
      {"{\"a\" \"b\"}", "f:1:6: found the text \"b\"; allowed: \":\" and the value of the key"},
      {"{\"a\":}", "f:1:6: found \"}\"; allowed: " + value},
      {"{\"a\":", "f:1:6: found the end of the text; allowed: " + value},
      {"{\"a\":1,}",
       "f:1:8: found \"}\" (the comma before it is one too many); allowed: a key in double quotes"},
      {"{\"a\":1 \"b\":2}", "f:1:8: found the text \"b\"; allowed: \",\" or \"}\""},
      {"{a:1}", "f:1:2: found \"a\"; allowed: a key in double quotes"},
      {"{'a':1}", "f:1:2: found \"'a'\"; allowed: a key in double quotes"},
      {"[,1]", "f:1:2: found \",\"; allowed: " + value},
      {"[-012]", "f:1:4: found \"12\" (a number does not begin with 0); allowed: \",\" or \"]\""},
      {"[1，2]", "f:1:3: found \"，2\" (JSON has the ASCII character ,); allowed: \",\" or \"]\""},
      {"{\"a\"：1}",
       "f:1:5: found \"：1\" (JSON has the ASCII character :); allowed: \":\" and the value of the "
       "key"},
      {"{“a”:1}",
       "f:1:2: found \"“a”\" (JSON has the ASCII character \"); allowed: a key in double quotes"},
      {"｛\"a\":1｝", "f:1:1: found \"｛\" (JSON has the ASCII character {); allowed: " + value},
      {"{\"a\":1｝",
       "f:1:7: found \"｝\" (JSON has the ASCII character }); allowed: \",\" or \"}\""},
      {"{} // note", "f:1:4: found \"//\"; allowed: nothing more after the value"},
      {"[1e999]", "f:1:2: found \"1e999\"; the number is too large"},
      {"{\"a\": {\"b\": [1, x]}}", "f:1:17: /a/b: found \"x\"; allowed: " + value},
      {"[\"ab\n",
       "f:1:5: the text ends within a string, whose closing quote is missing: it may be cut off"},
      {"[\"ab\nc\"]",
       "f:1:5: invalid string: control character U+000A (LF) must be escaped to \\u000A or \\n"},
      {"[\"ab",
       "f:1:5: the text ends within a string, whose closing quote is missing: it may be cut off"},
      {"[\"a\nb\"]",
       "f:1:4: invalid string: control character U+000A (LF) must be escaped to \\u000A or \\n"},
      {"[\"\\x\"]", "f:1:4: invalid string: forbidden character after backslash"},
      {"[\"\\ud800\"]",
       "f:1:9: invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF"},
      {"[\"a\xFF\"]", "f:1:4: " + not_utf8},
      {"[\"\xC0\xAF\"]", "f:1:3: " + not_utf8},
      {"\xFF\xFE{", utf16},
      {std::string("{\0}\0", 4), utf16},
      {std::string("\0{\0}", 4), utf16},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(refusal(row.text) == row.message);
  }
}

TEST_CASE("a key that an object has twice is refused at the second place") {
  CHECK(refusal("{\"x\": [{\"a\": [1, 2], \"b\": {},\n \"a\": 3}]}") ==
        "f:2:2: /x/0/a: the object has the key \"a\" twice");
  CHECK(refusal("{\"a\":1,\"\\u0061\":1}") == "f:1:8: /a: the object has the key \"a\" twice");
  CHECK(refusal("[{\"a\":1},{\"a\":1}]") == "accepted");
}

TEST_CASE("each limit is kept and named") {
  Limits limits;
  limits.bytes = 10;
  CHECK(refusal("[123456789]", limits) == "f:1:1: the text has 11 bytes; at most 10 are allowed");
  CHECK(refusal("[12345678]", limits) == "accepted");
  limits = {};
  limits.depth = 3;
  CHECK(refusal("[[{\"a\":1}]]", limits) == "accepted");
  CHECK(refusal("[[{\"a\":[]}]]", limits) ==
        "f:1:8: /0/0: nested too deep; at most 3 objects and lists within each other");
  limits = {};
  limits.values = 4;
  CHECK(refusal("[1,[2]]", limits) == "accepted");
  CHECK(refusal("[1,[2,\n3]]", limits) == "f:2:1: /1: a document has at most 4 values");
  limits = {};
  limits.members = 2;
  CHECK(refusal("{\"a\":1,\"b\":{\"a\":1,\"b\":2}}", limits) == "accepted");
  CHECK(refusal("{\"a\":1,\"b\":2,\"c\":3}", limits) == "f:1:14: an object has at most 2 members");
  limits = {};
  limits.key = 3;
  CHECK(refusal("{\"abc\":1}", limits) == "accepted");
  CHECK(refusal("{\"abcd\":1}", limits) == "f:1:2: the key has 4 bytes; at most 3 are allowed");
}

TEST_CASE("huge and hostile texts are refused quickly") {
  const auto milliseconds = [](const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    CHECK(refusal(text) != "accepted");
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
  };
  CHECK(milliseconds(std::string(100'000'000, '[')) < 250);
  CHECK(milliseconds(std::string(1'000'000, '[')) < 5000);
  CHECK(milliseconds(repeat("{\"a\":", 600'000)) < 5000);
  CHECK(milliseconds("[" + repeat("0,", 2'000'000) + "0]") < 5000);
  std::string members = "{\"a\":0";
  for (int i = 0; i < 300'000; ++i) members += ",\"" + std::to_string(i) + "\":0";
  CHECK(milliseconds(members + "}") < 5000);
  CHECK(milliseconds("[" + std::string(4'000'000, ' ')) < 5000);
  CHECK(milliseconds("\"" + std::string(4'000'000, 'a')) < 5000);
}

TEST_CASE(
    "every prefix and every changed byte of a document is accepted or refused, never a crash") {
  const std::string text =
      "{\"a\": [1, -2.5e3, \"\\u00e9é\\n\", true], \"b\": {\"c\": null, \"😀\": false}} ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto prefix = parse(text.substr(0, i));
    CHECK((prefix.has_value() ? i + 1 == text.size() : prefix.error()[0].line == 1));
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[i] = static_cast<char>(byte);
      const auto document = parse(changed);
      if (!document) REQUIRE(document.error()[0].column >= 1);
    }
  }
}
