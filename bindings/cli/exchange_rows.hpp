// The rows of a drawn run, before layout.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "lab/scenario.hpp"
#include "lab/trace.hpp"

namespace tcplab::cli {

// Where an arrow begins and how it ends within its row.
enum class Begin : std::uint8_t { kSender, kUnderWay };
enum class Finish : std::uint8_t { kReceiver, kUnderWay, kLost, kHeld };

struct Row {
  Time time{0};
  std::string left;  // a state, or an event at that end
  std::string right;
  std::string note;  // beside the row

  bool has_arrow = false;
  bool to_right = true;
  Begin begin = Begin::kSender;
  Finish finish = Finish::kUnderWay;
  std::string label;
  std::uint32_t segment = 0;
  std::uint32_t copy = 1;
};

// Turns a trace into rows, step by step.
class Rows {
 public:
  Rows(const lab::Scenario& scenario, const lab::Trace& trace);

  std::vector<Row> take() { return std::move(rows_); }
  net::HostIndex right_host() const { return right_; }
  bool names_hosts() const { return names_hosts_; }
  // Whether states say which connection they belong to.
  bool numbers_connections() const { return numbers_connections_; }

 private:
  using Event = lab::Event;
  using Place = lab::EventList::Iterator;

  void look_ahead(const lab::Trace& trace);
  void draw_step(Place begin, Place end);
  void draw(const Event& event);
  void draw_segment(const Event& event, const lab::SegmentEvent& what);
  void draw_departure(const Event& event, const lab::SegmentEvent& what);
  void draw_arrival(const Event& event, const lab::SegmentEvent& what);
  void draw_end(const Event& event, const lab::SegmentEvent& what, Finish finish,
                const std::string& note);
  void draw_state(const Event& event, const lab::StateEvent& what);

  Row& add(const Event& event);
  Row& add_arrow(const Event& event, const lab::SegmentEvent& what);
  Row* open_arrow(const lab::SegmentEvent& what);
  void say(const Event& event, std::string what);
  void put(Row& row, net::HostIndex host, std::string text) const;
  std::string state_cell(net::HostIndex host, host::ConnectionId connection) const;
  std::string label(const lab::SegmentEvent& what);
  net::HostIndex receiver(const net::SentSegment& sent) const;
  bool goes_right(net::HostIndex from, net::HostIndex to) const;

  const lab::Scenario& scenario_;
  net::HostIndex right_ = 1;
  bool names_hosts_ = false;
  bool numbers_connections_ = false;
  std::map<host::ConnectionId, tcp::State> states_;
  std::map<host::ConnectionId, std::uint16_t> windows_;  // last shown
  const Event* last_change_ = nullptr;                   // the step's last change of state
  bool by_call_ = false;                                 // this step is a call
  std::vector<host::ConnectionId> shown_;  // connections whose state this step's rows show
  std::vector<Row> rows_;
};

}  // namespace tcplab::cli
