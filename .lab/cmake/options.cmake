# How all code of the lab is compiled: the target tcplab_options.
option(TCPLAB_SANITIZE "Build with clang's address and undefined-behaviour sanitizers, and the fuzz targets" OFF)
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

# The sanitizers watch the engine, and the fuzz targets; those that test it compile in half the time
# without them.
add_library(tcplab_sanitizers INTERFACE)
if(TCPLAB_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  # The engine tells the fuzzer which of its edges an input reached.
  target_compile_options(tcplab_sanitizers INTERFACE ${sanitizers} -fsanitize=fuzzer-no-link
                                                     -fno-omit-frame-pointer)
  target_link_options(tcplab_options INTERFACE ${sanitizers})
endif()

# The engine throws nothing and lets nothing throw: what comes from outside is checked before it is
# used. Without exceptions the artefact is a quarter smaller.
if(EMSCRIPTEN)
  target_compile_options(tcplab_options INTERFACE -fno-exceptions)
  target_compile_definitions(tcplab_options INTERFACE JSON_NOEXCEPTION)
endif()
