// What a Host asks of its surroundings, and what it reports about itself, in order.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/rule.hpp"
#include "base/small_vector.hpp"
#include "host/call.hpp"
#include "host/socket.hpp"
#include "tcp/effect.hpp"
#include "tcp/reassembly.hpp"

namespace tcplab::host {

// A call has returned: at once, or later if it had to wait.
struct Return {
  Call call = Call::kListen;
  std::string socket;
  Errno error = Errno::kNone;
  std::optional<std::size_t> octets;  // recv: 0 is the end of the stream
  OptionValue value;                  // of getsockopt
  std::optional<Option> option{};     // the option that getsockopt was called for
};

struct CallReturns {
  std::uint32_t which;  // index into Effects::returns
};

// The application has read these pieces of text.
struct Deliver {
  std::uint32_t first;  // index into Effects::pieces
  std::uint32_t end;    // the index after the last
};

// The length of a listener's accept queue has changed.
struct AcceptQueue {
  std::size_t length;
  std::size_t limit;
};

struct Effect {
  template <typename What>
  Effect(ConnectionId of, Rule why, What that)
      : connection(of), rule(why), what(std::in_place_type<What>, that) {}

  ConnectionId connection;
  Rule rule;
  std::variant<tcp::SendSegment, tcp::ArmTimer, tcp::CancelTimer, tcp::StateChange,
               tcp::DropSegment, tcp::Remark, tcp::Accepted, CallReturns, Deliver, AcceptQueue>
      what;
};

static_assert(std::is_trivially_copyable_v<Effect>);

// The effects in order; what is not plain data is stored beside them.
struct Effects : SmallVector<Effect, 12> {
  void send(ConnectionId from, Rule rule, wire::Segment&& segment) {
    const auto index = static_cast<std::uint32_t>(segments.size());
    segments.push_back(std::move(segment));
    emplace_back(from, rule, tcp::SendSegment{index, false});
  }
  // A call is over: with what its Return, which is written here, says.
  Return& emplace_return(ConnectionId of, Rule rule, Call call, std::string_view socket,
                         Errno error) {
    emplace_back(of, rule, CallReturns{static_cast<std::uint32_t>(returns.size())});
    Return& what = returns.emplace_back();
    what.call = call;
    what.socket = socket;
    what.error = error;
    return what;
  }
  std::span<const tcp::Reassembly::Piece> pieces_of(const Deliver& what) const {
    return {pieces.begin() + what.first, pieces.begin() + what.end};
  }

  tcp::Segments segments;
  SmallVector<Return, 2> returns;
  tcp::Reassembly::Pieces pieces;
};

}  // namespace tcplab::host
