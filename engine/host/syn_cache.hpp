// FreeBSD's SYN cache: one hash table for the half-open connections of the whole host. When a full
// bucket drops its oldest entry, the host answers by cookies alone for a while (tcp_syncache.c).
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "host/socket.hpp"
#include "tcp/isn.hpp"
#include "wire/segment.hpp"

namespace tcplab::host {

class SynCache {
 public:
  using BucketId = std::uint16_t;
  static constexpr Duration kPause = std::chrono::seconds(15);           // PAUSE_TIME
  static constexpr unsigned kLargestBackoff = 6;                         // MAX_BACKOFF
  static constexpr Duration kCookieLifetime = std::chrono::seconds(15);  // SYNCOOKIE_LIFETIME

  // Oldest first.
  const std::vector<ConnectionId>& entries(BucketId bucket) const;
  void enter(BucketId bucket, ConnectionId id) { buckets_[bucket].entries.push_back(id); }
  void leave(BucketId bucket, ConnectionId id);

  // A bucket has overflowed. A new attack soon after the last doubles the pause.
  void overflow(BucketId bucket, Time now, bool pauses);
  bool is_paused(Time now) const { return paused_until_ && now < *paused_until_; }
  // Whether entries were dropped recently enough for their ACKs to arrive, which count as cookies.
  bool overflowed_lately(BucketId bucket, Time now) const;

  friend bool operator==(const SynCache&, const SynCache&) = default;

 private:
  struct Bucket {
    std::vector<ConnectionId> entries;
    std::optional<Time> overflowed;
    friend bool operator==(const Bucket&, const Bucket&) = default;
  };
  std::map<BucketId, Bucket> buckets_;
  std::optional<Time> paused_until_;
  unsigned backoff_ = 0;
};

}  // namespace tcplab::host
