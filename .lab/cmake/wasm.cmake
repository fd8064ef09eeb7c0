# The engine for the page and for node: tcplab.js (an ES module) and tcplab.wasm.
file(GLOB_RECURSE wasm_sources CONFIGURE_DEPENDS bindings/wasm/*.cpp)
if(NOT wasm_sources)
  message(STATUS "bindings/wasm/ has no sources yet: only the engine is built")
  return()
endif()

# Reading formats, grading, captures, and what hardly ever happens to a connection: there, size counts
# more than speed. em++ -Oz would inline nothing, not even an iterator's ++, which is slower and larger.
file(GLOB seldom CONFIGURE_DEPENDS engine/format/*.cpp engine/exercise/*.cpp engine/capture/*.cpp
     engine/lab/scenario*.cpp engine/lab/status.cpp engine/lab/catalogue.cpp engine/lab/names.cpp
     engine/lab/predicate.cpp engine/lab/session.cpp engine/lab/tcp_settings.cpp
     engine/lab/trace.cpp engine/host/bind.cpp engine/host/calls.cpp engine/host/failure.cpp
     engine/host/options.cpp engine/host/syn_cookie.cpp engine/tcp/calls.cpp engine/tcp/icmp.cpp
     engine/tcp/keep_alive.cpp engine/tcp/mutants.cpp engine/tcp/profiles.cpp
     engine/tcp/timeouts.cpp engine/tcp/transition.cpp
     bindings/wasm/*.cpp)
set_source_files_properties(${seldom} PROPERTIES COMPILE_OPTIONS "-Oz;-finline-functions")

# The page asks for no JSON Schema, so its descriptions stay out.
target_compile_definitions(tcplab_options INTERFACE TCPLAB_WITHOUT_SCHEMA)

# One piece of code, optimised as a whole: what files have in common is there once.
target_compile_options(tcplab_options INTERFACE -flto)
target_link_options(tcplab_options INTERFACE -flto)

add_executable(tcplab_wasm ${wasm_sources})
target_link_libraries(tcplab_wasm PRIVATE tcplab_engine)
set_target_properties(tcplab_wasm PROPERTIES OUTPUT_NAME tcplab SUFFIX .js)

# Without DYNAMIC_EXECUTION and FILESYSTEM the module runs under `script-src 'self'
# 'wasm-unsafe-eval'`. node loads the same artefact when it is given the bytes as `wasmBinary`.
# Linked with -O3 it would be smaller raw, but larger compressed, and hardly faster.
set(wasm_link_options
  --bind --no-entry -O2 -fno-exceptions
  -sSTRICT=1 -sMODULARIZE=1 -sEXPORT_ES6=1 -sENVIRONMENT=web,worker
  -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=1GB -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0
  -sMALLOC=dlmalloc)
target_link_options(tcplab_wasm PRIVATE ${wasm_link_options})

# Debian's Emscripten finds its JavaScript parser (acorn) only through NODE_PATH; an emsdk brings its
# own in node_modules and must not be disturbed.
if(EXISTS /usr/share/nodejs/acorn AND NOT EXISTS ${EMSCRIPTEN_ROOT_PATH}/node_modules/acorn)
  set_target_properties(tcplab_wasm PROPERTIES RULE_LAUNCH_LINK
    "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
endif()

# The benchmark's own module, built by tests/bench/wasm.mjs.
set(bench_dir ${PROJECT_SOURCE_DIR}/tests/bench)
if(EXISTS ${bench_dir}/wasm_bench.cpp)
  add_executable(tcplab_bench_wasm EXCLUDE_FROM_ALL ${bench_dir}/wasm_bench.cpp
                 ${bench_dir}/lifetime.cpp ${bench_dir}/crowd.cpp)
  target_link_libraries(tcplab_bench_wasm PRIVATE tcplab_engine)
  target_link_options(tcplab_bench_wasm PRIVATE ${wasm_link_options})
  set_target_properties(tcplab_bench_wasm PROPERTIES SUFFIX .js)
  get_target_property(launcher tcplab_wasm RULE_LAUNCH_LINK)
  if(launcher)
    set_target_properties(tcplab_bench_wasm PROPERTIES RULE_LAUNCH_LINK "${launcher}")
  endif()
endif()
