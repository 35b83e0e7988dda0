#pragma once
// What the rest of the program asks of the engine thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/executor/executor.h"
#include "engine/generate/sampler.h"
#include "engine/session/session_records.h"

namespace tidemark {

struct ReadRequest {
  std::vector<std::filesystem::path> files;
  bool append = false;  // add files to a session that holds other documents
  Schedule schedule = Schedule::kDiagonal;
  double snapshotSeconds = 4;  // longest time of reading that an interruption can lose
  std::uint64_t snapshotBudgetBytes = std::uint64_t{2} << 30;
};

struct AskRequest {
  std::string question;
  std::optional<std::int64_t> asOfSegment;  // the memory after this segment, without what came later
  int maxTokens = 64;
  SamplingOptions sampling;
};

/// Changes of the bookmarks of the open session; each is answered by BookmarksChanged or RunFailed.
struct AddBookmark {
  BookmarkRecord bookmark;  // id 0: a new one; any other: comes back under that number (undo)
};
struct UpdateBookmark {
  BookmarkRecord bookmark;
};
struct RemoveBookmark {
  std::int64_t id = 0;
};
using BookmarkRequest = std::variant<AddBookmark, UpdateBookmark, RemoveBookmark>;

}  // namespace tidemark
