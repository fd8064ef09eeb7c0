// Anything that can be done to a world of two hosts: socket calls, forged segments, the network's
// whims, time; of any two behaviours. The world is a value, and a run without a trace is the same.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fuzz.hpp"
#include "lab/scenario.hpp"
#include "lab/world.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;
using lab::Action;
using lab::World;
namespace verb = lab::verb;

namespace {

constexpr std::size_t kMostMoves = 30;
constexpr std::uint32_t kMostSteps = 120;
constexpr std::uint16_t kPorts[] = {80, 81, 40'000, 40'001};

const lab::Scenario& plain_scenario() {
  static const lab::Scenario scenario = *lab::parse_scenario(R"({
    "format": "tcplab-scenario/1",
    "hosts": [{"name": "A", "address": "10.0.0.1", "tcp": {"isn": [4294967290, 7]}},
              {"name": "B", "address": "10.0.0.2", "tcp": {"isn": [300, 2147483640]}},
              {"name": "mallory", "address": "10.0.0.66", "stack": "none"}],
    "limits": {"events": 1000, "in_flight": 40, "connections": 20, "bytes": "64KiB"}})");
  return scenario;
}

class Target {
 public:
  explicit Target(Choices& in) : in_(in), world_(make_scenario(), 5) { prepare(in_.byte()); }

  void move() {
    switch (in_.below(8)) {
      case 0:
        return run(1);
      case 1:
        return run(1 + in_.byte() % 16u);
      case 2:
        return let_time_pass();
      case 3:
        return act(change_of_a_flight());
      case 4:
        return act(forged_segment());
      case 5:
        return branch();
      default:
        return act(call());
    }
  }

  bool may_go_on() const { return world_.steps() < kMostSteps && world_.end() != lab::End::kLimit; }

  // Whatever was done, the run comes to an end or goes on by itself.
  void finish() { run(20); }

