// Sentences in both languages. That neither lacks a sentence or a place is the compiler's to check.
#include "format/text.hpp"

#include "catch.hpp"

using namespace tcplab::format;

TEST_CASE("a sentence's places are filled in each language") {
  const Text text = say({"{0} of {1}, and {0} again", "{1}个里的{0}个，还是{0}个"},
                        {std::string("2"), say({"three", "三"})});
  CHECK(text.en == "2 of three, and 2 again");
  CHECK(text.zh == "三个里的2个，还是2个");
}

TEST_CASE("a place without a part is empty, and other braces stay") {
  CHECK(say({"a{1}b", "甲{1}乙"}, {std::string("x")}) == Text("ab", "甲乙"));
  CHECK(say({"${name} {x} {", "名 ${name} {x} {"}) == Text("${name} {x} {", "名 ${name} {x} {"));
}

TEST_CASE("Chinese put beside Chinese has no blank between") {
  const auto found = [](const Text& part) {
    return say({"found {0} there", "发现 {0} 在那里"}, {part}).zh;
  };
  CHECK(found(say({"a list", "一个列表"})) == "发现一个列表在那里");
  CHECK(found(std::string("\"a 列表\"")) == "发现 \"a 列表\" 在那里");
  CHECK(found(say({"list 5", "列表 5"})) == "发现列表 5 在那里");
  CHECK(say({"{0} {1}", "{0} {1}"}, {say({"a", "甲"}), say({"b", "乙"})}).zh == "甲乙");
}

TEST_CASE("what is put into a place is not searched for places") {
  CHECK(say({"found {0}", "发现 {0}"}, {std::string("{0}")}) == Text("found {0}", "发现 {0}"));
}

TEST_CASE("a text in JSON and back") {
  const Text text("one", "一");
  CHECK(to_json(text) == Json{{"en", "one"}, {"zh", "一"}});
  CHECK(read_text(to_json(text)) == text);
}
