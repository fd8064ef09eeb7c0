#include "actor.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "format/quantity.hpp"
#include "sandbox.hpp"
#include "wire/datagram.hpp"

namespace tcplab::interop {

namespace {

constexpr std::size_t kMostRead = 65'536;

std::string errno_text(int error) {
  if (error == EAGAIN || error == EINPROGRESS) return "waits";
  const char* name = strerrorname_np(error);
  return name != nullptr ? name : std::to_string(error);
}

// "ok" of a call that returned 0.
std::string outcome(int returned) { return returned == 0 ? "ok" : errno_text(errno); }

sockaddr_in to_sockaddr(wire::Endpoint endpoint) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(endpoint.port);
  address.sin_addr.s_addr = htonl(endpoint.address.value);
  return address;
}

template <typename Value>
int set_value(int socket, int level, int name, const Value& value) {
  return setsockopt(socket, level, name, &value, sizeof value);
}

// Of what the kernel's options are numbers of.
enum class Unit : std::uint8_t { kNumber, kSeconds, kMilliseconds };
struct Settable {
  std::string_view name;
  int level;
  int number;
  Unit unit;
};
constexpr Settable kSettable[] = {
    {"SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, Unit::kNumber},
    {"SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT, Unit::kNumber},
    {"SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, Unit::kNumber},
    {"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY, Unit::kNumber},
    {"TCP_MAXSEG", IPPROTO_TCP, TCP_MAXSEG, Unit::kNumber},
    {"TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, Unit::kSeconds},
    {"TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL, Unit::kSeconds},
    {"TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, Unit::kNumber},
    {"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, Unit::kMilliseconds},
    {"TCP_DEFER_ACCEPT", IPPROTO_TCP, TCP_DEFER_ACCEPT, Unit::kSeconds},
    {"TCP_SYNCNT", IPPROTO_TCP, TCP_SYNCNT, Unit::kNumber},
    {"TCP_LINGER2", IPPROTO_TCP, TCP_LINGER2, Unit::kSeconds},
};

// The value of a scenario, which is a flag, a number or a time.
int in_unit(const Json& value, Unit unit) {
  if (value.is_boolean()) return value.get<bool>();
  if (!value.is_string()) return value.get<int>();
  const Duration time = format::parse_duration(value.get<std::string>()).value_or(Duration{0});
  return static_cast<int>(unit == Unit::kSeconds ? time / std::chrono::seconds(1)
                                                 : time / std::chrono::milliseconds(1));
}

FileDescriptor make_socket(wire::Endpoint local) {
  FileDescriptor made(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  // Linux's default. A namespace may not choose it for all sockets when the machine has another.
  constexpr std::array<char, 5> kCongestionControl{'c', 'u', 'b', 'i', 'c'};
  const auto address = to_sockaddr(local);
  if (set_value(made.get(), IPPROTO_TCP, TCP_CONGESTION, kCongestionControl) != 0 ||
      set_value(made.get(), SOL_SOCKET, SO_REUSEADDR, 1) != 0 ||
      bind(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("no socket for a scene: " + errno_text(errno));
  }
  return made;
}

void close_with_reset(FileDescriptor& socket) {
  set_value(socket.get(), SOL_SOCKET, SO_LINGER, linger{1, 0});
  socket = FileDescriptor();
}

}  // namespace

Actor::Actor(const Scene& scene, std::uint32_t number, int tun)
    : scene_(scene),
      host_{kSandboxHost, static_cast<std::uint16_t>(kFirstPort + number % kPorts)},
      peer_{peer_address(number), kPeerPort},
      tun_(tun),
      numbers_(scene) {
  record_.outcomes.resize(scene.steps.size());
}

void Actor::begin(std::size_t i, Time at, Duration late) {
  step_ = i;
  record_.outcomes[i].begun = at;
  record_.late = std::max(record_.late, late);
  record_.outcomes[i].result = perform(scene_.steps[i]);
}

void Actor::on_sent(Time at, const wire::Segment& segment) {
  numbers_.on_sent(segment);
  record_.replies.push_back({step_, at, segment, numbers_.iss(), {}, {}});
}

void Actor::go_on() {
  if (listener_ && !socket_ && !has_accepted_ && scene_.accepts) {
    socket_ =
        FileDescriptor(accept4(listener_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    has_accepted_ = static_cast<bool>(socket_);
  }
  if (!waiting_recv_ || !socket_) return;
  const auto result = recv();
  if (result == "waits") return;
  record_.outcomes[*waiting_recv_].result = later_result(result, step_);
  waiting_recv_.reset();
}

void Actor::look(const SockDiag& diag) { record_.outcomes[step_].state = diag.state(host_, peer_); }

void Actor::end() {
  for (auto* socket : {&socket_, &listener_}) {
    if (*socket) close_with_reset(*socket);
  }
  // What has no socket (an orphan, TIME-WAIT, a request) a RST ends, where the host expects it.
  const auto expected = numbers_.acknowledged();
  if (!expected) return;
  wire::Segment reset;
  reset.src = peer_;
  reset.dst = host_;
  reset.flags = wire::kRst;
  reset.seq = *expected;
  inject(wire::encode(reset, 1));
}

Record Actor::take_record() {
  record_.isns = numbers_.isns();
  return std::move(record_);
}

void Actor::inject(const wire::Bytes& datagram) const {
  if (write(tun_, datagram.data(), datagram.size()) < 0) {
    throw std::runtime_error("the TUN device takes nothing: " + errno_text(errno));
  }
}

std::string Actor::perform(const Step& step) {
  switch (step.what) {
    case Do::kOpen:
      return open();
    case Do::kInject: {
      const auto segment = numbers_.fill(step.segment, {peer_.address, step.segment.port}, host_);
      record_.heard.push_back({step_, segment});
      const auto forgery = numbers_.forgery(step.segment);
      inject(forgery == wire::Forgery{} ? wire::encode(segment, 1)
                                        : wire::encode(segment, 1, forgery));
      return "";
    }
    case Do::kIcmp: {
      const auto about = wire::encode(numbers_.quoted(step.told, host_, peer_), 1);
      inject(wire::encode(step.told.error, step.told.mtu, about));
      return "";
    }
    case Do::kLook:
      return "";
    case Do::kCloseListener:
      listener_ = FileDescriptor();
      return "ok";
    default:
      break;
  }
  if (!socket_) return "EBADF";
  switch (step.what) {
    case Do::kSend: {
      const std::vector<char> text(step.octets, 'a');
      const auto sent = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
      return sent < 0 ? errno_text(errno) : "ok";
    }
    case Do::kRecv: {
      const auto result = recv();
      // The socket of accept() would wait; that of connect() is told not to.
      if (result == "waits" && !scene_.active) waiting_recv_ = step_;
      return result;
    }
    case Do::kShutdown:
      return outcome(::shutdown(socket_.get(), static_cast<int>(step.how)));
    case Do::kClose:
      waiting_recv_.reset();
      socket_ = FileDescriptor();
      return "ok";
    case Do::kAbort:
      return abort();
    case Do::kSetsockopt:
      return set(socket_.get(), step.option);
    default:
      return so_error(socket_.get());
  }
}

std::string Actor::open() {
  auto made = make_socket(host_);
  if (!scene_.active) {
    listener_ = std::move(made);
    return outcome(listen(listener_.get(), static_cast<int>(scene_.backlog)));
  }
  socket_ = std::move(made);
  for (const auto& option : scene_.options) set(socket_.get(), option);
  const auto address = to_sockaddr(peer_);
  return outcome(
      connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

std::string Actor::recv() {
  std::vector<char> text(kMostRead);
  const auto read = ::recv(socket_.get(), text.data(), text.size(), 0);
  return read < 0 ? errno_text(errno) : std::to_string(read);
}

std::string Actor::abort() {
  waiting_recv_.reset();
  close_with_reset(socket_);
  return "ok";
}

std::string Actor::so_error(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno_text(errno);
  return error == 0 ? "0" : errno_text(error);
}

std::string Actor::set(int socket, const SocketOption& option) {
  const auto name = host::to_text(option.option);
  if (option.option == host::Option::kLinger) {
    const linger on{1, in_unit(option.value, Unit::kSeconds)};
    return outcome(set_value(socket, SOL_SOCKET, SO_LINGER, on));
  }
  for (const auto& settable : kSettable) {
    if (settable.name != name) continue;
    const int value = in_unit(option.value, settable.unit);
    return outcome(set_value(socket, settable.level, settable.number, value));
  }
  throw std::runtime_error("no scene can set " + std::string(name));
}

}  // namespace tcplab::interop
