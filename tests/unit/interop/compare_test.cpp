// The comparison finds what is planted, and nothing else. The "kernel" is the engine itself.
#include "compare.hpp"

#include "catch.hpp"
#include "engine_side.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using interop::Aspect;
using interop::Record;
using interop::Scene;

namespace compare_test {
namespace {

// Text that goes unanswered, so that a timer sends it again; then a call and a RST.
const Scene& sample() {
  static const Scene scene = interop::parse_scenes(R"({"scenes": [{"name": "a",
      "syn": {"mss": 1460, "tsval": 1000}, "reach": "ESTABLISHED", "steps": [
      {"do": "send", "bytes": 3, "lasts": "2s"}, {"do": "recv"},
      {"do": "inject", "flags": "RST"}]}]})")
                                 ->front();
  return scene;
}

constexpr std::size_t kSynAck = 0, kText = 1, kAgain = 2;  // its replies
constexpr std::size_t kSendStep = 3, kRecvStep = 4;

Record play() { return interop::play_on_engine(sample(), {}).record; }

// What is found when one side's record is changed like that.
std::optional<interop::Difference> found(void (*change)(Record&)) {
  Record kernel = play();
  change(kernel);
  return interop::compare(sample(), kernel, play());
}

}  // namespace

TEST_CASE("interop, compare: a run agrees with itself") {
  REQUIRE(play().replies.size() >= 4);
  CHECK_FALSE(interop::compare(sample(), play(), play()));
}

TEST_CASE("interop, compare: a planted difference is found at its step") {
  struct Row {
    void (*change)(Record&);
    Aspect aspect;
    std::size_t step;
    const char* says;
  };
  const Row row = GENERATE(values<Row>({
      {[](Record& r) { r.replies[kText].segment.seq += 1; }, Aspect::kContent, kSendStep, "SEQ"},
      {[](Record& r) { r.replies[kText].segment.ack += 1; }, Aspect::kContent, kSendStep, "ACK"},
      {[](Record& r) {
         auto& text = r.replies[kText].segment.payload;
         text = text.first(2);
       },
       Aspect::kContent, kSendStep, "length"},
      {[](Record& r) { r.replies[kText].segment.window = 0; }, Aspect::kContent, kSendStep,
       "window"},
      {[](Record& r) { r.replies[kText].segment.options.timestamps.reset(); }, Aspect::kContent,
       kSendStep, "options"},
      {[](Record& r) { r.replies[kText].segment.flags |= wire::kFin; }, Aspect::kContent, kSendStep,
       "kernel: FIN+ACK text"},
      {[](Record& r) { r.replies.erase(r.replies.begin() + kText); }, Aspect::kContent, kSendStep,
       "time after send"},
      {[](Record& r) { r.replies[kSynAck].segment.dst.port = 4001; }, Aspect::kContent, 1, "port"},
      {[](Record& r) { r.outcomes[kRecvStep].state = tcp::State::kCloseWait; }, Aspect::kContent,
       kRecvStep, "kernel: CLOSE_WAIT | engine: ESTABLISHED"},
      {[](Record& r) { r.outcomes[kRecvStep].result = "3"; }, Aspect::kContent, kRecvStep,
       "kernel: returns text | engine: returns waits"},
      {[](Record& r) { r.outcomes[kRecvStep].result = "waits; 3 in step 5"; }, Aspect::kContent,
       kRecvStep, "kernel: returns waits, then text | engine: returns waits"},
      {[](Record& r) { r.replies[kText].step = kRecvStep; }, Aspect::kContent, kSendStep,
       "kernel: ACK text"},
      {[](Record& r) { r.replies[kText].at += 40ms; }, Aspect::kTime, kSendStep,
       "kernel: delayed | engine: at once"},
      {[](Record& r) { r.replies[kText].segment.flags &= static_cast<wire::Flags>(~wire::kPsh); },
       Aspect::kPush, kSendStep, "kernel: no PSH | engine: PSH"},
      {[](Record& r) { r.replies[kText].segment.window += 1; }, Aspect::kWindow, kSendStep,
       "kernel: window | engine: smaller"},
  }));
  const auto difference = found(row.change);
  REQUIRE(difference);
  INFO(difference->signature);
  CHECK(difference->aspect == row.aspect);
  CHECK(difference->step == row.step);
  CHECK(difference->signature.find(row.says) != std::string::npos);
}

TEST_CASE("interop, compare: what may differ does not count") {
  // Clocks and ISNs are each side's own.
  CHECK_FALSE(found([](Record& r) {
    for (auto& reply : r.replies) reply.segment.options.timestamps->value += 77;
  }));
  CHECK_FALSE(found([](Record& r) {
    for (auto& reply : r.replies) {
      reply.segment.seq += 1'000'000;
      if (reply.iss) *reply.iss += 1'000'000;
    }
  }));
  // A timer of the kernel may be an eighth late, and the next one counts from there.
  CHECK_FALSE(found([](Record& r) {
    const auto timer = r.replies[kAgain].at - r.replies[kText].at;
    for (std::size_t i = kAgain; i < r.replies.size(); ++i) r.replies[i].at += timer / 8;
  }));
  const auto later = found(
      [](Record& r) { r.replies[kAgain].at += (r.replies[kAgain].at - r.replies[kText].at) / 4; });
  REQUIRE(later);
  CHECK(later->aspect == Aspect::kTime);
  // A machine that was late is late with the answer.
  CHECK_FALSE(found([](Record& r) {
    r.late = 40ms;
    r.replies[kText].at += 40ms;
  }));
}

TEST_CASE("interop, compare: another profile is another stack") {
  const auto scene = interop::parse_scenes(R"({"scenes": [{"name": "a", "reach": "CLOSE_WAIT",
      "steps": [{"do": "inject", "flags": "SYN", "mss": 1460, "seq": 2}]}]})")
                         ->front();
  const auto linux_6 = interop::play_on_engine(scene, {}).record;
  const auto rfc9293 = interop::play_on_engine(scene, {}, "rfc9293").record;
  // RFC 9293 §3.10.7.4 allows either: a SYN in the window resets, or is challenged (RFC 5961).
  const auto difference = interop::compare(scene, linux_6, rfc9293);
  REQUIRE(difference);
  CHECK(difference->step == 4);
  CHECK(difference->aspect == Aspect::kContent);
}

}  // namespace compare_test
