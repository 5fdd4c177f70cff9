# baya::sodium: the part of libsodium that core/crypto uses, compiled from source in every build.
#
# The same portable C files, with the same definitions, make the native and the wasm library, so
# that what runs under the sanitizers is what ships. No assembly, no CPU detection and no entropy:
# sodium_init() is never called and every draw of random bytes aborts (libsodium_port.c), because
# randomness enters the core through Host alone.

set(BAYA_LIBSODIUM_MINIMUM 1.0.18)
set(BAYA_LIBSODIUM_SOURCE "$ENV{BAYA_LIBSODIUM_SOURCE}" CACHE PATH
    "A libsodium source tree; empty: the newest that tools/fetch-libsodium put in BAYA_DEPS_DIR")

# Sets `out` to the source tree and ends the configuration when there is none new enough.
function(baya_find_libsodium out)
  set(tree "${BAYA_LIBSODIUM_SOURCE}")
  if(NOT tree)
    file(GLOB trees "${BAYA_DEPS_DIR}/libsodium-*")
    list(SORT trees COMPARE NATURAL ORDER DESCENDING)
    list(POP_FRONT trees tree)
  endif()
  if(NOT EXISTS "${tree}/configure.ac")
    message(FATAL_ERROR "libsodium's source was not found. Run tools/setup, or "
                        "tools/fetch-libsodium for it alone, or configure with "
                        "-DBAYA_LIBSODIUM_SOURCE=PATH.")
  endif()
  file(STRINGS "${tree}/configure.ac" line REGEX "^AC_INIT\\(\\[libsodium\\]" LIMIT_COUNT 1)
  string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" version "${line}")
  if(NOT version OR version VERSION_LESS BAYA_LIBSODIUM_MINIMUM)
    message(FATAL_ERROR "${tree} is not libsodium ${BAYA_LIBSODIUM_MINIMUM} or newer. Run "
                        "tools/setup, or configure with -DBAYA_LIBSODIUM_SOURCE=PATH.")
  endif()
  message(STATUS "libsodium ${version}: ${tree}")
  set(${out} "${tree}/src/libsodium" PARENT_SCOPE)
endfunction()

baya_find_libsodium(sodium_root)

# By name, because releases moved some of them to other folders of the same primitive.
set(sodium_files
    aead_chacha20poly1305.c
    aead_xchacha20poly1305.c
    auth_hmacsha256.c
    chacha20_ref.c
    core_hchacha20.c
    ed25519_ref10.c
    hash_sha256_cp.c
    hash_sha512_cp.c
    keypair.c
    onetimeauth_poly1305.c
    open.c
    poly1305_donna.c
    scalarmult_curve25519.c
    sign.c
    stream_chacha20.c
    utils.c
    verify.c
    x25519_ref10.c)
set(sodium_sources "${CMAKE_CURRENT_LIST_DIR}/libsodium_port.c")
# The stream cipher of the vault is built for speed; a page checks one signature and derives few keys.
set(sodium_fast chacha20_ref.c)
foreach(file IN LISTS sodium_files)
  file(GLOB_RECURSE found "${sodium_root}/${file}")
  list(LENGTH found count)
  if(NOT count EQUAL 1)
    message(FATAL_ERROR "${sodium_root} has ${count} files ${file}, not one: this version of "
                        "libsodium is laid out in a new way; see tools/cmake/libsodium.cmake.")
  endif()
  list(APPEND sodium_sources "${found}")
  if(EMSCRIPTEN AND NOT file IN_LIST sodium_fast)
    set_source_files_properties("${found}" PROPERTIES COMPILE_OPTIONS "-Oz;-finline-functions;-fno-slp-vectorize;-fno-unroll-loops")
  endif()
  if(file STREQUAL x25519_ref10.c)
    # Its table of functions names X25519 by the Ed25519 base-point table (30 KB), which would be
    # linked with it. We compute public keys by the ladder, and the name leads to an abort.
    set_source_files_properties("${found}" PROPERTIES COMPILE_DEFINITIONS
                                ge25519_scalarmult_base=baya_sodium_no_base_point_table)
  endif()
endforeach()

add_library(baya_sodium STATIC EXCLUDE_FROM_ALL ${sodium_sources})
add_library(baya::sodium ALIAS baya_sodium)
target_include_directories(baya_sodium SYSTEM PUBLIC "${sodium_root}/include")
target_include_directories(baya_sodium PRIVATE "${sodium_root}/include/sodium")
target_compile_definitions(
  baya_sodium
  PUBLIC SODIUM_STATIC
  PRIVATE CONFIGURED=1
          HAVE_WEAK_SYMBOLS=1  # for sodium_memzero
          NDEBUG
          # CMake does not learn the byte order from emscripten.
          $<$<OR:$<BOOL:${EMSCRIPTEN}>,$<STREQUAL:${CMAKE_C_BYTE_ORDER},LITTLE_ENDIAN>>:NATIVE_LITTLE_ENDIAN=1>)
target_compile_options(baya_sodium PRIVATE -w -ffunction-sections -fdata-sections
                                           $<$<CONFIG:Debug>:-O2>)
