// The engine and a second reading of RFC 9293 come to the same, whatever arrives and is called in
// whatever order.
#include "tcp/second_reading.hpp"

#include <random>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::State;
using test::Driver;
using test::PlainSegment;
using test::SecondReading;

namespace {

constexpr State kStates[] = {State::kSynRcvd,  State::kEstablished, State::kFinWait1,
                             State::kFinWait2, State::kCloseWait,   State::kClosing,
                             State::kLastAck,  State::kTimeWait};

class Pair {
 public:
  explicit Pair(std::uint32_t seed)
      : random_(seed),
        from_(kStates[below(8)]),
        passive_(below(2) == 0),
        rfc5961_(below(2) == 0),
        reading_(from_, passive_, rfc5961_),
        driver_(tcp::find_profile(rfc5961_ ? "rfc9293+5961" : "rfc9293")->behaviour) {
    driver_.reach(from_, passive_);
    story_ = std::string(tcp::to_text(from_)) + (passive_ ? ", passive" : ", active") +
             (rfc5961_ ? ", RFC 5961" : "");
  }

  void run() {
    for (std::size_t events = 1 + below(9); events > 0 && lives(); --events) {
      // In SYN_RCVD calls wait for the handshake; calls_test.cpp has them.
      if (from_ != State::kSynRcvd && below(3) == 0) {
        call();
      } else {
        arrive();
      }
    }
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  template <typename T>
  T one_of(std::initializer_list<T> list) {
    return list.begin()[below(list.size())];
  }
  bool lives() const {
    return reading_.state() != State::kClosed && reading_.state() != State::kListen;
  }

  void compare(const std::string& event, const std::string& expected, const std::string& found) {
    story_ += "; " + event;
    INFO(story_);
    REQUIRE(found == expected);
  }

  void call() {
    const auto which = below(10);
    const auto told = [&](tcp::CallResult result) {
      return driver_.outcome() + (result == tcp::CallResult::kOk ? "; ok" : "; connection closing");
    };
    if (which < 5) {
      const auto expected = reading_.send();
      const auto result = driver_.send("abc");
      return compare("SEND", expected, told(result));
    }
    if (which < 9) {
      const auto expected = reading_.close();
      const auto result = driver_.close();
      return compare("CLOSE", expected, told(result));
    }
    const auto expected = reading_.abort();
    const auto result = driver_.abort();
    compare("ABORT", expected, told(result));
  }

  void arrive() {
    PlainSegment s;
    const auto kind = below(20);
    s.ack = kind < 15;
    s.fin = (kind >= 8 && kind < 12) || kind == 13 || kind >= 18;
    s.syn = kind == 12 || kind == 13 || kind == 16 || kind == 18;
    s.rst = kind == 14 || kind == 17;
    const auto window = reading_.window();
    s.seq = reading_.rcv() +
            one_of<std::int64_t>({0, 0, 0, 0, -1, -2, -3, 1, 2, 3, window - 2, window - 1, window});
    s.acknowledges =
        one_of<std::int64_t>({reading_.una(), reading_.nxt(), reading_.nxt(), reading_.una() - 1,
                              reading_.nxt() + 1, (reading_.una() + reading_.nxt()) / 2});
    if (below(2) == 0) s.octets = one_of<std::int64_t>({1, 3, window});
    std::string flags;
    const auto add = [&](bool set, const char* name) {
      if (set) flags += (flags.empty() ? "" : ",") + std::string(name);
    };
    add(s.fin, "FIN");
    add(s.syn, "SYN");
    add(s.rst, "RST");
    add(s.ack, "ACK");
    const auto expected = reading_.arrives(s);
    driver_.arrives({flags, static_cast<std::uint32_t>(s.seq),
                     static_cast<std::uint32_t>(s.acknowledges),
                     std::string(static_cast<std::size_t>(s.octets), 'x')});
    compare(flags + " seq=" + std::to_string(s.seq) + " ack=" + std::to_string(s.acknowledges) +
                " octets=" + std::to_string(s.octets),
            expected, driver_.outcome());
  }

  std::mt19937 random_;
  State from_;
  bool passive_;
  bool rfc5961_;
  SecondReading reading_;
  Driver driver_;
  std::string story_;
};

}  // namespace

TEST_CASE("a second reading of RFC 9293 §3.10.7.4 agrees on ten thousand random lives") {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) Pair(seed).run();
}
