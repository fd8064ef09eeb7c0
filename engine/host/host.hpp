// A host: sockets, ports, listeners and their children, on top of tcp::Connection. A value without
// I/O, like the connections in it.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "host/effect.hpp"
#include "host/hash_index.hpp"
#include "host/records.hpp"
#include "host/sockets.hpp"
#include "host/syn_cache.hpp"
#include "host/syn_cookie.hpp"
#include "tcp/behaviour.hpp"
#include "tcp/connection.hpp"
#include "tcp/isn.hpp"
#include "wire/segment.hpp"

namespace tcplab::host {

struct Config {
  wire::Address address;
  tcp::Behaviour behaviour;
  std::vector<std::uint32_t> isns;  // of its connections in order; later ones come from the clock
  tcp::Secret secret{};
};

struct SocketCall {
  std::string_view socket;
  bool non_blocking = false;  // O_NONBLOCK
  Application read = Application::kEach;
};

struct BindCall {
  std::string_view socket;
  std::optional<wire::Address> address;  // INADDR_ANY if not given
  std::uint16_t port = 0;                // 0: an ephemeral one
};

// If no socket has this name: socket(), bind() with SO_REUSEADDR, and listen() in one.
struct ListenCall {
  std::string_view socket;
  std::uint16_t port = 0;
  std::size_t backlog = 128;
  Application accept = Application::kEach;
  Application read = Application::kEach;
};

// If no socket has this name: socket() and connect() in one.
struct ConnectCall {
  std::string_view socket;  // a listening socket's name makes that one turn active (§3.10.1)
  wire::Endpoint to;
  std::uint16_t port = 0;  // local; 0 takes the next ephemeral port
  Application read = Application::kEach;
};

// How a segment came in.
enum class Via : std::uint8_t { kNetwork, kLoopback };

// What every input needs. `last_connection` is the world's counter of connections.
struct Context {
  Time now;
  ConnectionId& last_connection;
  Effects& effects;
};

class Host {
 public:
  explicit Host(Config config) : config_(std::move(config)) {}

  const Config& config() const { return config_; }
  Sockets sockets() const { return Sockets(records_); }
  View<tcp::Connection> connection(ConnectionId id) const;
  View<Socket> socket_named(std::string_view name) const;
  View<Socket> socket_of(ConnectionId id) const;
  ConnectionId connection_named(std::string_view name) const;  // 0: there is no such socket
  // A free name: `wanted`, or `wanted` with "-2", "-3", ... appended. Names are never reused.
  std::string free_name(std::string_view wanted) const;
  // The calls that can have an effect on this socket now.
  std::vector<Call> sensible_calls(const Socket& socket) const;

  // The sockets API. Each reports through a Return effect, now or once it completes.
  void socket(Context& c, const SocketCall& call);
  void bind(Context& c, const BindCall& call);
  void setsockopt(Context& c, std::string_view socket, Option option, const OptionValue& value);
  void getsockopt(Context& c, std::string_view socket, Option option);
  void listen(Context& c, const ListenCall& call);
  void connect(Context& c, const ConnectCall& call);
  void accept(Context& c, std::string_view listener, const std::string& as);
  // In LISTEN, with `to`, SEND opens actively (RFC 9293 §3.10.2).
  void send(Context& c, std::string_view socket, wire::Payload octets,
            std::optional<wire::Endpoint> to = std::nullopt);
  void recv(Context& c, std::string_view socket, std::uint32_t most);
  void shutdown(Context& c, std::string_view socket, Shut how = Shut::kWrite);
  void close(Context& c, std::string_view socket);
  void abort(Context& c, std::string_view socket);

  // What happens to a program and its host.
  void kill(Context& c);
  void crash(Context& c);
  void reboot(Context& c);
  bool is_down() const { return down_; }

