# ./lab fuzz: looks for inputs that break the engine, with clang's libFuzzer; see tests/fuzz.
# shellcheck shell=bash

fuzz_targets=(segment calls scenario capture exercise answers lesson rubric)
fuzz_target=
fuzz_coverage=false
fuzz_options=()

print_targets() {
  cat_text <<'HELP'
Targets of ./lab fuzz:
  segment    bytes and segments near the window, at a host in any state
  calls      socket calls, segments, faults and time on a world of two hosts
  scenario   text as a scenario, which then runs
  capture    text as a scenario, whose run becomes capture files
  exercise   text as an exercise, which is then checked and graded
  answers    text as a file of answers and of the attempts before them
  lesson     text as a lesson, its prose, the terms, the path or what a pack holds
  rubric     text as an answer in one's own words, as rules for such answers or as labelled ones
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
      --coverage) fuzz_coverage=true ;;
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
  if $fuzz_coverage; then
    [[ -z $fuzz_target && ${#fuzz_options[@]} -eq 0 ]] || usage_error "--coverage is of all targets, and takes nothing else"
    return
  fi
  [[ -n $fuzz_target ]] || usage_error "fuzz needs a target: ${fuzz_targets[*]}"
  [[ " ${fuzz_targets[*]} " == *" $fuzz_target "* ]] ||
    usage_error "unknown target: $fuzz_target; the targets are ${fuzz_targets[*]}"
}

# seed_files TARGET: the inputs that a target begins with, one a line: of its corpus, and of the repository's files.
seed_files() {
  case $1 in
    scenario | capture)
      find tests/fuzz/corpus/scenario exercises/scenarios tests/mutants tests/unit/malformed/scenario -type f
      ;;
    exercise)
      find tests/fuzz/corpus/exercise -type f
      find exercises -maxdepth 1 -name '[0-9]*.json'
      find exercises/lessons -path '*/beats/*.json' -o -path '*/exercises/*.json'
      find tests/unit/exercise -name '*.json'
      ;;
    lesson)
      find tests/fuzz/corpus/lesson exercises/lessons -type f \
        -not -path '*/beats/*' -not -path '*/exercises/*/exercises/*' -not -name README.md
      ;;
    rubric) find tests/fuzz/corpus/rubric exercises/rubrics tests/rubrics -name '*.json' -o -name '*.txt' ;;
    *) find "tests/fuzz/corpus/$1" -type f ;;
  esac | sort
}

# How long an input may be: no longer than it must be to say something, for short inputs are fast ones.
longest_input() {
  case $1 in
    segment | calls) printf 150 ;;
    scenario | capture) printf 2048 ;;
    *) printf 4096 ;;
  esac
}

# Those of seed_files that are not too long, with commas between them.
short_seeds() {
  local longest size file
  longest=$(longest_input "$1")
  seed_files "$1" | xargs -r stat -c '%s %n' | while read -r size file; do
    ((size > longest)) || printf '%s\n' "$file"
  done | paste -sd,
}

# run_fuzzer TARGET FOLDER OPTION...: begins with the inputs in FOLDER and the short seeds; keeps new ones in FOLDER, and
# those that break the engine in build/fuzz/crashes.
run_fuzzer() {
  # Without its scheduler, which weighs every input after each run: that took more time than all runs.
  local target=$1 found=$2 options=(-entropic=0)
  shift 2
  case $target in
    segment | calls) ;;
    *) options+=(-dict=tests/fuzz/json.dict) ;;
  esac
  mkdir -p "$found" build/fuzz/crashes
  "build/sanitize/fuzz_$target" "-artifact_prefix=build/fuzz/crashes/$target-" -timeout=25 \
    "-max_len=$(longest_input "$target")" "${options[@]}" "-seed_inputs=$(short_seeds "$target")" "$@" "$found"
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
  if $fuzz_coverage; then
    set_up coverage
    fuzz_coverage_command
    return
  fi
  set_up test
  log=$logs/fuzz-$fuzz_target.log
  say "building the target $fuzz_target with clang++ and its sanitizers"
  build_preset sanitize "fuzz_$fuzz_target" || die 1 "the target does not build (see above)"
  say "new inputs are kept in build/fuzz/found/$fuzz_target; Ctrl-C ends it"
  run_fuzzer "$fuzz_target" "build/fuzz/found/$fuzz_target" "${fuzz_options[@]}" 2>&1 | tee "$log" ||
    die 1 "$(broken_by "$fuzz_target" "$log")"
}

# What the inputs that every target begins with reach of the engine, line by line. No new input is made.
fuzz_coverage_command() {
  local target folder=build/coverage objects=() profiles=()
  say "building the targets with clang++ and its coverage"
  build_preset coverage "${fuzz_targets[@]/#/fuzz_}" || die 1 "the targets do not build (see above)"
  for target in "${fuzz_targets[@]}"; do
    say "replaying $(seed_files "$target" | wc -l) inputs of $target"
    seed_files "$target" | LLVM_PROFILE_FILE=$folder/$target.profraw xargs -d '\n' "$folder/fuzz_$target" \
      >"$logs/coverage-$target.log" 2>&1 || die 1 "$(broken_by "$target" "$logs/coverage-$target.log")"
    objects+=("-object=$folder/fuzz_$target")
    profiles+=("$folder/$target.profraw")
  done
  # The tools are of the compiler's release: others do not read its profiles.
  "$(clang++ -print-prog-name=llvm-profdata)" merge -o "$folder/all.profdata" "${profiles[@]}"
  "$(clang++ -print-prog-name=llvm-cov)" export -summary-only "-instr-profile=$folder/all.profdata" "${objects[@]}" \
    >"$folder/summary.json"
  node .lab/print_coverage.mjs "$folder/summary.json"
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
