# How all code of the lab is compiled: the target tcplab_options.
option(TCPLAB_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(TCPLAB_FUZZ "Build the fuzz targets, and nothing else, with clang's libFuzzer" OFF)
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
endif()

if(TCPLAB_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_compile_options(tcplab_options INTERFACE ${sanitizers} -fno-omit-frame-pointer)
  target_link_options(tcplab_options INTERFACE ${sanitizers})
endif()

# The engine tells the fuzzer which of its edges an input reached.
if(TCPLAB_FUZZ)
  target_compile_options(tcplab_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# The engine throws nothing and lets nothing throw: what comes from outside is checked before it is
# used. Without exceptions the artefact is a quarter smaller.
if(EMSCRIPTEN)
  target_compile_options(tcplab_options INTERFACE -fno-exceptions)
  target_compile_definitions(tcplab_options INTERFACE JSON_NOEXCEPTION)
endif()
