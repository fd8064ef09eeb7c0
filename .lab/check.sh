# ./lab check: everything that can be checked without running tests; fast, except for clang-tidy's first run.
# shellcheck shell=bash

# shellcheck source=.lab/report.sh
source .lab/report.sh

cxx_files() { find engine bindings tests -name node_modules -prune -o \( -name '*.cpp' -o -name '*.hpp' \) -print0; }

# Releases of clang-format disagree on details; the code follows the one of Debian 12.
clang_format_fits() { clang-format --version | grep -q 'version 14\.'; }
# Releases of clang-tidy change what checks of the same name do.
clang_tidy_fits() { clang-tidy --version | grep -q 'version 14\.'; }

check_format() { cxx_files | xargs -0 clang-format --dry-run -Werror && count 1 0; }

check_scripts() { shellcheck -x -a lab && shellcheck .ci/run tests/fresh-machine && count 1 0; }

check_schemas() {
  local file name
  for file in exercises/*.schema.json; do
    name=$(basename "$file" .schema.json)
    diff -u "$file" <(build/native/tcplab schema "$name") || return
  done
  count 1 0
}

check_exercises() { build/native/tcplab check exercises && count 1 0; }

check_tidy() { node .lab/check_tidy.mjs && count 1 0; }

check_layers() { node .lab/check_layers.mjs && count 1 0; }

check_page_format() {
  (cd web && node_modules/.bin/prettier --log-level warn --config .prettierrc.json --ignore-path /dev/null --check \
    '*.{ts,js}' 'src/**/*.{ts,js,svelte,css}' 'tests/*.ts' '../tests/**/*.{ts,mjs}' '../.lab/*.mjs' \
    '!**/node_modules/**') && count 1 0
}

check_page_lint() { (cd web && node_modules/.bin/eslint .) && count 1 0; }

check_types() {
  local ok=true walks
  npm run check --prefix tests/browser &
  walks=$!
  npm run check --prefix web || ok=false
  wait $walks || ok=false
  $ok && count 1 0
}

# run_checks BUILT: whether the command tcplab could be built.
run_checks() {
  local checks=()
  if clang_format_fits; then
    checks+=("format of the code" check_format)
  else
    skip_stage "format of the code" "clang-format here is not version 14"
  fi
  checks+=("format of the page" check_page_format "lint of the page" check_page_lint)
  checks+=("layers" check_layers "shell scripts" check_scripts)
  if $1; then
    checks+=("schemas are current" check_schemas "exercises are valid" check_exercises)
  else
    skip_stage "schemas, exercises" "tcplab did not build"
  fi
  checks+=("types of page and walks" check_types)
  stages "${checks[@]}" || true
}

# It takes minutes on the first run, so it is not a part of `./lab test`, which has a limit of 25.
run_tidy() {
  if ! $1; then
    skip_stage "clang-tidy" "tcplab did not build"
  elif clang_tidy_fits; then
    stage "clang-tidy" check_tidy || true
    sed -n 's/^clang-tidy: /    /p' "$stage_log"
  else
    skip_stage "clang-tidy" "clang-tidy here is not version 14"
  fi
}

build_command() { build_preset native tcplab; }

check_command() {
  set_up test
  local built=true
  stage "build tcplab" build_command || built=false
  run_checks $built
  run_tidy $built
  print_totals
}
