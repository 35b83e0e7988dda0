#pragma once
// What sqlite.cpp and sqlite_error.cpp share. Private to them: it includes sqlite3.h.

#include <sqlite3.h>

#include <filesystem>

#include "engine/base/result.h"

namespace tidemark {

/// An open connection. Statements share it, so that it closes after the last of them.
struct SqliteConnection {
  sqlite3* handle = nullptr;
  std::filesystem::path path;  // as errors name it

  SqliteConnection(sqlite3* openHandle, std::filesystem::path openPath)
      : handle(openHandle), path(std::move(openPath)) {}
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection() { sqlite3_close_v2(handle); }

  /// The error `code` of a call that was to `doing` this file.
  [[nodiscard]] Error error(int code, const char* doing, const char* file = __builtin_FILE(),
                            int line = __builtin_LINE()) const;
};

}  // namespace tidemark
