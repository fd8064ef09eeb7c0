// The transition table: every row of it can be taken, and does what it says.
#include "tcp/transition.hpp"

#include <map>
#include <set>

#include "catch.hpp"
#include "tcp/driver.hpp"

using namespace tcplab;
using tcp::State;
using tcp::Timer;
using test::Driver;

namespace {

using Path = void (*)(Driver&);

// How to take each row, from a connection in the row's `from` (ISS 100, IRS 300).
void text_across_the_fin(Driver& d) {
  d.behaviour.late_text = tcp::LateText::kBeyond;
  d.arrives({"ACK", 301, 101, "abc"});
}

const std::map<std::string, Path>& paths() {
  static const std::map<std::string, Path> kPaths{
      {"closed-listen", [](Driver& d) { d.open_passive(); }},
      {"closed-syn_sent", [](Driver& d) { d.open_active(); }},
      {"listen-closed", [](Driver& d) { d.close(); }},
      {"listen-syn_rcvd",
       [](Driver& d) {
         d.arrives({"SYN", 300});
       }},
      {"listen-syn_sent",
       [](Driver& d) {
         d.send("abc");  // as a host does it: SEND, then OPEN with the remote socket
         d.open_active();
       }},
      {"listen-established-cookie",
       [](Driver& d) {
         d.resume_from_cookie({"ACK", 301, 101});
       }},
      {"syn_sent-listen-rst",
       [](Driver& d) {
         d.behaviour.refused_listener = tcp::RefusedListener::kListen;
         d.arrives({"RST,ACK", 0, 101});
       }},
      {"listen-syn_sent-open", [](Driver& d) { d.open_active(); }},
      {"syn_sent-closed", [](Driver& d) { d.close(); }},
      {"syn_sent-syn_rcvd",
       [](Driver& d) {
         d.arrives({"SYN", 300});
       }},
      {"syn_sent-established",
       [](Driver& d) {
         d.arrives({"SYN,ACK", 300, 101});
       }},
      {"syn_rcvd-established",
       [](Driver& d) {
         d.arrives({"ACK", 301, 101});
       }},
      {"syn_rcvd-fin_wait_1", [](Driver& d) { d.close(); }},
      {"established-fin_wait_1", [](Driver& d) { d.close(); }},
      {"established-close_wait",
       [](Driver& d) {
         d.arrives({"FIN,ACK", 301, 101});
       }},
      {"fin_wait_1-fin_wait_2",
       [](Driver& d) {
         d.arrives({"ACK", 301, 102});
       }},
      {"fin_wait_1-closing",
       [](Driver& d) {
         d.arrives({"FIN,ACK", 301, 101});
       }},
      {"fin_wait_1-time_wait",
       [](Driver& d) {
         d.arrives({"FIN,ACK", 301, 102});
       }},
      {"fin_wait_2-time_wait",
       [](Driver& d) {
         d.arrives({"FIN,ACK", 301, 102});
       }},
      {"close_wait-last_ack", [](Driver& d) { d.close(); }},
      {"closing-time_wait",
       [](Driver& d) {
         d.arrives({"ACK", 302, 102});
       }},
      {"last_ack-closed",
       [](Driver& d) {
         d.arrives({"ACK", 302, 102});
       }},
      {"time_wait-closed", [](Driver& d) { d.fire(Timer::kTimeWait); }},
      {"fin_wait_2-closed-timeout",
       [](Driver& d) {
         d.set([](auto& settings) {
           settings.keep_alive = true;
           settings.keep_alive_times.probes = 0;
         });
         d.fire(Timer::kKeepAlive);
       }},
      {"fin_wait_2-closed-orphan",
       [](Driver& d) {
         d.behaviour.fin_wait_2_timeout = std::chrono::seconds(60);
         d.close_both();
         d.fire(Timer::kFinWait2);
       }},
      {"time_wait-closed-syn", [](Driver& d) { d.yield_to_new_syn(); }},
      {"time_wait-closed-open", [](Driver& d) { d.yield_to_connect(); }},
      {"syn_sent-closed-rst",
       [](Driver& d) {
         d.arrives({"RST,ACK", 0, 101});
       }},
      {"fin_wait_1-closed-text",
       [](Driver& d) {
         d.close_both();
         d.arrives({"ACK", 301, 101, "abc"});
       }},
      {"fin_wait_2-closed-text",
       [](Driver& d) {
         d.close_both();
         d.arrives({"ACK", 301, 102, "abc"});
       }},
      {"close_wait-closed-text", text_across_the_fin},
      {"closing-closed-text", text_across_the_fin},
      {"last_ack-closed-text", text_across_the_fin},
  };
  return kPaths;
}

void take(Driver& d, const tcp::Transition& row) {
  if (const auto path = paths().find(std::string(row.id)); path != paths().end()) {
    return path->second(d);
  }
  const std::uint32_t next = d.tcb().rcv.nxt.value();
  switch (row.trigger) {
    case tcp::Trigger::kAbort:
      if (row.to == State::kTimeWait) d.behaviour.rst_issuer = tcp::RstIssuer::kTimeWait;
      d.abort();
      return;
    case tcp::Trigger::kRcvRst:
      d.arrives({"RST", next});
      return;
    case tcp::Trigger::kRcvSyn:
      d.arrives({"SYN", next + 9});
      return;
    case tcp::Trigger::kCrash:
      d.vanish();
      return;
    case tcp::Trigger::kRcvIcmp:
      if (d.tcb().retransmission_queue.empty()) d.send("abc");
      d.icmp(wire::Icmp::kPortUnreachable);
      return;
    case tcp::Trigger::kUserTimeout:
      if (!d.armed(Timer::kUser)) d.send("abc");
      d.fire(Timer::kUser);
      return;
    default:
      FAIL("no path for " << row.id);
  }
}

// What the last input sent, in the words of the table's actions: "SYN,ACK", "ACK", "FIN", "RST".
std::string sent_words(const Driver& d) {
  std::string words;
  for (const auto& effect : d.effects()) {
    const auto* sending = std::get_if<tcp::SendSegment>(&effect.what);
    if (sending == nullptr) continue;
    const auto& s = d.segment(*sending);
    words += words.empty() ? "" : " ";
    words += s.has(wire::kRst)   ? "RST"
             : s.has(wire::kFin) ? "FIN"
             : s.has(wire::kSyn) ? (s.has(wire::kAck) ? "SYN,ACK" : "SYN")
                                 : "ACK";
  }
  return words;
}

std::string sent_by(const tcp::Transition& row) {
  const auto at = row.action.find("snd ");
  return at == std::string_view::npos ? "" : std::string(row.action.substr(at + 4));
}

}  // namespace

