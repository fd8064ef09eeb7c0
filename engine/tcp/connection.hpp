// One end of one TCP connection: the processing of RFC 9293 §3.10 on a TCB. A value; it does no
// I/O, reads no clock and draws no random numbers. Inputs are the RFC's events, outputs are
// effects, each with its rule.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "tcp/behaviour.hpp"
#include "tcp/effect.hpp"
#include "tcp/tcb.hpp"
#include "wire/icmp.hpp"
#include "wire/segment.hpp"

namespace tcplab::tcp {

// What every input needs: the time at which it happens, how to behave, and where effects go.
// Effects are plain data; the segments that they send are stored beside them.
struct Context {
  Time now;
  const Behaviour& behaviour;
  Effects& effects;
  Segments& segments;

  void send(Rule rule, wire::Segment&& segment, bool retransmission = false) {
    const auto index = static_cast<std::uint32_t>(segments.size());
    segments.push_back(std::move(segment));
    effects.emplace_back(rule, SendSegment{index, retransmission});
  }
};

// The answers of §3.10.1 to §3.10.6 to a user call.
enum class CallResult : std::uint8_t {
  kOk,
  kQueued,             // RECEIVE: nothing to read yet
  kEndOfStream,        // RECEIVE: "error: connection closing", all text was read
  kNoConnection,       // "error: connection does not exist"
  kConnectionExists,   // "error: connection already exists"
  kConnectionClosing,  // "error: connection closing"
};

class Connection {
 public:
  explicit Connection(const Behaviour& behaviour) : tcb_(behaviour) {}
  explicit Connection(Tcb tcb) : tcb_(std::move(tcb)) {}

  const Tcb& tcb() const { return tcb_; }
  State state() const { return tcb_.state; }
  // The peer has acknowledged the SYN: there is, or was, a connection.
  bool was_open() const { return tcb_.snd.una != tcb_.snd.iss; }

  // §3.10.1 OPEN. `iss` is the initial send sequence number to use.
  CallResult open_passive(Context& c, wire::Endpoint local);
  CallResult open_active(Context& c, wire::Endpoint local, wire::Endpoint remote, wire::Seq iss);
  // Turns a fresh connection into the one that a SYN from `remote` makes of a listener's: in
  // LISTEN, ready for it.
  void become_child_of(const Connection& listener, wire::Endpoint remote, wire::Seq iss,
                       const Behaviour& behaviour);

  // RFC 4987 §3.6: the third segment of a handshake whose SYN was answered by a cookie. `agreed` is
  // what the cookie and the timestamps kept. The child, in LISTEN, becomes ESTABLISHED.
  void resume_from_cookie(Context& c, const wire::Segment& ack, wire::SegmentId id,
                          std::uint16_t mss, const Negotiated& agreed);

  // §3.10.2 SEND. On a passive connection in LISTEN it opens actively: see open_active.
  CallResult send(Context& c, wire::Payload octets);
  // §3.10.3 RECEIVE: moves up to `most` octets into `into`.
  CallResult receive(Context& c, std::size_t most, Reassembly::Pieces& into);
  // §3.10.4 CLOSE: no more SENDs. RECEIVE goes on (shutdown of the sending side).
  CallResult close(Context& c);
  // MAY-1: close, and give up reading: unread text turns it into an ABORT (SHLD-3).
  CallResult close_both(Context& c);
  // §3.10.5 ABORT
  CallResult abort(Context& c);
  // Aborts a listener's child that the accept queue has no room for: the RST answers `third`.
  void refuse(Context& c, const wire::Segment& third);
  // The host crashed: the TCB is lost, and nothing is sent (§3.5.1).
  void vanish(Context& c);
  // A timeout of the SYN,ACK that does not retransmit it.
  void skip_syn_ack(Context& c, Rule rule);
  // Gives up a half-open connection early, without a RST.
  void forget(Context& c, Rule rule, Trigger trigger);
  // SO_LINGER: close() waits for the connection's end. kLingerOver tells that `most` is over.
  void linger(Context& c, Duration most);
  void stop_lingering(Context& c);

