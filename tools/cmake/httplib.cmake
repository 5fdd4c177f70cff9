# baya::httplib: HTTP over cpp-httplib, which comes in three shapes:
#   1. a CMake package (upstream's own installation, vcpkg);
#   2. a shared library with a pkg-config file, which names the options it was compiled with
#      (Debian 12 and later, Ubuntu 24.04 and later): the header must be read with the same ones;
#   3. the header alone, then with OpenSSL so that a peer may be reached over https.

find_package(httplib CONFIG QUIET)
if(NOT TARGET httplib::httplib)
  find_package(PkgConfig QUIET)
  if(PkgConfig_FOUND)
    pkg_check_modules(BAYA_HTTPLIB QUIET IMPORTED_TARGET cpp-httplib)
  endif()
endif()
if(NOT TARGET httplib::httplib AND NOT BAYA_HTTPLIB_FOUND)
  find_path(BAYA_HTTPLIB_INCLUDE httplib.h)
  find_library(BAYA_HTTPLIB_LIBRARY cpp-httplib)
  find_package(OpenSSL QUIET)
  if(NOT BAYA_HTTPLIB_INCLUDE OR BAYA_HTTPLIB_LIBRARY OR NOT OPENSSL_FOUND)
    message(FATAL_ERROR "cpp-httplib was not found. Run tools/setup, or install libcpp-httplib-dev "
                        "and pkgconf.")
  endif()
endif()

add_library(baya_httplib INTERFACE)
add_library(baya::httplib ALIAS baya_httplib)
if(TARGET httplib::httplib)
  target_link_libraries(baya_httplib INTERFACE httplib::httplib)
elseif(BAYA_HTTPLIB_FOUND)
  target_link_libraries(baya_httplib INTERFACE PkgConfig::BAYA_HTTPLIB)
else()
  target_include_directories(baya_httplib SYSTEM INTERFACE "${BAYA_HTTPLIB_INCLUDE}")
  target_compile_definitions(baya_httplib INTERFACE CPPHTTPLIB_OPENSSL_SUPPORT)
  target_link_libraries(baya_httplib INTERFACE OpenSSL::SSL OpenSSL::Crypto)
endif()
