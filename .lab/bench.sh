# ./lab bench: measures the engine natively and as WebAssembly, its size, and the page's start.
# shellcheck shell=bash

bench_command() {
  local script
  set_up test
  build_all
  build_preset native bench || die 1 "the benchmarks do not build (see above)"
  say "the engine on this machine"
  build/native/bench
  for script in tests/bench/*.mjs; do
    [[ -e $script ]] || continue
    say "$script"
    node "$script" || die 1 "$script failed (see above)"
  done
  print_wasm_size
}
