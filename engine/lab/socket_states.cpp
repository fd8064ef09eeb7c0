#include "lab/socket_states.hpp"

#include <algorithm>
#include <map>

namespace tcplab::lab {

using format::Json;

namespace {

constexpr const char* kListener = "listener";

// What is known of one connection from the trace.
struct Life {
  std::string name;
  std::string state = "CLOSED";
  std::optional<std::uint32_t> n;
  bool listens = false;   // or did until it was closed
  bool listened = false;  // ever: it is no child

  bool lives() const { return n && state != "CLOSED" && state != "LISTEN"; }
};
using Lives = std::map<std::uint32_t, Life>;  // by number, which grows with every new connection

bool may_name_a_socket(std::string_view kind) {
  return kind == "call" || kind == "return" || kind == "state";
}

void change(Lives& lives, std::uint32_t connection, const Json& event) {
  const auto& from = event.at("from").get_ref<const std::string&>();
  const auto& to = event.at("to").get_ref<const std::string&>();
  Life& life = lives[connection];
  // A child that goes back to LISTEN is its listener again (RFC 9293 §3.10.7.4, second). A listener
  // that turned active and was refused listens again itself (§3.5).
  if (to == "LISTEN" && from != "CLOSED" && !life.listened) {
    lives.erase(connection);
    return;
  }
  life.listened = life.listened || to == "LISTEN";
  life.listens = to == "LISTEN" || (life.listens && to == "CLOSED" && from == "LISTEN");
  life.state = to;
  life.n = event.at("n").get<std::uint32_t>();
}

Lives lives_of(const Json& place, const Events& events, std::uint32_t seen) {
  Lives lives;
  const std::string_view host = place.at("host").get_ref<const std::string&>();
  const auto first_unseen = std::min<std::size_t>(seen, events.size());
  for (std::size_t n = 0; n < first_unseen; ++n) {
    if (events.connection(n) == 0 || events.host(n) != host) continue;
    if (events.kind(n) == "state") change(lives, events.connection(n), events[n]);
  }
  // Names from the whole trace, but only for connections that exist by now.
  for (std::size_t n = 0; n < events.size(); ++n) {
    if (!may_name_a_socket(events.kind(n)) || events.host(n) != host) continue;
    const auto life = lives.find(events.connection(n));
    if (life == lives.end()) continue;
    if (auto name = events[n].value("socket", ""); !name.empty()) {
      life->second.name = std::move(name);
    }
  }
  return lives;
}

SocketState shown(const Life* life, bool is_ambiguous) {
  if (life == nullptr) return {"CLOSED", std::nullopt, is_ambiguous, {}};
  return {life->state, life->n, is_ambiguous, {}};
}

SocketState listener_of(const Lives& lives) {
  const Life* listener = nullptr;
  int listening = 0;
  for (const auto& [connection, life] : lives) {
    if (!life.listens) continue;
    listening += life.state == "LISTEN" ? 1 : 0;
    if (listener == nullptr || life.state == "LISTEN" || listener->state != "LISTEN") {
      listener = &life;
    }
  }
  return shown(listener, listening > 1);
}

SocketState default_of(const Lives& lives) {
  const Life* live = nullptr;
  int living = 0;
  const Life* newest = nullptr;  // of those that listen or have ended
  bool anyone_listens = false;
  for (const auto& [connection, life] : lives) {
    if (life.lives()) {
      live = &life;
      ++living;
    } else if (!life.listens || life.state == "LISTEN") {
      newest = &life;
    }
    anyone_listens = anyone_listens || life.state == "LISTEN";
  }
  if (live != nullptr) return shown(live, living > 1);
  return shown(newest, newest != nullptr && !newest->listens && anyone_listens);
}

SocketState with_names(SocketState state, const Lives& lives) {
  for (const auto& [connection, life] : lives) {
    if (state.is_ambiguous && !life.name.empty()) state.names.push_back(life.name);
  }
  return state;
}

bool is_meant(const Life& life, const std::string& socket) {
  return socket == kListener ? life.listens || life.name == socket : life.name == socket;
}

}  // namespace

SocketState state_of(const Json& place, const Events& events, std::uint32_t seen) {
  const Lives lives = lives_of(place, events, seen);
  const auto socket = place.find("socket");
  if (socket == place.end()) return with_names(default_of(lives), lives);
  if (*socket == kListener) return with_names(listener_of(lives), lives);
  const auto named = std::find_if(lives.begin(), lives.end(),
                                  [&](const auto& each) { return each.second.name == *socket; });
  return shown(named == lives.end() ? nullptr : &named->second, false);
}

std::vector<std::uint32_t> connections_of(const Json& place, const Events& events) {
  std::vector<std::uint32_t> found;
  const auto& socket = place.at("socket").get_ref<const std::string&>();
  for (const auto& [connection, life] : lives_of(place, events, kWholeTrace)) {
    if (is_meant(life, socket)) found.push_back(connection);
  }
  return found;
}

bool is_at(const Json& place, const std::vector<std::uint32_t>& connections, const Events& events,
           std::size_t n) {
  if (place.at("host").get_ref<const std::string&>() != events.host(n)) return false;
  return !place.contains("socket") ||
         std::binary_search(connections.begin(), connections.end(), events.connection(n));
}

}  // namespace tcplab::lab
