// Reads the text of a search.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "format/document.hpp"
#include "format/text.hpp"
#include "lab/wanted.hpp"

namespace tcplab::lab {

namespace {

using format::Json;
using format::say;
using Hosts = std::vector<std::string>;

// More words than anybody types, and more things than the catalogue has for one word.
constexpr std::size_t kMostWords = 20;
constexpr std::size_t kMostThings = 2'000;
constexpr std::size_t kLongestThing = 100;

template <std::size_t Size, typename Table>
bool put(std::bitset<Size>& set, const Table& names, std::string_view id) {
  const auto found = std::find(std::begin(names), std::end(names), id);
  if (id.empty() || found == std::end(names)) return false;
  set.set(static_cast<std::size_t>(found - std::begin(names)));
  return true;
}

template <typename Number>
bool put_number(std::vector<Number>& list, std::string_view id) {
  Number number = 0;
  const auto* end = id.data() + id.size();
  const auto read = std::from_chars(id.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return false;
  list.push_back(number);
  return true;
}

bool put_host(Things& to, std::string_view id, const Hosts& hosts) {
  const auto found = std::find(hosts.begin(), hosts.end(), id);
  if (found == hosts.end()) return false;
  to.hosts.push_back(static_cast<net::HostIndex>(found - hosts.begin()));
  return true;
}

bool put_flags(Things& to, std::string_view id) {
  const auto flags = wire::parse_flags(id);
  if (!flags || *flags == 0) return false;
  to.flags.push_back(*flags);
  return true;
}

bool put_text(Things& to, std::string_view id) {
  std::string text(id);
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + ('a' - 'A'));
  }
  to.texts.push_back(std::move(text));
  return !id.empty();
}

struct Row {
  std::string_view kind;
  bool (*put)(Things& to, std::string_view id, const Hosts& hosts);
};

constexpr Row kRows[] = {
    {"kind",
     [](Things& to, std::string_view id, const Hosts&) {
       static const auto names = event_kind_names();
       return put(to.kinds, names, id);
     }},
    {"rule",
     [](Things& to, std::string_view id, const Hosts&) { return put(to.rules, kRuleIds, id); }},
    {"state", [](Things& to, std::string_view id,
                 const Hosts&) { return put(to.states, tcp::kStateNames, id); }},
    {"timer", [](Things& to, std::string_view id,
                 const Hosts&) { return put(to.timers, tcp::kTimerNames, id); }},
    {"call", [](Things& to, std::string_view id,
                const Hosts&) { return put(to.calls, host::kCallNames, id); }},
    {"error", [](Things& to, std::string_view id,
                 const Hosts&) { return put(to.errors, host::kErrnoNames, id); }},
    {"option", [](Things& to, std::string_view id,
                  const Hosts&) { return put(to.options, host::kOptionNames, id); }},
    {"icmp", [](Things& to, std::string_view id,
                const Hosts&) { return put(to.icmp, wire::kIcmpNames, id); }},
    {"trait",
     [](Things& to, std::string_view id, const Hosts&) { return put(to.traits, kTraitNames, id); }},
    {"host", put_host},
    {"conn",
     [](Things& to, std::string_view id, const Hosts&) { return put_number(to.connections, id); }},
    {"flags", [](Things& to, std::string_view id, const Hosts&) { return put_flags(to, id); }},
    {"number",
     [](Things& to, std::string_view id, const Hosts&) { return put_number(to.numbers, id); }},
    {"text", [](Things& to, std::string_view id, const Hosts&) { return put_text(to, id); }},
};

bool put_thing(Things& to, const Json& thing, const Hosts& hosts) {
  if (!thing.is_string()) return false;
  const std::string_view text = thing.get_ref<const std::string&>();
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.size() > kLongestThing) return false;
  const auto* const row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& each) {
    return each.kind == text.substr(0, colon);
  });
  return row != std::end(kRows) && row->put(to, text.substr(colon + 1), hosts);
}

format::Problems refused(std::string pointer, format::Text message) {
  return {{std::move(pointer), 0, 0, std::move(message)}};
}

}  // namespace

tl::expected<Wanted, format::Problems> Wanted::read(std::string_view text, const Hosts& names) {
  const auto document = format::parse(text);
  if (!document) return tl::make_unexpected(document.error());
  const Json& words = document->value();
  const auto is_list = [](const Json& value, std::size_t most) {
    return value.is_array() && !value.empty() && value.size() <= most;
  };
  if (!is_list(words, kMostWords)) {
    return tl::make_unexpected(refused(
        "", say({"a search is a list of 1 to {0} words", "搜索是一个列表，含 1 至 {0} 个词"},
                {std::to_string(kMostWords)})));
  }
  Wanted wanted;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string pointer = format::child("", i);
    if (!is_list(words[i], kMostThings)) {
      return tl::make_unexpected(refused(
          pointer, say({"a word is a list of 1 to {0} things", "一个词是一个列表，含 1 至 {0} 项"},
                       {std::to_string(kMostThings)})));
    }
    Things& things = wanted.words_.emplace_back();
    for (std::size_t j = 0; j < words[i].size(); ++j) {
      if (put_thing(things, words[i][j], names)) continue;
      return tl::make_unexpected(
          refused(format::child(pointer, j),
                  say({"no event has {0}", "没有事件含有 {0}"}, {format::show(words[i][j])})));
    }
  }
  return wanted;
}

}  // namespace tcplab::lab
