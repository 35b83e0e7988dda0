#pragma once
// One session = one SQLite file (architecture section 5). Not thread-safe: one thread owns a store. Only one process
// may have a session open for writing; readers (sessions list, show, verify) may look at the same time.
//
// Errors of every function: kIo (disk full, read-only, with SQLite's words), kCorrupt (a page or payload does not match
// its checksum: which), kBusy (another process has it), kUnsupported (newer schema; a build without SQLite).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/session/session_records.h"

namespace tidemark {

enum class SessionAccess { kRead, kWrite };

/// What one transaction of a read adds: segments and metrics since the last one, and maybe a snapshot.
struct ReadProgress {
  std::span<const SegmentRecord> segments;
  std::span<const CellMetricsRecord> metrics;
  const SnapshotRecord* snapshot = nullptr;
  std::string precision = {};                // that the segments were read in; empty: the session's
  std::span<const TraceRecord> traces = {};  // of segments that are given or in the file
};

/// A document of which a part is taken out.
struct ShortenedDocument {
  std::int64_t id = 0;
  std::uint64_t characters = 0;  // that are left
  DocumentContents contents;     // of what is left; places count from its beginning
};

/// Text that is taken out of a session, and what that leaves.
struct TextRemoval {
  ByteRange bytes;                           // session-wide, not all of the text
  std::vector<ShortenedDocument> shortened;  // documents that lose a part of themselves; whole ones just go
  std::int64_t keptSegments = 0;             // of what was read; the caller knows which tokens cannot change
  const SnapshotRecord* snapshot = nullptr;  // memory after the last of those, if it is not there or says another place
};

/// Where a place in the text is once `removed` is gone.
[[nodiscard]] inline std::uint64_t placeWithout(std::uint64_t byte, ByteRange removed) {
  if (byte <= removed.begin) return byte;
  return byte >= removed.end ? byte - (removed.end - removed.begin) : removed.begin;
}

struct SessionCheck {
  std::vector<std::string> problems;  // empty: everything agrees with its checksum
  std::int64_t snapshots = 0;
  std::uint64_t bytes = 0;
};

class SessionStore {
 public:
  /// Creates the file; fails with kInvalidArgument if it exists. A name ending in nothing particular is taken as it is.
  [[nodiscard]] static Result<SessionStore> create(const std::filesystem::path& path, const ModelIdentity& model);
  /// Opens, migrates older schemas after a backup (kWrite), refuses newer ones and files that are not sessions. kWrite
  /// takes the session for this process until the store is destroyed (the side file PATH-lock says so), drops what an
  /// interrupted import left and marks questions that were still running as cancelled. kRead works beside a writer, in
  /// folders that cannot be written to, and with older schemas as they are.
  [[nodiscard]] static Result<SessionStore> open(const std::filesystem::path& path, SessionAccess access);

  SessionStore(SessionStore&&) noexcept;
  SessionStore& operator=(SessionStore&&) noexcept;
  SessionStore(const SessionStore&) = delete;
  SessionStore& operator=(const SessionStore&) = delete;
  ~SessionStore();

  [[nodiscard]] const std::filesystem::path& path() const;
  /// Bytes that the session takes now, with its log.
  [[nodiscard]] std::uint64_t byteCount() const;
  [[nodiscard]] const ModelIdentity& model() const;
  /// kMismatch naming the first differing field with both values, before anything is touched. The name may differ: it
  /// is for people. So may the precision: see below.
  [[nodiscard]] Status requireModel(const ModelIdentity& model) const;
  /// The arithmetic in which the memory came about: that of the model the session was made with, unless something was
  /// read in another one; "mixed" if both took part. model().precision stays what checksums were made with.
  [[nodiscard]] Result<std::string> precision() const;

  /// The memory was exported without the text it was read from: it can be asked, not read on, nor read again.
  [[nodiscard]] Result<bool> textIsLeftOut() const;

