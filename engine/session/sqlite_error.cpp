// SQLite's result codes as sentences that say what to do.

#include <cstring>

#include "engine/session/sqlite_connection.h"

namespace tidemark {
namespace {

struct Advice {
  ErrorCode code;
  const char* whatToDo;
};

Advice adviceFor(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {ErrorCode::kBusy, "another program is using it: close it there and try again"};
    case SQLITE_FULL:
      return {ErrorCode::kIo, "free some disk space and try again; what was stored before is intact"};
    case SQLITE_READONLY:
      return {ErrorCode::kIo, "make the file and its folder writable, or copy it to a folder that is"};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::kIo, "check that its folder exists and that you may read and write there"};
    case SQLITE_IOERR:
      return {ErrorCode::kIo,
              "check the disk, its free space and limits on the size of files, then try again; what was stored before "
              "is intact"};
    case SQLITE_CORRUPT:
      return {ErrorCode::kCorrupt, "the file is damaged: go back to a copy of it, or read the document again"};
    case SQLITE_NOTADB:
      return {ErrorCode::kCorrupt, "it is not a Tidemark session: choose another file"};
    case SQLITE_NOMEM:
      return {ErrorCode::kOutOfMemory, "close other programs and try again"};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return {ErrorCode::kInvalidArgument, "a session cannot hold this value: nothing was stored"};
    case SQLITE_TOOBIG:
      return {ErrorCode::kInvalidArgument, "one value may have at most 1,000,000,000 bytes: nothing was stored"};
    default:
      return {ErrorCode::kInternal, "this should not happen: please report it with this sentence"};
  }
}

}  // namespace

Error SqliteConnection::error(int code, const char* doing, const char* file, int line) const {
  // The connection keeps the details of its last failure; a code of our own finding has only its general words.
  const bool isLast = handle != nullptr && (sqlite3_errcode(handle) & 0xff) == (code & 0xff);
  std::string words = isLast ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const int basic = code & 0xff;
  const bool isSystem = basic == SQLITE_IOERR || basic == SQLITE_CANTOPEN || basic == SQLITE_FULL;
  if (const int number = isLast && isSystem ? sqlite3_system_errno(handle) : 0; number != 0) {
    words += std::string(" (") + std::strerror(number) + ")";
  }
  const Advice advice = adviceFor(code);
  return makeError(advice.code,
                   std::string("cannot ") + doing + " " + path.string() + ": " + words + "; " + advice.whatToDo, file,
                   line);
}

}  // namespace tidemark