 private:
  std::shared_ptr<const lab::Scenario> make_scenario() {
    auto scenario = std::make_shared<lab::Scenario>(plain_scenario());
    for (std::size_t host : {0u, 1u}) {
      const auto some = some_behaviour(in_);
      scenario->hosts[host].config.behaviour = some.behaviour;
      is_right_[host] = some.is_right;
    }
    const unsigned network = in_.byte();
    if (network & 1) scenario->network.link.loss_parts_per_million = 100'000;
    if (network & 2) scenario->network.link.duplicate_parts_per_million = 200'000;
    if (network & 4) {
      net::Fault fault;
      fault.kind = static_cast<net::FaultKind>(in_.below(5));
      fault.match.flags = in_.byte();
      fault.match.nth = 1 + in_.below(4);
      fault.by = Duration(1'000) * in_.byte();
      scenario->network.faults.push_back(fault);
    }
    return scenario;
  }

  // Most inputs begin with two hosts that speak to each other.
  void prepare(unsigned how) {
    if (how % 4 == 0) return;
    act(1, verb::Listen{{"listener"}, 80, 128, application(how / 4), application(how / 8)});
    if (how % 4 == 1) return;
    act(0, verb::Connect{{"a"}, endpoint(1, 80), 40'000, application(how / 16)});
    if (how % 4 == 3) run(4);
  }

  static host::Application application(unsigned bits) {
    return bits % 2 == 0 ? host::Application::kEach : host::Application::kOnCall;
  }
  static wire::Endpoint endpoint(std::size_t host, std::uint16_t port) {
    return {plain_scenario().hosts[host].config.address, port};
  }

  void act(const Action& action) {
    world_.act(action, &trace_);
    check_step();
  }
  void act(net::HostIndex host, verb::Any what) { act({host, std::move(what), {}}); }

  void run(std::uint32_t steps) {
    for (std::uint32_t i = 0; i < steps && may_go_on() && world_.step(&trace_); ++i) check_step();
  }

  void let_time_pass() {
    const Duration some = Duration(1'000u << in_.below(22));
    const Time until = world_.now() + some;
    for (auto due = world_.next(); due && *due <= until && may_go_on(); due = world_.next()) run(1);
    world_.advance_to(until);
    require(world_.now() <= until, "time passes as far as it is let");
  }

  static std::vector<tcp::State> states(const World& world) {
    std::vector<tcp::State> found;
    for (const auto& host : world.hosts()) {
      for (const auto& socket : host.sockets()) {
        found.push_back(host.connection(socket.connection)->state());
      }
    }
    return found;
  }

  // Two copies go the same way, told or not.
  void branch() {
    World told = world_;
    World untold = world_;
    lab::Trace trace;
    for (std::size_t i = in_.below(16); i > 0; --i) {
      require(told.step(&trace) == untold.step(nullptr), "a copy ends when its original does");
      require(told.now() == untold.now() && told.events() == untold.events() &&
                  told.network().flights().size() == untold.network().flights().size() &&
                  states(told) == states(untold),
              "a copy evolves as its original does");
    }
  }

  void check_step() {
    if (const char* broken = world_.inconsistency()) fail(broken);
    for (const auto& host : world_.hosts()) check(host);
    require(trace_.events.size() == world_.events(), "every event is told once");
    for (; seen_ < trace_.events.size(); ++seen_) {
      const auto& event = trace_.events[seen_];
      require(event.n == seen_ && (event.cause == lab::kNoCause || event.cause < event.n),
              "an event has its number, and its cause came before it");
      const auto* state = std::get_if<lab::StateEvent>(&event.detail);
      if (state != nullptr) check({state->from, state->to, state->trigger}, is_right_[event.host]);
    }
  }

  // A socket of the host, or a name that nobody has.
  std::string some_socket(std::size_t host) {
    const auto sockets = world_.hosts()[host].sockets();
    const std::size_t index = in_.byte();
    return sockets.empty() || index == 0xff ? "nobody" : sockets[index % sockets.size()]->name;
  }

  Action call() {
    // Rather a call of a program than something that ends it, which is the last few.
    constexpr std::size_t kOfPrograms = 12;
    constexpr std::size_t kAll = kOfPrograms + 3;
    const std::size_t which = in_.byte();
    const auto host = static_cast<net::HostIndex>(in_.below(2));
    return {host, call(which < 240 ? which % kOfPrograms : which % kAll, host), {}};
  }

  verb::Any call(std::size_t which, net::HostIndex host) {
    constexpr std::size_t kLengths[] = {1, 10, 700, 1'460, 5'000, 20'000};
    const unsigned how = in_.byte();
    const auto read = application(how / 32);
    const verb::SocketName known{some_socket(host)};
    const verb::SocketName either = how % 4 < 2 ? verb::SocketName{"s", true} : known;
    const auto port = [&] { return in_.one_of(kPorts); };
    const auto some_port = [&] { return how / 64 % 2 == 1 ? port() : std::uint16_t{0}; };
    switch (which) {
      case 0:
        return verb::Listen{either, port(), how / 4 % 4, application(how / 16), read};
      case 1: {
        const auto local = some_port();
        return verb::Connect{either, endpoint(in_.below(3), port()), local, read};
      }
      case 2:
        return verb::Accept{known, "c"};
      case 3: {
        const auto to = how % 4 == 3 ? endpoint(in_.below(3), port()) : wire::Endpoint{};
        return verb::Send{known, wire::Bytes(in_.one_of(kLengths), 'x'), to};
      }
      case 4:
        return verb::Recv{known, static_cast<std::uint32_t>(in_.one_of(kLengths))};
      case 5:
        return verb::Shutdown{known, static_cast<host::Shut>(in_.below(host::kShutNames.size()))};
      case 6:
        return verb::Close{known};
      case 7:
        return verb::Abort{known};
      case 8:
        return verb::Socket{{"s", true}, how % 2 == 1, read};
      case 9:
        return verb::Bind{known, some_port(), std::nullopt};
      case 10:
        return verb::Setsockopt{known, some_option(), some_value(how)};
      case 11:
        return verb::Getsockopt{known, some_option()};
      case 12:
        return verb::Kill{};
      case 13:
        return verb::Crash{};
      default:
        return verb::Reboot{};
    }
  }

  host::Option some_option() {
    return static_cast<host::Option>(in_.below(host::kOptionNames.size()));
  }

  host::OptionValue some_value(unsigned how) {
    const int number = in_.byte();
    if (how % 4 == 0) return number % 2 == 1;
    if (how % 4 == 1) return std::int64_t{number} * number;
    return std::chrono::seconds(number / 4);
  }

  Action change_of_a_flight() {
    const std::size_t which = in_.below(6);
    const auto& flights = world_.network().flights();
    const auto index = in_.below(std::max<std::size_t>(flights.size(), 1));
    verb::Flight chosen;
    if (!flights.empty()) {
      const auto& flight = flights.at(index).flight;
      chosen = {flight.sent->id, flight.copy};
    }
    return {0, change(which, chosen), {}};
  }

  verb::Any change(std::size_t which, verb::Flight flight) {
    const auto by = [&] { return Duration(1'000u << in_.below(22)); };
    switch (which) {
      case 0:
        return verb::Drop{flight};
      case 1:
        return verb::Delay{flight, by()};
      case 2:
        return verb::Duplicate{flight, by()};
      case 3:
        return verb::Hold{flight};
      case 4:
        return verb::Release{flight};
      default: {
        const auto error = static_cast<wire::Icmp>(in_.below(wire::kIcmpNames.size()));
        const auto mtu = static_cast<std::uint16_t>(wire::kSmallestMtu + in_.byte() * 6);
        return verb::Reject{flight, error, mtu};
      }
    }
  }

  // From mallory, as if from the other end of some connection.
  Action forged_segment() {
    lab::Injection injection;
    auto& s = injection.segment;
    const std::size_t victim = in_.below(2);
    s.src = endpoint(1 - victim, in_.one_of(kPorts));
    s.dst = endpoint(victim, in_.one_of(kPorts));
    s.flags = in_.byte();
    s.window = static_cast<std::uint16_t>(in_.byte() << in_.below(9));
    const auto& host = world_.hosts()[victim];
    if (!host.sockets().empty()) {
      const auto socket = host.sockets()[in_.below(host.sockets().size())];
      const tcp::Tcb tcb = host.connection(socket->connection)->tcb();
      if (tcb.remote.port != 0) s.src = tcb.remote;
      s.dst = tcb.local;
      s.seq = beside(tcb.rcv.nxt);
      s.ack = beside(in_.below(2) == 0 ? tcb.snd.nxt : tcb.snd.una);
      if (tcb.negotiated.timestamps) s.options.timestamps = {tcb.ts.recent + in_.byte(), 0};
    }
    s.payload = wire::Bytes(in_.byte(), '!');
    if (in_.below(4) == 0) injection.forgery = forgery(in_);
    if (in_.below(8) == 0) {
      const auto error = static_cast<wire::Icmp>(in_.below(wire::kIcmpNames.size()));
      injection.icmp = lab::Injection::Icmp{.error = error, .mtu = in_.word(), .to = {}};
    }
    return {2, verb::Inject{std::make_shared<const lab::Injection>(std::move(injection))}, {}};
  }
  wire::Seq beside(wire::Seq seq) { return seq + in_.byte() - 100; }

  Choices& in_;
  bool is_right_[2] = {true, true};
  World world_;
  lab::Trace trace_;
  std::size_t seen_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices in(data, size);
  Target target(in);
  for (std::size_t i = 0; in.more() && i < kMostMoves && target.may_go_on(); ++i) target.move();
  target.finish();
  return 0;
}
