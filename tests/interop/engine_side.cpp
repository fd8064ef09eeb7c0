#include "engine_side.hpp"

#include <map>
#include <memory>
#include <stdexcept>

#include "format/quantity.hpp"
#include "lab/scenario.hpp"
#include "lab/session.hpp"
#include "numbers.hpp"

namespace tcplab::interop {

using lab::EventKind;
using tcp::State;

namespace {

constexpr std::uint32_t kMostSteps = 10'000;
constexpr std::uint64_t kSeed = 1;
constexpr std::uint16_t kPort = 80;
constexpr net::HostIndex kHost = 0;
constexpr wire::Address kHostAddress{0x0a090001};
constexpr wire::Address kPeerAddress{0x0a090002};

// Settings that the kernel's side has as well: see sandbox.cpp.
Json tcp_settings(const std::vector<std::uint32_t>& isns) {
  Json tcp = Json::object();
  if (!isns.empty()) tcp["isn"] = isns;
  return tcp;
}

std::shared_ptr<const lab::Scenario> world_of(const Scene& scene,
                                              const std::vector<std::uint32_t>& isns,
                                              const std::string& profile) {
  Json json;
  json["format"] = "tcplab-scenario/1";
  json["hosts"] = Json::array(
      {{{"name", "host"},
        {"address", wire::to_text(kHostAddress)},
        {"profile", profile},
        {"tcp", tcp_settings(isns)}},
       {{"name", "peer"}, {"address", wire::to_text(kPeerAddress)}, {"stack", "none"}}});
  json["network"] = {{"delay", "0"}};
  json["until"] = format::to_text(scene.length());
  auto read = lab::read_scenario(json, {});
  if (!read) throw std::logic_error(format::to_text(scene.name, read.error()));
  return std::make_shared<const lab::Scenario>(std::move(*read));
}

std::string hex(const wire::Bytes& octets) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const auto octet : octets) {
    text += kDigits[octet >> 4];
    text += kDigits[octet & 15];
  }
  return text;
}

void add_forgery(Json& json, const wire::Forgery& forgery) {
  if (!forgery.options.empty()) json["options"] = hex(forgery.options);
  if (forgery.urgent != 0) json["urgent"] = forgery.urgent;
  if (forgery.reserved != 0) json["reserved"] = forgery.reserved;
  if (forgery.data_offset) json["data_offset"] = *forgery.data_offset;
  if (forgery.bad_checksum) json["bad_checksum"] = true;
}

Json segment_json(const wire::Segment& segment, const wire::Forgery& forgery) {
  Json json;
  json["from"] = wire::to_text(segment.src);
  json["to"] = wire::to_text(segment.dst);
  json["flags"] = wire::flags_text(segment.flags);
  json["seq"] = segment.seq.value();
  if (segment.has(wire::kAck)) json["ack"] = segment.ack.value();
  json["win"] = segment.window;
  const auto& options = segment.options;
  if (options.mss) json["mss"] = *options.mss;
  if (options.window_scale) json["window_scale"] = *options.window_scale;
  if (options.sack_permitted) json["sack_permitted"] = true;
  if (options.timestamps) {
    json["tsval"] = options.timestamps->value;
    json["tsecr"] = options.timestamps->echo_reply;
  }
  if (!segment.payload.empty()) {
    json["text"] = std::string(segment.payload.begin(), segment.payload.end());
  }
  add_forgery(json, forgery);
  return json;
}

// The state of what the scene is about: a connection with the peer's usual port, the newest.
State state_of(const host::Host& host) {
  State state = State::kClosed;
  for (const auto& socket : host.sockets()) {
    const auto connection = host.connection(socket.connection);
    if (connection == nullptr || connection->tcb().remote.port != kPeerPort) continue;
    const State now = connection->tcb().state;
    if (now != State::kClosed && now != State::kListen) state = now;
  }
  return state;
}