  void on_segment(Context& c, const wire::Segment& segment, wire::SegmentId id,
                  Via via = Via::kNetwork);
  // MUST-54: the error reaches the connection whose segment it quotes.
  void on_icmp(Context& c, const wire::IcmpError& error);
  // Whether this timer is armed for exactly `at`; after a move or cancel it is not.
  bool timer_is_due(ConnectionId id, tcp::Timer timer, Time at) const;
  void on_timer(Context& c, ConnectionId id, tcp::Timer timer);

  // The first broken invariant of any connection, or nullptr.
  const char* inconsistency() const;

 private:
  // lookup.cpp
  using Index = Records::Index;

  // With no more records than these there is no memory to save.
  static constexpr std::size_t kFewRecords = 64;
  // At the end of an input, compacts the records that came to rest in it.
  class CompactOnExit {
   public:
    explicit CompactOnExit(Host& host) : host_(host) {}
    ~CompactOnExit() {
      if (!host_.may_rest_.empty()) host_.compact();
    }
    CompactOnExit(const CompactOnExit&) = delete;
    CompactOnExit& operator=(const CompactOnExit&) = delete;

   private:
    Host& host_;
  };
  void compact();
  void note_may_rest(ConnectionId id);

  Home home() const { return {config_.address, config_.behaviour}; }
  Record& record(ConnectionId id) {
    Record* const recent = records_.recent(id);
    Record& record = recent != nullptr ? *recent : another_record(id);
    if (record.socket.closed) note_may_rest(id);
    return record;
  }
  Record& another_record(ConnectionId id);
  Socket& socket_at(ConnectionId id) { return record(id).socket; }
  tcp::Connection& connection_at(ConnectionId id) { return record(id).connection; }
  Record& add(Context& c, std::string_view name);

  std::optional<Index> index_named(std::string_view name) const;
  std::optional<Index> index_by_hash(std::string_view name) const;
  bool is_taken(std::string_view name) const { return index_named(name).has_value(); }
  void take_name(std::string_view name, Index index);
  void index_names();

  // The live connection between two endpoints (a pair of sockets).
  std::optional<ConnectionId> connected(wire::Endpoint local, wire::Endpoint remote) const;
  std::optional<Index> index_connected(std::uint32_t hash, wire::Endpoint local,
                                       wire::Endpoint remote) const;
  void enter_connected(wire::Endpoint local, wire::Endpoint remote, ConnectionId id);
  void leave_connected(ConnectionId id);
  std::optional<Rule> refuses_addresses(const wire::Segment& segment, Via via) const;
  void mutate_told_ack(wire::Segment& segment) const;
  wire::Seq next_iss(wire::Endpoint local, wire::Endpoint remote, Time now);
  void on_segment_without_connection(Context& c, const wire::Segment& segment, wire::SegmentId id,
                                     std::optional<wire::Seq> beyond);
  void answer_without_connection(Context& c, const wire::Segment& segment);
  void take_segment(Context& c, const wire::Segment& segment, wire::SegmentId id);
  bool stops_at_queues(Context& c, ConnectionId id, const wire::Segment& segment,
                       wire::SegmentId segment_id);
  Rule rule_of_sent(const wire::Segment& segment, Rule rule) const;

  // calls.cpp
  Socket* open_socket(Context& c, Call call, std::string_view name);
  bool refuse_while_down(Context& c, Call call, std::string_view socket);
  bool refuse_listener(Context& c, Call call, const Socket& socket);
  bool refuse_group(Context& c, Call call, ConnectionId id, std::string_view socket,
                    wire::Endpoint to);
  void connect_existing(Context& c, const ConnectCall& call, ConnectionId id);
  void connect_fresh(Context& c, const ConnectCall& call, ConnectionId id);
  std::optional<ConnectionId> taken_pair(wire::Endpoint local, wire::Endpoint remote,
                                         Time now) const;
  Errno taken_pair_error() const;
  bool refuse_taken_pair(Context& c, Call call, ConnectionId id, wire::Endpoint local,
                         wire::Endpoint remote);
  void open_actively(Context& c, ConnectionId id, wire::Endpoint local, wire::Endpoint remote);
  bool may_connect_over(ConnectionId in_time_wait, Time now) const;
  std::optional<wire::Seq> connect_over_time_wait(Context& c, wire::Endpoint local,
                                                  wire::Endpoint remote);
  void shut_reading(Context& c, Socket& socket);
  void disconnect(Context& c, Socket& socket);
  bool reads_before_error(const Socket& socket);
  void close_socket(Context& c, Socket& socket);
  void end_lingering(Context& c, ConnectionId id, Rule rule);
  void end_lingering_if_done(Context& c, ConnectionId id, Rule rule);

