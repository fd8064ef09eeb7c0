#include "host/syn_cache.hpp"

#include <algorithm>

#include "host/host.hpp"

namespace tcplab::host {

using tcp::SynCookies;
using tcp::Trigger;

const std::vector<ConnectionId>& SynCache::entries(BucketId bucket) const {
  static const std::vector<ConnectionId> none;
  const auto found = buckets_.find(bucket);
  return found == buckets_.end() ? none : found->second.entries;
}

void SynCache::leave(BucketId bucket, ConnectionId id) {
  auto& entries = buckets_[bucket].entries;
  entries.erase(std::remove(entries.begin(), entries.end(), id), entries.end());
}

void SynCache::overflow(BucketId bucket, Time now, bool pauses) {
  buckets_[bucket].overflowed = now;
  if (!pauses || is_paused(now)) return;
  Duration pause = kPause * (1u << backoff_);
  if (!paused_until_ || *paused_until_ + pause <= now) {
    pause = kPause;
    backoff_ = 0;
  } else if (backoff_ < kLargestBackoff) {
    pause *= 2;
    ++backoff_;
  }
  paused_until_ = now + pause;
}

bool SynCache::overflowed_lately(BucketId bucket, Time now) const {
  const auto found = buckets_.find(bucket);
  return found != buckets_.end() && found->second.overflowed &&
         now - *found->second.overflowed <= kCookieLifetime;
}

// By foreign address and both ports: syncache_hashbucket().
SynCache::BucketId Host::bucket_of(const wire::Endpoint& local,
                                   const wire::Endpoint& remote) const {
  const auto ports = (std::uint64_t{local.port} << 16) | remote.port;
  const auto hash = tcp::siphash(config_.secret, remote.address.value, ports);
  return static_cast<SynCache::BucketId>(hash % config_.behaviour.syn_cache_buckets);
}

// Whether every SYN is answered by a cookie now, and no half-open connection is kept.
bool Host::answers_by_cookies_only(Time now) const {
  const auto when = config_.behaviour.syn_cookies;
  return when == SynCookies::kAlways || (when != SynCookies::kNever && syn_cache_.is_paused(now));
}

void Host::enter_syn_cache(Context& c, ConnectionId id) {
  const auto& tcb = connection_at(id).tcb();
  const auto bucket = bucket_of(tcb.local, tcb.remote);
  if (syn_cache_.entries(bucket).size() >= config_.behaviour.syn_cache_bucket_limit) {
    syn_cache_.overflow(bucket, c.now, config_.behaviour.syn_cookies != SynCookies::kNever);
    forget_half_open(c, syn_cache_.entries(bucket).front(), Rule::syn_cache_drops_oldest,
                     Trigger::kUserTimeout);
  }
  syn_cache_.enter(bucket, id);
}

void Host::leave_syn_cache(const Socket& child) {
  const auto& tcb = connection_at(child.connection).tcb();
  syn_cache_.leave(bucket_of(tcb.local, tcb.remote), child.connection);
}

// A SYN,ACK timeout while the cache is paused clears the whole bucket.
bool Host::purges_syn_cache(Context& c, ConnectionId id) {
  if (!syn_cache_.is_paused(c.now)) return false;
  const auto& tcb = connection_at(id).tcb();
  const auto entries = syn_cache_.entries(bucket_of(tcb.local, tcb.remote));
  for (const auto entry : entries) {
    forget_half_open(c, entry, Rule::syn_cache_paused, Trigger::kUserTimeout);
  }
  return true;
}

// A paused cache is not searched, so its entry counts as gone.
bool Host::overlooks_syn_cache(Context& c, ConnectionId id) {
  if (!syn_cache_.is_paused(c.now)) return false;
  forget_half_open(c, id, Rule::syn_cache_paused, Trigger::kAbort);
  return true;
}

}  // namespace tcplab::host
