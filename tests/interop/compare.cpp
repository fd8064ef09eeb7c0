#include "compare.hpp"

#include <algorithm>
#include <cstdlib>

namespace tcplab::interop {

using namespace std::chrono_literals;
using tcp::State;

namespace {

// What answers at once does so within this time; so late may the kernel be.
constexpr Duration kAtOnce = 18ms;
// The kernel's timers are late by up to an eighth of their time, and by a tick or two (4 ms).
constexpr int kCoarseness = 8;
constexpr Duration kTicks = 12ms;

// A reply in the words that are compared.
struct Seen {
  std::string flags;  // without PSH
  std::string seq;
  std::string ack;
  std::size_t length = 0;
  std::string window;  // "open", "zero"; of a RST it means nothing
  std::string options;
  std::uint16_t port = kPeerPort;
  bool push = false;
  std::uint16_t exact_window = 0;
  const Reply* reply = nullptr;

  bool says_the_same(const Seen& other) const {
    return flags == other.flags && seq == other.seq && ack == other.ack && length == other.length &&
           window == other.window && options == other.options && port == other.port;
  }
};

// Numbers of either side, near to where its numbers begin or to a segment that it answers.
class Words {
 public:
  Words(const Scene& scene, const Record& record) : scene_(scene), record_(record) {}

  Seen seen(const Reply& reply) const {
    const auto& segment = reply.segment;
    const bool is_reset = segment.has(wire::kRst);
    Seen seen;
    seen.flags = wire::flags_text(static_cast<wire::Flags>(segment.flags & ~wire::kPsh));
    seen.seq = seq_text(reply);
    seen.ack = segment.has(wire::kAck) ? ack_text(reply) : "";
    seen.length = segment.payload.size();
    seen.window = is_reset ? "" : segment.window == 0 ? "zero" : "open";
    seen.options = options_text(segment.options);
    seen.port = segment.dst.port;
    seen.push = segment.has(wire::kPsh);
    seen.exact_window = is_reset ? std::uint16_t{0} : segment.window;
    seen.reply = &reply;
    return seen;
  }

  std::vector<Seen> all() const {
    std::vector<Seen> all;
    for (const auto& reply : record_.replies) all.push_back(seen(reply));
    return all;
  }

 private:
  static constexpr std::int64_t kNear = 60'000;
  static constexpr std::int64_t kRatherNear = 300'000;

  static std::int64_t offset(wire::Seq number, std::uint32_t base) {
    return static_cast<std::int32_t>(number.value() - base);
  }

  std::string seq_text(const Reply& reply) const {
    const auto echoes = [](const wire::Segment& heard, wire::Seq number) {
      return heard.has(wire::kAck) && heard.ack == number;
    };
    return text(reply, reply.segment.seq, reply.iss, echoes, "the segment's ACK");
  }

  std::string ack_text(const Reply& reply) const {
    const auto echoes = [](const wire::Segment& heard, wire::Seq number) {
      const auto takes = static_cast<std::uint32_t>(heard.payload.size()) + heard.has(wire::kSyn) +
                         heard.has(wire::kFin);
      return heard.seq + takes == number;
    };
    return text(reply, reply.segment.ack, scene_.peer_isn, echoes, "the segment's end");
  }

  template <typename Echoes>
  std::string text(const Reply& reply, wire::Seq number, std::optional<std::uint32_t> base,
                   Echoes echoes, const char* echo) const {
    if (base && std::abs(offset(number, *base)) < kNear) {
      return std::to_string(offset(number, *base));
    }
    for (auto heard = record_.heard.rbegin(); heard != record_.heard.rend(); ++heard) {
      if (heard->step <= reply.step && echoes(heard->segment, number)) return echo;
    }
    if (number.value() == 0) return "zero";
    if (base && std::abs(offset(number, *base)) < kRatherNear) {
      return std::to_string(offset(number, *base));
    }
    return "another";
  }

  // TSval aside: the clocks of the two sides differ.
  static std::string options_text(const wire::Options& options) {
    std::string text;
    if (options.mss) text += " mss=" + std::to_string(*options.mss);
    if (options.window_scale) text += " window_scale=" + std::to_string(*options.window_scale);
    if (options.sack_permitted) text += " sack_permitted";
    if (options.timestamps) text += " tsecr=" + std::to_string(options.timestamps->echo_reply);
    return text;
  }

