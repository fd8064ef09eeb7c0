# Shared by the commands of `lab`.
# shellcheck shell=bash

logs=$root/build/logs

say() { printf 'lab: %s\n' "$*"; }

# Ends with one line on standard error. EXIT_CODE is 1 (failed), 2 (usage) or 3 (missing).
die() {
  local exit_code=$1
  shift
  printf 'lab: %s\n' "$*" >&2
  exit "$exit_code"
}

usage_error() { die 2 "$1 (./lab help tells how to use it)"; }

# take_number NAME VALUE MOST: the value of an option, which must be a whole number up to MOST,
# is left in `taken`.
take_number() {
  local name=$1 value=$2 most=$3
  if [[ ! $value =~ ^[0-9]{1,9}$ ]] || ((10#$value < 1 || 10#$value > most)); then
    usage_error "$name must be a number from 1 to $most, not '$value'"
  fi
  taken=$((10#$value))
}

# cat, without needing a PATH.
cat_text() {
  local line
  while IFS= read -r line; do printf '%s\n' "$line"; done
}

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command with its output in build/logs/NAME.log; a failure shows the end of it.
run_logged() {
  local log=$logs/$1.log
  shift
  mkdir -p "$logs"
  if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
  show_log "$log" >&2
  return 1
}

# Shows a log, the end of it when it is long.
show_log() {
  local log=$1 most=150
  [[ -e $log ]] || return 0
  if (($(wc -l <"$log") > most)); then printf '(the last %d lines of %s)\n' $most "${log#"$root"/}"; fi
  tail -n $most "$log"
}
