#include "rubric/match.hpp"

#include <chrono>

#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;
using rubric::Outcome;

namespace {

rubric::Rubric read(const format::Json& json) {
  const auto read = rubric::parse_rubric(format::dump(json));
  if (!read) FAIL(format::to_text("sample", read.error()));
  return *read;
}

rubric::Finding first(const format::Json& json, std::string_view text) {
  const auto findings = rubric::match(read(json), text);
  REQUIRE(findings);
  return findings->front();
}

Outcome outcome(const format::Json& json, std::string_view text) {
  return first(json, text).outcome;
}

Outcome told(std::string_view text) { return outcome(sample_rubric(), text); }

format::Json with_rule(const char* rule, const char* list = "for") {
  auto json = sample_rubric();
  json["ideas"][0][list] = format::Json::array({format::Json::parse(rule)});
  return json;
}

}  // namespace

TEST_CASE(
    "an idea is found in either language where its words stand near each other, in their order") {
  CHECK(told("If the last ACK is lost, FIN comes again.") == Outcome::kFound);
  CHECK(told("The acknowledgement is dropped.") == Outcome::kFound);
  CHECK(told("确认会丢失") == Outcome::kFound);
  CHECK(told("ACK 丢了") == Outcome::kFound);
  CHECK(told("Lost is the ACK.") == Outcome::kNotFound);
  CHECK(told("The ACK is sent. FIN is lost.") == Outcome::kNotFound);
  // Six words, and seven.
  CHECK(told("the ack a b c d lost") == Outcome::kFound);
  CHECK(told("the ack a b c d e lost") == Outcome::kNotFound);
  CHECK(told("") == Outcome::kNotFound);
}

TEST_CASE("the words that decide it are told by their places") {
  const auto finding = first(sample_rubric(), "So 😀 the ACK is lost.");
  REQUIRE(finding.spans.size() == 2);
  CHECK((finding.spans[0].from == 10 && finding.spans[0].to == 13));
  CHECK((finding.spans[1].from == 17 && finding.spans[1].to == 21));
}

TEST_CASE("a not before it or within it makes it the opposite, two do not") {
  CHECK(told("The ACK is not lost.") == Outcome::kContradicted);
  CHECK(told("So it is not the ACK that is lost.") == Outcome::kContradicted);
  CHECK(told("确认不会丢失") == Outcome::kContradicted);
  CHECK(told("It is not so that the ACK can't be lost.") == Outcome::kFound);
  CHECK(told("That the ACK is lost is wrong.") == Outcome::kContradicted);
  CHECK(told("说确认会丢失不对") == Outcome::kContradicted);
  // Of another clause, or too far away.
  CHECK(told("It is not so, the ACK is lost.") == Outcome::kFound);
  CHECK(told("It is not a b c d e ACK lost.") == Outcome::kFound);
  // No negation at all.
  CHECK(told("The ACK is not only lost.") == Outcome::kFound);
  CHECK(told("确认不仅丢了") == Outcome::kFound);
}

TEST_CASE("what is said once and denied once is found") {
  CHECK(told("The ACK is not lost. But the ACK is lost.") == Outcome::kFound);
}

TEST_CASE("a list of words says nothing") {
  CHECK(told("ACK, lost, FIN, again") == Outcome::kNotFound);
}