  const Scene& scene_;
  const Record& record_;
};

std::string replaced(std::string text, char from, char to) {
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

std::string brief(const Seen& seen) {
  return replaced(seen.flags, ' ', '+') + (seen.length != 0 ? " text" : "");
}

void append(std::string& list, const std::string& item) {
  list += list.empty() ? item : ", " + item;
}

// Equal ones in a row as one: how often a timer fires is no other kind.
std::string briefs(const std::vector<Seen>& seen) {
  std::string text;
  for (std::size_t i = 0; i < seen.size();) {
    std::size_t end = i;
    while (end < seen.size() && brief(seen[end]) == brief(seen[i])) ++end;
    append(text, brief(seen[i]) + (end - i == 1 ? "" : end - i == 2 ? " twice" : " often"));
    i = end;
  }
  return text;
}

// What its bytes have that no stack sends.
std::string forgery_text(const Injected& segment) {
  const auto& forgery = segment.forgery;
  std::string text;
  if (forgery.urgent != 0) text += " urgent";
  if (forgery.reserved != 0) text += " reserved";
  if (forgery.data_offset) text += " offset";
  if (forgery.bad_checksum) text += " checksum";
  if (!forgery.options.empty()) text += " options";
  if (!segment.blocks.empty()) text += " blocks";
  return segment.port == 0 ? text + " port 0" : text;
}

std::string event_text(const Step& step) {
  if (step.what == Do::kInject) {
    const auto flags = static_cast<wire::Flags>(step.segment.flags & ~wire::kPsh);
    return replaced(flags == 0 ? "PSH" : wire::flags_text(flags), ' ', '+') +
           (step.segment.length != 0 ? " text" : "") + forgery_text(step.segment);
  }
  if (step.what == Do::kIcmp) return "icmp " + std::string(to_text(step.told.error));
  if (step.what != Do::kShutdown) return std::string(to_text(step.what));
  return "shutdown " + std::string(host::kShutNames[static_cast<std::size_t>(step.how)]);
}

// A result without numbers: "3" and "waits; 3 in step 5" are "text" and "waits, then text".
std::string result_words(const std::string& result) {
  const auto later = result.find("; ");
  const auto last = result.find(" in step ");
  if (later != std::string::npos) {
    return "waits, then " + result_words(result.substr(later + 2, last - later - 2));
  }
  const bool is_number = result.find_first_not_of("0123456789") == std::string::npos;
  return is_number && result != "0" ? "text" : result;
}

class Comparison {
 public:
  Comparison(const Scene& scene, const Record& kernel, const Record& engine)
      : scene_(scene),
        kernel_(kernel),
        engine_(engine),
        kernel_seen_(Words(scene, kernel).all()),
        engine_seen_(Words(scene, engine).all()) {
    forget_what_the_end_cut();
  }

  std::optional<Difference> first() const {
    if (auto found = content()) return found;
    for (std::size_t i = 0; i < engine_seen_.size(); ++i) {
      if (auto found = time(i)) return found;
    }
    for (std::size_t i = 0; i < engine_seen_.size(); ++i) {
      const auto& [kernel, engine] = pair(i);
      if (kernel.push != engine.push)
        return other(Aspect::kPush, i, push_text(kernel.push), push_text(engine.push));
    }
    for (std::size_t i = 0; i < engine_seen_.size(); ++i) {
      const auto& [kernel, engine] = pair(i);
      if (kernel.exact_window == engine.exact_window) continue;
      return other(Aspect::kWindow, i, "window",
                   kernel.exact_window > engine.exact_window ? "smaller" : "larger");
    }
    return std::nullopt;
  }

 private:
  // What one side sent just before the end, and the other had no time for.
  void forget_what_the_end_cut() {
    const Time end = scene_.length();
    while (engine_seen_.size() > kernel_seen_.size() &&
           engine_seen_.back().reply->at + slack(*engine_seen_.back().reply) > end) {
      engine_seen_.pop_back();
    }
    while (kernel_seen_.size() > engine_seen_.size() &&
           kernel_seen_.back().reply->at + kAtOnce > end) {
      kernel_seen_.pop_back();
    }
  }

  // How much later the kernel may be with it.
  Duration slack(const Reply& engine) const {
    return (engine.armed ? (engine.at - *engine.armed) / kCoarseness + kTicks : kAtOnce) +
           kernel_.late;
  }

  std::pair<const Seen&, const Seen&> pair(std::size_t i) const {
    return {kernel_seen_[i], engine_seen_[i]};
  }

  static std::string push_text(bool push) { return push ? "PSH" : "no PSH"; }

  std::optional<Difference> content() const {
    const std::size_t none = scene_.steps.size();
    const std::size_t replies = step_of_first_other_reply();
    for (std::size_t i = 0; i < none; ++i) {
      const auto& kernel = kernel_.outcomes[i];
      const auto& engine = engine_.outcomes[i];
      const bool other_state = kernel.state != engine.state;
      const bool other_result = kernel.result != engine.result && has_result(scene_.steps[i]);
      if (i == replies || other_state || other_result) {
        return Difference{Aspect::kContent, i, signature(i, other_state, other_result)};
      }
    }
    return std::nullopt;
  }

  static bool has_result(const Step& step) {
    return step.what != Do::kInject && step.what != Do::kIcmp && step.what != Do::kLook &&
           step.what != Do::kAbort && step.what != Do::kOpen;
  }

  std::size_t step_of_first_other_reply() const {
    const std::size_t none = scene_.steps.size();
    const std::size_t both = std::min(kernel_seen_.size(), engine_seen_.size());
    std::size_t i = 0;
    while (i < both && kernel_seen_[i].says_the_same(engine_seen_[i]) && fits_in_step(i)) ++i;
    const std::size_t kernel = i < kernel_seen_.size() ? kernel_seen_[i].reply->step : none;
    const std::size_t engine = i < engine_seen_.size() ? engine_seen_[i].reply->step : none;
    return std::min(kernel, engine);
  }

  // Both came in the same step, or a timer sent them while one step ended and the next began.
  bool fits_in_step(std::size_t i) const {
    const Reply& engine = *engine_seen_[i].reply;
    return kernel_seen_[i].reply->step == engine.step || (engine.armed && fits_in_time(i));
  }

  static std::vector<Seen> in_step(const std::vector<Seen>& all, std::size_t step) {
    std::vector<Seen> found;
    for (const auto& seen : all) {
      if (seen.reply->step == step) found.push_back(seen);
    }
    return found;
  }

  std::string before(std::size_t step) const {
    State state = step == 0 ? State::kClosed : kernel_.outcomes[step - 1].state;
    const bool closed =
        std::any_of(scene_.steps.begin(), scene_.steps.begin() + static_cast<std::ptrdiff_t>(step),
                    [](const Step& s) { return s.what == Do::kClose; });
    // A recv() that waits may return by what comes later.
    const bool waits = step < scene_.steps.size() && scene_.steps[step].what == Do::kRecv;
    const auto until =
        waits ? scene_.steps.end() : scene_.steps.begin() + static_cast<std::ptrdiff_t>(step);
    const bool urgent = std::any_of(scene_.steps.begin(), until, [](const Step& s) {
      return (s.segment.flags & wire::kUrg) != 0;
    });
    return std::string(tcp::to_text(state)) + (closed ? " (closed)" : "") +
           (urgent ? " (urgent)" : "");
  }

  std::string signature(std::size_t step, bool other_state, bool other_result) const {
    const auto kernel = in_step(kernel_seen_, step);
    const auto engine = in_step(engine_seen_, step);
    const auto side = [&](const std::vector<Seen>& seen, const Outcome& outcome) {
      std::string text = briefs(seen);
      if (other_state) append(text, std::string(tcp::to_text(outcome.state)));
      if (other_result) append(text, "returns " + result_words(outcome.result));
      return text.empty() ? "nothing" : text;
    };
    const auto fields = other_fields(kernel, engine);
    return before(step) + " | " + event(step, kernel, engine) +
           " | kernel: " + side(kernel, kernel_.outcomes[step]) +
           " | engine: " + side(engine, engine_.outcomes[step]) +
           (fields.empty() ? "" : " | other " + fields);
  }

  // The step's event, or the time after it when that is what the replies follow.
  std::string event(std::size_t step, const std::vector<Seen>& kernel,
                    const std::vector<Seen>& engine) const {
    std::size_t i = 0;
    while (i < kernel.size() && i < engine.size() && kernel[i].says_the_same(engine[i])) ++i;
    const auto is_late = [&](const std::vector<Seen>& seen, const Record& record) {
      return i < seen.size() && seen[i].reply->at > record.outcomes[step].begun + kAtOnce;
    };
    const bool later = is_late(kernel, kernel_) || is_late(engine, engine_);
    return (later ? "time after " : "") + event_text(scene_.steps[step]);
  }

  // Of replies that look alike: in which fields they differ.
  static std::string other_fields(const std::vector<Seen>& kernel,
                                  const std::vector<Seen>& engine) {
    if (briefs(kernel) != briefs(engine)) return "";
    if (kernel.size() != engine.size()) return "number";
    std::string fields;
    const auto add = [&](const char* name, auto of) {
      for (std::size_t i = 0; i < kernel.size(); ++i) {
        if (of(kernel[i]) != of(engine[i])) return append(fields, name);
      }
    };
    add("SEQ", [](const Seen& seen) { return seen.seq; });
    add("ACK", [](const Seen& seen) { return seen.ack; });
    add("length", [](const Seen& seen) { return seen.length; });
    add("window", [](const Seen& seen) { return seen.window; });
    add("options", [](const Seen& seen) { return seen.options; });
    add("port", [](const Seen& seen) { return seen.port; });
    return fields;
  }

  // When the kernel's timer was armed that belongs to the engine's timer behind reply `i`: with an
  // earlier reply, or with a step.
  Time armed_in_kernel(std::size_t i, Time armed) const {
    for (std::size_t k = 0; k < i; ++k) {
      if (engine_seen_[k].reply->at == armed) return kernel_seen_[k].reply->at;
    }
    for (std::size_t k = 0; k < engine_.outcomes.size(); ++k) {
      if (engine_.outcomes[k].begun == armed) return kernel_.outcomes[k].begun;
    }
    return armed;
  }

  bool fits_in_time(std::size_t i) const {
    const Reply& kernel = *kernel_seen_[i].reply;
    const Reply& engine = *engine_seen_[i].reply;
    const Time expected = engine.armed
                              ? armed_in_kernel(i, *engine.armed) + (engine.at - *engine.armed)
                              : kernel_.outcomes[engine.step].begun;
    return kernel.at > expected - kTicks - kernel_.late && kernel.at < expected + slack(engine);
  }

  std::optional<Difference> time(std::size_t i) const {
    if (fits_in_time(i)) return std::nullopt;
    const auto when = [](const Record& record, const Reply& reply) -> std::string {
      const Duration after = reply.at - record.outcomes[reply.step].begun;
      return after < kAtOnce ? "at once" : after < 90ms ? "delayed" : "much later";
    };
    return other(Aspect::kTime, i, when(kernel_, *kernel_seen_[i].reply),
                 when(engine_, *engine_seen_[i].reply));
  }

  Difference other(Aspect aspect, std::size_t i, const std::string& kernel,
                   const std::string& engine) const {
    const auto step = engine_seen_[i].reply->step;
    return {aspect, step,
            before(step) + " | " + event_text(scene_.steps[step]) + " | " + brief(engine_seen_[i]) +
                " | kernel: " + kernel + " | engine: " + engine};
  }

  const Scene& scene_;
  const Record& kernel_;
  const Record& engine_;
  std::vector<Seen> kernel_seen_;
  std::vector<Seen> engine_seen_;
};

}  // namespace

std::optional<Difference> compare(const Scene& scene, const Record& kernel, const Record& engine) {
  return Comparison(scene, kernel, engine).first();
}

std::string describe(const Scene& scene, const Record& record, const Reply& reply) {
  const Seen seen = Words(scene, record).seen(reply);
  std::string text =
      replaced(seen.flags, ' ', '+') + (seen.push ? "+PSH" : "") + " seq=" + seen.seq;
  if (!seen.ack.empty()) text += " ack=" + seen.ack;
  if (seen.length != 0) text += " len=" + std::to_string(seen.length);
  if (!seen.window.empty()) text += " win=" + std::to_string(seen.exact_window);
  text += seen.options;
  if (seen.port != kPeerPort) text += " to port " + std::to_string(seen.port);
  return text;
}

}  // namespace tcplab::interop
