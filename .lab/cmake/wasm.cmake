# The engine for the page and for node: tcplab.js (an ES module) and tcplab.wasm.
file(GLOB_RECURSE wasm_sources CONFIGURE_DEPENDS bindings/wasm/*.cpp)
if(NOT wasm_sources)
  message(STATUS "bindings/wasm/ has no sources yet: only the engine is built")
  return()
endif()

# The code that every segment passes through is compiled for speed. The rest (formats, grading, captures, calls, rare
# events of a connection) is compiled for size. em++ -Oz would inline nothing, not even an iterator's ++, which is
# slower and larger.
file(GLOB often CONFIGURE_DEPENDS engine/wire/*.cpp engine/net/*.cpp engine/tcp/segment_arrives/*.cpp)
foreach(name host/host host/listen host/listener_cookies host/lookup host/records host/syn_cache host/syn_queue
        tcp/congestion tcp/forgotten tcp/isn tcp/minisock tcp/options tcp/output tcp/persist tcp/quick_ack tcp/reassembly
        tcp/resting_tcb tcp/retransmission tcp/rto tcp/tcb tcp/time_wait
        lab/events lab/match lab/wanted lab/world lab/world_steps)
  list(APPEND often ${PROJECT_SOURCE_DIR}/engine/${name}.cpp)
endforeach()
set(for_size -Oz -finline-functions)
target_compile_options(tcplab_engine PRIVATE ${for_size})
# A precompiled header is valid only for one set of compile options.
set_source_files_properties(${often} PROPERTIES COMPILE_OPTIONS "-O3" SKIP_PRECOMPILE_HEADERS ON)

# The page never asks for the JSON Schema, so its descriptions are left out.
target_compile_definitions(tcplab_options INTERFACE TCPLAB_WITHOUT_SCHEMA)

# Link-time optimisation: code that several files share is emitted once.
target_compile_options(tcplab_options INTERFACE -flto)
target_link_options(tcplab_options INTERFACE -flto)

add_executable(tcplab_wasm ${wasm_sources})
target_link_libraries(tcplab_wasm PRIVATE tcplab_engine)
target_compile_options(tcplab_wasm PRIVATE ${for_size})
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