  const Settings& settings() const { return tcb_.settings; }
  void change_settings(Context& c, const Settings& settings);

  // shutdown(SHUT_RD): the socket reads no more.
  void stop_reading() { tcb_.reading_shut = true; }

  // §3.10.7 SEGMENT ARRIVES
  void on_segment(Context& c, const wire::Segment& segment, wire::SegmentId id);
  // RFC 1191 §6.3: what another connection to the same address learnt of the path.
  void know_path(std::uint16_t mss) { tcb_.path_mss = mss; }
  // §3.9.2.2: an ICMP error that quotes a segment of this connection (MUST-54).
  void on_icmp(Context& c, const wire::IcmpError& error);
  // §3.10.8 timeouts. The timer must be armed and due.
  void on_timer(Context& c, Timer timer);
  // Whether this is the ACK that completes the handshake in SYN-RECEIVED.
  bool completes_handshake(const wire::Segment& segment, const Behaviour& behaviour) const;
  // §3.6.1 MAY-2: the rule by which this SYN may take the place of the connection in TIME-WAIT, if
  // any. The new connection's ISS must then be after SND.NXT of this one.
  std::optional<Rule> yields_to(const wire::Segment& syn, const Behaviour& behaviour) const;
  void yield_to_new_syn(Context& c, Rule rule);
  // The same for an active OPEN of this end.
  void yield_to_connect(Context& c, Rule rule);

  // §3.7.1 MUST-16: octets of text in a full segment; the effective send MSS less the options.
  std::uint32_t segment_text_limit() const;
  // The MSS option of this end's first SYN.
  std::uint16_t receive_mss(const Behaviour& behaviour) const;

  // The first broken invariant of timers and sequence variables, or nullptr.
  const char* inconsistency(const Behaviour& behaviour) const;

 private:
  // segment_arrives/: §3.10.7.2, §3.10.7.3
  void on_segment_in_listen(Context& c, const wire::Segment& s, wire::SegmentId id);
  void on_segment_in_syn_sent(Context& c, const wire::Segment& s, wire::SegmentId id);
  void refuse_ack_in_syn_sent(Context& c, const wire::Segment& s);
  void take_syn(Context& c, const wire::Segment& s, wire::SegmentId id);
  void queue_text_of_syn(Context& c, const wire::Segment& s, wire::SegmentId id);
  void establish(Context& c, Trigger trigger, Rule rule);

  // segment_arrives/otherwise.cpp: §3.10.7.4, one function a step; false ends the processing
  struct Arrival;
  void on_segment_otherwise(Context& c, const wire::Segment& s, wire::SegmentId id);
  void take_text_and_fin(Context& c, Arrival& a);
  bool may_delay_ack(const Context& c, const Arrival& a) const;
  void delay_ack(Context& c);
  bool check_rst(Context& c, Arrival& a);
  void take_rst(Context& c, const Arrival& a);
  bool check_syn(Context& c, Arrival& a);
  bool check_ack(Context& c, Arrival& a);
  bool is_too_old(wire::Seq ack, const Behaviour& behaviour) const;
  bool refuse_old_ack(Context& c, Arrival& a);
  bool is_predicted(const Context& c, const Arrival& a) const;
  bool check_ack_in_syn_rcvd(Context& c, Arrival& a);
  bool take_ack(Context& c, Arrival& a);
  bool is_newer_window(const Context& c, const Arrival& a, bool advances) const;
  bool take_ack_of_fin(Context& c, Arrival& a);

