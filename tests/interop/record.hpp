// What one side did in a scene: the engine and the kernel are told in the same words.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "tcp/state.hpp"
#include "wire/segment.hpp"

namespace tcplab::interop {

// A segment that the host under test sent.
struct Reply {
  std::size_t step = 0;  // the last step that had begun
  Time at{0};            // since the beginning of the scene
  wire::Segment segment;
  std::optional<std::uint32_t> iss;  // of its newest incarnation, once it has sent a SYN
  // Of the engine: the rule, and when the timer was armed that sent it.
  std::string rule;
  std::optional<Time> armed;
};

// A segment that the peer sent, as the side saw it.
struct Heard {
  std::size_t step = 0;
  wire::Segment segment;
};

// What became of a step, looked at just before the next one.
struct Outcome {
  Time begun{0};  // when it really began
  tcp::State state = tcp::State::kClosed;
  std::string result;  // of a call: "ok", "3", "ECONNRESET", "waits", "waits; 3 in step 5"
};

inline std::string later_result(const std::string& result, std::size_t step) {
  return "waits; " + result + " in step " + std::to_string(step);
}

struct Record {
  std::vector<Reply> replies;
  std::vector<Heard> heard;
  std::vector<Outcome> outcomes;    // by step
  std::vector<std::uint32_t> isns;  // of the host under test, in order
  Duration late{0};                 // by how much the step that came latest was late
};

}  // namespace tcplab::interop
