// How sockets and connections are found: by id, by name, by their pair of sockets.
#include "base/fnv1a.hpp"
#include "host/host.hpp"

namespace tcplab::host {

using wire::Endpoint;

namespace {

constexpr std::size_t kFewNames = 3;

// The finalizer of SplitMix64.
std::uint32_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58'476d'1ce4'e5b9;
  x = (x ^ (x >> 27)) * 0x94d0'49bb'1331'11eb;
  return static_cast<std::uint32_t>(x ^ (x >> 31));
}

std::uint32_t hash_of(const Endpoint& local, const Endpoint& remote) {
  const auto word = [](const Endpoint& e) {
    return (std::uint64_t{e.address.value} << 16) | e.port;
  };
  return mix(word(local) * 0x9e37'79b9'7f4a'7c15 + word(remote));
}

std::uint32_t hash_of(std::string_view text) { return mix(fnv1a(text)); }

}  // namespace

View<tcp::Connection> Host::connection(ConnectionId id) const {
  if (const Record* record = records_.whole_of(id)) return &record->connection;
  const auto index = records_.index_of(id);
  if (!index) return nullptr;
  return records_.connection(*index, home());
}

View<Socket> Host::socket_named(std::string_view name) const {
  const auto index = index_named(name);
  if (!index) return nullptr;
  return records_.socket(*index);
}

ConnectionId Host::connection_named(std::string_view name) const {
  const auto index = index_named(name);
  return index ? records_.id(*index) : 0;
}

View<Socket> Host::socket_of(ConnectionId id) const {
  if (const Record* record = records_.whole_of(id)) return &record->socket;
  const auto index = records_.index_of(id);
  if (!index) return nullptr;
  return records_.socket(*index);
}

std::string Host::free_name(std::string_view wanted) const {
  std::string name(wanted);
  if (!is_taken(wanted)) return name;
  const auto next = next_numbers_.find(wanted);
  return name + '-' + std::to_string(next == next_numbers_.end() ? 2 : next->second);
}

// Comparing a few names is quicker than hashing one. Children that are not accepted have an empty
// name.
std::optional<Host::Index> Host::index_named(std::string_view name) const {
  if (records_.size() <= kFewNames) {
    for (Index i = 0; i < records_.size() && !name.empty(); ++i) {
      if (records_.is_named(i, name)) return i;
    }
    return std::nullopt;
  }
  return index_by_hash(name);
}

std::optional<Host::Index> Host::index_by_hash(std::string_view name) const {
  return names_.find(hash_of(name), [&](Index i) { return records_.is_named(i, name); });
}

// Called when there are more than kFewNames sockets: then all names enter the index.
void Host::index_names() {
  for (Index i = 0; i < records_.size(); ++i) {
    const auto socket = records_.socket(i);
    if (!socket->name.empty()) take_name(socket->name, i);
  }
}

void Host::take_name(std::string_view name, Index index) {
  if (records_.size() > kFewNames && !index_by_hash(name)) names_.insert(hash_of(name), index);
  const auto dash = name.rfind('-');
  if (dash == std::string::npos) return;
  const std::string base(name.substr(0, dash));
  int& next = next_numbers_.try_emplace(base, 2).first->second;
  while (is_taken(base + '-' + std::to_string(next))) ++next;
}

std::optional<Host::Index> Host::index_connected(std::uint32_t hash, Endpoint local,
                                                 Endpoint remote) const {
  return connected_.find(hash, [&](Index i) { return records_.joins(i, local, remote, home()); });
}

std::optional<ConnectionId> Host::connected(Endpoint local, Endpoint remote) const {
  const auto index = index_connected(hash_of(local, remote), local, remote);
  return index ? std::optional(records_.id(*index)) : std::nullopt;
}

void Host::enter_connected(Endpoint local, Endpoint remote, ConnectionId id) {
  const auto hash = hash_of(local, remote);
  if (const auto before = index_connected(hash, local, remote)) connected_.erase(hash, *before);
  connected_.insert(hash, *records_.index_of(id));
}

void Host::leave_connected(ConnectionId id) {
  const auto& tcb = connection_at(id).tcb();
  connected_.erase(hash_of(tcb.local, tcb.remote), *records_.index_of(id));
}

Record& Host::another_record(ConnectionId id) { return records_.of(id, home()); }

// A fresh socket; its connection is in CLOSED.
Record& Host::add(Context& c, std::string_view name) {
  Record& fresh = records_.add(++c.last_connection, home());
  fresh.socket.name = name;
  if (records_.size() == kFewNames + 1) index_names();
  if (!name.empty()) take_name(name, static_cast<Index>(records_.size() - 1));
  return fresh;
}

void Host::note_may_rest(ConnectionId id) {
  if (records_.size() <= kFewRecords) return;
  if (may_rest_.empty() || may_rest_.back() != id) may_rest_.push_back(id);
}

void Host::compact() {
  for (const auto id : may_rest_) records_.compact(*records_.index_of(id), home());
  may_rest_.clear();
}

}  // namespace tcplab::host
