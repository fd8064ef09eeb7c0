# Builds the engine and the page; only what changed.
# shellcheck shell=bash

jobs=$(nproc 2>/dev/null || echo 2)

# A build folder configured for another compiler, or before this clone was moved, cannot be used.
is_outdated() {
  local preset=$1 cache=build/$1/CMakeCache.txt
  [[ -e $cache ]] || return 1
  ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$cache" && return
  [[ $preset == wasm ]] || return 1
  ! grep -qF "EMXX:FILEPATH=$(command -v em++)" "$cache" ||
    ! grep -qxF "CMAKE_TOOLCHAIN_FILE:FILEPATH=$PWD/.lab/cmake/emscripten.cmake" "$cache"
}

# Configures a preset when it is new or outdated, or when the presets changed.
configure() {
  local preset=$1 folder=build/$1
  is_outdated "$preset" && rm -rf "$folder"
  [[ -e $folder/build.ninja && $folder/build.ninja -nt CMakePresets.json && ${2:-} != again ]] ||
    run_logged "configure-$preset" cmake --preset "$preset"
}

# build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1
  shift
  configure "$preset" && cmake --build "build/$preset" -j "$jobs" ${1:+--target "$@"}
}

print_wasm_size() { cmake -DFILE=build/wasm/tcplab.wasm -P .lab/cmake/print_size.cmake; }

# A fingerprint that changes when any input or output of the page's build does.
page_fingerprint() {
  {
    find web exercises \( -name node_modules -o -path web/dist \) -prune -o -type f -print0
    printf '%s\0' build/wasm/tcplab.js build/wasm/tcplab.wasm web/dist/index.html
  } 2>/dev/null | sort -z | xargs -0 sha256sum 2>/dev/null | sha256sum
}

build_page() {
  [[ -e web/dist/index.html && $(cat build/page.stamp 2>/dev/null) == "$(page_fingerprint)" ]] && return
  npm run build --prefix web || return
  page_fingerprint >build/page.stamp
}

build_engine() {
  build_preset native tcplab && build_preset wasm tcplab_wasm
}

build_all() {
  say "building the engine for this machine and for the browser"
  build_engine || die 1 "the engine does not build (see above)"
  print_wasm_size
  say "building the page"
  run_logged page build_page || die 1 "the page does not build (see above)"
  say "built: build/native/tcplab, build/wasm/tcplab.wasm, web/dist"
}
