# What is found, what is left out, and what that means; printed once at the end of the configuration.

function(tidemark_note line)
  set_property(GLOBAL APPEND_STRING PROPERTY TM_SUMMARY "\n--   ${line}")
endfunction()
function(tidemark_print_summary)
  get_property(summary GLOBAL PROPERTY TM_SUMMARY)
  message(STATUS "Tidemark ${PROJECT_VERSION} (${CMAKE_BUILD_TYPE}):${summary}")
endfunction()

find_package(nlohmann_json 3.10 REQUIRED) # header-only: config.json, safetensors headers, --json output
find_package(PkgConfig QUIET)

set(TM_HAVE_SQLITE OFF)
find_package(SQLite3 3.37 QUIET) # 3.37: STRICT tables
if(SQLite3_FOUND)
  set(TM_HAVE_SQLITE ON)
  tidemark_note("SQLite ${SQLite3_VERSION}: session files")
else()
  tidemark_note("SQLite left out (libsqlite3-dev not found): no session files, so no read, ask, sessions")
endif()

set(TM_HAVE_SENTENCEPIECE OFF)
if(PkgConfig_FOUND)
  pkg_check_modules(SentencePiece QUIET IMPORTED_TARGET sentencepiece>=0.1.97)
  set(TM_HAVE_SENTENCEPIECE ${SentencePiece_FOUND})
endif()
if(TM_HAVE_SENTENCEPIECE)
  tidemark_note("SentencePiece ${SentencePiece_VERSION}: tokenizer.model")
else()
  set(TM_HAVE_SENTENCEPIECE OFF)
  tidemark_note("SentencePiece left out (libsentencepiece-dev not found): models with tokenizer.model cannot read text")
endif()

# CUDA belongs to a later part of the project; saying so beats silence.
tidemark_note("CUDA left out: no GPU backend in this version")

set(TM_HAVE_QT OFF)
if(TM_WITH_UI AND TM_HAVE_SQLITE)
  find_package(Qt6 6.4 QUIET COMPONENTS Widgets Svg Network PrintSupport LinguistTools)
  find_package(Qt6Test 6.4 QUIET)
endif()
if(NOT TM_WITH_UI)
  tidemark_note("Qt left out (TM_WITH_UI is off): no window")
elseif(NOT TM_HAVE_SQLITE)
  tidemark_note("Qt left out (no SQLite, so no sessions to show): no window")
elseif(Qt6Widgets_FOUND AND Qt6Svg_FOUND AND Qt6Network_FOUND AND Qt6PrintSupport_FOUND AND Qt6LinguistTools_FOUND)
  set(TM_HAVE_QT ON)
  tidemark_note("Qt ${Qt6_VERSION}: the window")
else()
  tidemark_note("Qt left out (qt6-base-dev, qt6-svg-dev or qt6-tools-dev not found): no window")
endif()

if(TM_BUILD_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()
