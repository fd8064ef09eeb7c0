# Prints the size of FILE, raw and compressed: cmake -DFILE=... -P print_size.cmake
file(SIZE ${FILE} raw)
file(ARCHIVE_CREATE OUTPUT ${FILE}.gz PATHS ${FILE} FORMAT raw COMPRESSION GZip
     COMPRESSION_LEVEL 9)
file(SIZE ${FILE}.gz compressed)
file(REMOVE ${FILE}.gz)
get_filename_component(name ${FILE} NAME)
execute_process(COMMAND ${CMAKE_COMMAND} -E echo
                "${name}: ${raw} bytes, ${compressed} bytes with gzip")
