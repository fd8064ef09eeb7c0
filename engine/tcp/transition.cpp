#include "tcp/transition.hpp"

namespace tcplab::tcp {
namespace {

using enum State;
using enum Trigger;
using enum Origin;

constexpr Transition kTransitions[] = {
    {"closed-listen", kClosed, kPassiveOpen, "create TCB", kListen, kFigure5},
    {"closed-syn_sent", kClosed, kActiveOpen, "create TCB, snd SYN", kSynSent, kFigure5},
    {"listen-closed", kListen, kClose, "delete TCB", kClosed, kFigure5},
    {"listen-syn_rcvd", kListen, kRcvSyn, "snd SYN,ACK", kSynRcvd, kFigure5},
    {"listen-syn_sent", kListen, kSend, "snd SYN", kSynSent, kFigure5},
    {"syn_sent-closed", kSynSent, kClose, "delete TCB", kClosed, kFigure5},
    {"syn_sent-syn_rcvd", kSynSent, kRcvSyn, "snd SYN,ACK", kSynRcvd, kFigure5},
    {"syn_sent-established", kSynSent, kRcvSynAck, "snd ACK", kEstablished, kFigure5},
    {"syn_rcvd-listen", kSynRcvd, kRcvRst, "", kListen, kNote1},
    {"syn_rcvd-established", kSynRcvd, kRcvAckOfSyn, "", kEstablished, kFigure5},
    {"syn_rcvd-fin_wait_1", kSynRcvd, kClose, "snd FIN", kFinWait1, kFigure5},
    {"established-fin_wait_1", kEstablished, kClose, "snd FIN", kFinWait1, kFigure5},
    {"established-close_wait", kEstablished, kRcvFin, "snd ACK", kCloseWait, kFigure5},
    {"fin_wait_1-fin_wait_2", kFinWait1, kRcvAckOfFin, "", kFinWait2, kFigure5},
    {"fin_wait_1-closing", kFinWait1, kRcvFin, "snd ACK", kClosing, kFigure5},
    {"fin_wait_1-time_wait", kFinWait1, kRcvFinAndAckOfFin, "snd ACK", kTimeWait, kNote2},
    {"fin_wait_2-time_wait", kFinWait2, kRcvFin, "snd ACK", kTimeWait, kFigure5},
    {"close_wait-last_ack", kCloseWait, kClose, "snd FIN", kLastAck, kFigure5},
    {"closing-time_wait", kClosing, kRcvAckOfFin, "", kTimeWait, kFigure5},
    {"last_ack-closed", kLastAck, kRcvAckOfFin, "delete TCB", kClosed, kFigure5},
    {"time_wait-closed", kTimeWait, kTimeout2Msl, "delete TCB", kClosed, kFigure5},

    {"syn_sent-closed-rst", kSynSent, kRcvRst, "delete TCB", kClosed, kNote3},
    {"syn_rcvd-closed-rst", kSynRcvd, kRcvRst, "delete TCB", kClosed, kNote3},
    {"established-closed-rst", kEstablished, kRcvRst, "delete TCB", kClosed, kNote3},
    {"fin_wait_1-closed-rst", kFinWait1, kRcvRst, "delete TCB", kClosed, kNote3},
    {"fin_wait_2-closed-rst", kFinWait2, kRcvRst, "delete TCB", kClosed, kNote3},
    {"close_wait-closed-rst", kCloseWait, kRcvRst, "delete TCB", kClosed, kNote3},
    {"closing-closed-rst", kClosing, kRcvRst, "delete TCB", kClosed, kNote3},
    {"last_ack-closed-rst", kLastAck, kRcvRst, "delete TCB", kClosed, kNote3},
    {"time_wait-closed-rst", kTimeWait, kRcvRst, "delete TCB", kClosed, kNote3},

    // §3.10.1: OPEN of a passive connection with the remote socket given.
    {"listen-syn_sent-open", kListen, kActiveOpen, "snd SYN", kSynSent, kText},
    // §3.10.5 ABORT
    {"listen-closed-abort", kListen, kAbort, "delete TCB", kClosed, kText},
    {"syn_sent-closed-abort", kSynSent, kAbort, "delete TCB", kClosed, kText},
    {"syn_rcvd-closed-abort", kSynRcvd, kAbort, "snd RST", kClosed, kText},
    {"established-closed-abort", kEstablished, kAbort, "snd RST", kClosed, kText},
    {"fin_wait_1-closed-abort", kFinWait1, kAbort, "snd RST", kClosed, kText},
    {"fin_wait_2-closed-abort", kFinWait2, kAbort, "snd RST", kClosed, kText},
    {"close_wait-closed-abort", kCloseWait, kAbort, "snd RST", kClosed, kText},
    {"closing-closed-abort", kClosing, kAbort, "delete TCB", kClosed, kText},
    {"last_ack-closed-abort", kLastAck, kAbort, "delete TCB", kClosed, kText},
    {"time_wait-closed-abort", kTimeWait, kAbort, "delete TCB", kClosed, kText},
    // §3.5.2: "the TCP endpoint that sent the reset enters TIME-WAIT".
    {"syn_rcvd-time_wait-abort", kSynRcvd, kAbort, "snd RST", kTimeWait, kText},
    {"established-time_wait-abort", kEstablished, kAbort, "snd RST", kTimeWait, kText},
    {"fin_wait_1-time_wait-abort", kFinWait1, kAbort, "snd RST", kTimeWait, kText},
    {"fin_wait_2-time_wait-abort", kFinWait2, kAbort, "snd RST", kTimeWait, kText},
    {"close_wait-time_wait-abort", kCloseWait, kAbort, "snd RST", kTimeWait, kText},
    // §3.5: a listener that turned active and was refused.
    {"syn_sent-listen-rst", kSynSent, kRcvRst, "", kListen, kText},
    // §3.10.7.4, fourth: a SYN in the window.
    {"syn_rcvd-listen-syn", kSynRcvd, kRcvSyn, "", kListen, kText},
    {"syn_rcvd-closed-syn", kSynRcvd, kRcvSyn, "snd RST", kClosed, kText},
    {"established-closed-syn", kEstablished, kRcvSyn, "snd RST", kClosed, kText},
    {"fin_wait_1-closed-syn", kFinWait1, kRcvSyn, "snd RST", kClosed, kText},
    {"fin_wait_2-closed-syn", kFinWait2, kRcvSyn, "snd RST", kClosed, kText},
    {"close_wait-closed-syn", kCloseWait, kRcvSyn, "snd RST", kClosed, kText},
    {"closing-closed-syn", kClosing, kRcvSyn, "snd RST", kClosed, kText},
    {"last_ack-closed-syn", kLastAck, kRcvSyn, "snd RST", kClosed, kText},
    // §3.6.1 MAY-2: a new connection takes the place of one in TIME-WAIT.
    {"time_wait-closed-syn", kTimeWait, kRcvSyn, "delete TCB", kClosed, kText},
    {"time_wait-closed-open", kTimeWait, kActiveOpen, "delete TCB", kClosed, kStacks},
    // §3.6.1 MAY-1, SHLD-3: text for a socket that nobody reads any more.
    {"fin_wait_1-closed-text", kFinWait1, kRcvText, "snd RST", kClosed, kText},
    {"fin_wait_2-closed-text", kFinWait2, kRcvText, "snd RST", kClosed, kText},
    // Linux: text that begins before the peer's FIN and ends after it.
    {"close_wait-closed-text", kCloseWait, kRcvText, "snd RST", kClosed, kStacks},
    {"closing-closed-text", kClosing, kRcvText, "snd RST", kClosed, kStacks},
    {"last_ack-closed-text", kLastAck, kRcvText, "snd RST", kClosed, kStacks},
    // §3.9.2.2 SHLD-26: a hard ICMP error.
    {"syn_sent-closed-icmp", kSynSent, kRcvIcmp, "delete TCB", kClosed, kText},
    {"syn_rcvd-closed-icmp", kSynRcvd, kRcvIcmp, "delete TCB", kClosed, kText},
    {"established-closed-icmp", kEstablished, kRcvIcmp, "delete TCB", kClosed, kText},
    {"fin_wait_1-closed-icmp", kFinWait1, kRcvIcmp, "delete TCB", kClosed, kText},
    {"close_wait-closed-icmp", kCloseWait, kRcvIcmp, "delete TCB", kClosed, kText},
    {"closing-closed-icmp", kClosing, kRcvIcmp, "delete TCB", kClosed, kText},
    {"last_ack-closed-icmp", kLastAck, kRcvIcmp, "delete TCB", kClosed, kText},
    // §3.10.8 USER TIMEOUT
    {"syn_sent-closed-timeout", kSynSent, kUserTimeout, "delete TCB", kClosed, kText},
    {"syn_rcvd-closed-timeout", kSynRcvd, kUserTimeout, "delete TCB", kClosed, kText},
    {"established-closed-timeout", kEstablished, kUserTimeout, "delete TCB", kClosed, kText},
    {"fin_wait_1-closed-timeout", kFinWait1, kUserTimeout, "delete TCB", kClosed, kText},
    {"close_wait-closed-timeout", kCloseWait, kUserTimeout, "delete TCB", kClosed, kText},
    {"closing-closed-timeout", kClosing, kUserTimeout, "delete TCB", kClosed, kText},
    {"last_ack-closed-timeout", kLastAck, kUserTimeout, "delete TCB", kClosed, kText},
    // §3.8.4: keep-alive probes that nobody answers.
    {"fin_wait_2-closed-timeout", kFinWait2, kUserTimeout, "delete TCB", kClosed, kText},
    {"fin_wait_2-closed-orphan", kFinWait2, kFinWait2Timeout, "delete TCB", kClosed, kStacks},
    // §3.5.1: a host that crashes forgets its end without sending anything.
    {"listen-closed-crash", kListen, kCrash, "", kClosed, kText},
    {"syn_sent-closed-crash", kSynSent, kCrash, "", kClosed, kText},
    {"syn_rcvd-closed-crash", kSynRcvd, kCrash, "", kClosed, kText},
    {"established-closed-crash", kEstablished, kCrash, "", kClosed, kText},
    {"fin_wait_1-closed-crash", kFinWait1, kCrash, "", kClosed, kText},
    {"fin_wait_2-closed-crash", kFinWait2, kCrash, "", kClosed, kText},
    {"close_wait-closed-crash", kCloseWait, kCrash, "", kClosed, kText},
    {"closing-closed-crash", kClosing, kCrash, "", kClosed, kText},
    {"last_ack-closed-crash", kLastAck, kCrash, "", kClosed, kText},
    {"time_wait-closed-crash", kTimeWait, kCrash, "", kClosed, kText},
    // RFC 4987 §3.6: nothing was kept of the SYN; the ACK brings it all back.
    {"listen-established-cookie", kListen, kRcvAckOfSyn, "", kEstablished, kStacks},
};

}  // namespace

std::string_view to_text(Trigger trigger) {
  switch (trigger) {
    case kPassiveOpen:
      return "passive OPEN";
    case kActiveOpen:
      return "active OPEN";
    case kSend:
      return "SEND";
    case kClose:
      return "CLOSE";
    case kAbort:
      return "ABORT";
    case kRcvSyn:
      return "rcv SYN";
    case kRcvSynAck:
      return "rcv SYN,ACK";
    case kRcvAckOfSyn:
      return "rcv ACK of SYN";
    case kRcvFin:
      return "rcv FIN";
    case kRcvFinAndAckOfFin:
      return "rcv FIN and ACK of FIN";
    case kRcvAckOfFin:
      return "rcv ACK of FIN";
    case kRcvRst:
      return "rcv RST";
    case kRcvText:
      return "rcv text";
    case kRcvIcmp:
      return "rcv ICMP error";
    case kTimeout2Msl:
      return "timeout 2MSL";
    case kUserTimeout:
      return "user timeout";
    case kCrash:
      return "crash";
    case kFinWait2Timeout:
      return "timeout FIN_WAIT_2";
  }
  return "";
}

std::string_view to_text(Origin origin) {
  switch (origin) {
    case kFigure5:
      return "figure 5";
    case kNote1:
      return "note 1";
    case kNote2:
      return "note 2";
    case kNote3:
      return "note 3";
    case kText:
      return "text";
    case kStacks:
      return "stacks";
  }
  return "";
}

std::span<const Transition> transitions() { return kTransitions; }

const Transition* find_transition(State from, Trigger trigger, State to) {
  for (const auto& transition : kTransitions) {
    if (transition.from == from && transition.trigger == trigger && transition.to == to) {
      return &transition;
    }
  }
  return nullptr;
}

}  // namespace tcplab::tcp
