# lockstep_tests(LIB [DEPS lib...]): tests/LIB/*_test.cc as one binary, LIB_test, that links LIB and tests/support
# only, which also proves that the library stands alone. tests/fuzz/LIB_*_fuzz.cc are built as replayers of their corpus
# in every build, and as libFuzzer programs under the fuzz preset.

# The tests themselves need no optimising and no checks of undefined behaviour: what they test has them, and they compile in
# a quarter of the time.
function(lockstep_test_program name)
  target_link_libraries(${name} PRIVATE test_support GTest::gtest GTest::gtest_main)
  target_precompile_headers(${name} REUSE_FROM precompiled_tests)
  target_compile_options(${name} PRIVATE ${LOCKSTEP_TEST_OPTIONS})
  target_compile_definitions(${name} PRIVATE LOCKSTEP_TEST_DIR="${PROJECT_SOURCE_DIR}/tests")
endfunction()

function(lockstep_tests lib)
  cmake_parse_arguments(arg "" "" "DEPS" ${ARGN})
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${lib}/*_test.cc)
  if(tests AND NOT LOCKSTEP_FUZZ)
    add_executable(${lib}_test ${tests})
    target_link_libraries(${lib}_test PRIVATE ${lib} ${arg_DEPS})
    lockstep_test_program(${lib}_test)
    add_test(NAME ${lib} COMMAND ${lib}_test)
    set_tests_properties(${lib} PROPERTIES TIMEOUT 600)
  endif()

  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${lib}_*_fuzz.cc)
  foreach(source IN LISTS fuzzers)
    get_filename_component(name ${source} NAME_WE)
    set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
    if(LOCKSTEP_FUZZ)
      add_executable(${name} ${source})
      target_link_libraries(${name} PRIVATE ${lib} ${arg_DEPS})
      target_link_options(${name} PRIVATE -fsanitize=fuzzer)
      add_dependencies(fuzzers ${name})
      # What it learns goes to the build folder, never into the seeds.
      set(learnt ${CMAKE_CURRENT_BINARY_DIR}/corpus/${name})
      file(MAKE_DIRECTORY ${learnt})
      add_test(NAME ${name} COMMAND sh -c
        "exec $<TARGET_FILE:${name}> -max_total_time=\${LOCKSTEP_FUZZ_SECONDS:-5} -timeout=10 -rss_limit_mb=1024 \
         -print_final_stats=1 -artifact_prefix=${CMAKE_BINARY_DIR}/ ${learnt} ${corpus}")
    else()
      add_executable(${name} ${source} ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/replay.cc)
      target_link_libraries(${name} PRIVATE ${lib} ${arg_DEPS})
      add_test(NAME ${name} COMMAND ${name} ${corpus})
    endif()
  endforeach()
endfunction()

# The layering: that every #include is in order, and that one which is not would be reported.
function(lockstep_layering_tests)
  add_test(NAME layering COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR}/src
           -DLAYERS=${CMAKE_BINARY_DIR}/layers.txt -P ${PROJECT_SOURCE_DIR}/cmake/CheckLayering.cmake)
  add_test(NAME layering_negative COMMAND ${CMAKE_COMMAND} -DSCRATCH=${CMAKE_BINARY_DIR}/layering_negative
           -P ${PROJECT_SOURCE_DIR}/cmake/CheckLayeringTest.cmake)
endfunction()

# Every document that shows commands: tests/transcripts/*.md, docs/guide/*.md and README.md, run against the program.
function(lockstep_transcripts)
  if(LOCKSTEP_FUZZ)
    return()
  endif()
  add_executable(transcripts_test transcripts/transcripts_test.cc)
  add_dependencies(transcripts_test lockstep)
  lockstep_test_program(transcripts_test)
  target_compile_definitions(transcripts_test PRIVATE LOCKSTEP_PROGRAM="$<TARGET_FILE:lockstep>")
  add_test(NAME transcripts COMMAND transcripts_test)
  set_tests_properties(transcripts PROPERTIES TIMEOUT 600)
endfunction()