TEST_CASE("rules may take any order, several sentences, one clause, and exclude words") {
  const auto any = with_rule(R"({"words": ["ack", "lost", "again"], "order": "any", "within": 8})");
  CHECK(outcome(any, "so again lost is the ack") == Outcome::kFound);
  CHECK(outcome(any, "so lost is the ack") == Outcome::kNotFound);
  const auto two = with_rule(R"({"words": ["ack", "lost"], "sentences": 2})");
  CHECK(outcome(two, "The ACK is sent. It is lost.") == Outcome::kFound);
  CHECK(outcome(two, "The ACK is. So is it. It is lost.") == Outcome::kNotFound);
  const auto one = with_rule(R"({"words": ["ack", "lost"], "one_clause": true})");
  CHECK(outcome(one, "The ACK is lost") == Outcome::kFound);
  CHECK(outcome(one, "The ACK, is lost") == Outcome::kNotFound);
  const auto but = with_rule(R"({"words": ["ack", "lost"], "excludes": ["hedge"]})");
  CHECK(outcome(but, "The ACK is lost, perhaps.") == Outcome::kNotFound);
  CHECK(outcome(but, "The ACK is lost. Perhaps.") == Outcome::kFound);
  const auto either = with_rule(R"({"words": [["last-ack", "again"], "lost"]})");
  CHECK(outcome(either, "so again lost") == Outcome::kFound);
  CHECK(outcome(either, "the last ACK is lost") == Outcome::kFound);
  const auto belongs = with_rule(R"({"words": ["negation", "lost"], "negation": "belongs"})");
  CHECK(outcome(belongs, "is not lost") == Outcome::kFound);
}

TEST_CASE("what speaks against an idea outweighs what speaks for it") {
  const auto json = with_rule(R"({"words": ["again", "hedge"]})", "against");
  CHECK(outcome(json, "The ACK is lost. So again, perhaps.") == Outcome::kContradicted);
}

TEST_CASE("who denies a wrong idea has not said it") {
  auto json = sample_rubric();
  json["ideas"][0]["wrong"] = true;
  CHECK(outcome(json, "The ACK is lost.") == Outcome::kFound);
  CHECK(outcome(json, "The ACK is not lost.") == Outcome::kNotFound);
}

TEST_CASE("rules that cannot be read are refused, with their place") {
  const auto refused = [](const format::Json& json) {
    const auto read = rubric::parse_rubric(format::dump(json));
    REQUIRE(!read);
    return read.error().front();
  };
  auto json = with_rule(R"({"words": ["ack", "losst"]})");
  CHECK(refused(json).pointer == "/ideas/0/for/0/words/1");
  CHECK_THAT(refused(json).message.en, Catch::Matchers::Contains("did you mean \"lost\""));
  json = sample_rubric();
  json["words"]["ack"].push_back("ab*");
  CHECK(refused(json).pointer == "/words/ack/2");
  json["words"]["ack"][2] = "，";
  CHECK(refused(json).pointer == "/words/ack/2");
  json = sample_rubric();
  json["ideas"].push_back(json["ideas"][0]);
  CHECK(refused(json).pointer == "/ideas/1/id");
  json = sample_rubric();
  json["words"].erase("speech");
  CHECK_THAT(refused(json).message.en, Catch::Matchers::Contains("\"speech\""));
  json = with_rule(R"({"words": ["ack"], "within": 1000})");
  CHECK(refused(json).pointer == "/ideas/0/for/0/within");
}

TEST_CASE("a text has at most 6,000 characters") {
  std::string text;
  for (int i = 0; i < 6'000; ++i) text += "确";
  const auto rules = read(sample_rubric());
  CHECK(rubric::match(rules, text));
  CHECK(!rubric::match(rules, text + "a"));
  CHECK(!rubric::match(rules, std::string(1'000'000, 'a')));
}

TEST_CASE("the most hostile text takes no longer than one waits") {
  const auto rules =
      rubric::parse_rubric(read_source("exercises/rubrics/06-explain-time-wait.json"));
  REQUIRE(rules);
  for (const char* words : {"ack not fin ", "一个 msl 不", "old data new connection ", "the ack ",
                            "so wait port closed everyone "}) {
    std::string text;
    while (format::characters(text) + 40 < rubric::kLongestText) text += words;
    const auto start = std::chrono::steady_clock::now();
    CHECK(rubric::match(*rules, text));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    INFO(words);
    CHECK(took.count() < 1);
  }
}