  // bind.cpp
  bool holds_port(Index i, std::uint16_t port) const;
  std::optional<Rule> port_is_taken(std::uint16_t port, const Socket& by) const;

  // ephemeral_port.cpp
  void note_named(std::uint16_t port);
  bool was_named(std::uint16_t port) const;
  bool is_free(std::uint16_t port, std::optional<wire::Endpoint> remote, Time now) const;
  std::uint64_t draw();
  std::uint32_t ports_in_range() const;
  std::optional<std::uint16_t> ephemeral_port(Time now, std::optional<wire::Endpoint> remote);
  std::optional<std::uint16_t> port_from(std::uint32_t first, std::optional<wire::Endpoint> remote,
                                         Time now) const;
  struct Found {
    std::uint16_t port;
    std::uint32_t passed;  // how many places the search advanced
  };
  std::optional<Found> every_other_port(std::uint32_t first, std::optional<wire::Endpoint> remote,
                                        Time now) const;
  std::optional<std::uint16_t> port_by_double_hash(wire::Endpoint remote, Time now);
  std::optional<std::uint16_t> port_of_other_parity(Time now);

  // reuse_port.cpp: the listeners of a port
  bool share_port(const Socket& by, const Socket& other) const;
  struct Listeners {
    std::uint16_t port;
    SmallVector<ConnectionId, 2> ids;
  };
  const Listeners* listeners_of(std::uint16_t port) const;  // null: there are none
  bool listens(std::uint16_t port) const { return listeners_of(port) != nullptr; }
  std::optional<Rule> listener_refuses(std::uint16_t port, const Socket& by) const;
  void start_listening(std::uint16_t port, ConnectionId id);
  void stop_listening(std::uint16_t port, ConnectionId id);
  std::optional<ConnectionId> listener_for(wire::Endpoint local, wire::Endpoint remote) const;
  void tell_of_group(Context& c, ConnectionId picked, std::uint16_t port) const;

  // listen.cpp: a listener and its accept queue
  void listen_on(Context& c, ConnectionId id, std::uint16_t port, const ListenCall& call);
  bool holds_syn(Context& c, Socket& listener, const wire::Segment& syn, wire::SegmentId id);
  bool admits_ack(Context& c, ConnectionId child, const wire::Segment& ack);
  std::uint32_t deferred_timeouts(const Socket& listener) const;
  bool defers_accept(const Context& c, ConnectionId child);
  std::size_t within_limit(std::size_t backlog) const;
  bool accept_queue_is_full(const Socket& listener) const;
  ConnectionId add_child(Context& c, ConnectionId listener, wire::Endpoint local,
                         wire::Endpoint remote, wire::Seq iss);
  void abort_children(Context& c, ConnectionId listener);

  // syn_queue.cpp: handshakes under way
  bool is_good_syn(Context& c, const Socket& listener, const wire::Segment& syn);
  bool syn_queue_is_full(const Socket& listener) const;
  bool last_quarter_is_reached(const Socket& listener) const;
  bool admits_syn(Context& c, const Socket& listener, const wire::Segment& syn, bool replaces);
  // `beyond`: a number that the new connection's ISS must be after.
  void make_child(Context& c, ConnectionId listener, const wire::Segment& syn, wire::SegmentId id,
                  std::optional<wire::Seq> beyond);
  void enter_syn_queue(Context& c, ConnectionId child, ConnectionId listener);
  void leave_syn_queue(Socket& child);
  std::uint16_t syn_ack_retries(const Listening& listening) const;
  bool on_syn_ack_timeout(Context& c, ConnectionId child);
  void forget_half_open(Context& c, ConnectionId child, Rule rule, tcp::Trigger trigger);
  bool finds_listener_gone(Context& c, ConnectionId child, const wire::Segment& segment,
                           wire::SegmentId id);

