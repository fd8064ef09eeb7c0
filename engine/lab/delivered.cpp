#include "lab/delivered.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "lab/socket_states.hpp"

namespace tcplab::lab {

using format::Json;

namespace {

constexpr char kUnprintable = '\x01';
constexpr std::string_view kMiddleDot = "\xc2\xb7";

// One character for each octet of the trace's text, where a middle dot means an unprintable one.
std::string octets_of_trace(std::string_view text) {
  std::string octets;
  while (!text.empty()) {
    const bool is_dot = text.substr(0, kMiddleDot.size()) == kMiddleDot;
    octets += is_dot ? kUnprintable : text.front();
    text.remove_prefix(is_dot ? kMiddleDot.size() : 1);
  }
  return octets;
}

// The text that is searched for, in the same form.
std::string octets_of_text(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) {
      c = kUnprintable;
    }
  }
  return text;
}

void append(Stream& stream, const Json& event) {
  const std::string octets = octets_of_trace(event.value("text", ""));
  stream.octets += octets;
  stream.stale.resize(stream.octets.size(), false);
  stream.events.resize(stream.octets.size(), event.at("n").get<std::uint32_t>());
  const auto start = static_cast<std::ptrdiff_t>(stream.octets.size() - octets.size());
  for (const Json& range : event.value("stale_octets", Json::array())) {
    std::fill(stream.stale.begin() + start + range[0].get<std::ptrdiff_t>(),
              stream.stale.begin() + start + range[1].get<std::ptrdiff_t>(), true);
  }
}

// How many of the octets [first, first + length) are stale, or fresh, as wanted.
std::uint64_t counted(const Stream& stream, std::size_t first, std::size_t length,
                      const std::optional<bool>& stale) {
  if (!stale) return length;
  const auto begin = stream.stale.begin() + static_cast<std::ptrdiff_t>(first);
  return static_cast<std::uint64_t>(
      std::count(begin, begin + static_cast<std::ptrdiff_t>(length), *stale));
}

Delivered of_stream(const Stream& stream, const std::string& text, std::uint64_t wanted,
                    const std::optional<bool>& stale) {
  Delivered best;
  best.wanted = wanted;
  const auto take = [&](std::size_t first, std::size_t length) {
    const auto count = counted(stream, first, length, stale);
    if (length == 0 || std::tuple(count, length) <= std::tuple(best.counted, best.found)) return;
    best.found = length;
    best.counted = count;
    best.n = stream.events[first + length - 1];
  };
  if (text.empty()) {
    take(0, stream.octets.size());
    return best;
  }
  for (std::size_t first = 0; first < stream.octets.size(); ++first) {
    std::size_t length = 0;
    while (length < text.size() && first + length < stream.octets.size() &&
           stream.octets[first + length] == text[length]) {
      ++length;
    }
    take(first, length);
  }
  return best;
}

// Without a text, `n` is the delivery that completes the wanted number of octets.
void settle_moment(Delivered& best, const Stream& stream, const std::optional<bool>& stale) {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < stream.octets.size(); ++i) {
    count += !stale || stream.stale[i] == *stale ? 1 : 0;
    if (count < best.wanted) continue;
    best.n = stream.events[i];
    return;
  }
}

}  // namespace

std::vector<Stream> delivered_to(const Json& place, const Events& events) {
  const auto connections =
      place.contains("socket") ? connections_of(place, events) : std::vector<std::uint32_t>{};
  std::map<std::uint32_t, Stream> streams;
  for (std::size_t n = 0; n < events.size(); ++n) {
    if (events.kind(n) != "deliver" || !is_at(place, connections, events, n)) continue;
    append(streams[events.connection(n)], events[n]);
  }
  std::vector<Stream> result;
  result.reserve(streams.size());
  for (auto& [connection, stream] : streams) result.push_back(std::move(stream));
  return result;
}

Delivered best_delivered(const Json& wanted, const Events& events) {
  const std::string text = octets_of_text(wanted.value("text", ""));
  const std::uint64_t count =
      text.empty() ? wanted.value("at_least", std::uint64_t{1}) : text.size();
  std::optional<bool> stale;
  if (const auto is = wanted.find("stale"); is != wanted.end()) stale = is->get<bool>();
  Delivered best;
  best.wanted = count;
  for (const Stream& stream : delivered_to(wanted, events)) {
    Delivered of = of_stream(stream, text, count, stale);
    if (text.empty() && of.holds()) settle_moment(of, stream, stale);
    if (std::tuple(of.counted, of.found) > std::tuple(best.counted, best.found)) best = of;
  }
  return best;
}

}  // namespace tcplab::lab
