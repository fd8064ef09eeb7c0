# Several sources of a folder are compiled as one: what they include and instantiate is compiled once for all of them,
# which takes half of the time. After a change of one source a batch is compiled; -DTCPLAB_UNITY=OFF compiles that one
# alone. clang-tidy (.lab/check_tidy.mjs) always reads each source by itself.
option(TCPLAB_UNITY "Compile sources in batches" ON)

# compile_in_batches(TARGET FOLDER...): the sources of TARGET that lie in one of the folders, so many at a time that every
# processor has work to the end. A source with compile options of its own stays alone.
function(compile_in_batches target)
  if(NOT TCPLAB_UNITY)
    return()
  endif()
  set(most_in_a_batch 7)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  foreach(folder ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    list(LENGTH sources count)
    math(EXPR batches "(${count} + ${most_in_a_batch} - 1) / ${most_in_a_batch}")
    string(MAKE_C_IDENTIFIER ${folder} name)
    set(at 0)
    foreach(source ${sources})
      math(EXPR batch "${at} * ${batches} / ${count} + 1")
      math(EXPR at "${at} + 1")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${name}_${batch})
    endforeach()
  endforeach()
endfunction()
