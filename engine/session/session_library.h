#pragma once
// What can be done with a folder of sessions: look, rename, copy, throw away and bring back. Every function works on
// files alone and blocks, so it belongs on a worker thread, any one; two may run at once. A session that is open for
// writing, here or in another process, is never moved.
//
// Errors of all: kIo (the system's words), kBusy (open for writing: by whom), kInvalidArgument (name, or not a file),
// kNotFound, kUnsupported (a build without SQLite).

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/session/session_name.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// What a list shows of a session.
struct SessionSummary {
  std::filesystem::path path;
  std::string name;  // file name without the suffix
  std::chrono::system_clock::time_point modified;
  std::uint64_t bytes = 0;             // the file and its log
  std::vector<std::string> documents;  // titles, in reading order
  std::string model;
  std::int64_t segments = 0;
  std::uint64_t textBytes = 0;
  std::uint64_t readBytes = 0;  // how far the memory reaches
  bool finished = false;        // read to the end of all text
  std::int64_t questions = 0;
  std::int64_t snapshots = 0;
  std::string problem;  // one sentence: why it cannot be opened, and nothing else is known; empty otherwise
  friend bool operator==(const SessionSummary&, const SessionSummary&) = default;
};

/// The sessions of a folder, newest first; hidden files are left out. A folder that does not exist has none. What is
/// broken, foreign, newer, a link or no file at all is an entry with a problem. kCancelled when asked to stop.
[[nodiscard]] Result<std::vector<SessionSummary>> listSessions(const std::filesystem::path& folder,
                                                               const std::stop_token& stop = {});

/// The path under the new name, in the same folder. A name that exists is refused.
[[nodiscard]] Result<std::filesystem::path> renameSession(const std::filesystem::path& path,
                                                          const std::string& newName);

/// Removes a session file that nobody needs, with what stands beside it; what is not there is no matter.
void removeSessionFiles(const std::filesystem::path& path);

/// A consistent copy beside it, also while somebody writes to it; it is there whole or not at all.
[[nodiscard]] Result<std::filesystem::path> duplicateSession(const std::filesystem::path& path,
                                                             const std::string& newName);

/// SessionStore::verify of a file.
[[nodiscard]] Result<SessionCheck> verifySession(const std::filesystem::path& path);

/// Removes a session that holds neither a document nor a question: one that was made for a text which then could not be
/// read. Anything else, and whatever cannot be opened, stays.
void removeUnusedSession(const std::filesystem::path& path);

// --- trash: FOLDER/.trash/TIME-NUMBER/NAME.tidemark
// --------------------------------------------------------------------

struct TrashedSession {
  std::filesystem::path path;  // in the trash: what restoreSession takes
  std::string name;
  std::chrono::system_clock::time_point deleted;
  std::uint64_t bytes = 0;
  friend bool operator==(const TrashedSession&, const TrashedSession&) = default;
};

/// Moves a session, broken ones too, into the trash of its folder; returns where it is now.
[[nodiscard]] Result<std::filesystem::path> trashSession(const std::filesystem::path& path);
/// Puts it back under its name, or "NAME (2)" where that is taken; returns the path.
[[nodiscard]] Result<std::filesystem::path> restoreSession(const std::filesystem::path& trashed);
/// What is in the trash, latest first.
[[nodiscard]] Result<std::vector<TrashedSession>> listTrash(const std::filesystem::path& folder);
/// Removes for good what was thrown away at least `olderThan` ago; returns how many sessions. Nothing else in the trash
/// is touched.
[[nodiscard]] Result<int> emptyTrash(const std::filesystem::path& folder,
                                     std::chrono::seconds olderThan = std::chrono::hours(24 * 30));

}  // namespace tidemark
