# ./lab bench: measures the engine natively and as WebAssembly, its size, and the page's start.
# shellcheck shell=bash

# shellcheck disable=SC2154 # `arguments` is of ./lab
bench_command() {
  local script argument
  for argument in "${arguments[@]}"; do
    [[ $argument == --record ]] || usage_error "unexpected argument: $argument"
  done
  set_up test
  build_all
  build_preset native bench bench_count bench_lwip || die 1 "the benchmarks do not build (see above)"
  say "the engine on this machine"
  build/native/bench
  for script in tests/bench/*.mjs; do
    [[ -e $script ]] || continue
    say "$script"
    node "$script" "${arguments[@]}" || die 1 "$script failed (see above)"
  done
  print_wasm_size
}
