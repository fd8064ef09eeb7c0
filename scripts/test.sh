# ./lab test: every test, in stages.
# shellcheck shell=bash

# shellcheck source=scripts/report.sh
source scripts/report.sh
# shellcheck source=scripts/check.sh
source scripts/check.sh

all_stages=(native unit lab check wasm parity page sanitize browser)

print_stages() {
  cat_text <<'HELP'
Stages of ./lab test:
  native     the engine, the command, the tests and the benchmarks build with g++ without warnings
  unit       the Catch2 tests
  lab        the tests of ./lab itself
  check      what ./lab check does, and the unit tests of the page
  wasm       the engine builds to WebAssembly
  parity     native and WebAssembly give the same bytes
  page       the page builds
  sanitize   the same build with clang++ and sanitizers; the Catch2 tests again
  browser    the page in Chromium
HELP
}

wanted() {
  local stage
  for stage in "${chosen_stages[@]}"; do [[ $stage == "$1" ]] && return; done
  return 1
}

choose_stages() {
  local argument
  chosen_stages=("${arguments[@]}")
  ((${#arguments[@]})) || chosen_stages=("${all_stages[@]}")
  for argument in "${chosen_stages[@]}"; do
    [[ " ${all_stages[*]} " == *" $argument "* ]] ||
      usage_error "unknown stage: $argument; the stages are ${all_stages[*]}"
  done
}

build_native() { configure native again && build_preset native; }
build_wasm() { configure wasm again && build_preset wasm && print_wasm_size; }
build_sanitize() { configure sanitize again && build_preset sanitize; }
unit_tests() { run_catch2 build/native/unit_tests; }
sanitized_unit_tests() { run_catch2 build/sanitize/unit_tests; }
lab_tests() { run_node_tests tests/lab/*.test.mjs; }
parity_tests() { run_node_tests tests/parity/*.test.mjs; }

page_tests() {
  local ok=true report=$logs/vitest.json
  rm -f "$report"
  (cd web && node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json="$report") || ok=false
  count_json vitest "$report" && $ok
}

browser_tests() {
  local ok=true report=$logs/playwright.json
  rm -f "$report"
  (cd tests/browser && PLAYWRIGHT_JSON_OUTPUT_NAME=$report node_modules/.bin/playwright test --reporter=list,json) || ok=false
  count_json playwright "$report" && $ok
}

has_files() { compgen -G "$1" >/dev/null; }

run_native_stages() {
  local built=true
  if wanted native || wanted unit || wanted lab || wanted check || wanted parity; then
    stage "build with g++" build_native || built=false
  fi
  if wanted unit; then
    if $built; then stage "unit tests" unit_tests || true; else skip_stage "unit tests" "it did not build"; fi
  fi
  if wanted lab; then stage "tests of ./lab" lab_tests || true; fi
  if wanted check; then
    run_checks $built
    stage "unit tests of the page" page_tests || true
  fi
}

run_wasm_stages() {
  local built=true
  if wanted wasm || wanted parity || wanted page || wanted browser; then
    stage "build to WebAssembly" build_wasm || built=false
    grep '^tcplab.wasm:' "$logs/test-build-to-WebAssembly.log" | tail -n 1 | sed 's/^/    /' || true
  fi
  if wanted parity; then
    if $built && [[ -x build/native/tcplab ]]; then
      stage "native = WebAssembly" parity_tests || true
    else
      skip_stage "native = WebAssembly" "it did not build"
    fi
  fi
  page_built=$built
  if wanted page || wanted browser; then
    if $built; then stage "build the page" build_page || page_built=false; else skip_stage "build the page" "the engine did not build"; fi
  fi
}

run_sanitize_stages() {
  wanted sanitize || return 0
  if stage "build with clang++, sanitized" build_sanitize; then
    stage "unit tests, sanitized" sanitized_unit_tests || true
  else
    skip_stage "unit tests, sanitized" "it did not build"
  fi
}

run_browser_stages() {
  wanted browser || return 0
  if ! $page_built; then
    skip_stage "tests in the browser" "the page did not build"
  elif ! find_chromium; then
    skip_stage "tests in the browser" "there is no Chromium here, and apt-get could not install one"
  else
    stage "tests in the browser" browser_tests || true
  fi
}

test_command() {
  choose_stages
  set_up test
  local started=$SECONDS
  run_native_stages
  run_wasm_stages
  run_sanitize_stages
  run_browser_stages
  say "took $((SECONDS - started)) s; logs are in build/logs"
  print_totals
}
