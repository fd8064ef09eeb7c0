# ./lab serve: builds what changed, serves web/dist and says where once it answers.
# shellcheck shell=bash

port=8080
server=

parse_serve_options() {
  set -- "${arguments[@]}"
  while (($#)); do
    case $1 in
      --port)
        (($# > 1)) || usage_error "--port needs a number"
        port=$2
        shift 2
        ;;
      --port=*)
        port=${1#--port=}
        shift
        ;;
      *) usage_error "unexpected argument: $1" ;;
    esac
  done
  if [[ ! $port =~ ^[0-9]{1,5}$ ]] || ((10#$port < 1 || 10#$port > 65535)); then
    usage_error "--port must be a number from 1 to 65535, not '$port'"
  fi
  port=$((10#$port))
}

port_is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }

# Whether GET / is answered with 200.
page_answers() {
  local status
  # shellcheck disable=SC2030
  status=$(
    exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$port" || exit
    printf 'GET / HTTP/1.0\r\nHost: localhost:%s\r\nAccept: text/html\r\n\r\n' "$port" >&3
    IFS= read -r -t 5 line <&3 && printf '%s' "$line"
  )
  [[ $status == HTTP/1.?' 200'* ]]
}

stop_server() {
  [[ -n $server ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

# vite ends with its parent's standard input unless it believes to be in CI.
start_server() {
  mkdir -p "$logs"
  (cd web && CI=true exec node node_modules/vite/bin/vite.js preview \
    --host 127.0.0.1 --port "$port" --strictPort) >"$logs/serve.log" 2>&1 </dev/null &
  server=$!
}

wait_until_it_answers() {
  local deadline=$((SECONDS + 30))
  until page_answers; do
    if ! kill -0 "$server" 2>/dev/null || ((SECONDS > deadline)); then
      stop_server
      show_log "$logs/serve.log" >&2
      die 1 "the server did not start on port $port (see above)"
    fi
    sleep 0.1
  done
}

serve_command() {
  parse_serve_options
  port_is_open && die 1 "port $port is taken; choose another one: ./lab serve --port $((port < 65535 ? port + 1 : port - 1))"
  set_up serve
  build_all
  trap 'stop_server; say "stopped"; exit 0' INT TERM HUP
  trap stop_server EXIT
  start_server
  wait_until_it_answers
  printf 'http://localhost:%s/\n' "$port"
  say "serving the page; Ctrl-C ends it"
  local exit_code=0
  wait "$server" || exit_code=$?
  server=
  show_log "$logs/serve.log" >&2
  die 1 "the server ended by itself with code $exit_code"
}
