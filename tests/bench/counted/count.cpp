// Does one kind of work so many times: `count WORK TIMES`. tests/bench/instructions.mjs counts the
// instructions of two such runs; their difference is the work alone. Prints what the work was made
// of, or for `allocations-...` how often one lifetime asked for memory, for `bytes-...` how much.
#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "crowd.hpp"
#include "lifetime.hpp"
#include "long_run.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  std::abort();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace tcplab;

std::size_t lifetimes(int times, bool traced) {
  const lab::World world = bench::fresh_world();
  std::size_t events = 0;
  for (int i = 0; i < times; ++i) {
    lab::Trace trace;
    events += bench::live(world, traced ? &trace : nullptr);
  }
  return events;
}

std::size_t allocations_of_one(bool traced) {
  const lab::World world = bench::fresh_world();
  bench::live(world, nullptr);  // what is made once in a process is there now
  lab::Trace trace;
  const std::size_t before = allocations;
  bench::live(world, traced ? &trace : nullptr);
  return allocations - before;
}

std::size_t texts(int times) {
  lab::Trace trace;
  bench::live(bench::fresh_world(), &trace);
  std::size_t octets = 0;
  for (int i = 0; i < times; ++i) octets = lab::to_json_lines(trace, {"client", "server"}).size();
  return octets > 0 ? trace.events.size() : 0;
}

std::size_t syns(std::size_t half_open, int times) {
  bench::Crowd crowd;
  crowd.grow(half_open, tcp::State::kSynRcvd);
  for (int i = 0; i < times; ++i) crowd.take_syn();
  return half_open;
}

// The part behind `prefix` as a number, if that is what `what` begins with.
std::optional<std::uint32_t> after(std::string_view prefix, std::string_view what) {
  if (what.substr(0, prefix.size()) != prefix) return std::nullopt;
  return static_cast<std::uint32_t>(std::strtoul(what.data() + prefix.size(), nullptr, 10));
}

// Places all over a run of so many, always the same ones.
std::uint32_t place(int i, std::uint32_t of) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(i) * 0x9e37'79b9 >> 8) % of);
}

std::size_t forks(std::uint32_t events, int times) {
  const auto session = bench::long_transfer(events);
  std::size_t steps = 0;
  for (int i = 0; i < times; ++i) {
    steps += session.fork(place(i, session.world().steps())).world().steps();
  }
  return steps;
}

std::size_t variables(std::uint32_t events, int times) {
  const auto session = bench::long_transfer(events);
  std::size_t told = 0;
  for (int i = 0; i < times; ++i) told += session.variables(place(i, events)).size();
  return told;
}

std::size_t statuses(std::uint32_t events, int times) {
  const auto session = bench::long_transfer(events);
  std::size_t told = 0;
  for (int i = 0; i < times; ++i) told += session.status_text().size();
  return told;
}

std::size_t work(std::string_view what, int times) {
  if (what == "untraced" || what == "traced") return lifetimes(times, what == "traced");
  if (what == "allocations-untraced") return allocations_of_one(false);
  if (what == "allocations-traced") return allocations_of_one(true);
  if (what == "text") return texts(times);
  if (const auto half_open = after("syn-", what)) return syns(*half_open, times);
  if (const auto events = after("fork-", what)) return forks(*events, times);
  if (const auto events = after("variables-", what)) return variables(*events, times);
  if (const auto events = after("status-", what)) return statuses(*events, times);
  if (const auto events = after("bytes-event-", what)) {
    return static_cast<std::size_t>(bench::bytes_per_event(*events));
  }
  if (const auto connections = after("bytes-connection-", what)) {
    return static_cast<std::size_t>(bench::bytes_per_traced_connection(*connections));
  }
  std::abort();
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::printf("%zu\n", work(arguments[1], std::atoi(arguments[2])));
}