TEST_CASE("transition table: every row is taken, by its trigger, with its action") {
  std::set<std::string> taken;
  for (const auto& row : tcp::transitions()) {
    const bool from_listen = row.to == State::kListen && row.from != State::kClosed;
    Driver d;
    d.reach(row.from, from_listen);
    const auto before = d.edges().size();
    take(d, row);
    INFO(row.id << ": " << d.outcome());
    REQUIRE(d.edges().size() == before + 1);
    CHECK(d.edges().back() == row.id);
    CHECK(sent_words(d) == sent_by(row));
    taken.insert(d.edges().begin(), d.edges().end());
  }
  std::set<std::string> table;
  for (const auto& row : tcp::transitions()) table.insert(std::string(row.id));
  CHECK(taken == table);
}

TEST_CASE("transition table: ids and steps are unique") {
  std::set<std::string_view> ids;
  std::set<std::tuple<State, tcp::Trigger, State>> steps;
  for (const auto& row : tcp::transitions()) {
    CHECK(ids.insert(row.id).second);
    CHECK(steps.insert({row.from, row.trigger, row.to}).second);
    CHECK(tcp::find_transition(row.from, row.trigger, row.to) == &row);
  }
  CHECK(tcp::find_transition(State::kListen, tcp::Trigger::kRcvSyn, State::kEstablished) ==
        nullptr);
}
