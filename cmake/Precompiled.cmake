# What nearly every file begins with, compiled once for all of them: half of the time of a small file.
#
# Tests have GoogleTest so in every build. Sources have the standard headers so only where LOCKSTEP_PRECOMPILED says it
# (sanitizers, fuzzing): elsewhere each must say what it uses, or it does not compile.
option(LOCKSTEP_PRECOMPILED "Precompile the standard headers for all sources" OFF)
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cc "")

if(LOCKSTEP_PRECOMPILED)
  add_library(precompiled_standard OBJECT ${CMAKE_BINARY_DIR}/precompiled.cc)
  target_precompile_headers(precompiled_standard PRIVATE <algorithm> <array> <charconv> <chrono> <expected> <functional> <map>
                            <memory> <mutex> <optional> <set> <span> <sstream> <string> <string_view> <unordered_map> <variant>
                            <vector>)
endif()

find_package(GTest REQUIRED)
set(LOCKSTEP_TEST_OPTIONS -O0 -fno-sanitize=undefined)
add_library(precompiled_tests OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled.cc)
target_link_libraries(precompiled_tests PRIVATE GTest::gtest)
target_compile_options(precompiled_tests PRIVATE ${LOCKSTEP_TEST_OPTIONS})
target_precompile_headers(precompiled_tests PRIVATE <gtest/gtest.h>)
