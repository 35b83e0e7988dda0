#include "engine/session/session_move.h"

#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>

#include "engine/session/schema.h"
#include "engine/session/session_file.h"
#include "engine/session/session_lock.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

fs::path withEnding(fs::path path, const char* ending) {
  path += ending;
  return path;
}

/// Moves without ever replacing. File systems that do not know how are asked first instead; the lock of the target
/// keeps other Tidemarks from taking the name in between.
int renameToFree(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  std::error_code failure;
  if (fs::exists(fs::symlink_status(to, failure))) return EEXIST;
  return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

/// Puts the log into the file, which needs it to be nobody's but ours; afterwards the file is all there is. A file that
/// is not a session, or that cannot be written to, is left as it is.
Status settle(const fs::path& path) {
  const Result<Database> database = Database::open(path, DatabaseMode::kWrite);
  if (!database) return {};
  const Result<std::int64_t> id = database->integer("PRAGMA application_id", "open");
  if (!id) return id.error().code == ErrorCode::kBusy ? Status(id.error()) : Status();
  if (*id != kSessionApplicationId || database->isReadOnly()) return {};
  const Status settled = database->execute("PRAGMA journal_mode = DELETE", "move");
  if (!settled && settled.error().code == ErrorCode::kBusy) return settled;
  return {};
}

}  // namespace

std::uint64_t sessionBytes(const fs::path& path) {
  std::uint64_t bytes = 0;
  for (const char* ending : {"", "-wal"}) {
    std::error_code failure;
    const std::uintmax_t size = fs::file_size(withEnding(path, ending), failure);
    if (!failure) bytes += size;
  }
  return bytes;
}

Status requireSessionFile(const fs::path& path, const char* doing) {
  std::error_code failure;
  const fs::file_status status = fs::symlink_status(path, failure);
  const std::string what = std::string("cannot ") + doing + " " + path.string() + ": ";
  if (status.type() == fs::file_type::none) {  // could not be looked at
    return makeError(ErrorCode::kIo, what + failure.message() + "; check that you may read its folder");
  }
  if (!fs::exists(status)) {
    return makeError(ErrorCode::kNotFound, what + "it is not there any more; look at the folder again");
  }
  if (fs::is_symlink(status)) {
    return makeError(ErrorCode::kInvalidArgument, what + "it is a link; use the file that it points to");
  }
  if (!fs::is_regular_file(status)) {
    return makeError(ErrorCode::kInvalidArgument, what + "it is not a file; choose a session file");
  }
  return {};
}

Status moveSession(const fs::path& path, const fs::path& target, const char* doing) {
  if (Status file = requireSessionFile(path, doing); !file) return file;
  const Result<SessionLock> lock = SessionLock::acquire(path);
  if (!lock) return lock.error();
  const Result<SessionLock> targetLock = SessionLock::acquire(target);
  if (!targetLock) return targetLock.error();
  if (Status settled = settle(path); !settled) return settled;
  if (const int number = renameToFree(path, target); number == EEXIST) {
    return makeError(ErrorCode::kInvalidArgument, std::string("cannot ") + doing + " " + path.string() + ": " +
                                                      target.string() + " exists already; choose another name");
  } else if (number != 0) {
    return makeError(ErrorCode::kIo, std::string("cannot ") + doing + " " + path.string() + ": " +
                                         std::strerror(number) + "; check that its folder is writable");
  }
  // What is still beside it belongs to a file that could not be settled; the index is made anew from the log.
  for (const char* ending : {"-wal", "-journal"}) {
    (void)renameToFree(withEnding(path, ending), withEnding(target, ending));
  }
  std::error_code ignored;
  fs::remove(withEnding(path, "-shm"), ignored);
  syncFolderOf(target);
  if (path.parent_path() != target.parent_path()) syncFolderOf(path);
  return {};
}

}  // namespace tidemark
