// The numbers of a peer made by hand that depend on what the host under test has sent so far.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "scene.hpp"
#include "wire/segment.hpp"

namespace tcplab::interop {

class Numbers {
 public:
  explicit Numbers(const Scene& scene)
      : peer_isn_(scene.peer_isn), scales_(scene.offers_window_scale()) {}

  // The host under test has sent this.
  void on_sent(const wire::Segment& segment);

  std::optional<std::uint32_t> iss() const;
  const std::vector<std::uint32_t>& isns() const { return isns_; }
  // Where the host expects the peer to go on, as it said last.
  std::optional<wire::Seq> acknowledged() const { return acknowledged_; }

  // The segment with the numbers that it has now.
  wire::Segment fill(const Injected& segment, wire::Endpoint from, wire::Endpoint to) const;
  // What is wrong with its bytes, or stands behind its own options.
  wire::Forgery forgery(const Injected& segment) const;
  // The segment of the host's that an ICMP error quotes.
  wire::Segment quoted(const Told& told, wire::Endpoint from, wire::Endpoint to) const;

 private:
  std::uint32_t peer_isn_;
  bool scales_;
  std::vector<std::uint32_t> isns_;
  std::optional<wire::Seq> acknowledged_;
  std::optional<wire::Seq> edge_;
  std::uint8_t shift_ = 0;
  std::uint32_t tsval_ = 0;
};

}  // namespace tcplab::interop
