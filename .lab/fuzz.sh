# ./lab fuzz: looks for inputs that break the engine, with clang's libFuzzer; see tests/fuzz.
# shellcheck shell=bash

fuzz_targets=(segment scenario exercise calls)
fuzz_target=
fuzz_options=()

print_targets() {
  cat_text <<'HELP'
Targets of ./lab fuzz:
  segment    bytes and segments near the window, at a host in any state
  scenario   text as a scenario, which then runs
  exercise   text as an exercise, which is then checked and graded
  calls      socket calls, segments, faults and time on a world of two hosts
HELP
}

parse_fuzz_options() {
  local seconds
  set -- "${arguments[@]}"
  while (($#)); do
    case $1 in
      --time | --time=*)
        if [[ $1 == --time ]]; then
          (($# > 1)) || usage_error "--time needs a number of seconds"
          shift
        fi
        seconds=${1#--time=}
        [[ $seconds =~ ^[1-9][0-9]{0,8}$ ]] || usage_error "--time must be a number of seconds, not '$seconds'"
        fuzz_options+=("-max_total_time=$seconds")
        ;;
      --)
        shift
        fuzz_options+=("$@")
        break
        ;;
      *)
        [[ -z $fuzz_target && $1 != -* ]] || usage_error "unexpected argument: $1"
        fuzz_target=$1
        ;;
    esac
    shift
  done
  [[ -n $fuzz_target ]] || usage_error "fuzz needs a target: ${fuzz_targets[*]}"
  [[ " ${fuzz_targets[*]} " == *" $fuzz_target "* ]] ||
    usage_error "unknown target: $fuzz_target; the targets are ${fuzz_targets[*]}"
}

exercise_files() { grep -rlE --include='*.json' '"format": *"tcplab-exercise/' exercises | paste -sd,; }

# run_fuzzer TARGET FOLDER OPTION...: begins with the inputs in FOLDER, in the corpus and in the
# files of the repository; keeps new ones in FOLDER, and those that break the engine in
# build/fuzz/crashes.
run_fuzzer() {
  local target=$1 found=$2
  local seeds=("tests/fuzz/corpus/$target") options=()
  shift 2
  case $target in
    scenario)
      options=(-max_len=4096 -dict=tests/fuzz/json.dict)
      seeds+=(exercises/scenarios tests/mutants tests/unit/malformed/scenario)
      ;;
    exercise)
      options=(-max_len=32768 -dict=tests/fuzz/json.dict "-seed_inputs=$(exercise_files)")
      seeds+=(tests/unit/exercise/malformed)
      ;;
    *) options=(-max_len=300) ;;
  esac
  mkdir -p "$found" build/fuzz/crashes
  "build/sanitize/fuzz_$target" "-artifact_prefix=build/fuzz/crashes/$target-" -timeout=25 \
    "${options[@]}" "$@" "$found" "${seeds[@]}"
}

# What a fuzzer's log says of the input that ended it.
broken_by() {
  local target=$1 file
  file=$(sed -n 's/.*Test unit written to //p' "$2" | tail -n 1)
  if [[ -n $file ]]; then
    printf '%s broke on %s; replay it with: build/sanitize/fuzz_%s %s' "$target" "$file" "$target" "$file"
  else
    printf '%s ended without keeping an input' "$target"
  fi
}

fuzz_command() {
  local log
  parse_fuzz_options
  set_up test
  log=$logs/fuzz-$fuzz_target.log
  say "building the target $fuzz_target with clang++ and its sanitizers"
  build_preset sanitize "fuzz_$fuzz_target" || die 1 "the target does not build (see above)"
  say "new inputs are kept in build/fuzz/found/$fuzz_target; Ctrl-C ends it"
  run_fuzzer "$fuzz_target" "build/fuzz/found/$fuzz_target" "${fuzz_options[@]}" 2>&1 | tee "$log" ||
    die 1 "$(broken_by "$fuzz_target" "$log")"
}

# Every target for so many seconds, as many at a time as there are processors. Each counts as one
# test. With a seed of its own, a test run tries what the last one tried: `./lab fuzz` looks for more.
fuzz_all() {
  local seconds=$1 waiting=("${fuzz_targets[@]}") batch pids i ok=true
  while ((${#waiting[@]})); do
    batch=("${waiting[@]:0:jobs}")
    waiting=("${waiting[@]:jobs}")
    pids=()
    for i in "${!batch[@]}"; do
      rm -rf "build/fuzz/tested/${batch[i]}"
      run_fuzzer "${batch[i]}" "build/fuzz/tested/${batch[i]}" "-max_total_time=$seconds" -seed=1 \
        >"$logs/fuzz-${batch[i]}.log" 2>&1 &
      pids+=($!)
    done
    for i in "${!batch[@]}"; do
      if wait "${pids[i]}"; then fuzz_passed "${batch[i]}"; else fuzz_failed "${batch[i]}" && ok=false; fi
    done
  done
  $ok
}

fuzz_passed() {
  count 1 0
  sed -nE "s/^Done ([0-9]+) runs in ([0-9]+) second.*/fuzz $1: \1 runs in \2 s/p" "$logs/fuzz-$1.log"
}

fuzz_failed() {
  count 0 1
  show_log "$logs/fuzz-$1.log"
  printf 'fuzz %s\n' "$(broken_by "$1" "$logs/fuzz-$1.log")"
}