  // --- documents ---------------------------------------------------------------------------------------------------
  /// Documents that are complete, in reading order.
  [[nodiscard]] Result<std::vector<DocumentRecord>> documents() const;
  /// Starts a document after all others; its text follows by appendText. Committed every 16 MiB; a document that was
  /// never finished is dropped at the next open for writing.
  [[nodiscard]] Result<std::int64_t> beginDocument(const std::string& title, const std::string& sourcePath);
  [[nodiscard]] Status appendText(std::int64_t documentId, std::string_view text);
  /// `contents` counts from the beginning of the document; its page starts and headings ascend and lie within the text.
  [[nodiscard]] Result<DocumentRecord> finishDocument(std::int64_t documentId, const std::string& sourceSha256,
                                                      std::uint64_t characters, std::uint64_t replacedBytes,
                                                      const DocumentContents& contents = {});
  /// Where the text of the document that is being imported lies so far; readText and this store know it already, other
  /// readers of the file do not. Empty, at the end of all text or 0, when there is none.
  [[nodiscard]] ByteRange pendingText() const;
  /// Pages, headings and source of every complete document, in reading order. Documents of sessions made before format
  /// 2 have a source with extractionVersion 0; their pages are what form feeds separate.
  [[nodiscard]] Result<std::vector<DocumentContents>> contents() const;
  /// Bytes that a complete document and the one that is being imported have in common from their beginnings on.
  [[nodiscard]] Result<std::uint64_t> commonBytes(std::int64_t document, std::int64_t imported) const;
  /// finishDocument for another edition of the complete document `replaced`, whose place in the order it takes. Of what
  /// was read, the first `keptSegments` segments stay, with their snapshots and traces; the caller knows which tokens
  /// the change cannot have reached. Documents behind it move, with their bookmarks; bookmarks in the document keep
  /// their distance from the part of it that did not change. Evidence that points behind the first changed byte goes.
  /// One transaction: there is never a session with both editions. Errors: those of finishDocument, kInvalidArgument
  /// (no such document, no text).
  [[nodiscard]] Result<DocumentRecord> finishEdition(std::int64_t documentId, const std::string& sourceSha256,
                                                     std::uint64_t characters, std::uint64_t replacedBytes,
                                                     const DocumentContents& contents, std::int64_t replaced,
                                                     std::int64_t keptSegments);
  /// Takes text out, over whole documents or parts of them. What stands behind it moves, with pages, headings and
  /// bookmarks; bookmarks inside go to where it was; evidence that points behind its beginning goes. One transaction.
  /// Errors: kInvalidArgument (no such text, all of it, a document that loses a part and is not among the shortened).
  [[nodiscard]] Status removeText(const TextRemoval& removal);
  /// Removes the document that is being imported, or the last one if nothing of it was read into memory yet.
  [[nodiscard]] Status dropDocument(std::int64_t documentId);
  /// Copies text from the session-wide byte `offset` on; fewer bytes only at the end of all text.
  [[nodiscard]] Result<std::size_t> readText(std::uint64_t offset, std::span<char> out) const;

  // --- reading -----------------------------------------------------------------------------------------------------
  /// One transaction: all of it is there afterwards, or nothing. Segments must follow each other and those in the file,
  /// or begin among them. Then the read goes on from an earlier place than the last one reached (it was interrupted, or
  /// the memory was rewound), and everything from the first given index on belongs to a read that is given up: its
  /// segments, metrics and snapshots, pinned ones too, are removed. The tail goes whenever segments are added.
  /// A snapshot replaces the one of the same segment and stays pinned if that one was; its segment must be in the file.
  /// Metrics replace those of the same cell and may be ahead of the segments.
  [[nodiscard]] Status storeProgress(const ReadProgress& progress);
  [[nodiscard]] Result<std::vector<SegmentRecord>> segments(std::int64_t first, std::int64_t end) const;
  [[nodiscard]] Result<std::int64_t> segmentCount() const;
  [[nodiscard]] Result<std::vector<CellMetricsRecord>> metrics(std::int64_t firstSegment,
                                                               std::int64_t endSegment) const;

  /// All snapshots, oldest segment first.
  [[nodiscard]] Result<std::vector<SnapshotInfo>> snapshots() const;
  /// The newest snapshot whose segment is <= `segment`, if any.
  [[nodiscard]] Result<std::optional<SnapshotInfo>> newestSnapshot(std::int64_t segment = INT64_MAX) const;
  /// Reads a snapshot's payload by incremental blob I/O and verifies every checksum before returning it.
  [[nodiscard]] Result<SnapshotRecord> loadSnapshot(std::int64_t id) const;
  /// Removes unpinned snapshots until at most `budgetBytes` of payload remain, keeping distances that grow with age;
  /// the newest and the pinned ones stay. Returns the segments of those that remain, ascending.
  [[nodiscard]] Result<std::vector<std::int64_t>> thinSnapshots(std::uint64_t budgetBytes);

