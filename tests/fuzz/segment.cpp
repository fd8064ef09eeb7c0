// Arrivals at a host in any state: bytes as datagrams, segments made near the window, ICMP errors.
// The first bytes choose the behaviour and the state to begin in.
#include <cstring>

#include "fuzz.hpp"
#include "wire/datagram.hpp"
#include "wire/network_order.hpp"

using namespace tcplab;
using namespace tcplab::fuzz;
using host::Application;
using tcp::Connection;
using wire::Bytes;
using wire::kAck;
using wire::kFin;
using wire::kSyn;
using wire::Segment;
using wire::Seq;

namespace {

constexpr wire::Endpoint kServer{{0x0a000001}, 80};
constexpr wire::Endpoint kPeer{{0x0a000002}, 7};
constexpr Seq kPeerIss{0xfffffff8};  // so that the numbers wrap around
constexpr std::size_t kMostMoves = 25;

// Ways into the states: o connect, c shutdown, C close; from the peer S a SYN to this connection,
// s one to the listener, Y SYN,ACK, A ACK, F FIN, T text.
constexpr std::string_view kWays[] = {
    "",       // LISTEN
    "o",      // SYN_SENT
    "s",      // SYN_RCVD of a passive OPEN
    "oS",     // SYN_RCVD of an active OPEN
    "sA",     // ESTABLISHED
    "oYT",    // ESTABLISHED, with text to read
    "oYc",    // FIN_WAIT_1
    "sAC",    // FIN_WAIT_1, nobody reads
    "oYcA",   // FIN_WAIT_2
    "sACA",   // FIN_WAIT_2, nobody reads
    "sAF",    // CLOSE_WAIT
    "oYcF",   // CLOSING
    "sAFc",   // LAST_ACK
    "oYcAF",  // TIME_WAIT
    "sACAF",  // TIME_WAIT beside a listener
};

class Target {
 public:
  explicit Target(Choices& in) : in_(in), some_(some_behaviour(in)), host_(config()) {
    const unsigned modes = in_.byte();
    host::ListenCall listen{"listener", kServer.port, 4, application(modes),
                            application(modes / 2)};
    run([&](auto& c) { host_.listen(c, listen); });
    read_ = application(modes / 4);
    for (const char step : in_.one_of(kWays)) go(step);
  }

  void move() {
    switch (in_.below(10)) {
      case 0:
      case 1:
      case 2:
        return arrive(segment_near_the_window());
      case 3:
        return arrive_bytes(in_.octets(in_.word() % 2048));
      case 4:
        return arrive_bytes(mended(in_.octets(in_.byte())));
      case 5:
        return let_time_pass();
      case 6:
        return go(in_.one_of(std::string_view("ocCsSYAFT")));
      case 7:
        return icmp_error();
      case 8:
        return arrive_forged();
      default:
        return call();
    }
  }

 private:
  static Application application(unsigned bits) {
    return bits % 2 == 0 ? Application::kEach : Application::kOnCall;
  }