  // segment_arrives/text_and_fin.cpp: its last three steps
  void check_urg(Context& c, const Arrival& a);
  bool take_text(Context& c, Arrival& a);
  bool gave_up_reading(const Context& c) const;
  bool is_late_text(const Context& c, const Arrival& a) const;
  bool is_second_fin(const Context& c, const Arrival& a) const;
  void take_second_fin(Context& c, Arrival& a);
  void reset_late_text(Context& c, const wire::Segment& text);
  bool is_repeated(const Context& c, const Arrival& a) const;
  void refuse_text(Context& c, Arrival& a, Rule rule);
  bool is_behind_window(const Context& c, const Arrival& a) const;
  void keep_text(Context& c, wire::Seq seq, const wire::Payload& text, wire::SegmentId id);
  bool take_text_in_order();
  void take_text_as_one_number(Context& c, Arrival& a);
  void check_fin(Context& c, Arrival& a);
  bool fin_completes(const Arrival& a) const;

  // time_wait.cpp
  void enter_time_wait(Context& c, Trigger trigger, Rule rule, bool was_passive_closer = false);
  void arm_time_wait(Context& c, Rule rule);
  Rule restart_time_wait(Context& c);
  std::optional<Rule> time_wait_yields_to(const wire::Segment& syn,
                                          const Behaviour& behaviour) const;
  bool time_wait_drops(const wire::Segment& syn, const Behaviour& behaviour) const;

  // segment_arrives/sequence.cpp: its first step
  bool check_sequence_number(Context& c, Arrival& a);
  void trim_syn(Context& c, Arrival& a) const;
  void trim_fin(Context& c, Arrival& a) const;
  bool is_crossing_syn_ack(const wire::Segment& s, const Behaviour& behaviour) const;
  bool lacks_control_bits(const wire::Segment& s, const Behaviour& behaviour) const;
  // Linux checks a request by tcp_in_window() instead of tcp_sequence().
  bool checks_touching(const Behaviour& behaviour) const {
    return behaviour.window_check == WindowCheck::kTouches && !is_request();
  }
  bool is_acceptable(const wire::Segment& s, const Behaviour& behaviour) const;
  bool touches_window(const wire::Segment& s, std::uint32_t length) const;
  bool is_rst_before_fin(const wire::Segment& s, const Behaviour& behaviour) const;
  bool is_challenged_syn(const wire::Segment& s, const Behaviour& behaviour) const;
  Rule rule_of_unacceptable(const wire::Segment& s, const Behaviour& behaviour) const;
  void answer_unacceptable(Context& c, const wire::Segment& s, Rule rule);

  // calls.cpp
  CallResult abort_after_both_fins(Context& c);
  std::size_t octets_before_urgent(std::size_t most) const;
  wire::Seq next_to_read() const;
  void leave_out_urgent_octet(Context& c);

  // options.cpp: RFC 7323, RFC 2018
  wire::Options options_for(const Context& c, const wire::Segment& segment) const;
  std::uint16_t offered_mss(const Behaviour& behaviour) const;
  void negotiate(Context& c, const wire::Segment& syn);
  bool check_timestamps(Context& c, Arrival& a);
  void take_timestamps(Context& c, const Arrival& a);
  bool is_plain_duplicate(const Context& c, const Arrival& a) const;
  void store_timestamp(Context& c, const wire::Segment& s);
  bool is_refused_by_paws(const Context& c, const wire::Segment& s) const;
  // RFC 6191 §2: what the timestamps say of a SYN for a connection in TIME-WAIT.
  enum class ByTimestamps : std::uint8_t { kLater, kOlder, kNumberDecides };
  ByTimestamps judge_by_timestamps(const wire::Segment& syn, const Behaviour& behaviour) const;
  std::optional<Duration> echoed_round_trip(const Context& c, const wire::Segment& s) const;
  std::uint32_t receive_space(const Behaviour& behaviour) const;
  void offer_scaled_window(const Behaviour& behaviour);
  std::uint32_t window_of(const wire::Segment& s) const;

  // half_open.cpp: a listener's connection in SYN-RECEIVED, as stacks keep it
  bool wrong_ack_comes_first(Context& c, const wire::Segment& s);
  bool syn_ack_ends_half_open(Context& c, const wire::Segment& s);
  bool judges_icmp_as_half_open(Context& c, wire::Icmp what);
  void answer_by_reset(Context& c, const wire::Segment& s, Rule rule);
  bool is_repeated_syn(const wire::Segment& s, const Behaviour& behaviour) const;
  void repeat_syn_ack(Context& c);
  void note_syn_ack_stamp(const Context& c, const wire::Segment& syn_ack);
  bool check_echo(Context& c, const Arrival& a);
  void take_syn_again(Context& c, const Arrival& a);
  Duration retransmission_delay(const Context& c) const;