  /// Adds or replaces traces of segments in the file.
  [[nodiscard]] Status storeTraces(std::span<const TraceRecord> traces);
  /// Traces of segments [first, end) that have one, in order, checked.
  [[nodiscard]] Result<std::vector<TraceRecord>> traces(std::int64_t first, std::int64_t end) const;
  /// Those of segments [0, end) that have none, in order. Without reading any.
  [[nodiscard]] Result<std::vector<std::int64_t>> segmentsWithoutTrace(std::int64_t end) const;

  /// Replaces the tail; it must follow all segments in the file.
  [[nodiscard]] Status storeTail(const TailRecord& tail);
  /// The tail that belongs to `segmentsBefore` committed segments, if that read was finished.
  [[nodiscard]] Result<std::optional<TailRecord>> loadTail(std::int64_t segmentsBefore) const;

  /// Pins or unpins the snapshot after this segment: pinned ones are never thinned. Errors: kNotFound.
  [[nodiscard]] Status pinSnapshot(std::int64_t segment, bool pinned);

  // --- questions ---------------------------------------------------------------------------------------------------
  [[nodiscard]] Result<std::int64_t> beginQuestion(const QuestionRecord& question);
  /// Replaces answer, tokens, state, timings, evidence and the reason for having none of a question, not what was
  /// asked; called while it streams (at least once a second).
  [[nodiscard]] Status updateQuestion(const QuestionRecord& question);
  [[nodiscard]] Result<std::vector<QuestionRecord>> questions() const;
  /// Without reading them.
  [[nodiscard]] Result<std::int64_t> questionCount() const;

  // --- timelines ---------------------------------------------------------------------------------------------------
  /// A new one, running, without points.
  [[nodiscard]] Result<TimelineRecord> beginTimeline(const std::string& question);
  [[nodiscard]] Status addTimelinePoint(std::int64_t timeline, const TimelinePoint& point);
  /// Stores its state.
  [[nodiscard]] Status finishTimeline(const TimelineRecord& timeline);
  /// All of them, oldest first.
  [[nodiscard]] Result<std::vector<TimelineRecord>> timelines() const;

  // --- bookmarks ---------------------------------------------------------------------------------------------------
  /// All bookmarks, in the order of the text.
  [[nodiscard]] Result<std::vector<BookmarkRecord>> bookmarks() const;
  /// Adds a bookmark and returns its id. An id of 0 asks for a new one; any other is kept and must be free, so that
  /// a removed bookmark can come back as what it was. An empty createdAt becomes now. Errors: kInvalidArgument (beyond
  /// the text, label over kLongestLabelBytes, id in use).
  [[nodiscard]] Result<std::int64_t> addBookmark(const BookmarkRecord& bookmark);
  /// Replaces place and label of the bookmark with this id. Errors: kNotFound, and those of addBookmark.
  [[nodiscard]] Status updateBookmark(const BookmarkRecord& bookmark);
  /// Errors: kNotFound.
  [[nodiscard]] Status removeBookmark(std::int64_t id);
  static constexpr std::size_t kLongestLabelBytes = 4096;

  // --- keeping -----------------------------------------------------------------------------------------------------
  /// integrity_check, foreign keys, every payload checksum, text and segment ranges.
  [[nodiscard]] Result<SessionCheck> verify() const;
  /// A consistent copy, also of a session that somebody else is writing to; it is there whole or not at all. Errors:
  /// kInvalidArgument if `target` exists.
  [[nodiscard]] Status copyTo(const std::filesystem::path& target) const;
  /// A copy as if reading had been interrupted after the first `segments` segments: all text, and nothing that was
  /// read later, no snapshots and traces of it either, so that it costs what it keeps.
  [[nodiscard]] Status copyBeginningTo(const std::filesystem::path& target, std::int64_t segments) const;

 private:
  friend class MemoryExporter;  // session_export.cpp
  struct Impl;
  explicit SessionStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace tidemark