std::string result_text(const host::Return& returned) {
  using host::Errno;
  if (returned.error == Errno::kEinprogress || returned.error == Errno::kEagain) return "waits";
  if (returned.error != Errno::kNone) return std::string(to_text(returned.error));
  if (returned.octets) return std::to_string(*returned.octets);
  if (const auto* error = std::get_if<Errno>(&returned.value)) {
    return *error == Errno::kNone ? "0" : std::string(to_text(*error));
  }
  return "ok";
}

class EngineRun {
 public:
  EngineRun(const Scene& scene, const std::vector<std::uint32_t>& isns, const std::string& profile)
      : scene_(scene), session_(world_of(scene, isns, profile), kSeed), numbers_(scene) {}

  EnginePlay run() {
    Time at{0};
    record_.outcomes.resize(scene_.steps.size());
    for (step_ = 0; step_ < scene_.steps.size(); ++step_) {
      record_.outcomes[step_].begun = at;
      perform(scene_.steps[step_], at);
      read_events();
      at += scene_.steps[step_].lasts;
      session_.run_until(at, kMostSteps);
      read_events();
      record_.outcomes[step_].state = state_of(session_.world().hosts()[kHost]);
    }
    record_.isns = numbers_.isns();
    return {std::move(record_), session_.exported()};
  }

 private:
  std::string socket() const { return scene_.active ? "socket" : "accepted"; }

  void act(Json action, Time at) {
    Json entry{{"do", action["do"]}, {"host", action["do"] == "inject" ? "peer" : "host"}};
    entry.update(action);
    const auto done = session_.act(entry, at);
    if (!done) throw std::logic_error(format::to_text(scene_.name, done.error()));
  }

  void set_option(const SocketOption& option, Time at) {
    act({{"do", "setsockopt"},
         {"socket", socket()},
         {"option", to_text(option.option)},
         {"value", option.value}},
        at);
  }

  void open(Time at) {
    if (!scene_.active) {
      act({{"do", "listen"},
           {"port", kPort},
           {"backlog", scene_.backlog},
           {"accept", scene_.accepts ? "each" : "on_call"},
           {"read", "on_call"}},
          at);
      return;
    }
    act({{"do", "socket"}, {"nonblocking", true}, {"read", "on_call"}}, at);
    act({{"do", "bind"}, {"socket", "socket"}, {"port", kPort}}, at);
    for (const auto& option : scene_.options) set_option(option, at);
    act({{"do", "connect"},
         {"socket", "socket"},
         {"to", wire::to_text(wire::Endpoint{kPeerAddress, kPeerPort})}},
        at);
  }

  Json icmp_json(const Told& told) const {
    const auto about = numbers_.quoted(told, {kHostAddress, kPort}, {kPeerAddress, kPeerPort});
    Json json{{"error", to_text(told.error)},
              {"quotes",
               {{"from", wire::to_text(about.src)},
                {"to", wire::to_text(about.dst)},
                {"seq", about.seq.value()}}}};
    if (told.error == wire::Icmp::kFragmentationNeeded) json["mtu"] = told.mtu;
    return json;
  }

  void perform(const Step& step, Time at) {
    switch (step.what) {
      case Do::kOpen:
        return open(at);
      case Do::kInject: {
        const wire::Endpoint from{kPeerAddress, step.segment.port};
        const auto segment = numbers_.fill(step.segment, from, {kHostAddress, kPort});
        record_.heard.push_back({step_, segment});
        const auto forgery = numbers_.forgery(step.segment);
        return act({{"do", "inject"}, {"segment", segment_json(segment, forgery)}}, at);
      }
      case Do::kIcmp:
        return act({{"do", "inject"}, {"icmp", icmp_json(step.told)}}, at);
      case Do::kSend:
        return act({{"do", "send"}, {"socket", socket()}, {"bytes", step.octets}}, at);
      case Do::kShutdown:
        return act({{"do", "shutdown"},
                    {"socket", socket()},
                    {"how", host::kShutNames[static_cast<std::size_t>(step.how)]}},
                   at);
      case Do::kCloseListener:
        return act({{"do", "close"}, {"socket", "listener"}}, at);
      case Do::kSetsockopt:
        return set_option(step.option, at);
      case Do::kSoError:
        return act({{"do", "getsockopt"}, {"socket", socket()}, {"option", "SO_ERROR"}}, at);
      case Do::kLook:
        return;
      case Do::kRecv:
      case Do::kClose:
      case Do::kAbort:
        return act({{"do", to_text(step.what)}, {"socket", socket()}}, at);
    }
  }

