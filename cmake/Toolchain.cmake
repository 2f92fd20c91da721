# Warnings are errors everywhere: a warning that may stay is a warning that nobody reads.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast
                    -Wsuggest-override -Wnon-virtual-dtor -Werror)
# Designated initialisers name what matters; the rest is value-initialised, and g++ warns of that all the same.
add_compile_options(-Wno-missing-field-initializers)
# g++ 12 sees overlapping copies in its own std::string operator+ once it is inlined (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-restrict)
endif()
# clang sees that libstdc++ 12's own std::stable_sort uses what libstdc++ 12 deprecates.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_compile_options(-Wno-deprecated-declarations)
endif()
# Checks of [] and iterators in every build, the release included.
add_compile_definitions(_GLIBCXX_ASSERTIONS)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT LOCKSTEP_STATIC)
  add_link_options(-fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
