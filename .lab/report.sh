# Stages of tests: runs them, counts what their runners report, and sums up.
# shellcheck shell=bash

passed=0 failed=0 skipped=0
failed_stages=()
stage_reasons=()

# stage NAME FUNCTION: runs it with its output in a log. The function adds what its runner counted
# with `count`. A stage that fails without a failed test (it did not build, its runner broke) counts
# as one failure.
stage() {
  printf '%-28s' "$1"
  run_stage "$1" "$2"
  report_stage "$1"
}

# stages [NAME FUNCTION]...: independent ones, as many at a time as there are processors, each reported as if it ran
# by itself.
stages() {
  local names=() pids=() i ok=true
  while (($#)); do
    ((${#names[@]} < $(nproc))) || wait "${pids[${#names[@]} - $(nproc)]}"
    run_stage "$1" "$2" &
    names+=("$1") pids+=("$!")
    shift 2
  done
  for i in "${!names[@]}"; do
    printf '%-28s' "${names[i]}"
    wait "${pids[i]}"
    report_stage "${names[i]}" || ok=false
  done
  $ok
}

log_of_stage() { printf '%s/test-%s.log' "$logs" "${1//[^a-z0-9A-Z]/-}"; }

# The result is written beside the log: the counts, the seconds, and one reason a line. `count` changes the numbers
# that are declared here.
run_stage() {
  local started=$SECONDS ok=true passed=0 failed=0 skipped=0 stage_reasons=() stage_log
  stage_log=$(log_of_stage "$1")
  mkdir -p "$logs"
  "$2" >"$stage_log" 2>&1 </dev/null || ok=false
  if ! $ok && ((failed == 0)); then failed=1; fi
  printf '%s\n' "$passed $failed $skipped $((SECONDS - started))" "${stage_reasons[@]}" >"$stage_log.result"
}

report_stage() {
  local name=$1 stage_passed stage_failed stage_skipped seconds
  stage_log=$(log_of_stage "$name")
  {
    read -r stage_passed stage_failed stage_skipped seconds
    mapfile -t stage_reasons
  } <"$stage_log.result"
  rm "$stage_log.result"
  count "$stage_passed" "$stage_failed" "$stage_skipped"
  print_result "$stage_passed" "$stage_failed" "$stage_skipped" "$seconds"
  ((stage_failed > 0)) || return 0
  failed_stages+=("$name")
  show_log "$stage_log"
  printf -- '---- end of %s\n' "$name"
  return 1
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

# As many files at a time as there are processors: without being told, node leaves one processor idle.
# node --test ends its TAP with "# pass 3", "# fail 0", ...
run_node_tests() {
  local ok=true reason
  node --test --test-concurrency="$(nproc)" --test-reporter=tap "$@" 2>&1 || ok=false
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
