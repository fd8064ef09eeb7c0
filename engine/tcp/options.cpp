// Window scale, timestamps and PAWS (RFC 7323); SACK-permitted (RFC 2018).
#include <algorithm>

#include "tcp/segment_arrives/arrival.hpp"

namespace tcplab::tcp {

using wire::kAck;
using wire::kRst;
using wire::kSyn;
using wire::Options;
using wire::Segment;

namespace {

std::uint32_t timestamp_clock(const Context& c) { return timestamp_clock(c.behaviour, c.now); }

// RFC 7323 §5.2: "less than" in 32-bit arithmetic.
bool is_older(std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a - b) < 0; }

}  // namespace

std::uint32_t timestamp_clock(const Behaviour& behaviour, Time now) {
  return static_cast<std::uint32_t>(now / behaviour.timestamp_tick);
}

Options Connection::options_for(const Context& c, const Segment& segment) const {
  const Behaviour& behaviour = c.behaviour;
  Options options;
  // A SYN offers; a SYN,ACK agrees to what the other SYN offered.
  const bool crossed = tcb_.opened_by == OpenedBy::kActiveOpen &&
                       behaviour.simultaneous_syn_ack == SimultaneousSynAck::kOffersAll;
  const bool offers = segment.has(kSyn) && (!segment.has(kAck) || crossed);
  if (segment.has(kSyn)) {
    options.mss = offered_mss(behaviour);  // §3.7.1 MUST-14, MUST-65
    options.sack_permitted = offers ? behaviour.sack_permitted : tcb_.negotiated.sack_permitted;
    if (offers || tcb_.negotiated.window_scale) options.window_scale = behaviour.window_shift;
  }
  if (offers ? behaviour.timestamps : tcb_.negotiated.timestamps) {
    // "When the ACK bit is not set, the receiver MUST ignore the value of the TSecr field."
    options.timestamps = {timestamp_clock(c), segment.has(kAck) ? tcb_.ts.recent : 0};
  }
  return options;
}

// Linux's tcp_advertise_mss(): what the path is known to carry, at least min_adv_mss.
std::uint16_t Connection::offered_mss(const Behaviour& behaviour) const {
  constexpr std::uint16_t kLeast = 256;
  const std::uint16_t mss = receive_mss(behaviour);
  if (!behaviour.offered_mss_shrinks) return mss;
  const auto taken = tcb_.state == State::kEstablished ? octets_of_options() : 0;
  return std::min(static_cast<std::uint16_t>(mss - taken), std::max(tcb_.path_mss, kLeast));
}

void Connection::negotiate(Context& c, const Segment& syn) {
  const auto& peer = syn.options;
  auto& agreed = tcb_.negotiated;
  const auto& wrong = c.behaviour.wrong;
  agreed.window_scale =
      c.behaviour.window_shift && (peer.window_scale || wrong.window_scale_of_one_end);
  agreed.scales_syn = agreed.window_scale && wrong.syn_window_is_scaled;
  if (agreed.window_scale) {
    agreed.send_shift = std::min(peer.window_scale.value_or(0), kLargestShift);
    agreed.receive_shift = *c.behaviour.window_shift;
  }
  // Linux drops its own shift count only if a SYN,ACK does not agree to scaling.
  const bool repeats_offer = c.behaviour.simultaneous_syn_ack == SimultaneousSynAck::kOffersAll &&
                             tcb_.opened_by == OpenedBy::kActiveOpen && !syn.has(kAck);
  if (repeats_offer) agreed.receive_shift = c.behaviour.window_shift.value_or(0);
  agreed.sack_permitted = c.behaviour.sack_permitted && peer.sack_permitted;
  agreed.timestamps = c.behaviour.timestamps && peer.timestamps;
  store_timestamp(c, syn);
  tcb_.rcv.wnd = receive_space(c.behaviour);
}

// RFC 7323 §5.3 R1, before the first step of RFC 9293 §3.10.7.4: Protection Against Wrapped
// Sequences. RSTs are exempt.
bool Connection::check_timestamps(Context& c, Arrival& a) {
  const bool covers_rst = c.behaviour.paws_covers_rst_in_syn_rcvd && is_request();
  if (!tcb_.negotiated.timestamps || (a.s.has(kRst) && !covers_rst)) return true;
  const auto& stamps = a.s.options.timestamps;
  if (!stamps) {
    if (a.s.has(kRst) || c.behaviour.missing_timestamp == MissingTimestamp::kAccepted) return true;
    c.effects.emplace_back(Rule::timestamp_missing, DropSegment{});
    return false;
  }
  const bool outdated = c.now - tcb_.ts.recent_at > c.behaviour.timestamp_lifetime;
  if (outdated || !is_older(stamps->value, tcb_.ts.recent)) return check_echo(c, a);
  if (a.s.has(kRst)) {
    c.effects.emplace_back(Rule::paws_drops_rst, DropSegment{});
    return false;
  }
  const bool spares = c.behaviour.paws_spares_acks && a.is_pure_ack && !is_request();
  if (spares && is_plain_duplicate(c, a)) return true;
  if (spares && wire::before(a.s.seq, tcb_.rcv.nxt)) {
    c.effects.emplace_back(Rule::paws_passes_over_ack, DropSegment{});
    return false;
  }
  const bool silent = c.behaviour.wrong.unacceptable_is_silent;
  c.effects.emplace_back(silent ? Rule::mutant_unacceptable_is_silent : Rule::paws_drops,
                         DropSegment{});
  if (!silent) answer_unacceptable(c, a.s, Rule::paws_drops);
  return false;
}

