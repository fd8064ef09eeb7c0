# ./lab monkey: a random user of the page in a browser, or a soak; see tests/browser/tests/monkey.spec.ts.
# shellcheck shell=bash

monkey_seed=
monkey_time=60
monkey_soak=false

parse_monkey_options() {
  local name taken
  set -- "${arguments[@]}"
  while (($#)); do
    name=${1%%=*}
    case $1 in
      --soak) monkey_soak=true ;;
      --seed | --time)
        (($# > 1)) || usage_error "$name needs a number"
        set -- "$name=$2" "${@:3}"
        continue
        ;;
      --seed=*) take_number "$name" "${1#*=}" 999999999 && monkey_seed=$taken ;;
      --time=*) take_number "$name" "${1#*=}" 86400 && monkey_time=$taken ;;
      *) usage_error "unexpected argument: $1" ;;
    esac
    shift
  done
}

monkey_command() {
  parse_monkey_options
  set_up test
  find_chromium || die 3 "missing: chromium (the random user needs a browser)"
  build_all
  : "${monkey_seed:=$((RANDOM + 1))}"
  say "$($monkey_soak && printf 'a soak' || printf 'the random user of seed %d' "$monkey_seed") for $monkey_time s"
  (
    cd tests/browser
    TCPLAB_MONKEY_SEED=$monkey_seed TCPLAB_MONKEY_TIME=$monkey_time TCPLAB_MONKEY_SOAK=$monkey_soak \
      node_modules/.bin/playwright test monkey.spec.ts --workers=1 --reporter=line
  ) || die 1 "it found something (see above)"
}
