// Ephemeral ports: ranges and choices of the profiles (sources at their values), RFC 6056 §3.
#include <algorithm>
#include <set>

#include "catch.hpp"
#include "host/host.hpp"

using namespace tcplab;
using namespace std::chrono_literals;
using host::Errno;

namespace ephemeral_port_test {
namespace {

// A host whose SYNs nobody answers.
class Client {
 public:
  explicit Client(tcp::Behaviour behaviour, std::uint64_t secret = 1)
      : host_(config(behaviour, secret)) {}

  // The local port of a new connection to this destination; 0: the call failed.
  std::uint16_t connect(std::uint32_t destination = 2, std::uint16_t port = 0) {
    const auto name = next_name();
    const auto error = call([&](auto& c) {
      host_.connect(c, {name, {{0x0a00'0000 + destination}, 80}, port});
    });
    return error == Errno::kNone ? port_of(name) : std::uint16_t{0};
  }
  std::uint16_t bind(std::uint16_t port = 0) {
    const auto name = next_name();
    call([&](auto& c) { host_.socket(c, {name}); });
    const auto error = call([&](auto& c) { host_.bind(c, {name, std::nullopt, port}); });
    return error == Errno::kNone ? *host_.socket_named(name)->bound_port : std::uint16_t{0};
  }
  Errno last_error() const { return last_error_; }
  void pass(Duration time) { now_ += time; }

 private:
  static host::Config config(const tcp::Behaviour& behaviour, std::uint64_t secret) {
    host::Config config;
    config.address = {0x0a00'0001};
    config.behaviour = behaviour;
    config.secret = {secret, 2};
    return config;
  }
  std::string next_name() { return "s" + std::to_string(++sockets_); }
  std::uint16_t port_of(const std::string& name) const {
    return host_.connection(host_.socket_named(name)->connection)->tcb().local.port;
  }
  template <typename Call>
  Errno call(Call what) {
    host::Effects effects;
    host::Context context{now_, last_connection_, effects};
    what(context);
    last_error_ = Errno::kNone;
    for (const auto& effect : effects) {
      if (const auto* returned = std::get_if<host::CallReturns>(&effect.what)) {
        last_error_ = effects.returns[returned->which].error;
      }
    }
    return last_error_;
  }

  host::Host host_;
  Time now_{0};
  host::ConnectionId last_connection_ = 0;
  int sockets_ = 0;
  Errno last_error_ = Errno::kNone;
};

tcp::Behaviour profile(const char* id) { return tcp::find_profile(id)->behaviour; }

tcp::Behaviour in_range(const char* id, std::uint16_t first, std::uint16_t last) {
  auto behaviour = profile(id);
  behaviour.first_port = first;
  behaviour.last_port = last;
  return behaviour;
}

}  // namespace

TEST_CASE("ephemeral ports: each profile's range, and whether the next port can be told") {
  struct Row {
    const char* profile;
    std::uint16_t first;
    std::uint16_t last;
    bool in_order;
  };
  const Row row =
      GENERATE(Row{"rfc9293", 40'000, 65'535, true}, Row{"rfc9293+5961", 40'000, 65'535, true},
               Row{"linux", 32'768, 60'999, false}, Row{"freebsd", 10'000, 65'535, false},
               Row{"macos", 49'152, 65'535, true}, Row{"windows", 49'152, 65'535, true});
  CAPTURE(row.profile);
  Client client(profile(row.profile));
  std::vector<std::uint16_t> ports;
  for (int i = 0; i < 300; ++i) ports.push_back(client.connect());
  for (const auto port : ports) CHECK((row.first <= port && port <= row.last));
  CHECK(std::set(ports.begin(), ports.end()).size() == 300);
  std::vector<std::uint16_t> in_order(300);
  for (std::size_t i = 0; i < 300; ++i) in_order[i] = static_cast<std::uint16_t>(row.first + i);
  CHECK((ports == in_order) == row.in_order);
}

TEST_CASE("ephemeral ports: the seed alone decides") {
  const char* id = GENERATE("linux", "freebsd");
  CAPTURE(id);
  const auto ports = [&](std::uint64_t secret) {
    Client client(profile(id), secret);
    std::vector<std::uint16_t> taken;
    for (std::uint32_t i = 0; i < 50; ++i) taken.push_back(client.connect(2 + i % 3));
    return taken;
  };
  CHECK(ports(1) == ports(1));
  CHECK(ports(1) != ports(2));
}

TEST_CASE(
    "ephemeral ports, E22: Linux connects from the places as even as the first, then others") {
  for (const std::uint16_t first : {std::uint16_t{40'000}, std::uint16_t{40'001}}) {
    const auto last = static_cast<std::uint16_t>(first + 9);
    Client client(in_range("linux", first, last));
    std::set<std::uint16_t> half;
    for (int i = 0; i < 5; ++i) half.insert(client.connect());
    CHECK(half.size() == 5);
    for (const auto port : half) CHECK((port - first) % 2 == 0);
    for (int i = 0; i < 5; ++i) CHECK((client.connect() - first) % 2 == 1);
    CHECK(client.connect() == 0);
    CHECK(client.last_error() == Errno::kEaddrnotavail);
    CHECK(client.connect(3) != 0);  // another destination
  }
}

TEST_CASE("ephemeral ports: Linux binds to the others first, and to none twice") {
  Client client(in_range("linux", 40'000, 40'009));
  for (int i = 0; i < 5; ++i) CHECK(client.bind() % 2 == 1);
  for (int i = 0; i < 5; ++i) CHECK((client.bind() != 0 && client.last_error() == Errno::kNone));
  CHECK(client.bind() == 0);
  CHECK(client.last_error() == Errno::kEaddrinuse);
  // What somebody asked for is not taken, whatever the destination.
  CHECK(client.connect() == 0);
}

TEST_CASE("ephemeral ports: no choice misses a port, or has one twice") {
  struct Row {
    std::uint16_t first;
    std::uint16_t last;
    std::size_t linux;  // the last of an odd range may be in the first one's place
  };
  const Row row = GENERATE(Row{50'000, 50'000, 1}, Row{50'000, 50'001, 2}, Row{50'000, 50'002, 2},
                           Row{65'530, 65'535, 6}, Row{1, 4, 4});
  const char* id = GENERATE("rfc9293", "linux", "freebsd");
  const std::uint64_t secret = GENERATE(1u, 2u, 3u);
  CAPTURE(id, row.first, row.last, secret);
  Client client(in_range(id, row.first, row.last), secret);
  std::set<std::uint16_t> ports;
  std::size_t connected = 0;
  for (auto port = client.connect(); port != 0; port = client.connect()) {
    CHECK((row.first <= port && port <= row.last));
    ports.insert(port);
    ++connected;
  }
  CHECK(ports.size() == connected);
  CHECK(connected == (id == std::string("linux") ? row.linux : row.last - row.first + 1u));
}

TEST_CASE("ephemeral ports: a port that a call named is left alone while somebody has it") {
  const char* id = GENERATE("rfc9293", "linux", "freebsd");
  CAPTURE(id);
  Client client(in_range(id, 40'000, 40'001));
  CHECK(client.connect(9, 40'000) == 40'000);
  CHECK(client.connect() == 40'001);
  CHECK(client.connect() == 0);
}

TEST_CASE("ephemeral ports: Linux begins elsewhere for each destination, and every 10 s") {
  Client client(profile("linux"));
  std::set<std::uint16_t> first;
  for (std::uint32_t destination = 2; destination < 22; ++destination) {
    first.insert(client.connect(destination));
  }
  CHECK(first.size() >= 19);
  // One after the other the ports to one destination are near each other: at most 7 steps of 2 and
  // one more.
  const auto before = client.connect(100);
  const auto next = client.connect(100);
  const int step = (next - before + 28'232) % 28'232;
  CHECK((2 <= step && step <= 16));
  client.pass(10s);
  const auto later = client.connect(100);
  CHECK((later - next + 28'232) % 28'232 > 16);
}

}  // namespace ephemeral_port_test