// Linux's tcp_disordered_ack_check(): a reordered ACK that tells nothing new.
bool Connection::is_plain_duplicate(const Context& c, const Arrival& a) const {
  const std::uint32_t age = tcb_.ts.recent - a.s.options.timestamps->value;
  return a.s.seq == tcb_.rcv.nxt && a.s.ack == tcb_.snd.una && !is_newer_window(c, a, false) &&
         age * c.behaviour.timestamp_tick <= tcb_.rto.value() * 6 / 5;
}

// Linux's tcp_paws_reject(): a RST is exempt only once TS.Recent is a minute old.
bool Connection::is_refused_by_paws(const Context& c, const Segment& s) const {
  const auto& stamps = s.options.timestamps;
  if (!tcb_.negotiated.timestamps || !stamps || tcb_.ts.recent == 0) return false;
  const Duration since = c.now - tcb_.ts.recent_at;
  const bool exempt = s.has(kRst) && since >= 60s;
  return is_older(stamps->value, tcb_.ts.recent) && !exempt &&
         since <= c.behaviour.timestamp_lifetime;
}

void Connection::store_timestamp(Context& c, const Segment& s) {
  if (!tcb_.negotiated.timestamps || !s.options.timestamps) return;
  tcb_.ts.recent = s.options.timestamps->value;
  tcb_.ts.recent_at = c.now;
}

// RFC 7323 §5.3 R3, §4.3 (2): only called once the segment is acceptable.
void Connection::take_timestamps(Context& c, const Arrival& a) {
  const auto& stamps = a.s.options.timestamps;
  if (!tcb_.negotiated.timestamps || !stamps || a.s.has(kRst)) return;
  const bool outdated = c.now - tcb_.ts.recent_at > c.behaviour.timestamp_lifetime;
  const bool newer = outdated || !is_older(stamps->value, tcb_.ts.recent);
  if (newer && !wire::after(a.first, tcb_.last_ack_sent)) store_timestamp(c, a.s);
}

// RFC 7323 §4.1: TSecr echoes the time at which the acknowledged segment was sent.
std::optional<Duration> Connection::echoed_round_trip(const Context& c, const Segment& s) const {
  if (!tcb_.negotiated.timestamps || !s.options.timestamps || !s.has(kAck)) return std::nullopt;
  const std::uint32_t ticks = timestamp_clock(c) - s.options.timestamps->echo_reply;
  // A peer may echo anything; more than the longest RTO is no round-trip time.
  const Duration elapsed = ticks * c.behaviour.timestamp_tick;
  if (elapsed > c.behaviour.max_rto) return std::nullopt;
  return elapsed;
}

Connection::ByTimestamps Connection::judge_by_timestamps(const Segment& syn,
                                                         const Behaviour& behaviour) const {
  // "Would be enabled for the new incarnation".
  if (!syn.options.timestamps || !behaviour.timestamps) return ByTimestamps::kNumberDecides;
  // "The previous incarnation did not use timestamps": the new one's will tell them apart.
  if (!tcb_.negotiated.timestamps) return ByTimestamps::kLater;
  const std::uint32_t value = syn.options.timestamps->value;
  if (value == tcb_.ts.recent) return ByTimestamps::kNumberDecides;
  return is_older(value, tcb_.ts.recent) ? ByTimestamps::kOlder : ByTimestamps::kLater;
}

// The receive buffer, as far as the window field can express it.
std::uint32_t Connection::receive_space(const Behaviour& behaviour) const {
  const auto space =
      std::min(behaviour.receive_buffer, kLargestWindow << tcb_.negotiated.receive_shift);
  if (!behaviour.window_is_whole_segments) return space;
  // Only the passive opener knows by now whether every segment will have timestamps.
  const bool knows = tcb_.opened_by == OpenedBy::kPassiveOpen;
  const std::uint32_t segment = receive_mss(behaviour) - (knows ? octets_of_options() : 0);
  return space > segment ? space - space % segment : space;
}

// Linux's __tcp_select_window(): a scaled window is rounded up to what the shift can express, and
// does not wait until it can open by a segment. A request keeps advertising what is left of its
// SYN,ACK's window: tcp_v4_reqsk_send_ack().
void Connection::offer_scaled_window(const Behaviour& behaviour) {
  const std::uint8_t shift = tcb_.negotiated.receive_shift;
  if (!behaviour.scaled_window_rounds_up || shift == 0 || is_request()) return;
  const std::uint32_t buffer = receive_space(behaviour);
  const auto free =
      buffer - static_cast<std::uint32_t>(std::min<std::size_t>(buffer, tcb_.unread_octets));
  const std::uint32_t unit = 1u << shift;
  tcb_.rcv.wnd = (std::max(tcb_.rcv.wnd, free) + unit - 1) / unit * unit;
}

// RFC 7323 §2.2: the window of a SYN or SYN,ACK is never scaled.
std::uint32_t Connection::window_of(const Segment& s) const {
  return s.has(kSyn) && !tcb_.negotiated.scales_syn
             ? s.window
             : std::uint32_t{s.window} << tcb_.negotiated.send_shift;
}

}  // namespace tcplab::tcp
