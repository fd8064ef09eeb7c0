# ./lab test: every test, in stages.
# shellcheck shell=bash

# shellcheck source=.lab/report.sh
source .lab/report.sh
# shellcheck source=.lab/check.sh
source .lab/check.sh
# shellcheck source=.lab/fuzz.sh
source .lab/fuzz.sh
# shellcheck source=.lab/interop.sh
source .lab/interop.sh

all_stages=(native unit conformance interop students command lab check wasm parity page sanitize fuzz browser)

print_stages() {
  cat_text <<'HELP'
Stages of ./lab test:
  native       the engine, the command, the tests and the benchmarks build with g++ without warnings
  unit         the Catch2 tests. In a run of all stages only those of tests/unit/interop build with
               g++ and run here: the stage sanitize has the others
  conformance  every requirement has its test or a reason, and REPORT.md says so
  interop      scenes by hand and a minute of scenes by chance: this machine's kernel and the engine
               agree, but for known differences
  students     simulated students get the diagnoses they should and no others; by chance, few pass
  command      the tests of the command tcplab
  lab          the tests of ./lab itself
  check        what ./lab check does, but for clang-tidy, which takes minutes
  wasm         the engine builds to WebAssembly
  parity       native and WebAssembly give the same bytes
  page         the page's unit tests, with the engine; the page builds, within its budgets (web/.size-limit.mjs)
  sanitize     the engine and the Catch2 tests build with clang++ and sanitizers; the tests again
  fuzz         every fuzz target for 15 s
  browser      the page in Chromium, among them a minute of a random user
HELP
}

choose_stages() {
  local argument
  chosen_stages=("${arguments[@]}")
  all_are_chosen=false
  if ((${#arguments[@]} == 0)); then
    chosen_stages=("${all_stages[@]}")
    all_are_chosen=true
  fi
  for argument in "${chosen_stages[@]}"; do
    [[ " ${all_stages[*]} " == *" $argument "* ]] ||
      usage_error "unknown stage: $argument; the stages are ${all_stages[*]}"
  done
}

# The native build: all but the Catch2 tests, and of those the ones that will be needed.
native_targets() {
  printf 'all '
  if wanted native unit conformance; then printf 'interop_tests '; fi
  if ! $all_are_chosen && wanted native unit conformance; then printf unit_tests; fi
}

# shellcheck disable=SC2046
build_native() { configure native again && build_preset native $(native_targets); }
build_wasm() { configure wasm again && build_preset wasm && print_wasm_size; }
build_sanitize() { configure sanitize again && build_preset sanitize "$@"; }
build_sanitized_tests() { build_sanitize unit_tests; }
build_fuzz() { build_sanitize "${fuzz_targets[@]/#/fuzz_}"; }
unit_tests() { run_ctest native; }
interop_unit_tests() { run_ctest native -L '^interop_tests$'; }
sanitized_unit_tests() { run_ctest sanitize; }
fuzz_tests() { fuzz_all 15; }
conformance_tests() { run_node_tests tests/conformance/*.test.mjs; }
student_tests() {
  build/native/students exercises/[0-9]*.json exercises/lessons/*/exercises/*.json exercises/lessons/*/beats
}
command_tests() { run_node_tests tests/cli/*.test.mjs; }
lab_tests() { run_node_tests tests/lab/*.test.mjs; }
parity_tests() { run_node_tests tests/parity/*.test.mjs; }

page_tests() {
  local ok=true report=$logs/vitest.json
  rm -f "$report"
  (cd web && node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json="$report") || ok=false
  count_json vitest "$report" && $ok
}

page_budgets() { npm run budgets --prefix web && count 1 0; }

browser_tests() {
  local ok=true report=$logs/playwright.json
  rm -f "$report"
  (cd tests/browser && PLAYWRIGHT_JSON_OUTPUT_NAME=$report node_modules/.bin/playwright test --reporter=list,json) || ok=false
  count_json playwright "$report" && $ok
}

# Whether one of these stages was chosen.
wanted() {
  local stage
  for stage in "$@"; do [[ " ${chosen_stages[*]} " == *" $stage "* ]] && return; done
  return 1
}

# stage_if BUILT NAME FUNCTION: without what it tests, a stage is skipped.
stage_if() {
  if $1; then stage "$2" "$3" || true; else skip_stage "$2" "what it tests did not build"; fi
}

run_native_stages() {
  native_built=true
  if wanted native unit conformance interop students command check parity; then
    stage "build with g++" build_native || native_built=false
  fi
  if $all_are_chosen; then
    stage_if $native_built "unit tests of interop" interop_unit_tests
  else
    if wanted unit; then stage_if $native_built "unit tests" unit_tests; fi
    if wanted conformance; then stage_if $native_built "conformance" conformance_tests; fi
  fi
  if wanted interop; then
    stage_if $native_built "engine = Linux" interop_tests
    grep -E '^scenes by |left out' "$stage_log" | sed 's/^/    /' || true
  fi
  if wanted students; then
    stage_if $native_built "simulated students" student_tests
    sed -n -e 's/^[0-9a-z -]*misled/    &/p' -e '/^plausible/,/^[^ p]/s/^/    /p' "$stage_log"
  fi
  if wanted command; then stage_if $native_built "tests of tcplab" command_tests; fi
  if wanted lab; then stage "tests of ./lab" lab_tests || true; fi
  if wanted check; then run_checks $native_built; fi
}

run_wasm_stages() {
  wasm_built=true
  if wanted wasm parity page browser; then
    stage "build to WebAssembly" build_wasm || wasm_built=false
    grep '^tcplab.wasm:' "$stage_log" | tail -n 1 | sed 's/^/    /' || true
  fi
  if wanted parity; then
    local both=$wasm_built
    $native_built || both=false
    stage_if $both "native = WebAssembly" parity_tests
  fi
}

run_page_stages() {
  wanted page browser || return 0
  if wanted page; then stage_if "$wasm_built" "unit tests of the page" page_tests; fi
  local page_built=$wasm_built
  if $wasm_built; then
    stage "build the page" build_page || page_built=false
  else
    skip_stage "build the page" "the engine did not build"
  fi
  if wanted page; then stage_if "$page_built" "budgets of the page" page_budgets; fi
  wanted browser || return 0
  if find_chromium; then
    stage_if "$page_built" "tests in the browser" browser_tests
  else
    skip_stage "tests in the browser" "there is no Chromium here, and apt-get could not install one"
  fi
}

run_sanitize_stages() {
  wanted sanitize || return 0
  local built=true
  stage "build with clang++, sanitized" build_sanitized_tests || built=false
  stage_if $built "unit tests, sanitized" sanitized_unit_tests
  # It asks the Catch2 tests for their names.
  if $all_are_chosen; then stage_if $built "conformance" conformance_tests; fi
}

run_fuzz_stages() {
  wanted fuzz || return 0
  local built=true
  stage "build the fuzz targets" build_fuzz || built=false
  stage_if $built "fuzz targets, 15 s each" fuzz_tests
  sed -n 's/^fuzz /    /p' "$stage_log"
}

test_command() {
  choose_stages
  set_up test
  local started=$SECONDS
  run_native_stages
  run_wasm_stages
  run_sanitize_stages
  run_fuzz_stages
  run_page_stages
  say "took $((SECONDS - started)) s; logs are in build/logs"
  print_totals
}
