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

# CUDA and Qt belong to later parts of the project; saying so beats silence.
tidemark_note("CUDA left out: no GPU backend in this version")
tidemark_note("Qt left out: no window in this version")

if(TM_BUILD_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
endif()
