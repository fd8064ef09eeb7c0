#include "exercise/kinds/places.hpp"

#include <algorithm>

#include "format/document.hpp"
#include "format/problem.hpp"

namespace tcplab::exercise {

using namespace format::shapes;
using format::say;

namespace {

format::Text is_nowhere(const Json& where, const Run& run) {
  const auto& host = where.at("host").get_ref<const std::string&>();
  if (run.host_index(host) < 0) {
    return say({"no host is called {0}", "没有叫 {0} 的主机"}, {format::quote(host)});
  }
  if (where.contains("socket") && lab::connections_of(where, run.events).empty()) {
    return say({"no socket of {0} is ever called {1}", "{0} 上从来没有叫 {1} 的套接字"},
               {format::quote(host), format::show(where.at("socket"))});
  }
  return {};
}

}  // namespace

std::vector<Place> places_of(const Json& question, const Run& run) {
  std::vector<Place> places;
  const Json hosts = question.value("hosts", Json(run.hosts));
  const auto host_of = [](const Json& item) {
    return (item.is_string() ? item : item.at("host")).get<std::string>();
  };
  for (const Json& item : hosts) {
    const std::string host = host_of(item);
    const auto times = std::count_if(hosts.begin(), hosts.end(),
                                     [&](const Json& other) { return host_of(other) == host; });
    Place place{host, Json{{"host", host}}};
    if (item.is_object()) place.where = item;
    if (item.is_object() && times > 1) {
      place.name += "/" + item.at("socket").get_ref<const std::string&>();
    }
    places.push_back(std::move(place));
  }
  return places;
}

std::vector<std::string> place_names(const Json& question, const Run& run) {
  std::vector<std::string> names;
  for (Place& place : places_of(question, run)) names.push_back(std::move(place.name));
  return names;
}

format::Shape place_shape() {
  return alternatives(
      {identifier(), object({"place", "位置"}, {required("host", identifier(), "The host"),
                                                required("socket", identifier(),
                                                         "A socket's name, or \"listener\"")})});
}

Refusal refused_place(const Json& question, const Run& run, WrongWith more) {
  if (!question.contains("hosts")) return std::nullopt;
  const auto places = places_of(question, run);
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto why = is_nowhere(places[i].where, run);
    if (why.empty() && more) why = more(places[i].where, question, run);
    if (!why.empty()) return std::pair(format::child("/hosts", i), std::move(why));
  }
  return std::nullopt;
}

void show_places(const Json& question, const Run& run, Json& shown) {
  shown["hosts"] = Json::array();
  shown["sockets"] = Json::object();
  for (const Place& place : places_of(question, run)) {
    shown["hosts"].push_back(place.name);
    if (place.where.contains("socket")) shown["sockets"][place.name] = place.where;
  }
}

format::Text ambiguity(const Json& where, const lab::SocketState& state) {
  if (!state.is_ambiguous) return {};
  return say(
      {"more than one socket of {0} could be meant at this moment; name one with \"socket\": {1}",
       "此刻 {0} 上可能指的套接字不止一个；请用 \"socket\" 写明是哪一个：{1}"},
      {format::show(where.at("host")), format::list(state.names)});
}

}  // namespace tcplab::exercise
