# ./lab interop: the engine's linux profile against this machine's kernel; see tests/interop.
# shellcheck shell=bash

interop_options=()

parse_interop_options() {
  local name taken has_seed=false has_count=false has_scene=false
  set -- "${arguments[@]}"
  while (($#)); do
    name=${1%%=*}
    case $1 in
      --record) interop_options+=(--record tests/interop/measured.json) ;;
      --seed | --count | --scene)
        (($# > 1)) || usage_error "$name needs a $([[ $name == --scene ]] && printf file || printf number)"
        set -- "$name=$2" "${@:3}"
        continue
        ;;
      --seed=*) take_number "$name" "${1#*=}" 999999999 && interop_options+=(--seed "$taken") && has_seed=true ;;
      --count=*) take_number "$name" "${1#*=}" 10000000 && interop_options+=(--count "$taken") && has_count=true ;;
      --scene=*)
        [[ -r ${1#*=} ]] || usage_error "--scene: there is no file '${1#*=}'"
        interop_options+=(--scene "${1#*=}") && has_scene=true
        ;;
      *) usage_error "unexpected argument: $1" ;;
    esac
    shift
  done
  $has_scene || $has_seed || interop_options+=(--seed $((RANDOM + 1)))
  $has_scene || $has_count || interop_options+=(--count 5000)
}

interop_command() {
  local code=0
  parse_interop_options
  set_up test
  build_preset native interop || die 1 "the harness does not build (see above)"
  build/native/interop "${interop_options[@]}" || code=$?
  ((code != 3)) || die 3 "this machine cannot play scenes (see above)"
  ((code == 0)) || die 1 "the engine and the kernel differ (see above)"
}

# The scenes by hand that take no longer than 15 s, and scenes by chance, always the same ones: less
# than a minute. Where there is no such kernel, or none to play with, it is skipped.
interop_tests() {
  local code=0 totals
  build/native/interop --seed 1 --count 10000 --longest 15s --same-kernel || code=$?
  if ((code == 3)); then
    count 0 0 1
    stage_reasons+=("$(sed -n 's/^skipped: //p' "$stage_log")")
    return
  fi
  totals=$(tail -n 1 "$stage_log")
  [[ $totals =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ came\ late$ ]] || return 1
  count "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
  ((BASH_REMATCH[3] == 0)) || stage_reasons+=("${BASH_REMATCH[3]} scenes: the machine was too busy to play them")
  return "$code"
}
