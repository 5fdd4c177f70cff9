# baya_room(NAME  SOURCES a.cc b.cc  DEPENDS base codec  LIBRARIES baya::sodium  TESTS a_test.cc)
#
# One static library `baya_NAME` (alias baya::NAME) for a room of core/, and one test program
# `NAME_test` that runs natively or, in a wasm build, in Node. SOURCES may be empty for a room of
# headers. tests/checks/room_order.test.mjs holds DEPENDS and the includes to the room order.
function(baya_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;LIBRARIES;TESTS;TEST_LIBRARIES" ${ARGN})
  if(ROOM_SOURCES)
    add_library(baya_${name} STATIC ${ROOM_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(baya_${name} PRIVATE baya_core_options ${ROOM_LIBRARIES})
    # A page pays for each byte of the module and waits for little of it; ranking at -O2 is at most
    # a tenth quicker than at -Oz. emcc turns inlining off at -Os and -Oz (its INLINING_LIMIT), and
    # then every accessor of the standard library stays a call.
    if(EMSCRIPTEN)
      target_compile_options(baya_${name} PRIVATE -Oz -finline-functions)
    endif()
  else()
    add_library(baya_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(baya::${name} ALIAS baya_${name})
  target_include_directories(baya_${name} ${scope} "${CMAKE_SOURCE_DIR}/core")
  target_compile_features(baya_${name} ${scope} cxx_std_20)
  foreach(room IN LISTS ROOM_DEPENDS)
    target_link_libraries(baya_${name} ${scope} baya::${room})
  endforeach()
  if(BAYA_TESTS AND ROOM_TESTS)
    baya_test(${name}_test SOURCES ${ROOM_TESTS} LIBRARIES baya::${name} ${ROOM_TEST_LIBRARIES})
  endif()
endfunction()

# baya_test(NAME  SOURCES a_test.cc  LIBRARIES ...): a GoogleTest program, registered with ctest.
# Results go to build/PRESET/results/NAME.xml. `baya_tests` builds them all. Does nothing with
# -DBAYA_TESTS=OFF.
add_custom_target(baya_tests)
function(baya_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT BAYA_TESTS)
    return()
  endif()
  add_executable(${name} ${TEST_SOURCES})
  add_dependencies(baya_tests ${name})
  target_link_libraries(${name} PRIVATE baya_options ${TEST_LIBRARIES} GTest::gmock
                                        GTest::gtest_main)
  # A test runs for less time than it is compiled; the code under test keeps its own flags.
  if(EMSCRIPTEN)
    baya_node_program(${name})
    target_compile_options(${name} PRIVATE -O1)
    target_link_options(${name} PRIVATE -O1)
  elseif(BAYA_UNITY_TESTS)
    target_compile_options(${name} PRIVATE -O0)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON)
    # What is no test stays in compile_commands.json, for clang-tidy.
    foreach(source IN LISTS TEST_SOURCES)
      if(NOT source MATCHES "_test\\.cc$")
        set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      endif()
    endforeach()
  endif()
  add_test(NAME ${name} COMMAND ${name}
                                --gtest_output=xml:${CMAKE_BINARY_DIR}/results/${name}.xml)
endfunction()

# Makes an executable target of a wasm build run in Node: exceptions for GoogleTest and CLI11,
# the machine's files, the caller's environment.
function(baya_node_program name)
  target_link_options(
    ${name} PRIVATE -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sNODERAWFS=1
    -sTOTAL_STACK=1048576 "--pre-js=${CMAKE_SOURCE_DIR}/tools/cmake/node_environment.js")
  set_target_properties(
    ${name} PROPERTIES SUFFIX .cjs CROSSCOMPILING_EMULATOR "node;--no-experimental-fetch"
                       LINK_DEPENDS "${CMAKE_SOURCE_DIR}/tools/cmake/node_environment.js")
endfunction()
