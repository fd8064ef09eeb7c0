# Stages of tests: runs them, counts what their runners report, and sums up.
# shellcheck shell=bash

passed=0 failed=0 skipped=0
failed_stages=()
stage_reasons=()

# stage NAME FUNCTION: runs it with its output in a log. The function adds what its runner counted
# with `count`. A stage that fails without a failed test (it did not build, its runner broke) counts
# as one failure.
stage() {
  local name=$1 function=$2 log=$logs/test-${1//[^a-z0-9A-Z]/-}.log
  local started=$SECONDS passed_before=$passed failed_before=$failed skipped_before=$skipped
  local stage_ok=true
  mkdir -p "$logs"
  stage_log=$log
  stage_reasons=()
  printf '%-28s' "$name"
  "$function" >"$log" 2>&1 </dev/null || stage_ok=false
  if ! $stage_ok && ((failed == failed_before)); then failed=$((failed + 1)); fi
  print_result "$((passed - passed_before))" "$((failed - failed_before))" "$((skipped - skipped_before))" \
    "$((SECONDS - started))"
  if ((failed > failed_before)); then
    failed_stages+=("$name")
    show_log "$log"
    printf -- '---- end of %s\n' "$name"
    return 1
  fi
}

print_result() {
  local reason
  local text="ok"
  (($1 == 0)) || text="$1 passed"
  (($2 == 0)) || text="FAILED: $1 passed, $2 failed"
  (($3 == 0)) || text+=", $3 skipped"
  printf '%s  (%d s)\n' "$text" "$4"
  for reason in "${stage_reasons[@]}"; do printf '    skipped: %s\n' "$reason"; done
}

# A stage that cannot run at all: says why. It counts as one skip.
skip_stage() {
  skipped=$((skipped + 1))
  printf '%-28sskipped: %s\n' "$1" "$2"
}

count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  skipped=$((skipped + ${3:-0}))
}

# The closing lines. Fails when a test failed, or when nothing was tested.
print_totals() {
  ((${#failed_stages[@]} == 0)) || printf 'failed in: %s\n' "$(join_by ', ' "${failed_stages[@]}")"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  ((failed == 0 && passed > 0))
}

join_by() {
  local separator=$1 text=$2 word
  shift 2
  for word in "$@"; do text+=$separator$word; done
  printf '%s' "$text"
}

# --- one function per runner: runs it, and counts from its own report ---

# run_ctest PRESET [OPTION...]: the tests that the build of PRESET registered, or those that CTest's
# options choose, as many at a time as there are processors. CTest ends with "99% tests passed, 1 tests failed out of 510"; a test that did not run
# counts as failed there.
run_ctest() {
  local ok=true line
  ctest --preset "$1" -j "$(nproc)" --no-tests=error "${@:2}" 2>&1 || ok=false
  line=$(grep -E '^[0-9]+% tests passed, ' "$stage_log" | tail -n 1) || true
  [[ $line =~ \ ([0-9]+)\ tests?\ failed\ out\ of\ ([0-9]+) ]] || return 1
  count "$((BASH_REMATCH[2] - BASH_REMATCH[1]))" "${BASH_REMATCH[1]}"
  $ok
}

# node --test ends its TAP with "# pass 3", "# fail 0", ...
run_node_tests() {
  local ok=true reason
  node --test --test-reporter=tap "$@" 2>&1 || ok=false
  grep -q '^# pass ' "$stage_log" || return 1
  count "$(tap_total pass)" "$(($(tap_total fail) + $(tap_total cancelled)))" "$(($(tap_total skipped) + $(tap_total todo)))"
  while IFS= read -r reason; do stage_reasons+=("$reason"); done < <(
    sed -nE 's/^ *ok [0-9]+ - (.*) # (SKIP|TODO) ?(.*)$/\1: \3/p' "$stage_log"
  )
  $ok
}

tap_total() { sed -nE "s/^# $1 ([0-9]+)$/\1/p" "$stage_log" | tail -n 1; }

# count_json FORMAT FILE: the totals of vitest's or Playwright's JSON report.
count_json() {
  local totals reason
  totals=$(node .lab/count_report.mjs "$1" "$2") || return 1
  # shellcheck disable=SC2046
  count $(head -n 1 <<<"$totals")
  while IFS= read -r reason; do stage_reasons+=("$reason"); done < <(tail -n +2 <<<"$totals")
}
