// RFC 9293 §3.10.7.4 and the user calls read a second time, as simply as the text allows: numbers
// that do not wrap, text as a set of them, a sender whose window is always wide. What the engine
// does is held against it.
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "tcp/state.hpp"

namespace tcplab::test {

struct PlainSegment {
  bool syn = false;
  bool fin = false;
  bool rst = false;
  bool ack = false;
  std::int64_t seq = 0;
  std::int64_t acknowledges = 0;
  std::int64_t octets = 0;  // of text

  std::int64_t length() const { return octets + (syn ? 1 : 0) + (fin ? 1 : 0); }
};

class SecondReading {
 public:
  // The state as Driver::reach makes it: ISS 100, IRS 300, a receive window of 1000 octets.
  SecondReading(tcp::State state, bool passive, bool rfc5961);

  // What comes of it, as Driver::outcome() tells it.
  std::string arrives(PlainSegment segment);
  std::string send();  // of three octets
  std::string close();
  std::string abort();

  tcp::State state() const { return state_; }
  std::int64_t una() const { return una_; }
  std::int64_t nxt() const { return nxt_; }
  std::int64_t rcv() const { return rcv_; }
  std::int64_t window() const { return window_; }

 private:
  bool in_window(std::int64_t number) const;
  bool is_acceptable(const PlainSegment& s) const;
  void process(PlainSegment s);
  bool first_sequence_number(PlainSegment& s);
  std::string why_unacceptable(const PlainSegment& s) const;
  bool second_rst(const PlainSegment& s);
  bool fourth_syn(const PlainSegment& s);
  bool fifth_ack(const PlainSegment& s);
  bool fifth_in_syn_rcvd(const PlainSegment& s);
  void seventh_text(const PlainSegment& s);
  void eighth_fin(const PlainSegment& s);
  bool fin_is_acknowledged() const { return fin_sent_ && una_ == nxt_; }

  void begin();
  std::string outcome() const;
  void send_ack();
  void drop(const std::string& rule) { told_ += "; drop " + rule; }
  void tell(const std::string& what) { told_ += "; tell " + what; }

  tcp::State state_;
  bool passive_;
  bool rfc5961_;
  std::int64_t una_, nxt_, rcv_;
  std::int64_t window_ = 1000;
  bool fin_sent_;
  bool fin_received_;
  std::set<std::int64_t> text_;  // beyond rcv_
  std::optional<std::int64_t> fin_at_;
  // Of this event:
  tcp::State before_;
  std::string sent_, told_;
  bool ack_due_ = false;
};

}  // namespace tcplab::test
