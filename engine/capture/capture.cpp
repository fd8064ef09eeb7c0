#include "capture/capture.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "format/problem.hpp"
#include "wire/icmp.hpp"

namespace tcplab::capture {
namespace {

using lab::Event;
using lab::EventKind;

// Drop events, by what was dropped: the copies of a sent segment that the network lost, and the
// arrivals (by the number of their event) that a host refused.
struct Drops {
  std::multimap<wire::SegmentId, const Event*> in_network;
  std::multimap<std::uint32_t, const Event*> at_host;
};

Drops find_drops(const lab::Trace& trace) {
  Drops drops;
  for (const auto& event : trace.events) {
    if (event.kind != EventKind::kSegmentDropped) continue;
    const auto& what = std::get<lab::SegmentEvent>(event.detail);
    if (event.host == lab::kTheNetwork) {
      drops.in_network.emplace(what.sent->id, &event);
    } else {
      drops.at_host.emplace(event.cause, &event);
    }
  }
  return drops;
}

std::string text_of(const Event& event) {
  const auto& what = std::get<lab::SegmentEvent>(event.detail);
  std::string text = "event " + std::to_string(event.n) + ": " + std::string(to_text(event.kind)) +
                     ' ' + std::to_string(what.sent->id);
  if (what.copy > 1) text += " copy " + std::to_string(what.copy);
  return text;
}

std::string comment_on(const Event& event, const Drops& drops) {
  const auto& sent = *std::get<lab::SegmentEvent>(event.detail).sent;
  std::string text = text_of(event);
  if (sent.retransmission) text += " retransmission";
  const auto [first, last] = event.kind == EventKind::kSegmentSent
                                 ? drops.in_network.equal_range(sent.id)
                                 : drops.at_host.equal_range(event.n);
  for (auto it = first; it != last; ++it) {
    text += "; " + text_of(*it->second) + ' ' + std::string(to_text(it->second->rule));
  }
  return text;
}

std::string comment_on(const Event& event, const lab::IcmpEvent& icmp) {
  return "event " + std::to_string(event.n) + ": icmp " + std::string(to_text(icmp.error)) +
         " about " + std::to_string(icmp.about->id);
}

format::Text unknown_host(std::string_view host, const std::vector<std::string>& names) {
  return format::say({"no host is called {0}{1}; hosts: {2}", "没有叫 {0} 的主机{1}；主机有：{2}"},
                     {format::quote(host), format::suggestion(host, names), format::list(names)});
}

}  // namespace

tl::expected<Bytes, format::Text> capture(const lab::Trace& trace,
                                          const std::vector<std::string>& names,
                                          std::string_view host) {
  const bool everywhere = host.empty();
  const auto at = std::find(names.begin(), names.end(), host);
  if (!everywhere && at == names.end()) return tl::make_unexpected(unknown_host(host, names));
  // Interfaces are numbered in the order of `names`; for one host there is only interface 0.
  const auto first = everywhere ? names.begin() : at;
  const auto index = static_cast<std::uint32_t>(first - names.begin());

  Pcapng file("tcplab " TCPLAB_VERSION);
  for (auto it = first; it != (everywhere ? names.end() : at + 1); ++it) file.add_interface(*it);
  const Drops drops = find_drops(trace);
  for (const auto& event : trace.events) {
    const bool sent = event.kind == EventKind::kSegmentSent;
    const bool arrived = event.kind == EventKind::kSegmentReceived;
    const auto* icmp = std::get_if<lab::IcmpEvent>(&event.detail);
    const bool seen = everywhere ? sent || icmp != nullptr
                                 : (sent || arrived || icmp != nullptr) && event.host == index;
    if (!seen) continue;
    const std::string comment =
        icmp != nullptr ? comment_on(event, *icmp) : comment_on(event, drops);
    const Packet packet{event.host - index,
                        static_cast<std::uint64_t>((kWorldBegan + event.t).count()),
                        sent ? Direction::kOutbound : Direction::kInbound, comment};
    if (icmp != nullptr) {
      file.add_packet(packet, wire::encode(icmp->error, icmp->mtu, icmp->about->bytes(), icmp->to));
    } else {
      const auto& what = std::get<lab::SegmentEvent>(event.detail);
      file.add_packet(packet, lab::bytes_of(what));
    }
    if (file.bytes().size() > kMostBytes) {
      return tl::make_unexpected(
          format::say({"the capture would have more than {0} bytes: end the run earlier",
                       "抓包文件会超过 {0} 字节：请让运行早些结束"},
                      {std::to_string(kMostBytes)}));
    }
  }
  return std::move(file).bytes();
}

}  // namespace tcplab::capture
