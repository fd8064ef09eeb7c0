// µs a connection's lifetime, and what the page does all the time beside it.
#ifndef __EMSCRIPTEN__
#include <benchmark/benchmark.h>

#include "lab/session.hpp"
#include "lifetime.hpp"

namespace {

using namespace tcplab;

void lifetime_untraced(benchmark::State& state) {
  const lab::World world = bench::fresh_world();
  for (auto _ : state) benchmark::DoNotOptimize(bench::live(world, nullptr));
}
BENCHMARK(lifetime_untraced)->Unit(benchmark::kMicrosecond);

void lifetime_traced(benchmark::State& state) {
  const lab::World world = bench::fresh_world();
  for (auto _ : state) {
    lab::Trace trace;
    benchmark::DoNotOptimize(bench::live(world, &trace));
  }
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

}  // namespace

BENCHMARK_MAIN();
#endif
