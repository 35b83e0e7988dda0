#pragma once
// What is in a session, for somebody who has just opened it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/base/result.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// How much a session holds and how much of it is read.
struct SessionSize {
  std::int64_t segments = 0;
  std::uint64_t textBytes = 0;
  std::uint64_t readBytes = 0;             // up to here the text is in memory or in the tail
  bool finished = false;                   // all text is, and there is some
  std::optional<std::int64_t> tailTokens;  // nothing: the last read did not come to its end
};

struct SessionOverview {
  std::filesystem::path path;
  ModelIdentity model;  // its precision is the one that was read in
  SessionSize size;
  std::vector<DocumentRecord> documents;
  std::vector<SnapshotInfo> snapshots;  // oldest segment first
  std::vector<QuestionRecord> questions;
  std::vector<TimelineRecord> timelines;  // oldest first
  std::vector<BookmarkRecord> bookmarks;
  std::uint64_t stateBytes = 0;  // of the newest snapshot: what the memory takes, however long the text
  std::string stateHash;         // of the newest snapshot; empty without one
  bool textIsLeftOut = false;    // a memory without its text: it can be asked, not shown
};

/// Cheap: a few rows. On the thread that owns the store. Errors: those of the store.
[[nodiscard]] Result<SessionSize> measureSession(const SessionStore& store);

/// Reads every question and timeline, but no text and no payload. On the thread that owns the store. Errors: those of
/// the store.
[[nodiscard]] Result<SessionOverview> gatherOverview(const SessionStore& store);

}  // namespace tidemark
