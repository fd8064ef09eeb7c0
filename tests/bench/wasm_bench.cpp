// The same measurements in WebAssembly, for tests/bench/wasm.mjs: a module beside the product's, so
// that the product holds nothing for benchmarks.
#ifdef __EMSCRIPTEN__
#include <emscripten/bind.h>

#include <string>

#include "crowd.hpp"
#include "lifetime.hpp"

namespace {

// Lives `count` lifetimes and says how many events they had.
double bench_lifetimes(unsigned count, bool traced) {
  const auto world = tcplab::bench::fresh_world();
  double events = 0;
  for (unsigned i = 0; i < count; ++i) {
    tcplab::lab::Trace trace;
    events += tcplab::bench::live(world, traced ? &trace : nullptr);
  }
  return events;
}

double bench_syn_nanoseconds(unsigned half_open, unsigned rounds) {
  return tcplab::bench::syn_nanoseconds(half_open, rounds);
}

double bench_bytes(const std::string& state, unsigned connections) {
  const auto in = tcplab::tcp::state_named(state);
  return in ? tcplab::bench::bytes_per_connection(*in, connections) : -1;
}

}  // namespace

EMSCRIPTEN_BINDINGS(tcplab_bench) {
  emscripten::function("bench_lifetimes", &bench_lifetimes);
  emscripten::function("bench_syn_nanoseconds", &bench_syn_nanoseconds);
  emscripten::function("bench_bytes", &bench_bytes);
}
#endif
