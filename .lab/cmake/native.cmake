# The command, the unit tests and the benchmarks. Each appears when its sources and libraries do.

# Parsing these headers is most of a file's compile time. The WebAssembly build does without, so a
# forgotten #include still shows.
target_precompile_headers(tcplab_engine PRIVATE <nlohmann/json.hpp> <string> <vector>)

file(GLOB_RECURSE cli_sources CONFIGURE_DEPENDS bindings/cli/*.cpp)
if(cli_sources AND HAVE_CLI)
  add_executable(tcplab ${cli_sources})
  # Only the command has threads; the engine has none.
  find_package(Threads REQUIRED)
  target_link_libraries(tcplab PRIVATE tcplab_engine Threads::Threads)
elseif(cli_sources)
  message(STATUS "Without the command tcplab: CLI/CLI.hpp is missing (Debian: libcli11-dev)")
endif()

# The engine's linux profile against a real kernel. The unit tests try its parts, but not under the
# sanitizers: no input from outside reaches them.
file(GLOB interop_sources CONFIGURE_DEPENDS tests/interop/*.cpp)
list(REMOVE_ITEM interop_sources ${PROJECT_SOURCE_DIR}/tests/interop/main.cpp)
add_library(interop_parts STATIC ${interop_sources})
target_link_libraries(interop_parts PUBLIC tcplab_engine)
target_precompile_headers(interop_parts PRIVATE <nlohmann/json.hpp> <string> <vector>)
if(HAVE_CLI)
  add_executable(interop tests/interop/main.cpp bindings/cli/files.cpp)
  target_include_directories(interop PRIVATE bindings/cli)
  target_link_libraries(interop PRIVATE interop_parts)
  target_compile_definitions(interop PRIVATE TCPLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endif()

enable_testing()

file(GLOB_RECURSE unit_sources CONFIGURE_DEPENDS tests/unit/*.cpp)
list(FILTER unit_sources EXCLUDE REGEX "/tests/unit/interop/")
find_package(Catch2 QUIET)
if(unit_sources AND Catch2_FOUND)
  add_executable(unit_tests ${unit_sources})
  # Catch2 3 brings its own main; for Catch2 2 tests/unit/main.cpp defines it.
  if(TARGET Catch2::Catch2WithMain)
    target_link_libraries(unit_tests PRIVATE tcplab_engine Catch2::Catch2WithMain)
  else()
    target_link_libraries(unit_tests PRIVATE tcplab_engine Catch2::Catch2)
  endif()
  target_include_directories(unit_tests PRIVATE tests/unit)
  if(NOT TCPLAB_SANITIZE)
    file(GLOB interop_tests CONFIGURE_DEPENDS tests/unit/interop/*.cpp)
    target_sources(unit_tests PRIVATE ${interop_tests})
    target_link_libraries(unit_tests PRIVATE interop_parts)
    set_source_files_properties(${interop_tests} PROPERTIES INCLUDE_DIRECTORIES
                                ${PROJECT_SOURCE_DIR}/tests/interop)
  endif()
  target_compile_definitions(unit_tests PRIVATE TCPLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # Tests run once after each build: they are compiled for quick compiling.
  target_compile_options(unit_tests PRIVATE -O0)
  target_compile_definitions(unit_tests PRIVATE $<$<BOOL:${TCPLAB_SANITIZE}>:TCPLAB_SANITIZED>)
  target_precompile_headers(unit_tests PRIVATE tests/unit/catch.hpp <nlohmann/json.hpp>)
  # main.cpp sets up Catch2 before its header.
  set_source_files_properties(${PROJECT_SOURCE_DIR}/tests/unit/main.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  include(Catch)
  catch_discover_tests(unit_tests)
elseif(unit_sources)
  message(STATUS "Without unit tests: Catch2 is missing (Debian: catch2)")
endif()

file(GLOB bench_sources CONFIGURE_DEPENDS tests/bench/*.cpp)
find_package(benchmark QUIET)
if(bench_sources AND benchmark_FOUND)
  add_executable(bench ${bench_sources})
  target_link_libraries(bench PRIVATE tcplab_engine benchmark::benchmark)
  target_compile_definitions(bench PRIVATE TCPLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
elseif(bench_sources)
  message(STATUS "Without benchmarks: google benchmark is missing (Debian: libbenchmark-dev)")
endif()

# What tests/bench/instructions.mjs counts: the engine, and lwIP where it is installed.
set(counted ${PROJECT_SOURCE_DIR}/tests/bench/counted)
if(EXISTS ${counted}/count.cpp)
  set(work crowd.cpp lifetime.cpp long_run.cpp)
  list(TRANSFORM work PREPEND ${PROJECT_SOURCE_DIR}/tests/bench/)
  add_executable(bench_count EXCLUDE_FROM_ALL ${counted}/count.cpp ${work})
  target_include_directories(bench_count PRIVATE tests/bench)
  target_link_libraries(bench_count PRIVATE tcplab_engine)
  find_path(LWIP_INCLUDE lwip/tcp.h PATH_SUFFIXES lwip)
  find_library(LWIP_LIBRARY lwip)
  if(LWIP_INCLUDE AND LWIP_LIBRARY)
    add_executable(bench_lwip EXCLUDE_FROM_ALL ${counted}/lwip.cpp)
    target_include_directories(bench_lwip SYSTEM PRIVATE ${LWIP_INCLUDE})
    target_link_libraries(bench_lwip PRIVATE ${LWIP_LIBRARY})
  else()
    add_custom_target(bench_lwip)
  endif()
endif()

# For tests/parity: what it grades both ways.
if(EXISTS ${PROJECT_SOURCE_DIR}/tests/parity/answers.cpp)
  add_executable(parity_answers tests/parity/answers.cpp)
  target_link_libraries(parity_answers PRIVATE tcplab_engine)
endif()

# Simulated students, and how they are judged.
file(GLOB student_sources CONFIGURE_DEPENDS tests/students/*.cpp)
if(student_sources)
  add_executable(students ${student_sources})
  target_link_libraries(students PRIVATE tcplab_engine)
endif()
