#include "exchange.hpp"

#include <algorithm>
#include <cstdio>

#include "exchange_rows.hpp"
#include "files.hpp"
#include "format/problem.hpp"
#include "format/quantity.hpp"

namespace tcplab::cli {

namespace {

constexpr Duration kLongSilence = std::chrono::seconds(10);

std::size_t width(const std::string& text) { return format::characters(text); }

std::string padded(const std::string& text, std::size_t to) {
  const std::size_t now = width(text);
  return now < to ? text + std::string(to - now, ' ') : text;
}

// The time in seconds, with microseconds (`fine`) or milliseconds.
std::string seconds(Time t, bool fine) {
  char text[40];
  const auto whole = static_cast<long long>(t.count() / 1'000'000);
  const auto rest = static_cast<long long>(t.count() % 1'000'000);
  std::snprintf(text, sizeof text, fine ? "%lld.%06lld" : "%lld.%03lld", whole,
                fine ? rest : rest / 1000);
  return text;
}

// A long silence, rounded to a tenth of a second.
std::string about(Duration silence) {
  constexpr Duration kTenth = std::chrono::milliseconds(100);
  return format::to_text((silence + kTenth / 2) / kTenth * kTenth);
}

// "-- label ------->", or its mirror image.
std::string arrow(const Row& row, std::size_t room) {
  const std::string tail = row.begin == Begin::kSender ? "--" : "..";
  const std::string head = row.finish == Finish::kReceiver ? row.to_right ? ">" : "<"
                           : row.finish == Finish::kLost   ? "X"
                           : row.finish == Finish::kHeld   ? "|"
                                                           : "..";
  const std::size_t used = tail.size() + 2 + width(row.label) + head.size();
  const std::string line(room > used ? room - used : 0, '-');
  return row.to_right ? tail + " " + row.label + " " + line + head
                      : head + line + " " + row.label + " " + tail;
}

struct Widths {
  std::size_t time = 4, left = 0, arrow = 0, right = 0;
};

// Only states and names determine the width of a column: other texts may extend into the middle.
Widths measure(const std::vector<Row>& rows, const std::string& left_title, bool fine) {
  Widths widths;
  widths.left = width(left_title);
  for (const auto& row : rows) {
    widths.time = std::max(widths.time, seconds(row.time, fine).size());
    if (!row.has_arrow) continue;
    widths.left = std::max(widths.left, width(row.left));
    widths.right = std::max(widths.right, width(row.right));
    widths.arrow = std::max(widths.arrow, width(row.label) + 8);
  }
  return widths;
}

std::string line_of(const Row& row, const Widths& widths, bool fine) {
  std::string line = seconds(row.time, fine);
  line.insert(0, widths.time - line.size(), ' ');
  line += "  ";
  const std::size_t to_right = widths.left + 2 + widths.arrow + 2;
  if (row.has_arrow) {
    line += padded(row.left, widths.left) + "  " + arrow(row, widths.arrow) + "  ";
  } else {
    line += row.right.empty() ? row.left : padded(row.left, to_right);
  }
  line += row.note.empty() ? row.right : padded(row.right, widths.right);
  if (!row.note.empty()) line += "  (" + row.note + ")";
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string host_title(const lab::HostSetup& setup) {
  return setup.name + " " + wire::to_text(setup.config.address);
}

std::string heading(const lab::Scenario& scenario, std::uint64_t seed) {
  std::string text;
  if (scenario.source.contains("title")) {
    text += printable(scenario.source["title"]["en"].get<std::string>()) + ", ";
  }
  return text + "seed " + std::to_string(seed) + "\n\n";
}

std::string ending(const lab::World& world, const lab::Trace& trace, bool fine) {
  std::size_t sent = 0, lost = 0;
  for (const auto& event : trace.events) {
    sent += event.kind == lab::EventKind::kSegmentSent ? 1 : 0;
    lost += event.kind == lab::EventKind::kSegmentDropped && event.host == lab::kTheNetwork ? 1 : 0;
  }
  const auto end = world.end();
  const std::string how = end == lab::End::kQuiet   ? "nothing more can happen"
                          : end == lab::End::kLimit ? "a limit was reached"
                                                    : "the time is up";
  // A run that ends by itself or at a limit ends with its last event, even if time was left.
  const bool by_itself =
      (end == lab::End::kQuiet || end == lab::End::kLimit) && !trace.events.empty();
  const Time at = by_itself ? trace.events.back().t : world.now();
  return "\nEnd at " + seconds(at, fine) + " s: " + how + ". " + std::to_string(sent) +
         (sent == 1 ? " segment" : " segments") + " sent, " + std::to_string(lost) +
         " lost on the way; " + std::to_string(trace.events.size()) + " events.\n";
}

}  // namespace

std::vector<std::string> host_names(const lab::Scenario& scenario) {
  std::vector<std::string> names;
  for (const auto& setup : scenario.hosts) names.push_back(setup.name);
  return names;
}

std::string exchange(const lab::World& world, const lab::Trace& trace, std::uint64_t seed) {
  const auto& scenario = world.scenario();
  Rows drawn(scenario, trace);
  const auto rows = drawn.take();
  const bool fine = std::any_of(rows.begin(), rows.end(),
                                [](const Row& row) { return row.time.count() % 1000 != 0; });
  std::string left, right;
  for (std::size_t i = 0; i < scenario.hosts.size(); ++i) {
    const auto title = host_title(scenario.hosts[i]);
    if (i == drawn.right_host())
      right = title;
    else
      left += (left.empty() ? "" : ", ") + title;
  }
  const auto widths = measure(rows, drawn.names_hosts() ? "" : left, fine);
  std::string text = heading(scenario, seed);
  const std::size_t middle = widths.left + 2 + widths.arrow + 2;
  text +=
      std::string(widths.time - 4, ' ') + "time  " + padded(left, middle - 2) + "  " + right + "\n";
  Time before{0};
  for (const auto& row : rows) {
    if (row.time - before >= kLongSilence) {
      text += std::string(widths.time - 1, ' ') + ":  (" + about(row.time - before) + " pass)\n";
    }
    before = row.time;
    text += line_of(row, widths, fine);
  }
  if (drawn.numbers_connections()) text += "\n[n]: the number of the connection in the trace\n";
  return text + ending(world, trace, fine);
}

}  // namespace tcplab::cli
