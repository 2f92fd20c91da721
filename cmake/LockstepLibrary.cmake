# lockstep_library(NAME [DEPS lib...] [OWNS target-or-library...] [HEADERS package-header...])
#
# One folder below src/ is one library. DEPS are the folders it may include, all declared further up in
# src/CMakeLists.txt: a cycle cannot be written. OWNS are packages that this folder alone links, HEADERS the package
# headers that no other folder may include. The layering test (cmake/CheckLayering.cmake) holds every #include against this.
function(lockstep_library name)
  cmake_parse_arguments(arg "" "" "DEPS;OWNS;HEADERS" ${ARGN})
  foreach(dep IN LISTS arg_DEPS)
    if(NOT TARGET ${dep})
      message(FATAL_ERROR "src/${name} depends on ${dep}, which is not declared above it in src/CMakeLists.txt")
    endif()
  endforeach()

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.h)
  set(access PUBLIC)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PRIVATE ${arg_OWNS})
    if(LOCKSTEP_PRECOMPILED)
      target_precompile_headers(${name} REUSE_FROM precompiled_standard)
    endif()
  else()
    add_library(${name} INTERFACE)
    set(access INTERFACE)
  endif()
  # A header with a source of its own compiles alone because that includes it first (CheckLayering.cmake): those without
  # one are compiled by themselves.
  if(sources)
    foreach(source IN LISTS sources)
      string(REGEX REPLACE "\\.cc$" ".h" header ${source})
      list(REMOVE_ITEM headers ${header})
    endforeach()
  endif()
  target_sources(${name} ${access} FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${headers})
  target_link_libraries(${name} ${access} ${arg_DEPS})
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)

  set_property(GLOBAL APPEND PROPERTY LOCKSTEP_LIBRARIES ${name})
  string(REPLACE ";" "," deps "${arg_DEPS}")
  string(REPLACE ";" "," owned "${arg_HEADERS}")
  set_property(GLOBAL APPEND PROPERTY LOCKSTEP_LAYERS "${name}|${deps}|${owned}")
endfunction()
