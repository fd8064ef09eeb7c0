#include "sock_diag.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace tcplab::interop {

using tcp::State;

namespace {

struct Request {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

// The kernel's numbers of states; 12 is a request for which there is no socket yet.
State state_numbered(unsigned number) {
  constexpr std::array<State, 13> kStates{
      State::kClosed,   State::kEstablished, State::kSynSent, State::kSynRcvd,   State::kFinWait1,
      State::kFinWait2, State::kTimeWait,    State::kClosed,  State::kCloseWait, State::kLastAck,
      State::kListen,   State::kClosing,     State::kSynRcvd};
  return number < kStates.size() ? kStates[number] : State::kClosed;
}

}  // namespace

SockDiag::SockDiag() : netlink_(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)) {}

State SockDiag::state(wire::Endpoint local, wire::Endpoint remote) const {
  Request request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = NLM_F_REQUEST;
  request.body.sdiag_family = AF_INET;
  request.body.sdiag_protocol = IPPROTO_TCP;
  request.body.idiag_states = ~0U;
  request.body.id.idiag_sport = htons(local.port);
  request.body.id.idiag_dport = htons(remote.port);
  request.body.id.idiag_src[0] = htonl(local.address.value);
  request.body.id.idiag_dst[0] = htonl(remote.address.value);
  request.body.id.idiag_cookie[0] = request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  if (send(netlink_.get(), &request, sizeof request, 0) < 0) return State::kClosed;

  alignas(nlmsghdr) std::array<char, 8192> answer;
  const auto size = recv(netlink_.get(), answer.data(), answer.size(), 0);
  nlmsghdr header;
  inet_diag_msg message;
  if (size < static_cast<ssize_t>(NLMSG_HDRLEN + sizeof message)) return State::kClosed;
  std::memcpy(&header, answer.data(), sizeof header);
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY) return State::kClosed;
  std::memcpy(&message, answer.data() + NLMSG_HDRLEN, sizeof message);
  const State state = state_numbered(message.idiag_state);
  // Without a connection the kernel finds the listener.
  return state == State::kListen ? State::kClosed : state;
}

}  // namespace tcplab::interop