  // output.cpp
  wire::Segment make_segment(wire::Flags flags, wire::Seq seq) const;
  std::uint16_t window_field(const wire::Segment& segment) const;
  void send_segment(Context& c, Rule rule, wire::Segment&& segment, bool retransmission = false);
  // The misconception that the segment shows, if any; else `rule`.
  Rule rule_of_sent(const Context& c, Rule rule, const wire::Segment& segment) const;
  void answer_with_reset(Context& c, Rule rule, const wire::Segment& refused);
  void send_ack(Context& c, Rule rule);
  bool may_challenge(Context& c);
  wire::Seq seq_of_ack(const Behaviour& behaviour) const;
  bool send_challenge_ack(Context& c, Rule rule);  // false: the rate limit forbids it
  void send_new(Context& c, Rule rule, wire::Flags flags, wire::Payload text, wire::Flags once = 0);
  std::uint32_t segments_together(const Behaviour& behaviour) const;
  bool nagle_waits_for_ack(const Behaviour& behaviour) const;
  bool send_unsent(Context& c, Rule rule);
  void send_fin(Context& c, Rule rule);
  Rule rule_of_fin() const;
  void note_fin_sent(Context& c);
  bool fin_joins_text(const Behaviour& behaviour, std::size_t octets) const;
  void send_text_with_fin(Context& c, wire::Payload text);
  void send_active_reset(Context& c, Rule rule, bool again = false);
  std::uint32_t octets_of_options() const;
  void send_fin_if_due(Context& c);
  void end_nagle(Context& c);
  void retransmit(Context& c, Unacknowledged& what, Rule rule, wire::Flags once = 0);
  void send_again(Context& c, Unacknowledged& what, Rule rule, wire::Flags once = 0);
  // `echoed`: the round-trip time by the acknowledgment's timestamps, if it has any.
  struct Acknowledged {
    std::uint32_t segments = 0;      // entirely, not counting SYNs
    bool originals_of_loss = false;  // of those taken for lost, and none retransmitted
  };
  Acknowledged acknowledge_up_to(Context& c, wire::Seq ack,
                                 std::optional<Duration> echoed = std::nullopt);
  void arm_user_timer(Context& c);

  // quick_ack.cpp: Linux's pace of acknowledgments
  void begin_quick_acks();
  void hurry_acks(const Behaviour& behaviour);
  void pace_acks(const Context& c, const wire::Segment& text);
  void count_ack(const Context& c, const wire::Segment& sent);
  void expect_answer();
  bool acknowledges_quickly() const;
  bool owes_ack_of_more_than_a_segment(const Behaviour& behaviour) const;
  Duration adaptive_ack_delay(const Behaviour& behaviour) const;
  void pace_after_late_ack(const Behaviour& behaviour);
  bool acknowledges_reading() const;

  // minisock.cpp: Linux's TIME-WAIT, and FIN-WAIT-2 of a closed socket
  bool is_minisock(const Behaviour& behaviour) const;
  void become_minisock(const Behaviour& behaviour);
  std::optional<Rule> minisock_yields_to(const wire::Segment& syn) const;
  void on_segment_in_minisock(Context& c, Arrival& a);
  void on_segment_in_closed_fin_wait_2(Context& c, Arrival& a);

  // retransmission.cpp
  void retransmit_head(Context& c, Rule rule);
  bool shape_retransmission(const Behaviour& behaviour, std::size_t at);
  void trim_acknowledged(Unacknowledged& head) const;
  void split_unacknowledged(std::size_t at, std::size_t octets);
  void collapse_into(std::size_t at, std::size_t most);
  bool count_duplicate(Context& c, const Arrival& a);
  void recover_by_ack(Context& c, wire::Seq ack, std::uint32_t acknowledged);