  host::Config config() const {
    host::Config config;
    config.address = kServer.address;
    config.behaviour = some_.behaviour;
    config.isns = {0xfffffffe, 1'000, 0x7fffffff};
    return config;
  }

  template <typename Input>
  void run(Input input) {
    host::Effects effects;
    host::Context context{now_, last_, effects};
    input(context);
    for (const auto& effect : effects) look_at(effects, effect);
    check(host_);
  }

  void look_at(const host::Effects& effects, const host::Effect& effect) {
    if (const auto* sending = std::get_if<tcp::SendSegment>(&effect.what)) {
      const auto& segment = effects.segments[sending->segment];
      const auto read = wire::decode(wire::encode(segment, 1));
      require(read && *read == segment, "what a host sends can be read");
    } else if (const auto* change = std::get_if<tcp::StateChange>(&effect.what)) {
      check(*change, some_.is_right);
    } else if (const auto* armed = std::get_if<tcp::ArmTimer>(&effect.what)) {
      require(armed->at >= now_, "a timer is armed for the future");
    }
  }

  // The newest connection: what is made now is about it.
  Connection newest() const { return *host_.connection(last_); }

  Segment from_peer(wire::Flags flags, Seq seq, Seq ack) const {
    const auto tcb = newest().tcb();
    Segment s;
    s.src = tcb.remote.port != 0 ? tcb.remote : kPeer;
    s.dst = tcb.local;
    s.flags = flags;
    s.seq = seq;
    s.ack = s.has(kAck) ? ack : Seq{};
    s.window = 4'000;
    if (tcb.negotiated.timestamps) s.options.timestamps = {tcb.ts.recent, 0};
    return s;
  }

  void go(char step) {
    const auto tcb = newest().tcb();
    const Seq due = is_live(newest()) && tcb.rcv.nxt != Seq{} ? tcb.rcv.nxt : kPeerIss;
    const auto name = last_name();
    switch (step) {
      case 'o':
        return run([&](auto& c) { host_.connect(c, {host_.free_name("a"), kPeer, 0, read_}); });
      case 'c':
        return run([&](auto& c) { host_.shutdown(c, name); });
      case 'C':
        return run([&](auto& c) { host_.close(c, name); });
      case 'S':
        return arrive(from_peer(kSyn, kPeerIss, {}));
      case 's': {
        Segment syn = from_peer(kSyn, kPeerIss, {});
        syn.src.port = static_cast<std::uint16_t>(kPeer.port + last_);
        syn.dst = kServer;
        return arrive(syn);
      }
      case 'Y':
        return arrive(from_peer(kSyn | kAck, kPeerIss, tcb.snd.nxt));
      case 'A':
        return arrive(from_peer(kAck, due, tcb.snd.nxt));
      case 'F':
        return arrive(from_peer(kFin | kAck, due, tcb.snd.una));
      default: {
        Segment text = from_peer(kAck, due, tcb.snd.una);
        text.payload = Bytes(10, 'x');
        return arrive(text);
      }
    }
  }

  // What it quotes was sent, or nearly.
  void icmp_error() {
    const auto tcb = newest().tcb();
    wire::IcmpError error;
    error.what = static_cast<wire::Icmp>(in_.below(wire::kIcmpNames.size()));
    error.src = tcb.local;
    error.dst = tcb.remote;
    if (in_.below(8) == 0) error.src.port = in_.word();
    if (in_.below(8) == 0) error.dst = kPeer;
    error.seq = beside(tcb.snd.una);
    error.mtu = in_.word();
    run([&](auto& c) { host_.on_icmp(c, error); });
  }

  // Numbers at the edges that the checks of §3.10.7.4 look at, or a little beside them.
  Segment segment_near_the_window() {
    const auto tcb = newest().tcb();
    const wire::Flags flags = in_.byte();
    const Seq seqs[] = {tcb.rcv.nxt, tcb.rcv.nxt + tcb.rcv.wnd, tcb.rcv.irs, tcb.last_ack_sent};
    const Seq acks[] = {tcb.snd.nxt, tcb.snd.una, tcb.snd.iss, tcb.snd.una - tcb.snd.max_wnd};
    constexpr std::uint16_t kWindows[] = {0, 1, 100, 65'535};
    const Seq seq = beside(in_.one_of(seqs));
    Segment s = from_peer(flags, seq, beside(in_.one_of(acks)));
    s.window = in_.one_of(kWindows);
    const unsigned with = in_.byte();
    if (with & 0x01) s.payload = Bytes(in_.byte(), 'y');
    if (with & 0x02) s.payload = Bytes(in_.word() % 5'000, 'z');
    if (with & 0x04) s.options.mss = in_.word();
    if (with & 0x08) s.options.window_scale = in_.byte();
    if (with & 0x10) s.options.sack_permitted = true;
    if (with & 0x20) {
      s.options.timestamps = {beside(Seq(tcb.ts.recent)).value(), in_.number()};
    }
    if (with & 0x40) s.src.port = in_.byte();
    if (with & 0x80) s.dst = kServer;
    return s;
  }

  Seq beside(Seq seq) {
    const std::uint8_t by = in_.byte();
    return by == 0x80 ? Seq(in_.number()) : seq + by - (by > 0x80 ? 0x100 : 0);
  }

  // These bytes as the TCP part of a datagram whose IP header and checksums are right.
  Bytes mended(Bytes tcp) const {
    tcp.resize(std::max(tcp.size(), wire::kTcpHeaderBytes));
    Segment around;
    around.src = kPeer;
    around.dst = kServer;
    around.payload = Bytes(tcp.size() - wire::kTcpHeaderBytes);
    Bytes datagram = wire::encode(around, 1);
    auto* at = datagram.data() + wire::kIpv4HeaderBytes;
    std::copy(tcp.begin(), tcp.end(), at);
    wire::put16(at, kPeer.port);
    wire::put16(at + 2, kServer.port);
    wire::put16(at + 16, 0);
    std::uint32_t pseudo = 6 + static_cast<std::uint32_t>(tcp.size());
    for (std::size_t i = 12; i < 20; i += 2) pseudo += wire::get16(datagram.data() + i);
    wire::put16(at + 16, wire::internet_checksum(at, tcp.size(), pseudo));
    return datagram;
  }

  void arrive_bytes(const Bytes& datagram) {
    const auto segment = wire::decode(datagram);
    if (!segment) {
      require(!to_text(segment.error()).empty(), "every error of decoding has a text");
      return;
    }
    Segment sent = *segment;
    if (!sent.has(kAck)) sent.ack = Seq{};  // means nothing, and is sent as zero
    sent.bad_option_length = false;         // what is written is right,
    sent.other_options = false;             // and no longer than it must be
    const auto again = wire::decode(wire::encode(sent, 2));
    require(again && *again == sent, "a segment is read as it was written");
    arrive(*segment);
  }

  // A segment near the window, with what no stack sends in it.
  void arrive_forged() {
    const Segment segment = segment_near_the_window();
    const auto with = forgery(in_);
    if (wire::options_size(segment.options, *with) > wire::kMostOptionBytes) return;
    const auto read = wire::decode(wire::encode(segment, 1, *with));
    const bool is_wrong = with->bad_checksum && (!with->cut_to || *with->cut_to >= 20);
    require(!read || !is_wrong, "a wrong checksum is found");
    if (read) arrive(*read);
  }

  // Nothing that comes in is passed over in silence.
  void arrive(const Segment& segment) {
    run([&](auto& c) {
      host_.on_segment(c, segment, ++last_segment_);
      require(!some_.is_right || !c.effects.empty(), "every arrival has a rule");
    });
  }

  // Up to the next timer, which fires; or a little less.
  void let_time_pass() {
    host::ConnectionId first = 0;
    tcp::Timer timer{};
    Time at{0};
    for (const auto& socket : host_.sockets()) {
      const auto timers = host_.connection(socket.connection)->tcb().timers;
      for (std::size_t i = 0; i < timers.size(); ++i) {
        if (!timers[i].armed() || (first != 0 && timers[i].at() >= at)) continue;
        first = socket.connection;
        timer = static_cast<tcp::Timer>(i);
        at = timers[i].at();
      }
    }
    const Duration some = in_.byte() * Duration(7'000);
    if (first == 0 || now_ + some < at) {
      now_ += some;
      return;
    }
    now_ = at;
    require(host_.timer_is_due(first, timer, now_), "a timer is due when its time has come");
    run([&](auto& c) { host_.on_timer(c, first, timer); });
  }

  std::string last_name() const {
    std::string name = "nobody";
    for (const auto& socket : host_.sockets()) {
      if (!socket.name.empty()) name = socket.name;
    }
    return name;
  }

  void call() {
    const std::string name = in_.below(8) == 0 ? "listener" : last_name();
    const auto some = in_.byte();
    switch (in_.below(7)) {
      case 0:
        return run([&](auto& c) { host_.send(c, name, Bytes(some * std::size_t{40}, 'q')); });
      case 1:
        return run([&](auto& c) { host_.recv(c, name, some); });
      case 2:
        return run([&](auto& c) { host_.accept(c, "listener", host_.free_name("b")); });
      case 3:
        return run([&](auto& c) { host_.connect(c, {name, kPeer, some, read_}); });
      case 4:
        return run([&](auto& c) { host_.send(c, name, Bytes(some, 'r'), kPeer); });
      case 5:
        return run([&](auto& c) { host_.listen(c, {host_.free_name("l"), some}); });
      default:
        return run([&](auto& c) { host_.abort(c, name); });
    }
  }

  Choices& in_;
  SomeBehaviour some_;
  host::Host host_;
  Application read_ = Application::kEach;
  Time now_{0};
  host::ConnectionId last_ = 0;
  wire::SegmentId last_segment_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // As it stands, too: the decoder is the first that sees what comes from outside.
  if (const auto segment = wire::decode(Bytes(data, data + size))) wire::encode(*segment, 1);
  Choices in(data, size);
  Target target(in);
  for (std::size_t i = 0; in.more() && i < kMostMoves; ++i) target.move();
  return 0;
}
