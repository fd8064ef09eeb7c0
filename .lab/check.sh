# ./lab check: what can be checked fast, without running the engine's tests.
# shellcheck shell=bash

# shellcheck source=.lab/report.sh
source .lab/report.sh

cxx_files() { find engine bindings tests -name node_modules -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print0; }

# Releases of clang-format disagree on details; the code follows the one of Debian 12.
clang_format_fits() { clang-format --version | grep -q 'version 14\.'; }

check_format() { cxx_files | xargs -0 clang-format --dry-run -Werror && count 1 0; }

check_scripts() { shellcheck -x -a lab && shellcheck .ci/run tests/fresh-machine && count 1 0; }

check_schemas() {
  local name
  for name in answers exercise scenario; do
    diff -u "exercises/$name.schema.json" <(build/native/tcplab schema "$name") || return
  done
  count 1 0
}

check_exercises() { build/native/tcplab check exercises && count 1 0; }

check_types() { npm run check --prefix web && npm run check --prefix tests/browser && count 1 0; }

# run_checks BUILT: whether the command tcplab could be built.
run_checks() {
  if clang_format_fits; then
    stage "format of the code" check_format || true
  else
    skip_stage "format of the code" "clang-format here is not version 14"
  fi
  stage "shell scripts" check_scripts || true
  if $1; then
    stage "schemas are current" check_schemas || true
    stage "exercises are valid" check_exercises || true
  else
    skip_stage "schemas, exercises" "tcplab did not build"
  fi
  stage "types of page and walks" check_types || true
}

build_command() { build_preset native tcplab; }

check_command() {
  set_up test
  local built=true
  stage "build tcplab" build_command || built=false
  run_checks $built
  print_totals
}
