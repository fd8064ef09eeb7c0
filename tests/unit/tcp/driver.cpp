#include "tcp/driver.hpp"

#include <algorithm>

#include "catch.hpp"

namespace tcplab::test {

using tcp::State;
using tcp::Timer;

namespace {

const wire::Endpoint kLocal{wire::Address{0x0a000001}, 4000};
const wire::Endpoint kRemote{wire::Address{0x0a000002}, 80};

tcp::Behaviour with_window(tcp::Behaviour behaviour) {
  if (behaviour.receive_buffer == tcp::Behaviour{}.receive_buffer) behaviour.receive_buffer = 1000;
  return behaviour;
}

std::string_view to_text(tcp::Signal signal) {
  switch (signal) {
    case tcp::Signal::kEstablished:
      return "established";
    case tcp::Signal::kEndOfStream:
      return "end of stream";
    case tcp::Signal::kReset:
      return "reset";
    case tcp::Signal::kBrokenPipe:
      return "broken pipe";
    case tcp::Signal::kRefused:
      return "refused";
    case tcp::Signal::kTimedOut:
      return "timed out";
    case tcp::Signal::kNetUnreachable:
      return "net unreachable";
    case tcp::Signal::kHostUnreachable:
      return "host unreachable";
    case tcp::Signal::kProtocolUnreachable:
      return "protocol unreachable";
    case tcp::Signal::kSourceRouteFailed:
      return "source route failed";
    case tcp::Signal::kParameterProblem:
      return "parameter problem";
    case tcp::Signal::kLingerOver:
      return "linger over";
  }
  return "";
}

}  // namespace

std::string to_text(const wire::Segment& segment) {
  std::string flags = wire::flags_text(static_cast<wire::Flags>(segment.flags & ~wire::kPsh));
  std::replace(flags.begin(), flags.end(), ' ', ',');
  std::string text = "<SEQ=" + std::to_string(segment.seq.value()) + ">";
  if (segment.has(wire::kAck)) text += "<ACK=" + std::to_string(segment.ack.value()) + ">";
  if (!segment.payload.empty()) text += "<DATA=" + std::to_string(segment.payload.size()) + ">";
  return text + "<CTL=" + flags + ">";
}

Driver::Driver(tcp::Behaviour wanted, std::uint32_t iss, std::uint32_t irs)
    : behaviour(with_window(wanted)), iss_(iss), irs_(irs), connection_(behaviour) {}

template <typename Input>
auto Driver::input(Input what) {
  effects_.clear();
  segments_.clear();
  before_ = state();
  tcp::Context context{now_, behaviour, effects_, segments_};
  if constexpr (std::is_void_v<decltype(what(context))>) {
    what(context);
    note();
  } else {
    const auto result = what(context);
    note();
    return result;
  }
}

void Driver::note() {
  for (const auto& effect : effects_) {
    const auto* change = std::get_if<tcp::StateChange>(&effect.what);
    if (change == nullptr) continue;
    const auto* row = tcp::find_transition(change->from, change->trigger, change->to);
    edges_.push_back(row != nullptr ? std::string(row->id)
                                    : std::string(tcp::to_text(change->from)) + " -> " +
                                          std::string(tcp::to_text(change->to)) + " (" +
                                          std::string(tcp::to_text(change->trigger)) + ")");
  }
  const char* broken = connection_.inconsistency(behaviour);
  INFO(outcome());
  INFO((broken != nullptr ? broken : ""));
  REQUIRE(broken == nullptr);
}

tcp::CallResult Driver::open_passive() {
  const auto result = input([&](auto& c) { return connection_.open_passive(c, kLocal); });
  if (state() != State::kListen || result != tcp::CallResult::kOk) return result;
  // As a host does it: the listener's child is what answers.
  tcp::Connection child(behaviour);
  child.become_child_of(connection_, kRemote, wire::Seq(iss_), behaviour);
  connection_ = std::move(child);
  return result;
}
tcp::CallResult Driver::open_active() {
  return input(
      [&](auto& c) { return connection_.open_active(c, kLocal, kRemote, wire::Seq(iss_)); });
}
tcp::CallResult Driver::send(std::string_view text) {
  return input([&](auto& c) { return connection_.send(c, wire::Bytes(text.begin(), text.end())); });
}
tcp::CallResult Driver::close() {
  return input([&](auto& c) { return connection_.close(c); });
}
tcp::CallResult Driver::close_both() {
  return input([&](auto& c) { return connection_.close_both(c); });
}
tcp::CallResult Driver::abort() {
  return input([&](auto& c) { return connection_.abort(c); });
}
void Driver::icmp(wire::Icmp what, std::optional<std::uint32_t> seq, std::uint16_t mtu) {
  const wire::Seq quoted(seq.value_or(tcb().snd.una.value()));
  input([&](auto& c) { connection_.on_icmp(c, {what, kLocal, kRemote, quoted, mtu}); });
}
void Driver::yield_to_new_syn() {
  input([&](auto& c) { connection_.yield_to_new_syn(c, Rule::time_wait_new_syn_by_number); });
}

void Driver::yield_to_connect() {
  input([&](auto& c) { connection_.yield_to_connect(c, Rule::connect_over_time_wait); });
}

std::string Driver::receive(std::size_t most) {
  tcp::Reassembly::Pieces pieces;
  const auto result = input([&](auto& c) { return connection_.receive(c, most, pieces); });
  switch (result) {
    case tcp::CallResult::kQueued:
      return "[queued]";
    case tcp::CallResult::kEndOfStream:
      return "[end of stream]";
    case tcp::CallResult::kNoConnection:
      return "[no connection]";
    case tcp::CallResult::kConnectionClosing:
      return "[closing]";
    default:
      break;
  }
  std::string text;
  for (const auto& piece : pieces) text.append(piece.octets.begin(), piece.octets.end());
  return text;
}

wire::Segment Driver::segment_of(const Arriving& arriving) {
  wire::Segment segment;
  segment.src = kRemote;
  segment.dst = kLocal;
  segment.flags = wire::parse_flags(arriving.flags).value();
  segment.seq = wire::Seq(arriving.seq);
  segment.ack = wire::Seq(arriving.ack);
  segment.window = arriving.window;
  segment.options.mss = arriving.mss;
  segment.options.timestamps = arriving.timestamps;
  segment.options.window_scale = arriving.window_scale;
  segment.options.sack_permitted = arriving.sack_permitted;
  segment.urgent = arriving.urgent;
  segment.other_options = arriving.other_options;
  segment.payload = wire::Payload(arriving.text.begin(), arriving.text.end());
  return segment;
}

void Driver::arrives(const Arriving& arriving) {
  const auto segment = segment_of(arriving);
  input([&](auto& c) { connection_.on_segment(c, segment, 1); });
}

void Driver::resume_from_cookie(const Arriving& ack) {
  const auto segment = segment_of(ack);
  input([&](auto& c) { connection_.resume_from_cookie(c, segment, 1, 1460, {}); });
}

void Driver::vanish() {
  input([&](auto& c) { connection_.vanish(c); });
}

bool Driver::fire(Timer timer) {
  if (!armed(timer)) return false;
  now_ = std::max(now_, due(timer));
  input([&](auto& c) { connection_.on_timer(c, timer); });
  return true;
}

Driver& Driver::reach(State wanted, bool passive) {
  const std::uint32_t iss = iss_;
  const std::uint32_t irs = irs_;
  if (wanted == State::kClosed) return *this;
  if (passive || wanted == State::kListen) {
    open_passive();
    if (wanted == State::kListen) return *this;
    if (wanted == State::kSynSent) {
      open_active();
      return *this;
    }
    arrives({"SYN", irs});
  } else {
    open_active();
    if (wanted == State::kSynSent) return *this;
    if (wanted == State::kSynRcvd) {
      arrives({"SYN", irs});
    } else {
      arrives({"SYN,ACK", irs, iss + 1});
    }
  }
  if (wanted == State::kSynRcvd) return *this;
  if (passive) arrives({"ACK", irs + 1, iss + 1});
  const bool closes_first = wanted == State::kFinWait1 || wanted == State::kFinWait2 ||
                            wanted == State::kClosing || wanted == State::kTimeWait;
  if (closes_first) close();
  if (wanted == State::kFinWait2 || wanted == State::kTimeWait) arrives({"ACK", irs + 1, iss + 2});
  if (wanted == State::kTimeWait) arrives({"FIN,ACK", irs + 1, iss + 2});
  const bool peer_closes =
      wanted == State::kCloseWait || wanted == State::kLastAck || wanted == State::kClosing;
  if (peer_closes) arrives({"FIN,ACK", irs + 1, iss + 1});
  if (wanted == State::kLastAck) close();
  REQUIRE(tcp::to_text(state()) == tcp::to_text(wanted));
  effects_.clear();
  return *this;
}

void Driver::change_settings(const tcp::Settings& settings) {
  input([&](auto& c) { connection_.change_settings(c, settings); });
}

std::vector<wire::Segment> Driver::segments() const {
  std::vector<wire::Segment> segments;
  for (const auto& effect : effects_) {
    if (const auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
      segments.push_back(segment(*sending));
    }
  }
  return segments;
}

std::vector<Rule> Driver::rules() const {
  std::vector<Rule> rules;
  for (const auto& effect : effects_) rules.push_back(effect.rule);
  return rules;
}

std::vector<std::string> Driver::sent() const {
  std::vector<std::string> lines;
  for (const auto& effect : effects_) {
    if (const auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
      lines.push_back(to_text(segment(*sending)));
    }
  }
  return lines;
}

std::string Driver::outcome() const {
  std::string text(tcp::to_text(state()));
  if (before_ != state()) text = std::string(tcp::to_text(before_)) + " -> " + text;
  for (const auto& line : sent()) text += "; " + line;
  for (const auto& effect : effects_) {
    if (std::holds_alternative<tcp::DropSegment>(effect.what)) {
      text += "; drop " + std::string(tcplab::to_text(effect.rule));
    } else if (const auto* told = std::get_if<tcp::TellUser>(&effect.what)) {
      text += "; tell " + std::string(to_text(told->signal));
    }
  }
  return text;
}

}  // namespace tcplab::test
