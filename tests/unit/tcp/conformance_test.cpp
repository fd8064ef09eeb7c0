// tests/conformance/table.json: state by event by shape of segment, each row named by the
// requirement that it tests.
#include <fstream>
#include <sstream>

#include "catch.hpp"
#include "format/json.hpp"
#include "host/host.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using format::Json;
using test::Driver;

namespace conformance_test {
namespace {

Json rows() {
  std::ifstream file(std::string(TCPLAB_SOURCE_DIR) + "/tests/conformance/table.json");
  REQUIRE(file);
  return Json::parse(file)["rows"];
}

std::string to_text(tcp::CallResult result) {
  switch (result) {
    case tcp::CallResult::kOk:
      return "ok";
    case tcp::CallResult::kQueued:
      return "queued";
    case tcp::CallResult::kEndOfStream:
      return "end of stream";
    case tcp::CallResult::kNoConnection:
      return "connection does not exist";
    case tcp::CallResult::kConnectionExists:
      return "connection already exists";
    case tcp::CallResult::kConnectionClosing:
      return "connection closing";
  }
  return "";
}

// "abc" or, for a thousand of a letter, "x*1000".
std::string text_of(const std::string& value) {
  const auto times = value.find('*');
  return times == std::string::npos ? value
                                    : std::string(std::stoul(value.substr(times + 1)), value[0]);
}

// "RST,ACK seq=300 ack=1 win=9 text=abc"; no control bits: "none".
test::Arriving segment(const std::string& flags, std::istringstream& rest) {
  test::Arriving arriving{flags == "none" ? std::string_view() : std::string_view(flags)};
  for (std::string word; rest >> word;) {
    const auto equals = word.find('=');
    const auto key = word.substr(0, equals);
    const auto value = word.substr(equals + 1);
    if (key == "seq") arriving.seq = static_cast<std::uint32_t>(std::stoul(value));
    if (key == "ack") arriving.ack = static_cast<std::uint32_t>(std::stoul(value));
    if (key == "win") arriving.window = static_cast<std::uint16_t>(std::stoul(value));
    if (key == "text") arriving.text = text_of(value);
  }
  return arriving;
}

// In CLOSED there is no TCB, and the host answers (§3.10.7.1).
std::string arrives_in_closed(const std::string& event) {
  std::istringstream words(event);
  std::string flags;
  words >> flags;
  const auto arriving = segment(flags, words);
  wire::Segment arrived;
  arrived.src = {{0x0a000002}, 80};
  arrived.dst = {{0x0a000001}, 4000};
  arrived.flags = wire::parse_flags(arriving.flags).value();
  arrived.seq = wire::Seq(arriving.seq);
  arrived.ack = wire::Seq(arriving.ack);
  arrived.window = arriving.window;
  arrived.payload = wire::Payload(arriving.text.begin(), arriving.text.end());

  host::Config config;
  config.address = arrived.dst.address;
  host::Host host(config);
  host::ConnectionId last = 0;
  host::Effects effects;
  host::Context context{Time{0}, last, effects};
  host.on_segment(context, arrived, 1);
  std::string sent;
  std::string dropped;
  for (const auto& effect : effects) {
    if (const auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
      sent += "; " + test::to_text(effects.segments[sending->segment]);
    } else if (std::holds_alternative<tcp::DropSegment>(effect.what)) {
      dropped += "; drop " + std::string(to_text(effect.rule));
    }
  }
  return "CLOSED" + sent + dropped;
}

// Does one event and tells what came of it; a call's result stands last.
std::string happen(Driver& d, const std::string& event) {
  std::istringstream words(event);
  std::string first;
  words >> first;
  const auto called = [&](tcp::CallResult result) { return d.outcome() + "; " + to_text(result); };
  if (first == "OPEN") return called(d.open_active());
  if (first == "CLOSE") return called(d.close());
  if (first == "ABORT") return called(d.abort());
  std::string argument;
  if (first == "SEND") {
    words >> argument;
    return called(d.send(argument));
  }
  if (first == "timeout") {
    words >> argument;
    const auto name = std::find(tcp::kTimerNames.begin(), tcp::kTimerNames.end(), argument);
    REQUIRE(name != tcp::kTimerNames.end());
    REQUIRE(d.fire(static_cast<tcp::Timer>(name - tcp::kTimerNames.begin())));
    return d.outcome();
  }
  const std::string flags = first;
  d.arrives(segment(flags, words));
  return d.outcome();
}

}  // namespace

TEST_CASE("conformance: every row of the table") {
  for (const auto& row : rows()) {
    INFO(row.dump());
    const auto* profile = tcp::find_profile(row.value("profile", "rfc9293"));
    REQUIRE(profile != nullptr);
    // The window that the rows speak of.
    auto behaviour = profile->behaviour;
    behaviour.receive_buffer = Driver().behaviour.receive_buffer;
    Driver d(behaviour);
    d.reach(tcp::state_named(row["state"].get<std::string>()).value(),
            row.value("opened", "active") == "passive");
    const Json events = row["when"].is_array() ? row["when"] : Json::array({row["when"]});
    const bool is_segment = events[0].get<std::string>().find("seq=") != std::string::npos;
    std::string outcome;
    for (const auto& event : events) {
      const auto what = event.get<std::string>();
      const bool host_answers = d.state() == tcp::State::kClosed && is_segment;
      outcome = host_answers ? arrives_in_closed(what) : happen(d, what);
    }
    CHECK(outcome == row["then"].get<std::string>());
  }
}

}  // namespace conformance_test