  void read_events() {
    const auto& events = session_.trace().events;
    for (; read_ < events.size(); ++read_) {
      const auto& event = events[read_];
      if (event.host != kHost) continue;
      if (event.kind == EventKind::kSegmentSent) {
        add_reply(event);
      } else if (event.kind == EventKind::kCall) {
        add_call(event);
      } else if (event.kind == EventKind::kReturn) {
        add_result(event);
      }
    }
  }

  void add_reply(const lab::Event& event) {
    const auto& segment = std::get<lab::SegmentEvent>(event.detail).sent->segment;
    numbers_.on_sent(segment);
    record_.replies.push_back({step_, event.t, segment, numbers_.iss(),
                               std::string(tcplab::to_text(event.rule)), armed(event)});
  }

  // When the timer was armed whose firing led to this event.
  std::optional<Time> armed(const lab::Event& event) const {
    const auto& events = session_.trace().events;
    for (auto n = event.cause; n != lab::kNoCause; n = events[n].cause) {
      const auto& cause = events[n];
      if (cause.kind != EventKind::kTimerFired) continue;
      return cause.cause == lab::kNoCause ? std::nullopt : std::optional(begun(cause));
    }
    return std::nullopt;
  }

  // What RFC 6069 takes back counts from when the timer was armed before.
  Time begun(const lab::Event& fired) const {
    const auto& events = session_.trace().events;
    for (auto n = fired.n; n-- > 0;) {
      const auto& event = events[n];
      const bool arms = event.kind == EventKind::kTimerArmed &&
                        event.connection == fired.connection &&
                        std::get<lab::TimerEvent>(event.detail).timer ==
                            std::get<lab::TimerEvent>(fired.detail).timer;
      if (arms && event.rule != Rule::icmp_reverts_back_off) return event.t;
    }
    return events[fired.cause].t;
  }

  void add_call(const lab::Event& event) {
    const auto call = std::get<Kept<lab::CallMade>>(event.detail)->call;
    calls_[event.n] = {step_, call};
    record_.outcomes[step_].result = "waits";
    if (call == host::Call::kRecv) waiting_recv_ = step_;
  }

  // A call that had to wait is over by something else than itself: only recv() waits here.
  void add_result(const lab::Event& event) {
    const auto& returned = *std::get<Kept<host::Return>>(event.detail);
    const auto call = calls_.find(event.cause);
    // A shutdown() may be what ends a recv().
    const bool at_once = call != calls_.end() && call->second == std::pair{step_, returned.call};
    if (at_once) {
      record_.outcomes[step_].result = result_text(returned);
    } else if (waiting_recv_ && returned.call == host::Call::kRecv) {
      record_.outcomes[*waiting_recv_].result = later_result(result_text(returned), step_);
    }
    if (returned.call == host::Call::kRecv) waiting_recv_.reset();
  }

  const Scene& scene_;
  lab::Session session_;
  Numbers numbers_;
  Record record_;
  std::size_t step_ = 0;
  std::size_t read_ = 0;                     // events of the trace
  std::optional<std::size_t> waiting_recv_;  // the step of a recv() that waits
  std::map<std::uint32_t, std::pair<std::size_t, host::Call>> calls_;  // by event: step and call
};

}  // namespace

EnginePlay play_on_engine(const Scene& scene, const std::vector<std::uint32_t>& isns,
                          const std::string& profile) {
  return EngineRun(scene, isns, profile).run();
}

}  // namespace tcplab::interop
