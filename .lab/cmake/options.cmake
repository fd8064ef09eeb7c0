# How all code of the lab is compiled: the target tcplab_options.
option(TCPLAB_SANITIZE "Build with clang's address and undefined-behaviour sanitizers, and the fuzz targets" OFF)
option(TCPLAB_COVERAGE "Build the fuzz targets so that clang counts the lines of the engine that they reach" OFF)
option(TCPLAB_WERROR "Treat warnings as errors" ON)

add_library(tcplab_options INTERFACE)
target_compile_options(tcplab_options INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(TCPLAB_WERROR)
  target_compile_options(tcplab_options INTERFACE -Werror)
endif()

# Floating-point results must be the same on every machine: no fused multiply-add behind our back.
target_compile_options(tcplab_options INTERFACE -ffp-contract=off)

# GCC 12 and later report copies in plain std::string concatenation as overlapping or out of bounds
# (GCC bugs 105651, 105329); the sanitized build would find real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(tcplab_options INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow)
  # GCC spent a fifth of its time on garbage collection; collecting less often takes 100 MB more for each compiler.
  target_compile_options(tcplab_options INTERFACE "SHELL:--param ggc-min-expand=400"
                                                  "SHELL:--param ggc-min-heapsize=400000")
endif()

# The sanitizers watch the engine, and the fuzz targets; those that test it compile in half the time
# without them. Checks of every pointer before its use would find what the address sanitizer finds at the
# use, and the engine has no casts of pointers and no virtual functions; they cost half of the speed.
add_library(tcplab_instruments INTERFACE)
if(TCPLAB_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  set(instead_of_address -fno-sanitize=null,alignment,object-size,pointer-overflow,vptr)
  # The engine tells the fuzzer which of its edges an input reached. What it compares would be another third
  # of the time; values are found by the mutator, the dictionary and choices near what matters.
  set(told_to_the_fuzzer -fsanitize=fuzzer-no-link -fno-sanitize-coverage=trace-cmp,indirect-calls,stack-depth)
  target_compile_options(tcplab_instruments INTERFACE ${sanitizers} ${instead_of_address} ${told_to_the_fuzzer}
                                                      -fno-omit-frame-pointer)
  target_link_options(tcplab_options INTERFACE ${sanitizers})
elseif(TCPLAB_COVERAGE)
  target_compile_options(tcplab_instruments INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(tcplab_options INTERFACE -fprofile-instr-generate)
endif()

# The engine throws nothing and lets nothing throw: what comes from outside is checked before it is
# used. Without exceptions the artefact is a quarter smaller.
if(EMSCRIPTEN)
  target_compile_options(tcplab_options INTERFACE -fno-exceptions)
  target_compile_definitions(tcplab_options INTERFACE JSON_NOEXCEPTION)
endif()
