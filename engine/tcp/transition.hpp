// The transition table: RFC 9293 figure 5 with its notes, and the edges that §3.10 adds to it
// (ABORT, user timeout, MAY-2). The page draws the state diagram from it.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "tcp/state.hpp"

namespace tcplab::tcp {

enum class Trigger : std::uint8_t {
  kPassiveOpen,
  kActiveOpen,
  kSend,
  kClose,
  kAbort,
  kRcvSyn,
  kRcvSynAck,
  kRcvAckOfSyn,
  kRcvFin,
  kRcvFinAndAckOfFin,
  kRcvAckOfFin,
  kRcvRst,
  kRcvText,
  kRcvIcmp,
  kTimeout2Msl,
  kUserTimeout,
  kFinWait2Timeout,
  kCrash,
};
std::string_view to_text(Trigger trigger);  // "rcv SYN", "CLOSE", "timeout 2MSL", ...

// Where RFC 9293 defines an edge.
enum class Origin : std::uint8_t {
  kFigure5,  // drawn in figure 5
  kNote1,    // drawn, under the condition of note 1
  kNote2,    // not drawn: note 2
  kNote3,    // not drawn: note 3, receipt of a RST
  kText,     // not drawn: §3.10
  kStacks,   // in no RFC, but in every stack
};
std::string_view to_text(Origin origin);

struct Transition {
  std::string_view id;
  State from;
  Trigger trigger;
  std::string_view action;  // "snd SYN,ACK"; empty where figure 5 has an x
  State to;
  Origin origin;
};

std::span<const Transition> transitions();

// The table's row for this step, or nullptr: only a mutant takes a step that is not in the table.
const Transition* find_transition(State from, Trigger trigger, State to);

}  // namespace tcplab::tcp
