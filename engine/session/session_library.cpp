#include "engine/session/session_library.h"

#include <algorithm>
#include <system_error>

#include "engine/session/session_move.h"
#include "engine/session/session_overview.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

std::chrono::system_clock::time_point modifiedAt(const fs::path& path) {
  fs::file_time_type latest = fs::file_time_type::min();
  for (const char* ending : {"", "-wal"}) {
    fs::path file = path;
    file += ending;
    std::error_code failure;
    const fs::file_time_type time = fs::last_write_time(file, failure);
    if (!failure) latest = std::max(latest, time);
  }
  if (latest == fs::file_time_type::min()) return {};
  return std::chrono::time_point_cast<std::chrono::system_clock::duration>(fs::file_time_type::clock::to_sys(latest));
}

/// Fills in what the file says, or why it does not.
Status look(SessionSummary& summary) {
  if (Status file = requireSessionFile(summary.path, "open"); !file) return file;
  if (!isUtf8(summary.path.filename().string())) {
    return makeError(ErrorCode::kInvalidArgument, "its name is not UTF-8: rename it with a file manager");
  }
  const Result<SessionStore> store = SessionStore::open(summary.path, SessionAccess::kRead);
  if (!store) return store.error();
  const Result<SessionSize> size = measureSession(*store);
  if (!size) return size.error();
  const auto documents = store->documents();
  if (!documents) return documents.error();
  for (const DocumentRecord& document : *documents) summary.documents.push_back(document.title);
  summary.model = store->model().name;
  summary.segments = size->segments;
  summary.textBytes = size->textBytes;
  summary.readBytes = size->readBytes;
  summary.finished = size->finished;
  const auto questions = store->questionCount();
  if (!questions) return questions.error();
  summary.questions = *questions;
  const auto snapshots = store->snapshots();
  if (!snapshots) return snapshots.error();
  summary.snapshots = static_cast<std::int64_t>(snapshots->size());
  return {};
}

SessionSummary summaryOf(const fs::path& path) {
  SessionSummary summary;
  summary.path = path;
  summary.name = path.stem().string();
  // Before it is opened: reading a log that a dead writer left may touch its files.
  summary.modified = modifiedAt(path);
  summary.bytes = sessionBytes(path);
  const SessionSummary untouched = summary;
  if (Status looked = look(summary); !looked) {
    summary = untouched;
    summary.problem = looked.error().message;
  }
  return summary;
}

bool isListed(const fs::path& path) {
  return path.extension() == kSessionSuffix && !path.filename().string().starts_with('.');
}

Result<fs::path> pathBeside(const fs::path& path, const std::string& newName) {
  Result<std::string> name = checkedSessionName(newName);
  if (!name) return name.error();
  return path.parent_path() / (*name + std::string(kSessionSuffix));
}

}  // namespace

Result<std::vector<SessionSummary>> listSessions(const fs::path& folder, const std::stop_token& stop) {
  std::vector<SessionSummary> sessions;
  std::error_code failure;
  if (!fs::exists(fs::status(folder, failure)) && (!failure || failure == std::errc::no_such_file_or_directory)) {
    return sessions;
  }
  fs::directory_iterator entry(folder, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    if (stop.stop_requested()) return makeError(ErrorCode::kCancelled, "listing the sessions was cancelled");
    if (!isListed(entry->path())) continue;
    SessionSummary summary = summaryOf(entry->path());
    std::error_code gone;
    // Moved away since the folder was read: not a problem, not a session.
    if (!summary.problem.empty() && !fs::exists(fs::symlink_status(summary.path, gone)) && !gone) continue;
    sessions.push_back(std::move(summary));
  }
  if (failure) {
    return makeError(ErrorCode::kIo, "cannot list the sessions in " + folder.string() + ": " + failure.message() +
                                         "; check that it is a folder and that you may read it");
  }
  std::sort(sessions.begin(), sessions.end(), [](const SessionSummary& a, const SessionSummary& b) {
    return a.modified != b.modified ? a.modified > b.modified : a.path < b.path;
  });
  return sessions;
}

Result<fs::path> renameSession(const fs::path& path, const std::string& newName) {
  Result<fs::path> target = pathBeside(path, newName);
  if (!target) return target.error();
  if (Status file = requireSessionFile(path, "rename"); !file) return file.error();
  if (*target == path) return target;
  if (Status moved = moveSession(path, *target, "rename"); !moved) return moved.error();
  return target;
}

void removeSessionFiles(const fs::path& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-lock"}) fs::remove(path.string() + ending, ignored);
}

Result<fs::path> duplicateSession(const fs::path& path, const std::string& newName) {
  Result<fs::path> target = pathBeside(path, newName);
  if (!target) return target.error();
  if (Status file = requireSessionFile(path, "copy"); !file) return file.error();
  const Result<SessionStore> store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  if (Status copied = store->copyTo(*target); !copied) return copied.error();
  return target;
}

Result<SessionCheck> verifySession(const fs::path& path) {
  if (Status file = requireSessionFile(path, "verify"); !file) return file.error();
  const Result<SessionStore> store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  return store->verify();
}

void removeUnusedSession(const fs::path& path) {
  {
    const auto store = SessionStore::open(path, SessionAccess::kWrite);
    if (!store) return;
    const auto documents = store->documents();
    const auto questions = store->questionCount();
    if (!documents || !documents->empty() || !questions || *questions > 0) return;
  }
  removeSessionFiles(path);  // nothing of value is in it
}

}  // namespace tidemark
