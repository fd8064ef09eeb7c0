# The fuzz targets: one for each tests/fuzz/*.cpp, called fuzz_NAME.
file(GLOB fuzz_sources CONFIGURE_DEPENDS tests/fuzz/*.cpp)
foreach(source ${fuzz_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(fuzz_${name} ${source})
  target_link_libraries(fuzz_${name} PRIVATE tcplab_engine tcplab_instruments)
  target_compile_definitions(fuzz_${name} PRIVATE TCPLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                             $<$<BOOL:${TCPLAB_COVERAGE}>:TCPLAB_TRIES_ALL>)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endforeach()
