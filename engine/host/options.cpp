// setsockopt() and getsockopt().
#include <utility>

#include "host/host.hpp"

namespace tcplab::host {

namespace {

constexpr Duration kOff{-1'000'000};

template <typename T>
std::optional<T> within(const OptionValue& value, T least, T most) {
  const auto* held = std::get_if<T>(&value);
  return held != nullptr && *held >= least && *held <= most ? std::optional(*held) : std::nullopt;
}

// Sets an option of TCP. False: the option does not take this value.
bool change(tcp::Settings& settings, Option option, const OptionValue& value) {
  using namespace std::chrono_literals;
  const auto* flag = std::get_if<bool>(&value);
  // tcp(7): one second to 32767 seconds.
  const auto time = within<Duration>(value, 1s, 32'767s);
  switch (option) {
    case Option::kKeepAlive:
      if (flag != nullptr) settings.keep_alive = *flag;
      return flag != nullptr;
    case Option::kNoDelay:
      if (flag != nullptr) settings.nagle = !*flag;
      return flag != nullptr;
    case Option::kKeepIdle:
      if (time) settings.keep_alive_times.idle = *time;
      return time.has_value();
    case Option::kKeepInterval:
      if (time) settings.keep_alive_times.interval = *time;
      return time.has_value();
    case Option::kKeepCount: {
      const auto count = within<std::int64_t>(value, 1, 127);
      if (count) settings.keep_alive_times.probes = static_cast<std::uint16_t>(*count);
      return count.has_value();
    }
    case Option::kUserTimeout: {
      const auto most = within<Duration>(value, 0s, 24h);
      if (most) settings.user_timeout = *most;
      return most.has_value();
    }
    case Option::kMaxSegment: {
      const auto octets = within<std::int64_t>(value, 88, 32'767);
      if (octets) settings.largest_segment = static_cast<std::uint16_t>(*octets);
      return octets.has_value();
    }
    case Option::kSynCount: {
      const auto count = within<std::int64_t>(value, 1, 127);
      if (count) settings.syn_retries = static_cast<std::uint16_t>(*count);
      return count.has_value();
    }
    case Option::kLinger2: {
      // TCP_FIN_TIMEOUT_MAX
      const auto most = within<Duration>(value, 0s, 120s);
      if (most) settings.fin_wait_2_timeout = *most;
      return most.has_value();
    }
    default:
      return false;
  }
}

// The same for an option of the socket itself.
bool change(Socket& socket, Option option, const OptionValue& value) {
  using namespace std::chrono_literals;
  const auto* flag = std::get_if<bool>(&value);
  switch (option) {
    case Option::kReuseAddress:
      if (flag != nullptr) socket.reuse_address = *flag;
      return flag != nullptr;
    case Option::kReusePort:
      if (flag != nullptr) socket.reuse_port = *flag;
      return flag != nullptr;
    case Option::kLinger: {
      if (flag != nullptr && !*flag) {
        socket.linger.reset();
        return true;
      }
      const auto most = within<Duration>(value, 0s, 65'535s);
      if (most) socket.linger = *most;
      return most.has_value();
    }
    case Option::kDeferAccept: {
      const auto most = within<Duration>(value, 0s, 65'535s);
      if (most) socket.defer_accept = *most;
      return most.has_value();
    }
    default:
      return false;
  }
}

bool is_of_socket(Option option) {
  return option == Option::kReuseAddress || option == Option::kReusePort ||
         option == Option::kLinger || option == Option::kDeferAccept;
}

Info info_of(const tcp::Connection& connection) {
  const auto& tcb = connection.tcb();
  Info info;
  info.state = tcb.state;
  info.rto = tcb.rto.value();
  info.smoothed_rtt = tcb.rto.smoothed_rtt();
  info.rtt_variation = tcb.rto.rtt_variation();
  info.send_mss = static_cast<std::uint16_t>(connection.segment_text_limit());
  const auto& queue = tcb.retransmission_queue;
  info.unacknowledged = static_cast<std::uint32_t>(queue.size());
  info.retransmissions = queue.empty() ? 0 : queue.front().transmissions - 1;
  info.timestamps = tcb.negotiated.timestamps;
  info.sack_permitted = tcb.negotiated.sack_permitted;
  info.window_scale = tcb.negotiated.window_scale;
  return info;
}

OptionValue value_of(Socket& socket, const tcp::Connection& connection, Option option,
                     const tcp::Behaviour& behaviour) {
  const auto& settings = connection.settings();
  switch (option) {
    case Option::kReuseAddress:
      return socket.reuse_address;
    case Option::kReusePort:
      return socket.reuse_port;
    case Option::kLinger:
      return socket.linger.value_or(kOff);
    case Option::kKeepAlive:
      return settings.keep_alive;
    case Option::kError:
      return std::exchange(socket.pending_error, Errno::kNone);
    case Option::kNoDelay:
      return !settings.nagle;
    case Option::kMaxSegment:
      // tcp(7): for a connection, the MSS that it really uses.
      return std::int64_t{tcp::is_synchronized(connection.state())
                              ? connection.segment_text_limit()
                              : connection.receive_mss(behaviour)};
    case Option::kKeepIdle:
      return settings.keep_alive_times.idle;
    case Option::kKeepInterval:
      return settings.keep_alive_times.interval;
    case Option::kKeepCount:
      return std::int64_t{settings.keep_alive_times.probes};
    case Option::kUserTimeout:
      return settings.user_timeout;
    case Option::kSynCount:
      return std::int64_t{settings.syn_retries.value_or(behaviour.syn_retries)};
    case Option::kLinger2:
      if (settings.fin_wait_2_timeout > Duration{0}) return settings.fin_wait_2_timeout;
      return behaviour.fin_wait_2_timeout.value_or(Duration{0});
    case Option::kDeferAccept:
      return socket.defer_accept;
    case Option::kInfo:
      return std::make_shared<const Info>(info_of(connection));
  }
  return {};
}

}  // namespace

void Host::setsockopt(Context& c, std::string_view name, Option option, const OptionValue& value) {
  auto* socket = open_socket(c, Call::kSetsockopt, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  auto settings = connection_at(id).settings();
  const bool done =
      is_of_socket(option) ? change(*socket, option, value) : change(settings, option, value);
  if (!done) {
    const bool read_only = option == Option::kError || option == Option::kInfo;
    complete_call(c, id, Call::kSetsockopt, name, read_only ? Errno::kEnoprotoopt : Errno::kEinval,
                  read_only ? Rule::option_is_read_only : Rule::option_refused);
    return;
  }
  run(c, id,
      [&](auto& connection, auto& context) { connection.change_settings(context, settings); });
  complete_call(c, id, Call::kSetsockopt, name, Errno::kNone);
}

void Host::getsockopt(Context& c, std::string_view name, Option option) {
  auto* socket = open_socket(c, Call::kGetsockopt, name);
  if (socket == nullptr) return;
  const auto id = socket->connection;
  auto& told =
      c.effects.emplace_return(id, Rule::call_completes, Call::kGetsockopt, name, Errno::kNone);
  told.value = value_of(*socket, connection_at(id), option, config_.behaviour);
  told.option = option;
}

}  // namespace tcplab::host
