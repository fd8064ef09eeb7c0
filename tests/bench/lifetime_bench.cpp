// µs a connection's lifetime, what the page does all the time beside it, and what many connections
// cost in one host.
#ifndef __EMSCRIPTEN__
#include <benchmark/benchmark.h>

#include "crowd.hpp"
#include "lab/session.hpp"
#include "lifetime.hpp"

namespace {

using namespace tcplab;

void lifetime_untraced(benchmark::State& state) {
  const lab::World world = bench::fresh_world();
  for (auto _ : state) benchmark::DoNotOptimize(bench::live(world, nullptr));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(lifetime_untraced)->Unit(benchmark::kMicrosecond);

void lifetime_traced(benchmark::State& state) {
  const lab::World world = bench::fresh_world();
  for (auto _ : state) {
    lab::Trace trace;
    benchmark::DoNotOptimize(bench::live(world, &trace));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(lifetime_traced)->Unit(benchmark::kMicrosecond);

void trace_to_json_lines(benchmark::State& state) {
  lab::Trace trace;
  bench::live(bench::fresh_world(), &trace);
  for (auto _ : state) {
    benchmark::DoNotOptimize(lab::to_json_lines(trace, {"client", "server"}));
  }
}
BENCHMARK(trace_to_json_lines)->Unit(benchmark::kMicrosecond);

// Branching history: what a checkpoint or "what if" costs, in the middle of the lifetime.
void copy_world(benchmark::State& state) {
  lab::World world = bench::fresh_world();
  for (int i = 0; i < 10; ++i) world.step(nullptr);
  for (auto _ : state) {
    lab::World copy = world;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(copy_world)->Unit(benchmark::kMicrosecond);

// With the trace off: what a flood of SYNs costs, however many handshakes are under way.
void syn_into_listener(benchmark::State& state) {
  const auto half_open = static_cast<std::size_t>(state.range(0));
  // A round with a million is long enough by itself, and a copy of it large.
  const std::size_t rounds = half_open > 100'000 ? 1 : 100;
  for (auto _ : state) state.SetIterationTime(bench::syn_nanoseconds(half_open, rounds) * 1e-9);
}
BENCHMARK(syn_into_listener)->Arg(10)->Arg(10'000)->UseManualTime()->Iterations(5);
BENCHMARK(syn_into_listener)->Arg(1'000'000)->UseManualTime()->Iterations(1);

// Not timed: the counter is what it tells.
void bytes_each(benchmark::State& state, tcp::State in) {
  for (auto _ : state) state.counters["bytes"] = bench::bytes_per_connection(in, 100'000);
}
BENCHMARK_CAPTURE(bytes_each, ESTABLISHED, tcp::State::kEstablished)->Iterations(1);
BENCHMARK_CAPTURE(bytes_each, TIME_WAIT, tcp::State::kTimeWait)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
#endif
