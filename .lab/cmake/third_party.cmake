# Header-only libraries of the system, as the target third_party_headers.
#
# They are reached through a folder of symbolic links, because Emscripten must not see the rest of
# /usr/include: the host's C headers would shadow its own.
set(third_party_dir ${CMAKE_BINARY_DIR}/third_party)
file(MAKE_DIRECTORY ${third_party_dir})

# Links FOLDER (as in `#include <FOLDER/...>`) into third_party_dir; sets HAVE_<FOLDER>.
function(link_system_headers folder header)
  find_path(${folder}_INCLUDE ${folder}/${header} PATHS /usr/include /usr/local/include
            NO_CMAKE_FIND_ROOT_PATH)
  if(${folder}_INCLUDE)
    file(CREATE_LINK ${${folder}_INCLUDE}/${folder} ${third_party_dir}/${folder} SYMBOLIC)
  endif()
  set(HAVE_${folder} ${${folder}_INCLUDE} PARENT_SCOPE)
endfunction()

link_system_headers(nlohmann json.hpp)
link_system_headers(tl expected.hpp)
link_system_headers(CLI CLI.hpp)
if(NOT HAVE_nlohmann OR NOT HAVE_tl)
  message(FATAL_ERROR "The headers nlohmann/json.hpp and tl/expected.hpp are needed "
                      "(Debian: nlohmann-json3-dev libexpected-dev)")
endif()

add_library(third_party_headers INTERFACE)
target_include_directories(third_party_headers SYSTEM INTERFACE ${third_party_dir})
