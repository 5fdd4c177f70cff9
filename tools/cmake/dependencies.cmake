# Every library that is not ours, found in this order:
#   1. a CMake package (Debian -dev, vcpkg, Conan) for a native build;
#   2. the distribution's headers or sources, for a wasm build;
#   3. libsodium: the source tree that `tools/setup` put in build/deps, in every build.
# What is missing ends the configuration with the command that installs it.

set(BAYA_DEPS_DIR "${CMAKE_SOURCE_DIR}/build/deps" CACHE PATH "Where tools/setup puts sources")

include(libsodium)

if(NOT EMSCRIPTEN)
  find_package(nlohmann_json CONFIG QUIET)
endif()
if(NOT TARGET nlohmann_json::nlohmann_json)
  find_path(BAYA_NLOHMANN_INCLUDE nlohmann/json.hpp PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH)
  if(NOT BAYA_NLOHMANN_INCLUDE)
    message(FATAL_ERROR "nlohmann/json was not found. Run tools/setup, or install "
                        "nlohmann-json3-dev.")
  endif()
  # A folder with this library alone: the machine's headers must not hide those of the target.
  file(COPY "${BAYA_NLOHMANN_INCLUDE}/nlohmann" DESTINATION "${CMAKE_BINARY_DIR}/include")
  add_library(nlohmann_json INTERFACE)
  target_include_directories(nlohmann_json SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/include")
  add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
endif()

if(NOT EMSCRIPTEN)
  find_package(CLI11 CONFIG QUIET)
endif()
if(NOT TARGET CLI11::CLI11)
  find_path(BAYA_CLI11_INCLUDE CLI/CLI.hpp PATHS /usr/include NO_CMAKE_FIND_ROOT_PATH)
  if(NOT BAYA_CLI11_INCLUDE)
    message(FATAL_ERROR "CLI11 was not found. Run tools/setup, or install libcli11-dev.")
  endif()
  file(COPY "${BAYA_CLI11_INCLUDE}/CLI" DESTINATION "${CMAKE_BINARY_DIR}/include")
  add_library(CLI11 INTERFACE)
  target_include_directories(CLI11 SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/include")
  # It reports a wrong command line, and --help, by throwing; emscripten leaves that out by default.
  target_compile_options(CLI11 INTERFACE -fexceptions)
  target_link_options(CLI11 INTERFACE -fexceptions)
  add_library(CLI11::CLI11 ALIAS CLI11)
endif()

# What the aggregators and their clients alone need.
if(NOT EMSCRIPTEN)
  find_package(SQLite3 QUIET)
  if(NOT SQLite3_FOUND)
    message(FATAL_ERROR "SQLite was not found. Run tools/setup, or install libsqlite3-dev.")
  endif()
  include(httplib)
endif()

if(BAYA_TESTS)
  if(NOT EMSCRIPTEN)
    find_package(GTest CONFIG QUIET)
  endif()
  if(NOT TARGET GTest::gmock)
    find_path(BAYA_GOOGLETEST_SOURCE CMakeLists.txt PATHS /usr/src/googletest NO_DEFAULT_PATH
              NO_CMAKE_FIND_ROOT_PATH)
    if(NOT BAYA_GOOGLETEST_SOURCE)
      message(FATAL_ERROR "GoogleTest was not found. Run tools/setup, or install libgtest-dev and "
                          "libgmock-dev, or configure with -DBAYA_TESTS=OFF.")
    endif()
    set(INSTALL_GTEST OFF)
    add_subdirectory(${BAYA_GOOGLETEST_SOURCE} "${CMAKE_BINARY_DIR}/googletest" EXCLUDE_FROM_ALL)
    if(NOT TARGET GTest::gmock)
      add_library(GTest::gmock ALIAS gmock)
      add_library(GTest::gtest_main ALIAS gtest_main)
    endif()
  endif()
endif()
