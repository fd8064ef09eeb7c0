#include "rubric/tokens.hpp"

#include "catch.hpp"

using namespace tcplab::rubric;

namespace {

std::vector<std::string> texts(std::string_view text) {
  std::vector<std::string> all;
  for (const Token& each : tokens(text)) all.push_back(each.text);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("words are parted by signs and by digits, and have no case and no apostrophe") {
  CHECK(texts("TIME-WAIT isn't 2MSL") == Texts{"time", "wait", "isnt", "2", "msl"});
  CHECK(texts("TIME_WAIT can’t") == Texts{"time", "wait", "cant"});
  CHECK(texts("ＡＣＫ　２ＭＳＬ") == Texts{"ack", "2", "msl"});
  CHECK(texts("") == Texts{});
  CHECK(texts("...，。！") == Texts{});
}

TEST_CASE("each Chinese character is a word") {
  CHECK(texts("重传FIN，再ACK") == Texts{"重", "传", "fin", "再", "ack"});
}

TEST_CASE("places are in UTF-16 code units") {
  // U+1F600 takes two, a Chinese character and a full width letter one.
  const auto all = tokens("😀 丢了 Ａck");
  REQUIRE(all.size() == 3);
  CHECK((all[0].from == 3 && all[0].to == 4));
  CHECK((all[2].from == 6 && all[2].to == 9));
}

TEST_CASE("sentences and clauses are counted; a point within a number or an address ends nothing") {
  const auto all = tokens("One, two. After 1.5 s at 10.0.0.1 three；四。五");
  CHECK(all.front().clause == 0);
  CHECK(all[1].clause == 1);
  CHECK(all[1].sentence == 0);
  CHECK(all[2].sentence == 1);
  const auto of = [&](std::string_view text) {
    for (const Token& each : all) {
      if (each.text == text) return each.sentence;
    }
    return 99u;
  };
  CHECK(of("three") == 1);
  CHECK(of("四") == 2);
  CHECK(of("五") == 3);
}

TEST_CASE("bytes that are not UTF-8 part words") {
  CHECK(texts("ack\xFFlost") == Texts{"ack", "lost"});
  CHECK(texts("ack\xE4\xB8") == Texts{"ack"});
  CHECK(texts(std::string("a\0b", 3)) == Texts{"a", "b"});
}
