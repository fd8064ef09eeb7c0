// What a Host asks of its surroundings and tells about itself, in order.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/rule.hpp"
#include "host/call.hpp"
#include "host/socket.hpp"
#include "tcp/effect.hpp"
#include "tcp/reassembly.hpp"

namespace tcplab::host {

// A call is over: at once, or later when it had to wait.
struct Return {
  Call call;
  std::string socket;
  Errno error = Errno::kNone;
  std::optional<std::size_t> octets;  // recv: 0 is the end of the stream
  OptionValue value;                  // getsockopt,
  std::optional<Option> option{};     // and of which option
};

// The application has read these.
struct Deliver {
  std::vector<tcp::Reassembly::Piece> pieces;
};

// The length of a listener's accept queue has changed.
struct AcceptQueue {
  std::size_t length;
  std::size_t limit;
};

struct Effect {
  template <typename What>
  Effect(ConnectionId of, Rule why, What that)
      : connection(of), rule(why), what(std::in_place_type<What>, std::move(that)) {}

  ConnectionId connection;
  Rule rule;
  std::variant<tcp::SendSegment, tcp::ArmTimer, tcp::CancelTimer, tcp::StateChange,
               tcp::DropSegment, tcp::Remark, tcp::Accepted, Return, Deliver, AcceptQueue>
      what;
};
using Effects = std::vector<Effect>;

}  // namespace tcplab::host
