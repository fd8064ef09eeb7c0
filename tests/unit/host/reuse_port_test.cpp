// SO_REUSEPORT: several listeners on one port. Linux's answers to calls are those of
// kernel 6.18.44; FreeBSD's come from its source.
#include <algorithm>
#include <map>

#include "catch.hpp"
#include "host/returns.hpp"

using namespace tcplab;
using format::Json;
using lab::EventKind;
using Lines = std::vector<std::string>;

namespace reuse_port_test {
namespace {

std::string entry(const std::string& at, const std::string& what, const std::string& more) {
  return R"({"at": ")" + at + R"(", "host": "B", "do": ")" + what + R"(", )" + more + "}";
}
std::string make(const std::string& name) {
  return entry("0", "socket", R"("as": ")" + name + '"');
}
std::string set(const std::string& name, const std::string& option, bool value) {
  return entry("0", "setsockopt",
               R"("socket": ")" + name + R"(", "option": ")" + option + R"(", "value": )" +
                   (value ? "true" : "false"));
}
std::string bind(const std::string& name) {
  return entry("0", "bind", R"("socket": ")" + name + R"(", "port": 80)");
}
std::string listen(const std::string& name) {
  return entry("0", "listen", R"("socket": ")" + name + R"(", "accept": "on_call")");
}
std::string join(const Lines& entries) {
  std::string text;
  for (const auto& each : entries) text += (text.empty() ? "" : ", ") + each;
  return text;
}

// Listeners of port 80 with SO_REUSEPORT, and so many clients, all at different ports.
Lines group_of(int listeners, int clients) {
  Lines script;
  for (int i = 1; i <= listeners; ++i) {
    const auto name = "s" + std::to_string(i);
    for (const auto& each :
         {make(name), set(name, "SO_REUSEPORT", true), bind(name), listen(name)}) {
      script.push_back(each);
    }
  }
  for (int i = 1; i <= clients; ++i) {
    script.push_back(R"({"at": "1ms", "host": "A", "do": "connect", "to": "B:80", "port": )" +
                     std::to_string(4'000 + i) + R"(, "as": "c)" + std::to_string(i) + R"("})");
  }
  return script;
}

test::Run run(const std::string& profile, const Lines& script, std::uint64_t seed = 1) {
  return test::run(test::two_hosts("{}", "{}",
                                   R"("until": "5s", "profile": ")" + profile +
                                       R"(", "script": [)" + join(script) + "]"),
                   seed);
}

// How many connections each listener has in its queue, by the listener's number.
std::map<int, std::size_t> queues(const test::Run& r) {
  std::map<int, std::size_t> longest;
  for (const auto& event : r.events(EventKind::kQueue)) {
    auto& length = longest[event["conn"].get<int>()];
    length = std::max(length, event["length"].get<std::size_t>());
  }
  return longest;
}

}  // namespace

TEST_CASE("SO_REUSEPORT: which sockets may share a port") {
  struct Row {
    const char* name;
    const char* profile;
    Lines script;
    const char* last;  // what the last call returned
  };
  const Lines one{make("a"), set("a", "SO_REUSEPORT", true), bind("a"), make("b")};
  const auto then = [&](const Lines& more) {
    Lines script = one;
    script.insert(script.end(), more.begin(), more.end());
    return script;
  };
  const Lines both = then({set("b", "SO_REUSEPORT", true), bind("b")});
  const Lines both_listen =
      then({set("b", "SO_REUSEPORT", true), bind("b"), listen("a"), listen("b")});
  const std::vector<Row> rows{
      {"both", "linux", both, "bind b"},
      {"both, and both listen", "linux", both_listen, "listen b"},
      {"bound while the other listens", "linux",
       then({listen("a"), set("b", "SO_REUSEPORT", true), bind("b")}), "bind b"},
      {"the second without", "linux", then({bind("b")}), "bind b EADDRINUSE"},
      {"the second with SO_REUSEADDR instead", "linux",
       then({listen("a"), set("b", "SO_REUSEADDR", true), bind("b")}), "bind b EADDRINUSE"},
      {"the first without",
       "linux",
       {make("a"), bind("a"), make("b"), set("b", "SO_REUSEPORT", true), bind("b")},
       "bind b EADDRINUSE"},
      {"the first has it only afterwards",
       "linux",
       {make("a"), bind("a"), set("a", "SO_REUSEPORT", true), make("b"),
        set("b", "SO_REUSEPORT", true), bind("b")},
       "bind b"},
      {"the second gives it up before it listens", "linux",
       then({set("b", "SO_REUSEPORT", true), bind("b"), set("b", "SO_REUSEPORT", false),
             listen("a"), listen("b")}),
       "listen b EADDRINUSE"},
      {"the first gives it up, and the second binds",
       "linux",
       {make("a"), set("a", "SO_REUSEPORT", true), bind("a"), set("a", "SO_REUSEPORT", false),
        make("b"), set("b", "SO_REUSEPORT", true), bind("b")},
       "bind b"},
      {"the first gives it up before it listens, the second is bound", "linux",
       then({set("b", "SO_REUSEPORT", true), bind("b"), set("a", "SO_REUSEPORT", false),
             listen("a")}),
       "listen a EADDRINUSE"},
      {"the first gives it up, and the second listens", "linux",
       then({set("b", "SO_REUSEPORT", true), bind("b"), set("a", "SO_REUSEPORT", false),
             listen("b")}),
       "listen b"},
      {"the first gives it up while it listens", "linux",
       then({listen("a"), set("a", "SO_REUSEPORT", false), set("b", "SO_REUSEPORT", true),
             bind("b"), listen("b")}),
       "listen b"},
      {"both give it up before they listen", "linux",
       then({set("b", "SO_REUSEPORT", true), bind("b"), set("a", "SO_REUSEPORT", false),
             set("b", "SO_REUSEPORT", false), listen("b")}),
       "listen b EADDRINUSE"},
      {"listen alone, which has no option", "linux",
       then({listen("a"), entry("0", "listen", R"("port": 80)")}), "listen listener EADDRINUSE"},
      {"FreeBSD", "freebsd", both_listen, "listen b"},
      {"FreeBSD, the second without", "freebsd", then({bind("b")}), "bind b EADDRINUSE"},
      {"no RFC has it", "rfc9293", both, "bind b EADDRINUSE"},
  };
  for (const auto& row : rows) {
    INFO(row.name);
    CHECK(test::returns(run(row.profile, row.script), "B").back() == row.last);
  }
}

TEST_CASE("SO_REUSEPORT: Linux shares SYNs out by a hash, FreeBSD gives all to one") {
  const auto linux = run("linux", group_of(4, 100));
  std::size_t sum = 0;
  CHECK(queues(linux).size() == 4);
  for (const auto& [listener, length] : queues(linux)) {
    CHECK(length >= 10);  // of 100 in 4: 25, give or take 4.3
    sum += length;
  }
  CHECK(sum == 100);
  CHECK(queues(run("linux", group_of(4, 100))) == queues(linux));
  CHECK(queues(run("linux", group_of(4, 100), 2)) != queues(linux));

  const auto freebsd = queues(run("freebsd", group_of(4, 100)));
  REQUIRE(freebsd.size() == 1);
  CHECK(freebsd.begin()->first == 4);  // the last
  CHECK(freebsd.begin()->second == 100);
}

TEST_CASE("SO_REUSEPORT: whoever shares nothing is told nothing of groups") {
  const auto r = run("linux", group_of(1, 1));
  for (const auto& note : r.events(EventKind::kNote)) {
    CHECK(note["rule"] != "reuse_port_shares_out");
  }
}

TEST_CASE("SO_REUSEPORT: a listener that closes takes its queue along; the others go on") {
  // As tcp_migrate_req 0 has it. Measured: the clients of the one that closes are reset.
  Lines script = group_of(2, 20);
  script.push_back(entry("1s", "close", R"("socket": "s1")"));
  for (int i = 1; i <= 10; ++i) {
    script.push_back(R"({"at": "2s", "host": "A", "do": "connect", "to": "B:80", "port": )" +
                     std::to_string(5'000 + i) + R"(, "as": "d)" + std::to_string(i) + R"("})");
  }
  const auto r = run("linux", script);
  const auto before = queues(run("linux", group_of(2, 20)));
  std::size_t reset = 0;
  for (const auto& line : test::returns(r, "A")) {
    if (line.find("ECONNRESET") != std::string::npos) ++reset;
  }
  CHECK(reset == before.at(1));
  CHECK(queues(r).at(2) == before.at(2) + 10);
}

TEST_CASE("SO_REUSEPORT: a handshake whose listener closes dies on Linux, FreeBSD keeps it") {
  struct Row {
    const char* profile;
    bool lives;
  };
  const Row row = GENERATE(Row{"linux", false}, Row{"freebsd", true});
  CAPTURE(row.profile);
  // The third segment of every client is lost in time: what comes later finds another listener.
  Lines script = group_of(2, 8);
  for (const char* name : {"s1", "s2"}) {
    script.push_back(entry("70ms", "close", R"("socket": ")" + std::string(name) + '"'));
  }
  for (const auto& each : {make("s3"), set("s3", "SO_REUSEPORT", true), bind("s3"), listen("s3")}) {
    auto later = each;
    later.replace(later.find(R"("at": "0")"), 9, R"("at": "80ms")");
    script.push_back(later);
  }
  const auto states = run(row.profile, script).states();
  CHECK(std::count(states.begin(), states.end(), "B SYN_RCVD -> ESTABLISHED") ==
        (row.lives ? 8 : 0));
}

}  // namespace reuse_port_test
