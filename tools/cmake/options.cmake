# Compiler settings, as one interface target that every target of ours links.

option(BAYA_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(BAYA_TESTS "Build the unit tests" ON)
option(BAYA_UNITY_TESTS "Compile a program's tests together: quicker from nothing, slower after a change"
       OFF)

add_library(baya_options INTERFACE)
target_compile_features(baya_options INTERFACE cxx_std_20)
target_compile_options(
  baya_options
  INTERFACE -Wall
            -Wextra
            -Wshadow
            -Wconversion
            -Wimplicit-fallthrough
            -Werror
            # The same result for the same input on every target (core/docs/adr/0002).
            -ffp-contract=off
            # No absolute path in any artefact: two checkouts give the same bytes.
            "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=."
            "-ffile-prefix-map=${CMAKE_BINARY_DIR}=build")

# The core is also built without exceptions and run-time type information.
add_library(baya_core_options INTERFACE)
target_link_libraries(baya_core_options INTERFACE baya_options)
target_compile_options(
  baya_core_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>
                              $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>)

# What a page loads is optimised across rooms.
if(EMSCRIPTEN)
  target_compile_options(baya_core_options INTERFACE -flto)
endif()

if(BAYA_SANITIZE)
  # Without `vptr`, which needs the type information that the core is built without.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  # GCC's flow analysis does not see through the instrumentation and warns of every variant that is
  # moved; the builds without it keep the warning.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-maybe-uninitialized)
  endif()
endif()

if(EMSCRIPTEN)
  # Whatever runs SIMD has the older three as well.
  add_compile_options(-msimd128 -mbulk-memory -mnontrapping-fptoint -msign-ext)
endif()

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