  // congestion.cpp: RFC 5681
  void begin_congestion_control(const Behaviour& behaviour);
  void end_congestion_control();
  void restart_after_idle(Context& c);
  std::uint32_t segments_in_flight() const;
  std::uint32_t most_duplicates() const;
  bool congestion_window_is_full() const;
  void wait_for_congestion_window(Context& c) const;
  void note_flight();
  void grow_congestion_window(std::uint32_t acknowledged);
  void begin_recovery();
  void pace_recovery(std::uint32_t delivered);
  void end_recovery();
  void take_all_for_lost(Context& c);
  void judge_timeout(Context& c, const wire::Segment& s, bool acknowledges_original);
  void go_on_after_timeout(Context& c, bool advances, bool duplicate);
  void resend_lost(Context& c, Rule rule);

  // persist.cpp: §3.8.6.1
  void watch_closed_window(Context& c);
  void probe_window(Context& c);
  Duration probe_interval(const Behaviour& behaviour) const;
  void probe_without_text(Context& c);
  void note_probe_answered(Context& c);

  // icmp.cpp
  void abort_by_icmp(Context& c, wire::Icmp what, Rule rule);
  void shrink_segments(Context& c, std::uint16_t mtu);
  void revert_back_off(Context& c, const wire::IcmpError& error);

  // timeouts.cpp
  void on_retransmission_timeout(Context& c);
  std::optional<Rule> past_r2(const Context& c, const Unacknowledged& head) const;
  std::uint16_t syn_retries(const Behaviour& behaviour) const;
  Rule rule_of_retransmission(bool past_r2) const;
  Rule back_off(Context& c, const Unacknowledged& head);
  void give_up(Context& c, Rule rule, bool after_keep_alive = false);
  bool tells_peer_of_giving_up(const Context& c, bool after_keep_alive) const;
  void limit_fin_wait_2(Context& c);
  void repeat_reset(Context& c);
  Duration time_wait_length(const Behaviour& behaviour) const;

  // keep_alive.cpp: §3.8.4
  void watch_idle(Context& c, Rule rule = Rule::keep_alive_armed);
  void on_keep_alive_timeout(Context& c);
  std::uint32_t usable_window() const;

  // tcb.cpp: bookkeeping used everywhere
  void change_state(Context& c, State to, Trigger trigger, Rule rule);
  // `to` is LISTEN where a passive open goes back to it.
  void delete_tcb(Context& c, Trigger trigger, Rule rule, State to = State::kClosed);
  void tell_user(Context& c, Signal signal, Rule rule);
  void arm(Context& c, Timer timer, Duration in, Rule rule);
  void cancel(Context& c, Timer timer, Rule rule) {
    if (armed(timer)) disarm(c, timer, rule);
  }
  void disarm(Context& c, Timer timer, Rule rule);
  bool armed(Timer timer) const { return tcb_.timers[static_cast<std::size_t>(timer)].armed(); }
  bool open_receive_window(const Behaviour& behaviour);
  // A listener's child is what Linux calls a request until its handshake is over.
  bool is_request() const {
    return tcb_.state == State::kSynRcvd && tcb_.opened_by == OpenedBy::kPassiveOpen;
  }
  bool fin_is_pending() const { return tcb_.fin_queued && !tcb_.fin_sent; }

  Tcb tcb_;
};

// The sequence numbers that a segment takes: its text, and SYN and FIN (§3.4, SEG.LEN).
std::uint32_t segment_length(const wire::Segment& segment, const Behaviour& behaviour);

// RFC 7323 §5.4: the clock of the timestamps, in ticks.
std::uint32_t timestamp_clock(const Behaviour& behaviour, Time now);

// §3.10.7.1, §3.5.2 group 1: the RST that answers a segment for which there is no connection.
wire::Segment reset_for(const wire::Segment& segment, const Behaviour& behaviour);

}  // namespace tcplab::tcp
