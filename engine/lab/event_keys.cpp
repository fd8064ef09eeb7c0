#include "lab/event_keys.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "format/problem.hpp"

namespace tcplab::lab {

namespace {

using format::Reader;
using format::say;
using Keys = std::vector<std::string>;

struct Kind {
  std::string_view name;
  std::string_view keys;  // separated by blanks, as lab::to_json names them
};

#define TCPLAB_SEGMENT "flags len len_min seq ack src dst id"
constexpr Kind kKinds[] = {
    {"call", "host conn call socket bytes text"},
    {"return", "host conn call socket error bytes"},
    {"segment.sent", "host conn retransmission " TCPLAB_SEGMENT},
    {"segment.received", "host conn copy " TCPLAB_SEGMENT},
    {"segment.dropped", "host conn copy where " TCPLAB_SEGMENT},
    {"segment.held", "copy " TCPLAB_SEGMENT},
    {"segment.released", "copy " TCPLAB_SEGMENT},
    {"segment.delayed", "copy " TCPLAB_SEGMENT},
    {"segment.duplicated", "copy " TCPLAB_SEGMENT},
    {"segment.corrupted", "copy " TCPLAB_SEGMENT},
    {"state", "host conn socket from to event edge"},
    {"timer.armed", "host conn timer"},
    {"timer.cancelled", "host conn timer"},
    {"timer.fired", "host conn timer"},
    {"deliver", "host conn bytes text stale"},
    {"queue", "host conn"},
    {"icmp", "host conn error " TCPLAB_SEGMENT},
    {"note", "host conn"},
};
#undef TCPLAB_SEGMENT

Keys keys_of(const Kind& kind) {
  Keys keys{"kind", "rule"};
  std::string_view rest = kind.keys;
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    keys.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return keys;
}

bool contains(const Keys& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void check_keys_of(const Kind& kind, const Reader& match) {
  const Keys keys = keys_of(kind);
  for (const auto& [key, value] : match.members()) {
    if (contains(keys, key)) continue;
    value.key_problem(say(
        {"no event of the kind {0} has {1}{2}; it has: {3}", "{0} 类事件没有 {1}{2}；它有：{3}"},
        {format::quote(kind.name), format::quote(key), format::suggestion(key, keys),
         format::list(keys)}));
  }
  if (match["where"].text() == "network" && match.has("host")) {
    match["host"].key_problem(
        say({"what the network drops happens on no host", "网络丢弃报文段不发生在任何主机上"}));
  }
}

}  // namespace

std::vector<std::string> event_keys(std::string_view kind) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const Kind& each) { return each.name == kind; });
  return found == std::end(kKinds) ? Keys{} : keys_of(*found);
}

void check_event_keys(const Reader& match) {
  const std::string name = match["kind"].text();
  for (const Kind& kind : kKinds) {
    if (match.has("kind")) {
      if (kind.name == name) return check_keys_of(kind, match);
      continue;
    }
    const Keys keys = keys_of(kind);
    const auto members = match.members();
    const auto has = [&](const auto& member) { return contains(keys, member.first); };
    if (std::all_of(members.begin(), members.end(), has)) return;
  }
  if (match.has("kind")) return;  // a kind that this table does not know is refused by its shape
  Keys keys;
  for (const auto& [key, value] : match.members()) keys.push_back(key);
  match.problem(say({"no event has all of {0}", "没有事件同时有 {0}"}, {format::list(keys)}));
}

}  // namespace tcplab::lab
