# Toolchain: whichever Emscripten is on PATH (an active emsdk, or the distribution's package).
find_program(EMXX em++ REQUIRED)
get_filename_component(emxx_dir ${EMXX} REALPATH)
get_filename_component(emxx_dir ${emxx_dir} DIRECTORY)

# An emsdk has em++ in its root; Debian has a wrapper in /usr/bin for /usr/share/emscripten.
foreach(root ${emxx_dir} /usr/share/emscripten)
  if(EXISTS ${root}/cmake/Modules/Platform/Emscripten.cmake)
    include(${root}/cmake/Modules/Platform/Emscripten.cmake)
    return()
  endif()
endforeach()
message(FATAL_ERROR "${EMXX} has no cmake/Modules/Platform/Emscripten.cmake beside it")
