#include "tcp/second_reading.hpp"

namespace tcplab::test {

using tcp::State;

namespace {

bool is_one_of(State state, std::initializer_list<State> states) {
  for (const auto each : states) {
    if (each == state) return true;
  }
  return false;
}

std::string reset_of(const PlainSegment& s) {
  return s.ack ? "; <SEQ=" + std::to_string(s.acknowledges) + "><CTL=RST>"
               : "; <SEQ=0><ACK=" + std::to_string(s.seq + s.length()) + "><CTL=RST,ACK>";
}

}  // namespace

SecondReading::SecondReading(State state, bool passive, bool rfc5961)
    : state_(state), passive_(passive), rfc5961_(rfc5961), before_(state) {
  fin_sent_ = is_one_of(state, {State::kFinWait1, State::kFinWait2, State::kClosing,
                                State::kLastAck, State::kTimeWait});
  fin_received_ =
      is_one_of(state, {State::kCloseWait, State::kClosing, State::kLastAck, State::kTimeWait});
  nxt_ = fin_sent_ ? 102 : 101;
  una_ = state == State::kSynRcvd                                 ? 100
         : is_one_of(state, {State::kFinWait2, State::kTimeWait}) ? 102
                                                                  : 101;
  rcv_ = fin_received_ ? 302 : 301;
}

void SecondReading::begin() {
  before_ = state_;
  sent_.clear();
  told_.clear();
  ack_due_ = false;
}

std::string SecondReading::outcome() const {
  std::string text(tcp::to_text(state_));
  if (before_ != state_) text = std::string(tcp::to_text(before_)) + " -> " + text;
  return text + sent_ + told_;
}

void SecondReading::send_ack() {
  sent_ += "; <SEQ=" + std::to_string(nxt_) + "><ACK=" + std::to_string(rcv_) + "><CTL=ACK>";
}

bool SecondReading::in_window(std::int64_t number) const {
  return rcv_ <= number && number < rcv_ + window_;
}

// The table of §3.10.7.4; "if RCV.WND is zero, ... special allowance" for RSTs (MUST-66).
bool SecondReading::is_acceptable(const PlainSegment& s) const {
  if (s.rst && window_ == 0) return s.seq == rcv_;
  if (s.length() == 0) return window_ == 0 ? s.seq == rcv_ : in_window(s.seq);
  return in_window(s.seq) || in_window(s.seq + s.length() - 1);
}

std::string SecondReading::arrives(PlainSegment segment) {
  begin();
  process(segment);
  return outcome();
}

void SecondReading::process(PlainSegment s) {
  if (!first_sequence_number(s) || !second_rst(s) || !fourth_syn(s) || !fifth_ack(s)) return;
  seventh_text(s);
  eighth_fin(s);
  if (ack_due_) send_ack();
}

std::string SecondReading::why_unacceptable(const PlainSegment& s) const {
  if (state_ == State::kTimeWait && s.fin && s.seq + s.length() == rcv_) return "fin_repeated";
  // RFC 5961 §4: a SYN "irrespective of the sequence number".
  const bool challenges = rfc5961_ && state_ != State::kSynRcvd;
  if (s.syn && challenges) return "syn_challenge_ack";
  if (s.syn && !s.ack) return "unacceptable_syn_answers_ack";
  if (window_ == 0 && s.seq == rcv_) return "closed_window_answers_ack";
  return s.seq < rcv_ ? "unacceptable_old_answers_ack" : "unacceptable_beyond_answers_ack";
}

bool SecondReading::first_sequence_number(PlainSegment& s) {
  // Figure 7's SYN,ACK.
  if (state_ == State::kSynRcvd && !passive_ && s.syn && s.ack && !s.rst && s.seq == 300) {
    s.syn = false;
    s.seq += 1;
    return true;
  }
  if (is_acceptable(s)) {
    const bool fin_fits = in_window(s.seq + s.length() - 1);
    // RFC 5961 §4 speaks of the synchronized states only.
    if (s.syn && s.seq < rcv_ && (!rfc5961_ || state_ == State::kSynRcvd)) {
      s.syn = false;
      s.seq += 1;
    }
    if (s.fin && !fin_fits) s.fin = false;
    return true;
  }
  if (s.rst) {
    drop("unacceptable_rst_dropped");
    return false;
  }
  drop(why_unacceptable(s));
  // "If the RCV.WND is zero, no segments will be acceptable, but special allowance should be made
  // to accept valid ACKs".
  if (window_ == 0 && s.seq == rcv_ && s.ack && !s.syn) {
    s.octets = 0;
    s.fin = false;
    ack_due_ = true;
    return true;
  }
  send_ack();
  return false;
}

bool SecondReading::second_rst(const PlainSegment& s) {
  if (!s.rst) return true;
  if (rfc5961_ && s.seq != rcv_) {
    drop("rst_challenge_ack");
    send_ack();
    return false;
  }
  const bool refused = state_ == State::kSynRcvd;
  if (refused && passive_) {
    state_ = State::kListen;
    return false;
  }
  if (state_ != State::kTimeWait) tell(refused ? "refused" : "reset");
  state_ = State::kClosed;
  return false;
}

bool SecondReading::fourth_syn(const PlainSegment& s) {
  if (!s.syn) return true;
  if (state_ == State::kSynRcvd && passive_) {
    drop("syn_returns_to_listen");
    state_ = State::kListen;
  } else if (rfc5961_) {
    drop("syn_challenge_ack");
    send_ack();
  } else {
    // As ABORT: "<SEQ=SND.NXT><CTL=RST>".
    sent_ += "; <SEQ=" + std::to_string(nxt_) + "><CTL=RST>";
    drop("syn_in_window_resets");
    tell("reset");
    state_ = State::kClosed;
  }
  return false;
}

bool SecondReading::fifth_in_syn_rcvd(const PlainSegment& s) {
  if (una_ < s.acknowledges && s.acknowledges <= nxt_) {
    state_ = State::kEstablished;
    tell("established");
    return true;
  }
  sent_ += reset_of(s);
  drop("ack_unacceptable_answers_rst");
  return false;
}

bool SecondReading::fifth_ack(const PlainSegment& s) {
  if (!s.ack) {
    drop("ack_missing");
    return false;
  }
  if (state_ == State::kSynRcvd && !fifth_in_syn_rcvd(s)) return false;
  if (s.acknowledges > nxt_) {
    drop("ack_beyond_snd_nxt");
    send_ack();
    return false;
  }
  una_ = std::max(una_, s.acknowledges);
  const bool fin_in_order = s.fin && s.seq <= rcv_;
  if (state_ == State::kFinWait1 && fin_is_acknowledged() && !fin_in_order) {
    state_ = State::kFinWait2;
  } else if (state_ == State::kClosing && fin_is_acknowledged()) {
    state_ = State::kTimeWait;
    return false;
  } else if (state_ == State::kClosing) {
    drop("ack_of_fin_not_yet");
  } else if (state_ == State::kLastAck && fin_is_acknowledged()) {
    state_ = State::kClosed;
    return false;
  } else if (state_ == State::kTimeWait && s.fin) {
    ack_due_ = true;
  }
  return true;
}

void SecondReading::seventh_text(const PlainSegment& s) {
  if (!is_one_of(state_, {State::kEstablished, State::kFinWait1, State::kFinWait2})) {
    if (s.octets > 0) drop("text_ignored");
    return;
  }
  if (s.octets > 0) ack_due_ = true;
  for (std::int64_t number = s.seq; number < s.seq + s.octets; ++number) {
    if (in_window(number)) text_.insert(number);
  }
  while (text_.erase(rcv_) > 0) {
    rcv_ += 1;
    window_ -= 1;
    ack_due_ = true;
  }
}

void SecondReading::eighth_fin(const PlainSegment& s) {
  if (fin_received_) return;
  if (s.fin) {
    fin_at_ = s.seq + s.octets;
    ack_due_ = true;
  }
  if (fin_at_ != rcv_) return;
  fin_received_ = true;
  rcv_ += 1;
  ack_due_ = true;
  tell("end of stream");
  if (state_ == State::kEstablished) {
    state_ = State::kCloseWait;
  } else {
    const bool closes = state_ == State::kFinWait1 && !fin_is_acknowledged();
    state_ = closes ? State::kClosing : State::kTimeWait;
  }
}

std::string SecondReading::send() {
  begin();
  if (!is_one_of(state_, {State::kEstablished, State::kCloseWait}))
    return outcome() + "; connection closing";
  sent_ = "; <SEQ=" + std::to_string(nxt_) + "><ACK=" + std::to_string(rcv_) + "><DATA=3><CTL=ACK>";
  nxt_ += 3;
  return outcome() + "; ok";
}

std::string SecondReading::close() {
  begin();
  if (!is_one_of(state_, {State::kEstablished, State::kCloseWait}))
    return outcome() + "; connection closing";
  sent_ = "; <SEQ=" + std::to_string(nxt_) + "><ACK=" + std::to_string(rcv_) + "><CTL=FIN,ACK>";
  nxt_ += 1;
  fin_sent_ = true;
  state_ = state_ == State::kEstablished ? State::kFinWait1 : State::kLastAck;
  return outcome() + "; ok";
}

std::string SecondReading::abort() {
  begin();
  const bool tells = is_one_of(
      state_, {State::kEstablished, State::kFinWait1, State::kFinWait2, State::kCloseWait});
  if (tells) sent_ = "; <SEQ=" + std::to_string(nxt_) + "><CTL=RST>";
  state_ = State::kClosed;
  return outcome() + "; ok";
}

}  // namespace tcplab::test
