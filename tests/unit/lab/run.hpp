// Runs a scenario given as JSON and tells what was on the wire and in which states, in the notation
// of RFC 9293's figures.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "lab/scenario.hpp"
#include "lab/trace.hpp"
#include "lab/world.hpp"

namespace tcplab::test {

struct Run {
  std::shared_ptr<const lab::Scenario> scenario;
  lab::Trace trace;
  std::vector<std::string> names;
  lab::End end = lab::End::kNot;

  std::string trace_text() const { return lab::to_json_lines(trace, names); }
  // "A <SEQ=100><CTL=SYN>", for every segment sent, in order.
  std::vector<std::string> sent() const;
  // "A LISTEN -> SYN_RCVD", for every change of state, in order.
  std::vector<std::string> states() const;
  // Every event of the kind, as JSON.
  std::vector<format::Json> events(lab::EventKind kind) const;
};

// The scenario, or the test fails with its problems.
std::shared_ptr<const lab::Scenario> scenario(const std::string& json);
// Runs it to its end, checking the invariants after every step.
Run run(const std::string& json, std::uint64_t seed = 1);

// A scenario of the hosts A (10.0.0.1), B (10.0.0.2) and mallory (10.0.0.66, without a stack).
// `rest` is the text of the remaining members.
std::string two_hosts(const std::string& a_tcp, const std::string& b_tcp, const std::string& rest);

}  // namespace tcplab::test
