#include "exercise/old_data.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tcplab::exercise {

namespace {

using wire::Seq;

// Tracks RCV.NXT through the arriving segments.
class Expected {
 public:
  Seq next() const { return next_; }

  void add(Seq seq, std::uint32_t takes) {
    if (takes == 0) return;
    // The first segment is the SYN, which sets the start of the numbers.
    if (std::exchange(has_begun_, true)) {
      arrived_.emplace_back(seq, seq + takes);
    } else {
      next_ = seq + takes;
    }
    while (advance()) continue;
  }

 private:
  bool advance() {
    const auto goes_on = [&](const auto& each) {
      return wire::before_or_at(each.first, next_) && wire::after(each.second, next_);
    };
    const auto more = std::find_if(arrived_.begin(), arrived_.end(), goes_on);
    if (more == arrived_.end()) return false;
    next_ = more->second;
    return true;
  }

  Seq next_;
  bool has_begun_ = false;
  std::vector<std::pair<Seq, Seq>> arrived_;
};

// Whether a segment that reached the connection was sent before the connection's first event.
bool is_older(const Json& id, std::uint32_t connection, const Run& run) {
  for (std::uint32_t n = 0; n < run.events.size(); ++n) {
    if (run.events.connection(n) == connection) return false;
    if (run.events.kind(n) == "segment.sent" && run.events[n].at("segment").at("id") == id) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<OldData> old_data_in(std::uint32_t deliver, const Run& run) {
  const Json& event = run.events[deliver];
  if (!event.value("stale", false)) return std::nullopt;
  const Json& ids = event.at("segments");
  const auto connection = run.events.connection(deliver);
  Expected expected;
  for (std::uint32_t n = 0; n < deliver; ++n) {
    if (run.events.connection(n) != connection || run.events.kind(n) != "segment.received")
      continue;
    const Json& segment = run.events[n].at("segment");
    const Json& id = segment.at("id");
    const Seq seq(segment.at("seq").get<std::uint32_t>());
    if (std::find(ids.begin(), ids.end(), id) != ids.end() && is_older(id, connection, run)) {
      return OldData{n, seq, expected.next()};
    }
    expected.add(seq, segment.value("takes", std::uint32_t{0}));
  }
  return std::nullopt;
}

}  // namespace tcplab::exercise
