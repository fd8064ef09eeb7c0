#include <algorithm>

#include "lab/verbs/row.hpp"

namespace tcplab::lab {

namespace {

std::vector<Verb> collected() {
  std::vector<Verb> all;
  for (const auto rows : {verbs_of_opening, verbs_of_connections, verbs_of_options, verbs_of_hosts,
                          verbs_of_forgery, verbs_of_flights}) {
    for (auto& verb : rows()) all.push_back(verb);
  }
  std::sort(all.begin(), all.end(), [](const Verb& a, const Verb& b) { return a.index < b.index; });
  return all;
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> all = collected();
  return all;
}

const Verb& verb_of(const verb::Any& what) { return verbs()[what.index()]; }

const Verb& verb_named(std::string_view name) {
  return *std::find_if(verbs().begin(), verbs().end(),
                       [&](const Verb& verb) { return verb.name == name; });
}

std::vector<std::string_view> verb_names() {
  std::vector<std::string_view> names;
  for (const auto& verb : verbs()) names.push_back(verb.name);
  return names;
}

const verb::SocketName* socket_of(const verb::Any& what) {
  return std::visit(
      [](const auto& each) -> const verb::SocketName* {
        if constexpr (requires { each.socket; }) {
          return &each.socket;
        } else {
          return nullptr;
        }
      },
      what);
}

}  // namespace tcplab::lab
