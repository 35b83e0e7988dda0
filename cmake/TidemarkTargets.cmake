# Warnings and sanitizers for our own code, and the two functions every folder declares its target with.

add_library(tidemark_options INTERFACE)
target_include_directories(tidemark_options INTERFACE ${CMAKE_SOURCE_DIR})
# Contraction is written out (std::fma, vector fma) where it is wanted: the same source must give the same bits whatever
# instruction set the compiler is allowed to use.
target_compile_options(tidemark_options INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wconversion -Wno-sign-conversion -ffp-contract=off)
if(TM_WERROR)
  target_compile_options(tidemark_options INTERFACE -Werror)
endif()
find_package(Threads REQUIRED)
target_link_libraries(tidemark_options INTERFACE Threads::Threads)

if(TM_SANITIZE STREQUAL "address-undefined")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(TM_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
elseif(NOT TM_SANITIZE STREQUAL "")
  message(FATAL_ERROR "TM_SANITIZE is '${TM_SANITIZE}'; it can be empty, address-undefined or thread")
endif()

# Under a sanitizer the tests and the window wait for nothing that they compute themselves: compiling them without
# optimisation takes half as long, and running them no longer.
function(tidemark_compile_fast name)
  if(TM_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
endfunction()

# tidemark_library(NAME SOURCES a.cpp ... DEPENDS tidemark::base ... [PRIVATE_DEPENDS lib ...])
# One engine folder = one target: an include that the dependency rules do not allow fails to link.
function(tidemark_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(tidemark_${name} STATIC ${ARG_SOURCES})
  add_library(tidemark::${name} ALIAS tidemark_${name})
  target_link_libraries(tidemark_${name} PUBLIC ${ARG_DEPENDS} PRIVATE tidemark_options ${ARG_PRIVATE_DEPENDS})
  target_include_directories(tidemark_${name} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()

# tidemark_test(NAME SOURCES a_test.cpp ... DEPENDS tidemark::base ... LABELS unit [TIMEOUT seconds])
function(tidemark_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  tidemark_compile_fast(${name})
  target_link_libraries(${name} PRIVATE tidemark_options ${ARG_DEPENDS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE TM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" TM_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

# The same for a folder of ui/: Qt's moc runs over it, text is QStringLiteral or tr(), and signals are Q_SIGNALS.
function(tidemark_ui_library name)
  tidemark_library(ui_${name} ${ARGN})
  set_target_properties(tidemark_ui_${name} PROPERTIES AUTOMOC ON)
  tidemark_compile_fast(tidemark_ui_${name})
  target_compile_definitions(tidemark_ui_${name} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII)
endfunction()

# tidemark_ui_test(NAME SOURCES .. DEPENDS .. LABELS ui [TIMEOUT s]): a test with a QApplication on the offscreen platform.
function(tidemark_ui_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/ui/support/ui_test_main.cpp)
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  tidemark_compile_fast(${name})
  target_link_libraries(${name} PRIVATE tidemark_options ${ARG_DEPENDS} Qt6::Widgets Qt6::Test GTest::gmock GTest::gtest)
  target_compile_definitions(${name} PRIVATE TM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" TM_BINARY_DIR="${CMAKE_BINARY_DIR}"
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()
