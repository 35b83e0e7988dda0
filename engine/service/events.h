#pragma once
// What the engine thread tells the rest of the program: immutable values, each with the id of its run. A receiver drops
// events of runs it does not know.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/extraction/document_import.h"
#include "engine/service/memory_diff_job.h"
#include "engine/service/model_recall.h"
#include "engine/session/session_records.h"

namespace tidemark {

// As wide as std::uint64_t; spelled so that a signal can carry it (Qt streams this type and not unsigned long).
enum class RunId : unsigned long long {};

/// A file is becoming text; at most ten times a second, and once at its beginning.
struct DocumentProgress {
  RunId run{};
  std::string path;
  std::size_t file = 0;   // index among the files of the request, folders expanded
  std::size_t files = 0;  // of the request
  ImportProgress progress;
};

/// A document's text is in the session now. If `revised`, it replaced another edition of itself, and what was read
/// before `firstChangedByte` stays read.
struct DocumentImported {
  RunId run{};
  DocumentRecord document;
  DocumentContents contents = {};
  Coverage coverage = {};
  bool revised = false;
  std::uint64_t firstChangedByte = 0;
};

/// A file could not be read; the others go on. If nothing else was asked for, RunFailed says it instead.
struct DocumentRefused {
  RunId run{};
  std::string path;
  Error error;
};

/// Reading starts or goes on: also once more, from an earlier place, if a document that was being read is refused in
/// the end. `firstSegment` segments were restored and are not read again.
struct ReadingStarted {
  RunId run{};
  std::int64_t firstSegment = 0;
  std::uint64_t firstByte = 0;      // session-wide position where reading goes on
  std::uint64_t totalBytes = 0;     // of all text that is there so far; DocumentImported tells of more
  int segmentTokens = 0;            // T
  std::uint64_t snapshotBytes = 0;  // of one
  std::uint64_t snapshotRoom = 0;   // how many the budget holds
  bool keepsTraces = false;         // what segments write to memory is kept, for evidence
  std::uint64_t traceBytes = 0;     // that it takes, or would take, for each segment
};

/// One diagonal (or one cell, read sequentially) is done. Cell i is layer firstLayer + i on segment firstSegment - i.
struct GroupFinished {
  RunId run{};
  std::int64_t index = 0;
  int firstLayer = 0;
  std::int64_t firstSegment = 0;
  double startSeconds = 0;
  double endSeconds = 0;
  std::vector<CellMetrics> cells;
  std::uint64_t bytesRead = 0;  // session-wide end of the newest segment that entered
};

struct SnapshotStored {
  RunId run{};
  std::int64_t segment = 0;
  double seconds = 0;                        // what copying and writing it cost
  std::uint64_t sessionBytes = 0;            // size of the session file with its log
  std::vector<std::int64_t> snapshots = {};  // segments that have one now, ascending: others gave way to the budget
};

struct ReadFinished {
  RunId run{};
  std::int64_t segmentsRead = 0;
  std::int64_t segmentsResumed = 0;  // restored, not read again
  std::int64_t tokens = 0;           // of all documents: in memory and in the tail
  std::int64_t tokensRead = 0;       // by this run, tail included
  std::int64_t tailTokens = 0;
  double seconds = 0;
  std::string stateHash;
  std::uint64_t stateBytes = 0;
};

/// The question is being answered.
struct AnswerStarted {
  RunId run{};
  std::int64_t questionId = 0;
  std::int64_t asOfSegment = -1;
  bool readFinished = true;  // false: the documents go on behind that segment, and have not been read yet
};

/// Text to append to the answer: always complete UTF-8 characters.
struct AnswerDelta {
  RunId run{};
  std::string text;
};

struct AnswerFinished {
  RunId run{};
  QuestionRecord question;
  double seconds = 0;
};

/// A bookmark was added, changed or removed.
struct BookmarksChanged {
  RunId run{};
  std::int64_t bookmarkId = 0;            // the one that the request was about, its new number if it was added
  std::vector<BookmarkRecord> bookmarks;  // all of them, in the order of the text
};

/// Text went out of the session. Places behind it have moved; what else is known of documents is in the session.
struct TextRemoved {
  RunId run{};
  ByteRange bytes;  // where it was
  std::uint64_t characters = 0;
  std::vector<std::int64_t> documentsGone;  // whole ones
  std::int64_t segmentsKept = 0;            // that were read and stay
  std::int64_t segmentsReread = 0;          // to have the memory after the last of them
  bool readFinished = false;                // there is nothing left to read
  std::string stateHash;                    // of the memory now; empty: nothing is in memory
};

struct SnapshotPinned {
  RunId run{};
  SnapshotInfo snapshot;
  std::int64_t segmentsReread = 0;
};

/// A timeline begins: these places are going to be asked.
struct TimelineStarted {
  RunId run{};
  std::int64_t timelineId = 0;
  std::vector<std::int64_t> segments;
};
struct TimelineAdvanced {
  RunId run{};
  TimelinePoint point;
  bool changed = false;  // another answer than at the place before
};
struct TimelineFinished {
  RunId run{};
  TimelineRecord timeline;
  std::int64_t tokensReread = 0;
  double seconds = 0;
};

/// Two memories are being compared.
struct DiffAdvanced {
  RunId run{};
  DiffProgress progress;
};
struct MemoriesCompared {
  RunId run{};
  MemoryDiff diff;
};

/// The recall of the session is being measured.
struct RecallAdvanced {
  RunId run{};
  MeterProgress progress;
  int answers = 0;  // that there will be
};
struct RecallMeasured {
  RunId run{};
  ModelRecall recall;
};

struct RunPaused {
  RunId run{};
};
struct RunResumed {
  RunId run{};
};
/// The run ended early because its stop was requested; the session is resumable.
struct RunCancelled {
  RunId run{};
};
struct RunFailed {
  RunId run{};
  Error error;
};

using Event =
    std::variant<DocumentProgress, DocumentImported, DocumentRefused, ReadingStarted, GroupFinished, SnapshotStored,
                 ReadFinished, AnswerStarted, AnswerDelta, AnswerFinished, BookmarksChanged, TextRemoved,
                 SnapshotPinned, TimelineStarted, TimelineAdvanced, TimelineFinished, DiffAdvanced, MemoriesCompared,
                 RecallAdvanced, RecallMeasured, RunPaused, RunResumed, RunCancelled, RunFailed>;

}  // namespace tidemark
