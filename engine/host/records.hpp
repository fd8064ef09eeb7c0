// The sockets of a host with their connections, in the order in which they were made; none is ever
// removed. A record "at rest", closed by the application and in TIME-WAIT or CLOSED, is kept in a
// small form, so that a million connections in TIME-WAIT fit into memory.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/chunked.hpp"
#include "base/view.hpp"
#include "host/hash_index.hpp"
#include "host/socket.hpp"
#include "tcp/connection.hpp"
#include "tcp/resting_tcb.hpp"

namespace tcplab::host {

struct Record {
  explicit Record(const tcp::Behaviour& behaviour) : connection(behaviour) {}
  Record(Socket that, tcp::Connection its) : socket(std::move(that)), connection(std::move(its)) {}

  Socket socket;
  tcp::Connection connection;
};

// The host of the records: the small form leaves out what is known from it.
struct Home {
  wire::Address address;
  const tcp::Behaviour& behaviour;
};

class Records {
 public:
  using Index = HashIndex::Index;

  std::size_t size() const { return slots_.size(); }
  ConnectionId id(Index i) const { return slots_[i].id; }
  std::optional<Index> index_of(ConnectionId wanted) const {
    // Ids only grow, and mostly a host has few connections or an unbroken run of ids.
    constexpr std::size_t kFew = 4;
    const std::size_t size = slots_.size();
    if (size == 0 || wanted < slots_.front().id) return std::nullopt;
    std::size_t i = std::min<std::size_t>(wanted - slots_.front().id, size - 1);
    for (const std::size_t last = i > kFew ? i - kFew : 0; slots_[i].id > wanted; --i) {
      if (i == last) return index_among_many(wanted);
    }
    return slots_[i].id == wanted ? std::optional(static_cast<Index>(i)) : std::nullopt;
  }

  // Adds a fresh record; `id` must be larger than all before. Invalidates other records.
  Record& add(ConnectionId id, const Home& home);
  // For changing: makes the record whole if it was at rest. Invalidates other records.
  Record& at(Index i, const Home& home) {
    if (is_at_rest(i)) make_whole(i, home);
    return whole_.items.at(slots_[i].place);
  }
  // The same by id, which must exist. Remembered for recent(): an input often asks again.
  Record& of(ConnectionId id, const Home& home);
  // null: it was not among the last to be asked for.
  Record* recent(ConnectionId id) const {
    if (recent_.last.id == id) return recent_.last.record;
    return recent_.before.id == id ? recent_.before.record : nullptr;
  }
  // null: it is at rest, or there is none.
  const Record* whole_of(ConnectionId id) const {
    if (const Record* record = recent(id)) return record;
    const auto i = index_of(id);
    return i && !is_at_rest(*i) ? &whole(*i) : nullptr;
  }
  View<Socket> socket(Index i) const;
  View<tcp::Connection> connection(Index i, const Home& home) const;

  bool is_at_rest(Index i) const { return (slots_[i].place & kAtRest) != 0; }
  // Keeps the record in the small form if possible.
  void compact(Index i, const Home& home);

  bool timer_is_due(Index i, tcp::Timer timer, Time at) const;
  bool is_named(Index i, std::string_view name) const;
  bool joins(Index i, wire::Endpoint local, wire::Endpoint remote, const Home& home) const;

 private:
  // A place in whole_, or, with kAtRest, in resting_.
  static constexpr std::uint32_t kAtRest = 0x8000'0000;
  struct Slot {
    ConnectionId id;
    std::uint32_t place;
  };
  // The last two that were asked for, as a listener and its child are by turns, if they are whole.
  // After a copy nobody knows whose they are.
  struct Recent {
    struct Asked {
      ConnectionId id = 0;
      Record* record = nullptr;
    };
    Recent() = default;
    Recent(const Recent& other) { other.forget(); }
    Recent& operator=(const Recent& other) {
      if (this == &other) return *this;
      other.forget();
      forget();
      return *this;
    }
    // Writes only if there is something to forget: another thread may be taking a copy.
    void forget() const {
      if (last.record == nullptr) return;
      last = {};
      before = {};
    }
    void note(ConnectionId id, Record& record) { before = std::exchange(last, {id, &record}); }
    mutable Asked last;
    mutable Asked before;
  };
  struct Resting {
    tcp::RestingTcb tcb;
    // The name is the stem, with "-" and the number if there is one: "accepted-2".
    std::uint32_t number;  // 0: none
    ConnectionId listener;
    std::uint16_t stem;  // index into stems_
    std::uint16_t flags;
  };
  static_assert(sizeof(Resting) == 92);
  template <typename T>
  struct Pool {
    Chunked<T> items;
    std::vector<std::uint32_t> free;
    template <typename... Arguments>
    std::uint32_t put(Arguments&&... arguments);  // may move the others
  };

  const Record& whole(Index i) const { return whole_.items[slots_[i].place]; }
  const Resting& resting(Index i) const { return resting_.items[slots_[i].place & ~kAtRest]; }
  std::optional<Index> index_among_many(ConnectionId wanted) const;
  void make_whole(Index i, const Home& home);
  std::optional<Resting> resting_form(const Record& record, const Home& home);
  Socket socket_of(const Resting& small, ConnectionId id) const;
  std::optional<std::uint16_t> stem(std::string_view text);

  Chunked<Slot> slots_;
  Pool<Record> whole_;
  Pool<Resting> resting_;
  Recent recent_;
  std::vector<std::string> stems_;
  std::map<std::string, std::uint16_t, std::less<>> stem_numbers_;  // index into stems_
};

}  // namespace tcplab::host
