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
#include "tcp/behaviour.hpp"
#include "tcp/connection.hpp"
#include "tcp/isn.hpp"
#include "wire/segment.hpp"

namespace tcplab::host {

// Whether the application makes a call whenever it can, or only when the script says so.
enum class Application : std::uint8_t { kEach, kOnCall };

struct Socket {
  std::string name;  // empty until accept() returns it
  ConnectionId connection = 0;
  ConnectionId listener = 0;  // whose child it is
  bool is_listener = false;
  bool closed = false;      // the application called close()
  bool connecting = false;  // connect() has not returned
  Application read = Application::kEach;
  std::optional<std::size_t> pending_recv;  // recv() waits for this many octets at most
  Errno pending_error = Errno::kNone;       // SO_ERROR
  bool end_told = false;  // an application that always reads was told of the end of the stream
  // Listeners only:
  Application accept = Application::kEach;
  std::size_t backlog = 0;
  std::vector<ConnectionId> accept_queue;    // established, not accepted
  std::vector<std::string> pending_accepts;  // names for accept() calls that wait
};

struct Config {
  wire::Address address;
  tcp::Behaviour behaviour;
  std::vector<std::uint32_t> isns;    // of its connections in order; then the clock's
  std::uint16_t first_port = 40'000;  // ephemeral ports count up from here
  tcp::Secret secret{};
};

struct ListenCall {
  std::string socket;
  std::uint16_t port = 0;
  std::size_t backlog = 128;
  Application accept = Application::kEach;
  Application read = Application::kEach;
};

struct ConnectCall {
  std::string socket;  // a listening socket's name makes that one turn active (§3.10.1)
  wire::Endpoint to;
  std::uint16_t port = 0;  // local; 0 takes the next ephemeral port
  Application read = Application::kEach;
};

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
  const std::vector<Socket>& sockets() const { return sockets_; }
  const tcp::Connection* connection(ConnectionId id) const;
  const Socket* socket_named(std::string_view name) const;
  const Socket* socket_of(ConnectionId id) const;
  // A free name: `wanted`, or with "-2", "-3", ... behind it. Names are never given back.
  std::string free_name(std::string_view wanted) const;
  // The calls that can do something on this socket now.
  std::vector<Call> sensible_calls(const Socket& socket) const;

  // The sockets API. Each reports through a Return effect, now or once it completes.
  void listen(Context& c, const ListenCall& call);
  void connect(Context& c, const ConnectCall& call);
  void accept(Context& c, std::string_view listener, const std::string& as);
  // In LISTEN, with `to`, SEND opens actively (RFC 9293 §3.10.2).
  void send(Context& c, std::string_view socket, const wire::Bytes& octets,
            std::optional<wire::Endpoint> to = std::nullopt);
  void recv(Context& c, std::string_view socket, std::size_t most);
  void shutdown(Context& c, std::string_view socket);
  void close(Context& c, std::string_view socket);
  void abort(Context& c, std::string_view socket);

  void on_segment(Context& c, const wire::Segment& segment, wire::SegmentId id);
  // MUST-54: the error reaches the connection whose segment it quotes.
  void on_icmp(Context& c, const wire::IcmpError& error);
  // Whether this timer is armed for this moment: a moved or cancelled one is not.
  bool timer_is_due(ConnectionId id, tcp::Timer timer, Time at) const;
  void on_timer(Context& c, ConnectionId id, tcp::Timer timer);

  // The first broken invariant of any connection, or nullptr.
  const char* inconsistency() const;

 private:
  struct Entry {
    ConnectionId id;
    std::size_t socket;  // index into sockets_
    tcp::Connection connection;
  };
  using Pair = std::pair<wire::Endpoint, wire::Endpoint>;  // local, remote

  void take_name(const std::string& name, std::size_t socket);
  Entry* find(ConnectionId id);
  const Entry* find(ConnectionId id) const;
  Socket* open_socket(Context& c, Call call, std::string_view name);
  Entry* listener_on(std::uint16_t port);
  Entry& add(Context& c, tcp::Connection connection, Socket socket);
  std::uint16_t ephemeral_port(wire::Endpoint remote);
  wire::Seq next_iss(wire::Endpoint local, wire::Endpoint remote, Time now);
  // `beyond`: a number that the new connection's ISS must be after.
  void make_child(Context& c, ConnectionId listener, const wire::Segment& syn, wire::SegmentId id,
                  std::optional<wire::Seq> beyond);
  void abort_children(Context& c, ConnectionId listener);
  void answer_without_connection(Context& c, const wire::Segment& segment);
  void open_actively(Context& c, ConnectionId id, wire::Endpoint local, wire::Endpoint remote);

  // Runs one input of a connection and deals with its effects.
  template <typename Input>
  auto run(Context& c, ConnectionId id, Input input) {
    tcp::Effects effects;
    effects.reserve(tcp::kUsualEffects);
    tcp::Context context{c.now, config_.behaviour, effects};
    auto& connection = find(id)->connection;
    if constexpr (std::is_void_v<decltype(input(connection, context))>) {
      input(connection, context);
      settle(c, id, std::move(effects));
    } else {
      const auto result = input(connection, context);
      settle(c, id, std::move(effects));
      return result;
    }
  }
  void settle(Context& c, ConnectionId id, tcp::Effects effects);
  void forward(Context& c, ConnectionId id, tcp::Effect& effect);
  void on_signal(Context& c, ConnectionId id, tcp::Signal signal, Rule rule);
  void on_established(Context& c, ConnectionId id, Rule rule);
  void accept_child(Context& c, Socket& listener, ConnectionId child, std::string name, Rule rule);
  void read_if_wanted(Context& c, ConnectionId id);
  void read(Context& c, ConnectionId id, std::size_t most);
  void retire_if_gone(Context& c, ConnectionId id, Rule rule);
  void give_back(Context& c, ConnectionId id, Call call, std::string_view socket, Errno error,
                 Rule rule = Rule::call_completes);
  std::size_t children_waiting(ConnectionId listener) const;

  Config config_;
  std::vector<Socket> sockets_;
  std::map<std::string, std::size_t, std::less<>> names_;  // index into sockets_
  std::map<std::string, int, std::less<>> next_numbers_;   // by name: the first that is free
  std::vector<Entry> entries_;                             // in order of id
  std::map<Pair, ConnectionId> connected_;  // live connections by their pair of sockets
  std::map<std::uint16_t, ConnectionId> listening_;
  std::size_t isns_used_ = 0;
  std::uint16_t ports_used_ = 0;
};

}  // namespace tcplab::host
