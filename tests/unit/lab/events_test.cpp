// A trace whose events become JSON when they are read says what JSON made at once says, and so does
// its text; and what its segments say, their bytes say.
#include "lab/events.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "lab/match.hpp"
#include "lab/run.hpp"
#include "wire/datagram.hpp"

using namespace tcplab;
using format::Json;

namespace {

std::vector<test::Run> shipped_runs() {
  std::vector<test::Run> runs;
  const std::filesystem::path folder = TCPLAB_SOURCE_DIR "/exercises/scenarios";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    runs.push_back(test::run(text.str()));
  }
  REQUIRE(!runs.empty());
  return runs;
}

lab::Events unread(const test::Run& run) { return {run.trace.events, run.names}; }

lab::Events made(const test::Run& run) {
  std::vector<Json> events;
  for (const auto& event : run.trace.events) events.push_back(lab::to_json(event, run.names));
  return events;
}

}  // namespace

TEST_CASE("an event says without JSON what its JSON says") {
  for (const auto& run : shipped_runs()) {
    const auto events = unread(run);
    for (std::size_t n = 0; n < events.size(); ++n) {
      const std::string kind(events.kind(n));
      const std::string host(events.host(n));
      const auto connection = events.connection(n);
      const Json& event = events[n];
      CHECK(event.at("kind") == kind);
      CHECK(event.value("host", "") == host);
      CHECK(event.value("conn", 0u) == connection);
    }
  }
}

TEST_CASE("an event as text is the text of its JSON") {
  for (const auto& run : shipped_runs()) {
    for (const auto& event : run.trace.events) {
      std::string text;
      lab::append_json(text, event, run.names);
      CHECK(text == format::dump(lab::to_json(event, run.names)));
    }
  }
}

// The world hands a segment that nothing has damaged to its receiver as the sender wrote it, and
// encodes it only for those who look at bytes: both must come to the same.
TEST_CASE("the bytes of what a connection sends are read as it was written") {
  std::size_t read = 0;
  for (const auto& run : shipped_runs()) {
    for (const auto& event : run.trace.events) {
      if (event.kind != lab::EventKind::kSegmentSent) continue;
      const auto& sent = *std::get<lab::SegmentEvent>(event.detail).sent;
      if (sent.sender == 0) continue;
      const auto decoded = wire::decode(sent.bytes());
      REQUIRE(decoded);
      CHECK(*decoded == sent.segment);
      ++read;
    }
  }
  CHECK(read > 0);
}

TEST_CASE("a match finds the same events, whether they have been read or not") {
  for (const auto& run : shipped_runs()) {
    const auto all = made(run);
    std::set<Json> matches;
    for (const Json& event : all) {
      for (const char* key : {"kind", "host", "socket"}) {
        if (event.contains(key)) matches.insert(Json{{key, event.at(key)}});
      }
    }
    for (const Json& match : matches) {
      CHECK(lab::find_matches(match, unread(run)) == lab::find_matches(match, all));
    }
  }
}
