// The same lifetimes in WebAssembly, for tests/bench/wasm.mjs: a module beside the product's, so
// that the product holds nothing for benchmarks.
#ifdef __EMSCRIPTEN__
#include <emscripten/bind.h>

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

}  // namespace

EMSCRIPTEN_BINDINGS(tcplab_bench) { emscripten::function("bench_lifetimes", &bench_lifetimes); }
#endif
