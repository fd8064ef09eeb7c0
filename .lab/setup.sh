# Installs what a command needs and the machine lacks; never touches what is there.
# shellcheck shell=bash

may_install=true
tools=$root/build/tools

missing_packages=()
missing_reasons=()

# need PACKAGE REASON PROBE...: counts the Debian package as missing unless the probe succeeds.
need() {
  local package=$1 reason=$2
  shift 2
  "$@" && return
  missing_packages+=("$package")
  missing_reasons+=("$reason")
}

have_header() { [[ -e /usr/include/$1 || -e /usr/local/include/$1 ]]; }

# Vite's own requirement: 20.19 or newer of 20, 22.12 or newer.
node_is_new_enough() {
  local version major minor
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#v}
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  ((major > 22 || (major == 22 && minor >= 12) || (major == 20 && minor >= 19)))
}

have_new_node() { node_is_new_enough node && have npm; }

# A node of our own, when the machine's is too old, lives in build/tools.
use_own_node() {
  local bin=$tools/node_modules/.bin
  have_new_node && return
  if [[ -x $bin/npm ]] && node_is_new_enough "$bin/node"; then PATH=$bin:$PATH; fi
}

have_sanitizers() {
  have clang++ || return 1
  compgen -G "$(clang++ -print-resource-dir)/lib/*/libclang_rt.asan*.a" >/dev/null
}

# Finds Chromium under any of its names, and exports it for the browser tests. The headless shell, which never opens a
# window, draws the same pages in two thirds of the time.
find_chromium() {
  local name names=(chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable)
  for name in "${TCPLAB_CHROMIUM:-${names[0]}}" "${names[@]}"; do
    # Ubuntu's chromium-browser is there but does not run where there are no snaps.
    have "$name" || continue
    "$name" --version >/dev/null 2>&1 || continue
    TCPLAB_CHROMIUM=$(command -v "$name")
    export TCPLAB_CHROMIUM
    return
  done
  return 1
}

have_firefox() { have firefox-esr || { have firefox && firefox --version >/dev/null 2>&1; }; }

have_catch2() { have_header catch2/catch.hpp || have_header catch2/catch_all.hpp; }

find_missing() {
  missing_packages=()
  missing_reasons=()
  need g++ "compiles the engine for this machine" have g++
  need cmake "drives the builds" have cmake
  need ninja-build "runs the builds" have ninja
  need nlohmann-json3-dev "reads and writes JSON" have_header nlohmann/json.hpp
  need libexpected-dev "returns errors (tl::expected)" have_header tl/expected.hpp
  need libcli11-dev "parses the arguments of tcplab" have_header CLI/CLI.hpp
  need emscripten "compiles the engine to WebAssembly" have em++
  need npm "installs the page's packages" have npm
  [[ $1 == serve ]] && return
  need clang "compiles the engine a second time" have clang++
  need libclang-rt-dev "sanitizers of clang" have_sanitizers
  need clang-format "checks the format of the code" have clang-format
  need clang-tidy "looks for faults in the code" have clang-tidy
  need shellcheck "checks the scripts" have shellcheck
  need catch2 "runs the unit tests" have_catch2
  need libvalijson-dev "judges the schemas independently" have_header valijson/validator.hpp
  need tshark "dissects the captures" have tshark
  need libbenchmark-dev "measures the engine" have_header benchmark/benchmark.h
  need chromium-headless-shell "runs the tests in a browser" find_chromium
  need firefox-esr "walks through the page in Firefox" have_firefox
  need webkit2gtk-driver "walks through the page in WebKit" have WebKitWebDriver
  need xvfb "is WebKit's screen" have Xvfb
  [[ $1 == coverage ]] || return 0
  need llvm "counts the lines that were reached" have llvm-cov
}