  // syn_cache.cpp: the table of the whole host
  SynCache::BucketId bucket_of(const wire::Endpoint& local, const wire::Endpoint& remote) const;
  bool answers_by_cookies_only(Time now) const;
  void enter_syn_cache(Context& c, ConnectionId child);
  void leave_syn_cache(const Socket& child);
  bool purges_syn_cache(Context& c, ConnectionId child);
  bool overlooks_syn_cache(Context& c, ConnectionId child);

  // listener_cookies.cpp
  std::uint32_t cookie_for(const wire::Segment& syn, Time now) const;
  wire::Seq iss_of_child(const wire::Segment& syn, Time now);
  wire::Options options_of_cookie(const Socket& listener, const wire::Segment& syn, Time now) const;
  void send_cookie(Context& c, Socket& listener, const wire::Segment& syn);
  bool expects_cookies(const Socket& listener, const wire::Segment& ack, Time now) const;
  std::optional<CookieContents> read_cookie(const wire::Segment& ack, Time now) const;
  bool take_cookie(Context& c, ConnectionId listener, const wire::Segment& ack, wire::SegmentId id);
  void refuse_cookie(Context& c, ConnectionId listener, const wire::Segment& ack);

  // Runs one input of a connection and handles its effects.
  template <typename Input>
  auto run(Context& c, ConnectionId id, Input input) {
    tcp::Effects effects;
    tcp::Context context{c.now, config_.behaviour, effects, c.effects.segments};
    auto& connection = connection_at(id);
    if constexpr (std::is_void_v<decltype(input(connection, context))>) {
      input(connection, context);
      settle(c, id, effects);
    } else {
      const auto result = input(connection, context);
      settle(c, id, effects);
      return result;
    }
  }
  void settle(Context& c, ConnectionId id, const tcp::Effects& effects);
  void forward(Context& c, ConnectionId id, const tcp::Effects& effects);
  void on_signal(Context& c, ConnectionId id, tcp::Signal signal, Rule rule);
  void on_established(Context& c, ConnectionId id, Rule rule);
  void accept_child(Context& c, Socket& listener, ConnectionId child, std::string name, Rule rule);
  void read_if_wanted(Context& c, ConnectionId id);
  void read(Context& c, ConnectionId id, std::size_t most);
  void retire_if_gone(Context& c, ConnectionId id, Rule rule);
  // path_mtu.cpp
  void note_path(Context& c, ConnectionId id);
  void recall_path(Context& c, ConnectionId id, wire::Address to);
  void complete_call(Context& c, ConnectionId id, Call call, std::string_view socket, Errno error,
                     Rule rule = Rule::call_completes);
  Config config_;
  Records records_;
  HashIndex names_;                                       // of sockets
  HashIndex connected_;                                   // live, by their pair of sockets
  std::vector<ConnectionId> may_rest_;                    // closed ones that this input touched
  std::map<std::string, int, std::less<>> next_numbers_;  // by name: the first that is free
  SmallVector<Listeners, 1> listening_;                   // by port
  // Ports that calls have named, sorted; a socket may hold them no longer.
  SmallVector<std::uint16_t, 4> named_ports_;
  std::map<std::uint16_t, std::uint32_t> port_steps_;  // RFC 6056 §3.3.4's table, as far as used
  SynCache syn_cache_;
  struct Path {
    std::uint16_t mss = 0;
    Time told_at{0};
  };
  std::map<wire::Address, Path> paths_;  // those whose MTU ICMP reported
  std::size_t isns_used_ = 0;
  std::uint16_t ports_used_ = 0;
  std::uint64_t draws_ = 0;
  bool down_ = false;
};

}  // namespace tcplab::host
