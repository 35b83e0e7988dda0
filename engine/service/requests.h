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
#include "engine/service/memory_diff_job.h"
#include "engine/service/model_recall.h"
#include "engine/session/session_records.h"

namespace tidemark {

/// Text without a file.
struct PastedText {
  std::string title;
  std::string text;  // UTF-8; cleaned like a file's
};

struct ReadRequest {
  std::vector<std::filesystem::path> files;  // read in this order; folders stand for the documents in them
  std::vector<PastedText> pasted;            // after the files
  bool append = false;                       // add files to a session that holds other documents
  bool force = false;                        // also documents whose pages are mostly images
  /// Documents of the session whose files have changed: read again from the first changed segment on.
  std::vector<std::int64_t> revise;
  Schedule schedule = Schedule::kDiagonal;
  double snapshotSeconds = 4;  // longest time of reading that an interruption can lose; infinity: all of it
  std::uint64_t snapshotBudgetBytes = std::uint64_t{2} << 30;
  /// Whether what every segment writes to memory is kept, for evidence (memory/memory_trace.h: traceBytes() a segment).
  /// Nothing: where it is small beside the text (keepsTracesByDefault).
  std::optional<bool> keepTraces = std::nullopt;
};

/// Whether an answer comes with where it came from.
enum class EvidenceChoice {
  kNone,
  kStored,  // if everything it takes is stored
  kReplay,  // segments without a trace are read again first, once
};

struct AskRequest {
  std::string question;
  std::optional<std::int64_t> asOfSegment;  // the memory after this segment, without what came later
  int maxTokens = 64;
  SamplingOptions sampling;
  EvidenceChoice evidence = EvidenceChoice::kNone;
};

/// Undo reading: text goes out of the session, whole documents or parts of them, as if it had never been there
/// (service/text_removal.h). Answered by TextRemoved; what stood behind it is read again by the next read.
struct RemoveTextRequest {
  ByteRange bytes;  // session-wide
};

/// A snapshot as of exactly this segment, which is never thinned out: what lies behind the nearest one before it is
/// read again. Answered by SnapshotPinned.
struct PinRequest {
  std::int64_t segment = 0;
};

/// One question of the memory as it was at many places. Answered by TimelineStarted, TimelineAdvanced for every place
/// and TimelineFinished; a cancel keeps the places that were asked.
struct TimelineRequest {
  std::string question;
  std::int64_t every = 0;  // segments between two places; 0: wherever there is a snapshot
  int maxTokens = 64;
};

/// What goes on beside a read or instead of one. Two memories are compared (service/memory_diff_job.h): DiffAdvanced
/// and MemoriesCompared. The recall of the session is measured (service/model_recall.h): RecallAdvanced and
/// RecallMeasured. Neither changes anything.
using WorkRequest = std::variant<RemoveTextRequest, PinRequest, TimelineRequest, MemoryDiffRequest, RecallRequest>;

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
