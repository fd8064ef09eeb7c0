// A listener that answers SYNs by cookies, and accepts ACKs that bring them back (RFC 4987 §3.6).
#include <algorithm>

#include "host/host.hpp"
#include "host/syn_cookie.hpp"
#include "host/syn_cookie_freebsd.hpp"

namespace tcplab::host {

using tcp::CookieLayout;
using tcp::SynCookies;
using wire::kAck;
using wire::kRst;
using wire::kSyn;
using wire::Segment;

namespace {

// What a SYN's options and this host's agree on.
CookieOptions options_to_keep(const tcp::Behaviour& behaviour, const wire::Options& offered) {
  CookieOptions kept;
  if (behaviour.window_shift && offered.window_scale) {
    kept.window_shift = std::min(*offered.window_scale, tcp::kLargestShift);
  }
  kept.sack_permitted = behaviour.sack_permitted && offered.sack_permitted;
  return kept;
}

tcp::Negotiated agreed_by(const tcp::Behaviour& behaviour, const CookieOptions& kept) {
  tcp::Negotiated agreed;
  agreed.sack_permitted = kept.sack_permitted;
  agreed.window_scale = kept.window_shift && behaviour.window_shift;
  if (!agreed.window_scale) return agreed;
  agreed.send_shift = *kept.window_shift;
  agreed.receive_shift = *behaviour.window_shift;
  return agreed;
}

}  // namespace

std::uint32_t Host::cookie_for(const Segment& syn, Time now) const {
  const auto mss = syn.options.mss.value_or(536);
  if (config_.behaviour.cookie_layout == CookieLayout::kTimestampBits) {
    return syn_cookie(config_.secret, syn.dst, syn.src, syn.seq, mss, now).value();
  }
  const auto kept = options_to_keep(config_.behaviour, syn.options);
  return freebsd_cookie(config_.secret, syn.dst, syn.src, syn.seq, {mss, kept}, now).value();
}

// FreeBSD: the ISN of every SYN,ACK is a cookie, even if the SYN cache keeps an entry.
wire::Seq Host::iss_of_child(const Segment& syn, Time now) {
  const auto& behaviour = config_.behaviour;
  const bool is_cookie = behaviour.cookie_layout == CookieLayout::kIsnBits &&
                         behaviour.syn_cookies != SynCookies::kNever &&
                         isns_used_ >= config_.isns.size() && !behaviour.wrong.isn_is_zero &&
                         !behaviour.wrong.isn_is_random;
  return is_cookie ? wire::Seq(cookie_for(syn, now)) : next_iss(syn.dst, syn.src, now);
}

// The options that the cookie's SYN,ACK agrees to: only those that the ACK will bring back.
wire::Options Host::options_of_cookie(const Socket& listener, const Segment& syn, Time now) const {
  const auto& behaviour = config_.behaviour;
  const bool in_isn = behaviour.cookie_layout == CookieLayout::kIsnBits;
  const auto kept = options_to_keep(behaviour, syn.options);
  const bool stamps = behaviour.timestamps && syn.options.timestamps;
  wire::Options options;
  options.mss = connection(listener.connection)->receive_mss(behaviour);
  if (stamps) {
    const auto clock = tcp::timestamp_clock(behaviour, now);
    options.timestamps = {in_isn ? clock : timestamp_with(clock, kept),
                          syn.options.timestamps->value};
  }
  if (stamps || in_isn || behaviour.wrong.cookie_keeps_options) {
    if (kept.window_shift) options.window_scale = behaviour.window_shift;
    options.sack_permitted = kept.sack_permitted;
  }
  return options;
}

// Only this SYN,ACK holds what the SYN said, so it is never retransmitted.
void Host::send_cookie(Context& c, Socket& listener, const Segment& syn) {
  const auto& behaviour = config_.behaviour;
  listener.listening->cookie_sent = c.now;
  Segment answer;
  answer.src = syn.dst;
  answer.dst = syn.src;
  answer.flags = kSyn | kAck;
  answer.seq = wire::Seq(cookie_for(syn, c.now));
  answer.ack = syn.seq + behaviour.syn_length;
  answer.window =
      static_cast<std::uint16_t>(std::min(behaviour.receive_buffer, tcp::kLargestWindow));
  answer.options = options_of_cookie(listener, syn, c.now);
  if (behaviour.wrong.cookie_keeps_options) {
    listener.listening->cookie_options.emplace_back(syn.src, syn.options);
  }
  mutate_told_ack(answer);
  const Rule rule = behaviour.wrong.cookie_keeps_options ? Rule::mutant_cookie_keeps_options
                    : behaviour.syn_cookies == SynCookies::kAlways ? Rule::syn_cookie_always
                    : syn_cache_.is_paused(c.now)                  ? Rule::syn_cache_sends_cookie
                                                                   : Rule::syn_cookie_sent;
  c.effects.emplace_back(listener.connection, rule, tcp::Accepted{});
  c.effects.send(listener.connection, rule, std::move(answer));
}

// Whether cookies were sent recently enough for one to come back.
bool Host::expects_cookies(const Socket& listener, const Segment& ack, Time now) const {
  if (config_.behaviour.cookie_layout == CookieLayout::kIsnBits) {
    return answers_by_cookies_only(now) ||
           (config_.behaviour.syn_cookies != SynCookies::kNever &&
            syn_cache_.overflowed_lately(bucket_of(ack.dst, ack.src), now));
  }
  const auto& sent = listener.listening->cookie_sent;
  return sent && now - *sent <= 2 * kCookiePeriod;
}

// What the cookie in this ACK holds; none: it is no cookie of this host.
std::optional<CookieContents> Host::read_cookie(const Segment& ack, Time now) const {
  const auto& behaviour = config_.behaviour;
  const auto irs = ack.seq - behaviour.syn_length;
  const auto iss = ack.ack - behaviour.syn_length;
  if (behaviour.cookie_layout == CookieLayout::kIsnBits) {
    return contents_of_freebsd_cookie(config_.secret, ack.dst, ack.src, irs, iss, now);
  }
  const auto mss = mss_of_cookie(config_.secret, ack.dst, ack.src, irs, iss, now);
  if (!mss) return std::nullopt;
  CookieContents contents{*mss, {}};
  if (behaviour.timestamps && ack.options.timestamps) {
    contents.options = options_of_timestamp(ack.options.timestamps->echo_reply);
  }
  return contents;
}

// False: the ACK brings no cookie of this host.
bool Host::take_cookie(Context& c, ConnectionId id, const Segment& ack, wire::SegmentId segment) {
  const auto& behaviour = config_.behaviour;
  const auto& listener = socket_at(id);
  const bool is_ack = ack.has(kAck) && !ack.has(kSyn) && !ack.has(kRst);
  if (!is_ack || !expects_cookies(listener, ack, c.now)) return false;
  const auto contents = read_cookie(ack, c.now);
  if (!contents) return false;
  if (accept_queue_is_full(listener)) {
    refuse_cookie(c, id, ack);
    return true;
  }
  auto agreed = agreed_by(behaviour, contents->options);
  for (const auto& [peer, options] : listener.listening->cookie_options) {
    if (peer == ack.src) agreed = agreed_by(behaviour, options_to_keep(behaviour, options));
  }
  agreed.timestamps = behaviour.timestamps && ack.options.timestamps;
  const auto child = add_child(c, id, ack.dst, ack.src, ack.ack - behaviour.syn_length);
  c.effects.emplace_back(child, Rule::listener_makes_child, tcp::Remark{});
  run(c, child, [&](auto& connection, auto& context) {
    connection.resume_from_cookie(context, ack, segment, contents->mss, agreed);
  });
  return true;
}

// A valid cookie, but the accept queue is full. Linux drops it even if overflow sends a RST:
// tcp_get_cookie_sock().
void Host::refuse_cookie(Context& c, ConnectionId listener, const Segment& ack) {
  const bool resets = config_.behaviour.reset_on_overflow &&
                      config_.behaviour.cookie_layout == CookieLayout::kIsnBits;
  const Rule rule =
      resets ? Rule::accept_queue_full_resets : Rule::accept_queue_full_ignores_cookie;
  c.effects.emplace_back(listener, rule, tcp::DropSegment{});
  if (!resets) return;
  c.effects.send(listener, rule, tcp::reset_for(ack, config_.behaviour));
}

}  // namespace tcplab::host
