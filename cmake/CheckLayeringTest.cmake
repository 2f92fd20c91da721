# cmake -DSCRATCH=<folder> -P CheckLayeringTest.cmake
# Shows that CheckLayering.cmake reports what it is there to report: a tree with one fault of each kind.
file(REMOVE_RECURSE ${SCRATCH})
file(WRITE ${SCRATCH}/layers.txt "low||\nhigh|low|package/\n")
file(WRITE ${SCRATCH}/src/low/low.h "#include <string>\n")
file(WRITE ${SCRATCH}/src/low/up.cc "#include \"high/high.h\"\n")
file(WRITE ${SCRATCH}/src/low/bare.cc "#include \"low.h\"\n")
file(WRITE ${SCRATCH}/src/low/late.h "#include <string>\n")
file(WRITE ${SCRATCH}/src/low/late.cc "#include \"low/low.h\"\n#include \"low/late.h\"\n")
file(WRITE ${SCRATCH}/src/low/package.cc "#include <package/api.h>\n")
file(WRITE ${SCRATCH}/src/high/high.h "#include \"low/low.h\"\n#include <package/api.h>\n")
file(WRITE ${SCRATCH}/src/high/high.cc "#include \"high/high.h\"\n#include <package/api.h>\n")

execute_process(COMMAND ${CMAKE_COMMAND} -DSOURCE=${SCRATCH}/src -DLAYERS=${SCRATCH}/layers.txt
                        -P ${CMAKE_CURRENT_LIST_DIR}/CheckLayering.cmake
                RESULT_VARIABLE status ERROR_VARIABLE said OUTPUT_VARIABLE said)
string(CONCAT expected
  "src/low/bare.cc: an include names its folder: #include \"low.h\"\n"
  "src/low/late.cc: its own header comes first: low/late.h\n"
  "src/low/package.cc: <package/api.h> belongs to src/high\n"
  "src/low/up.cc: low does not list high in its DEPS\n"
  "src/high/high.h: a package header does not belong in one of ours: <package/api.h>\n")
string(FIND "${said}" "${expected}" at)
if(status EQUAL 0 OR NOT at EQUAL 0 OR NOT said MATCHES "5 includes against the layering")
  message(FATAL_ERROR "status ${status}, expected a failure that says:\n${expected}got:\n${said}")
endif()
