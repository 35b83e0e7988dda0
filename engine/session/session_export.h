#pragma once
// A memory that travels: a session without the text that it was read from, and a session that came from elsewhere.

#include <filesystem>

#include "engine/session/session_store.h"

namespace tidemark {

struct MemoryExport {
  bool keepTail = true;  // the tokens behind the last full segment, which are text; without them answers may differ
  bool allSnapshots = false;  // otherwise the newest one and those that are pinned
};

/// Writes `target`, a session of its own with the memory, its model identity, titles and page numbers of the documents
/// and the metrics of the cells. Left out: text, tokens of segments, headings, paths, questions, answers, evidence and
/// bookmarks. It is there whole or not at all. What it holds can still tell what was read: that is what it is for.
/// Errors: kInvalidArgument (`target` exists, nothing was read, a read was interrupted), and the store's.
[[nodiscard]] Status exportMemory(const SessionStore& session, const std::filesystem::path& target,
                                  const MemoryExport& options = {});

/// Copies a session file that came from elsewhere to `target`, after everything in it has been checked; the copy is
/// there whole or not at all. Errors: kInvalidArgument (`target` exists), kCorrupt (the first problem, and how many),
/// kUnsupported (newer), kIo.
[[nodiscard]] Status importSession(const std::filesystem::path& file, const std::filesystem::path& target);

}  // namespace tidemark
