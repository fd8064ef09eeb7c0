// Builds in which a host without a stack may inject segments.
//
// A RST ends a connection if its SEQ is RCV.NXT (RFC 9293 §3.10.7.4, RFC 5961 §3.2): here ISN + 1,
// the number of the client's ACK, which is the third segment, and the ack of the second.
#include "exercise/check.hpp"
#include "format/document.hpp"
#include "sample.hpp"

using namespace tcplab;
using namespace tcplab::test;

namespace inject_test {
namespace {

const std::string& text() {
  static const std::string text = read_file("tests/unit/exercise/inject-a-reset.json");
  return text;
}

Json verdict_on(const Json& segment, const char* host = "mallory") {
  Json whole{{"from", "client:40000"}, {"to", "server:80"}};
  whole.update(segment);
  const Json action{{"at", "300ms"}, {"host", host}, {"do", "inject"}, {"segment", whole}};
  return judged(parse(text()), 1, "reset", Json::array({action}));
}

std::string problem(const Json& verdict) {
  return verdict.contains("problem") ? verdict.at("problem").at("en").get<std::string>() : "";
}

}  // namespace

TEST_CASE("an injected segment may take its numbers from segments that were seen") {
  const Json third{{"flags", "RST"}, {"seq", {{"of", {{"nth", 3}}}, {"take", "next"}}}};
  CHECK(verdict_on(third).at("correct") == true);
  const Json second{{"flags", "RST"}, {"seq", {{"of", {{"nth", 2}}}, {"take", "ack"}}}};
  CHECK(verdict_on(second).at("correct") == true);
  Json beyond = third;
  beyond["seq"]["plus"] = 1;
  CHECK(verdict_on(beyond).at("correct") == false);
  const auto isn = copy_of(parse(text()), 1).params.at("isn").get<std::uint32_t>();
  CHECK(verdict_on({{"flags", "RST"}, {"seq", isn + 1}}).at("correct") == true);
}

TEST_CASE("what an exercise does not let a segment say is refused with its place") {
  CHECK(problem(verdict_on({{"seq", 1}, {"win", 0}})) ==
        "/0: a segment that is injected may say \"from\", \"to\", \"seq\", \"flags\", \"ack\" in "
        "this exercise, not \"win\"");
  CHECK(problem(verdict_on({{"seq", 1}}, "client")) ==
        "/0: \"inject\" on \"client\" is not allowed in this exercise");
  const Json error{{"error", "port_unreachable"},
                   {"quotes", {{"from", "client:40000"}, {"to", "server:80"}, {"seq", 1}}}};
  const Json action{{"at", "1s"}, {"host", "mallory"}, {"do", "inject"}, {"icmp", error}};
  CHECK(problem(judged(parse(text()), 1, "reset", Json::array({action}))).find("not \"icmp\"") !=
        std::string::npos);
}

TEST_CASE("a host with a stack is not let inject, nor one that does not exist") {
  const auto first_error = [](const char* host) {
    Json exercise = format::parse(text())->value();
    exercise["questions"][0]["allow"]["inject"] = {{host, {"flags"}}};
    const auto variant = exercise::check_variant(parse(format::dump(exercise)), 1);
    REQUIRE(!variant.errors.empty());
    return variant.errors.front().message.en;
  };
  CHECK(first_error("server") == "inject needs a host with \"stack\": \"none\"");
  CHECK(first_error("nobody").find("nobody") != std::string::npos);
}

}  // namespace inject_test
