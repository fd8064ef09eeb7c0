#include "host/records.hpp"

#include <array>
#include <charconv>

namespace tcplab::host {

namespace {

constexpr std::array kFlags{&Socket::closed,        &Socket::non_blocking, &Socket::end_told,
                            &Socket::reuse_address, &Socket::reading_shut, &Socket::reuse_port};
constexpr unsigned kBound = 1u << 6;
constexpr unsigned kReadsOnCall = 1u << 7;

// "accepted-2" as "accepted" and 2; all else as itself and 0.
std::pair<std::string_view, std::uint32_t> stem_and_number(std::string_view name) {
  const auto dash = name.rfind('-');
  if (dash == std::string_view::npos) return {name, 0};
  const auto digits = name.substr(dash + 1);
  std::uint32_t number = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number);
  const bool canonical = error == std::errc() && stopped == end && digits[0] != '0';
  return canonical ? std::pair(name.substr(0, dash), number) : std::pair(name, 0u);
}

}  // namespace

template <typename T>
template <typename... Arguments>
std::uint32_t Records::Pool<T>::put(Arguments&&... arguments) {
  if (!free.empty()) {
    const auto place = free.back();
    free.pop_back();
    items.at(place) = T(std::forward<Arguments>(arguments)...);
    return place;
  }
  items.emplace_back(std::forward<Arguments>(arguments)...);
  return static_cast<std::uint32_t>(items.size() - 1);
}

std::optional<Records::Index> Records::index_among_many(ConnectionId wanted) const {
  std::size_t first = 0;
  std::size_t last = slots_.size();
  while (first < last) {
    const std::size_t middle = (first + last) / 2;
    if (slots_[middle].id < wanted) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  if (first == slots_.size() || slots_[first].id != wanted) return std::nullopt;
  return static_cast<Index>(first);
}

Record& Records::add(ConnectionId id, const Home& home) {
  const auto place = whole_.put(home.behaviour);
  slots_.push_back(Slot{id, place});
  Record& fresh = whole_.items.at(place);
  fresh.socket.connection = id;
  recent_.forget();
  recent_.note(id, fresh);
  return fresh;
}

Record& Records::of(ConnectionId id, const Home& home) {
  const Index i = *index_of(id);
  Record& record = at(i, home);
  recent_.note(id, record);
  return record;
}

void Records::make_whole(Index i, const Home& home) {
  recent_.forget();
  const auto place = slots_[i].place & ~kAtRest;
  const Resting small = resting_.items[place];
  slots_.at(i).place = whole_.put(socket_of(small, slots_[i].id),
                                  tcp::Connection(small.tcb.tcb(home.address, home.behaviour)));
  resting_.free.push_back(place);
}

void Records::compact(Index i, const Home& home) {
  if (is_at_rest(i)) return;
  const auto place = slots_[i].place;
  const auto small = resting_form(whole_.items[place], home);
  if (!small) return;
  whole_.items.at(place) = Record(home.behaviour);
  whole_.free.push_back(place);
  slots_.at(i).place = resting_.put(Resting(*small)) | kAtRest;
  if (recent(slots_[i].id) != nullptr) recent_.forget();
}

View<Socket> Records::socket(Index i) const {
  if (is_at_rest(i)) return socket_of(resting(i), slots_[i].id);
  return &whole(i).socket;
}

View<tcp::Connection> Records::connection(Index i, const Home& home) const {
  if (is_at_rest(i)) return tcp::Connection(resting(i).tcb.tcb(home.address, home.behaviour));
  return &whole(i).connection;
}

bool Records::timer_is_due(Index i, tcp::Timer timer, Time at) const {
  const auto state = is_at_rest(i)
                         ? resting(i).tcb.timer(timer)
                         : whole(i).connection.tcb().timers[static_cast<std::size_t>(timer)];
  return state == tcp::TimerState{true, at};
}

bool Records::is_named(Index i, std::string_view name) const {
  return is_at_rest(i) ? socket(i)->name == name : whole(i).socket.name == name;
}

bool Records::joins(Index i, wire::Endpoint local, wire::Endpoint remote, const Home& home) const {
  if (is_at_rest(i)) {
    const auto& tcb = resting(i).tcb;
    return tcb.remote() == remote && local == wire::Endpoint{home.address, tcb.local_port()};
  }
  const auto& tcb = whole(i).connection.tcb();
  return tcb.remote == remote && tcb.local == local;
}

// Only for sockets that the application has closed, so that no call needs them again.
std::optional<Records::Resting> Records::resting_form(const Record& record, const Home& home) {
  const auto& socket = record.socket;
  if (!socket.closed || socket.name.empty() || socket.listening) return std::nullopt;
  const auto tcb = tcp::RestingTcb::of(record.connection.tcb(), home.address, home.behaviour);
  if (!tcb) return std::nullopt;
  const auto [text, number] = stem_and_number(socket.name);
  const auto stem_number = stem(text);
  if (!stem_number) return std::nullopt;
  unsigned flags = 0;
  for (std::size_t i = 0; i < kFlags.size(); ++i) flags |= unsigned{socket.*kFlags[i]} << i;
  if (socket.bound_port) flags |= kBound;
  if (socket.read == Application::kOnCall) flags |= kReadsOnCall;
  const Resting small{*tcb, number, socket.listener, *stem_number,
                      static_cast<std::uint16_t>(flags)};
  if (socket_of(small, socket.connection) != socket) return std::nullopt;
  return small;
}

Socket Records::socket_of(const Resting& small, ConnectionId id) const {
  Socket socket;
  socket.connection = id;
  socket.name = stems_[small.stem];
  if (small.number != 0) socket.name += '-' + std::to_string(small.number);
  socket.listener = small.listener;
  for (std::size_t i = 0; i < kFlags.size(); ++i) {
    socket.*kFlags[i] = (small.flags >> i & 1u) != 0;
  }
  if ((small.flags & kBound) != 0) socket.bound_port = small.tcb.local_port();
  if ((small.flags & kReadsOnCall) != 0) socket.read = Application::kOnCall;
  return socket;
}

std::optional<std::uint16_t> Records::stem(std::string_view text) {
  const auto known = stem_numbers_.find(text);
  if (known != stem_numbers_.end()) return known->second;
  if (stems_.size() > 0xffff) return std::nullopt;
  const auto number = static_cast<std::uint16_t>(stems_.size());
  stems_.emplace_back(text);
  stem_numbers_.emplace(text, number);
  return number;
}

}  // namespace tcplab::host