as_root() {
  if ((EUID == 0)); then
    DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -- env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

apt_get() {
  as_root apt-get -y -o DPkg::Lock::Timeout=120 \
    -o Acquire::Retries=2 -o Acquire::http::Timeout=30 "$@"
}

# Packages that a release may lack: it has them inside another, or only as a snap. Tests that need
# what is in them say that they are skipped, and why.
lackable=(libclang-rt-dev firefox-esr webkit2gtk-driver)

keep_known_packages() {
  local package known=()
  for package in "${missing_packages[@]}"; do
    if ! apt-cache show "$package" >/dev/null 2>&1; then
      [[ " ${lackable[*]} " != *" $package "* ]] || continue
      [[ $package != chromium-headless-shell ]] || package=chromium
    fi
    known+=("$package")
  done
  missing_packages=("${known[@]}")
}

# Ubuntu's chromium is a snap behind the package chromium-browser; the browser tests are left out
# where that cannot be installed, so it is tried apart from the rest.
install_ubuntu_chromium() {
  local package others=()
  for package in "${missing_packages[@]}"; do
    [[ $package == chromium ]] || others+=("$package")
  done
  ((${#others[@]} < ${#missing_packages[@]})) || return 0
  missing_packages=("${others[@]}")
  run_logged apt-chromium apt_get install --no-install-recommends chromium-browser 2>/dev/null ||
    say "chromium could not be installed: the tests in a browser will be left out"
}

install_packages() {
  ((${#missing_packages[@]})) || return 0
  $may_install || die 3 "missing: ${missing_packages[*]} (install with: apt-get install --no-install-recommends ${missing_packages[*]})"
  have apt-get || die 3 "missing: ${missing_packages[*]} (there is no apt-get here; please install them yourself)"
  ((EUID == 0)) || have sudo ||
    die 3 "missing: ${missing_packages[*]} (only root can install them, and there is no sudo)"
  say "these packages are missing and are now installed with apt-get:"
  local i
  for i in "${!missing_packages[@]}"; do
    printf '  %-20s %s\n' "${missing_packages[i]}" "${missing_reasons[i]}"
  done
  local wanted="${missing_packages[*]}"
  run_logged apt-update apt_get update 2>/dev/null || true
  keep_known_packages
  if grep -q '^ID=ubuntu' /etc/os-release; then install_ubuntu_chromium; fi
  ((${#missing_packages[@]} == 0)) ||
    run_logged apt-install apt_get install --no-install-recommends "${missing_packages[@]}" 2>/dev/null ||
    die 3 "cannot install $wanted: is the network there? (apt-get's words: build/logs/apt-install.log)"
  hash -r
}

npm_quietly() { npm "$@" --no-audit --no-fund --loglevel=error --fetch-retry-mintimeout=2000 --fetch-retry-maxtimeout=5000; }

install_node() {
  use_own_node
  have_new_node && return
  $may_install || die 3 "missing: node 20.19 or newer (install with: npm install --prefix build/tools node@22 npm@10)"
  say "node here is $(node --version 2>/dev/null || echo absent), and the page's tools need 20.19 or newer: npm now puts one into build/tools"
  mkdir -p "$tools"
  run_logged npm-node npm_quietly install --prefix "$tools" node@22 npm@10 2>/dev/null ||
    die 3 "cannot install node 22: is the network there? (npm's words: build/logs/npm-node.log)"
  hash -r
  use_own_node
  have_new_node || die 3 "node 22 was installed into build/tools, but does not run"
}

# Installs a folder's packages unless they are there and newer than the lock file.
install_npm_folder() {
  local folder=$1 reason=$2
  [[ -e $folder/package-lock.json ]] || return 0
  [[ $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]] && return
  $may_install || die 3 "missing: the packages of $folder (install with: npm ci --prefix $folder)"
  say "npm installs the packages of $folder: $reason"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 run_logged "npm-${folder//\//-}" npm_quietly ci --prefix "$folder" 2>/dev/null ||
    die 3 "cannot install the packages of $folder: is the network there? (npm's words: build/logs/npm-${folder//\//-}.log)"
  touch "$folder/node_modules/.package-lock.json"
}

# set_up serve|test|coverage: afterwards everything that serving (or testing, or counting what was reached as well) needs
# is there.
set_up() {
  find_missing "$1"
  install_packages
  install_node
  install_npm_folder web "they build and serve the page"
  [[ $1 == serve ]] || install_npm_folder tests/browser "they drive the browser"
}
