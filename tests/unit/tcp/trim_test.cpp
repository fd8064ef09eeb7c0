// §3.10.7.4, first: what lies outside the window is trimmed off, and each trim is told.
#include <algorithm>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::State;
using test::Driver;

namespace trim_test {
namespace {

constexpr Rule kTrims[] = {Rule::trimmed_syn, Rule::trimmed_left, Rule::trimmed_right,
                           Rule::trimmed_fin};

std::vector<Rule> trims(const Driver& d) {
  std::vector<Rule> found;
  for (const Rule rule : d.rules()) {
    if (std::count(std::begin(kTrims), std::end(kTrims), rule) > 0) found.push_back(rule);
  }
  return found;
}

tcp::Behaviour with_window(std::uint32_t octets) {
  tcp::Behaviour b;
  b.receive_buffer = octets;
  return b;
}

}  // namespace

TEST_CASE("a segment is trimmed to the window, and a rule says what was cut off") {
  struct Row {
    const char* what;
    State state;
    test::Arriving arriving;
    std::vector<Rule> trims;
    std::string read;
  };
  // RCV.NXT 301 (in SYN_RCVD IRS is 300), RCV.WND 10.
  const auto row = GENERATE(
      Row{"within", State::kEstablished, {"ACK", 301, 101, "abcdefghij"}, {}, "abcdefghij"},
      Row{"left", State::kEstablished, {"ACK", 299, 101, "xyabc"}, {Rule::trimmed_left}, "abc"},
      Row{"right",
          State::kEstablished,
          {"ACK", 301, 101, "abcdefghijklmnopqrst"},
          {Rule::trimmed_right},
          "abcdefghij"},
      Row{"right, and the FIN behind it",
          State::kEstablished,
          {"FIN,ACK", 301, 101, "abcdefghijklmnopqrst"},
          {Rule::trimmed_fin, Rule::trimmed_right},
          "abcdefghij"},
      Row{"the FIN alone, where text fills the window",
          State::kEstablished,
          {"FIN,ACK", 301, 101, "abcdefghij"},
          {Rule::trimmed_fin},
          "abcdefghij"},
      Row{"an old SYN",
          State::kSynRcvd,
          {"SYN,ACK", 300, 101, "abc"},
          {},
          "abc"});  // figure 7: the SYN,ACK that crosses ours
  INFO(row.what);
  Driver d(with_window(10));
  d.reach(row.state).arrives(row.arriving);
  CHECK(trims(d) == row.trims);
  CHECK(d.state() == State::kEstablished);
  CHECK(d.receive() == row.read);
}

TEST_CASE("an old SYN that brings something new is cut off, and the rest is processed") {
  Driver d;
  d.reach(State::kSynRcvd, true).arrives({"SYN", 300, 0, "abc"});
  CHECK(trims(d) == std::vector{Rule::trimmed_syn});
  CHECK(d.outcome() == "SYN_RCVD; drop ack_missing");
}

TEST_CASE("text and FIN of a SYN are trimmed like all others") {
  Driver passive(with_window(4));
  passive.reach(State::kListen).arrives({"SYN,FIN", 300, 0, "abcdef"});
  CHECK(trims(passive) == std::vector{Rule::trimmed_fin, Rule::trimmed_right});
  passive.arrives({"ACK", 307, 101});  // beyond the window: nothing more
  CHECK(passive.state() == State::kSynRcvd);
  passive.arrives({"ACK", 301, 101});
  CHECK(passive.state() == State::kEstablished);
  CHECK(passive.receive() == "abcd");

  Driver active(with_window(4));
  active.reach(State::kSynSent).arrives({"SYN,FIN,ACK", 300, 101, "abcdef"});
  CHECK(trims(active) == std::vector{Rule::trimmed_fin, Rule::trimmed_right});
  CHECK(active.state() == State::kEstablished);
  CHECK(active.receive() == "abcd");
}

}  // namespace trim_test
