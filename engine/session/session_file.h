#pragma once
// What the session_*.cpp files share. Private to engine/session.

#include <filesystem>
#include <optional>
#include <string>

#include "engine/session/session_checksum.h"
#include "engine/session/session_lock.h"
#include "engine/session/session_store.h"
#include "engine/session/sqlite.h"

namespace tidemark {

/// A document that is being imported: what was appended and is not in the file yet.
struct PendingDocument {
  std::int64_t id = 0;          // 0: none
  std::uint64_t storedEnd = 0;  // session position up to which the text is in the file
  std::uint64_t begin = 0;
  std::string text;
};

/// The piece of text that was read last. Pieces never change and their ids are never used twice, so it cannot be stale.
struct CachedText {
  std::int64_t id = 0;  // 0: none
  std::uint64_t begin = 0;
  std::string text;
};

struct SessionFile {
  std::filesystem::path path;
  SessionAccess access;
  std::optional<SessionLock> lock;  // before the database: released after it is closed
  Database database;
  ModelIdentity model;
  std::string identity;   // identityHash(model)
  int schemaVersion = 0;  // older than the newest only if opened for reading
  PendingDocument pending;
  CachedText cachedText;

  [[nodiscard]] RowHash rowHash(std::string_view kind) const { return RowHash(identity, kind); }
  /// kInvalidArgument if the session was opened for reading.
  [[nodiscard]] Status requireWritable() const;
  [[nodiscard]] Error corrupt(const std::string& what, const std::string& expected, const std::string& found) const;
  [[nodiscard]] Error invalid(const std::string& why) const;
};

/// Sessions before this format, opened for reading, have neither traces nor evidence.
inline constexpr int kTracesVersion = 4;
/// And before this one no timelines.
inline constexpr int kTimelinesVersion = 5;
/// And before this one no reasons why an answer has no evidence.
inline constexpr int kReasonsVersion = 6;

struct SessionStore::Impl : SessionFile {};

/// The new name of a file survives a power cut only when its folder has reached the disk.
void syncFolderOf(const std::filesystem::path& file);

/// Now, UTC, ISO 8601 with seconds.
[[nodiscard]] std::string utcNow();

/// The text of one row of document_text, checked. Errors: kCorrupt.
[[nodiscard]] Result<CachedText> loadTextPiece(const SessionFile& file, std::int64_t id);
[[nodiscard]] std::string documentChecksum(const SessionFile& file, const DocumentRecord& document);
[[nodiscard]] std::string pieceChecksum(const SessionFile& file, std::int64_t document, std::uint64_t begin,
                                        std::span<const std::byte> text);
/// kInvalidArgument unless this document is being imported.
[[nodiscard]] Status requirePending(const SessionFile& file, std::int64_t id);
/// Finishes the document that is being imported, in a transaction of the caller, who forgets it once that is committed.
[[nodiscard]] Result<DocumentRecord> finishPending(const SessionFile& file, const std::string& sourceSha256,
                                                   std::uint64_t characters, std::uint64_t replacedBytes,
                                                   const DocumentContents& contents);
/// Adds rows to document_text, in a transaction of the caller.
class TextInsert {
 public:
  [[nodiscard]] static Result<TextInsert> prepare(const SessionFile& file, const char* doing);
  [[nodiscard]] Status add(std::int64_t document, std::uint64_t begin, std::span<const std::byte> text);

 private:
  TextInsert(const SessionFile& file, Statement insert) : m_file(&file), m_insert(std::move(insert)) {}

  const SessionFile* m_file;
  Statement m_insert;
};
/// Removes segments from `first` on with their snapshots, traces, metrics and points of timelines, in a transaction of
/// the caller.
[[nodiscard]] Status removeSegments(const SessionFile& file, std::int64_t first, const char* doing);
[[nodiscard]] Status removeTail(const SessionFile& file, const char* doing);
/// All finished documents, checked.
[[nodiscard]] Result<std::vector<DocumentRecord>> loadDocuments(const SessionFile& file);
/// A property, checked; empty if it was never set.
[[nodiscard]] Result<std::string> loadProperty(const SessionFile& file, std::string_view name);
/// In a transaction of the caller.
[[nodiscard]] Status storeProperty(const SessionFile& file, std::string_view name, std::string_view value);
/// "left out" if the session is a memory that was exported without the text it was read from; otherwise empty.
inline constexpr std::string_view kTextProperty = "text";
inline constexpr std::string_view kLeftOut = "left out";

/// Stores pages, headings and source of a document, whose places count from its beginning, in a transaction of the
/// caller.
[[nodiscard]] Status storeContents(const SessionFile& file, std::int64_t document, ByteRange bytes,
                                   const DocumentContents& contents);
/// What is stored of one document, checked, with session-wide places.
[[nodiscard]] Result<DocumentContents> loadContents(const SessionFile& file, const DocumentRecord& document);
/// A snapshot and all its layers, checked, in a transaction of the caller.
[[nodiscard]] Result<SnapshotRecord> loadSnapshotRows(const SessionFile& file, std::int64_t id);
/// Puts a snapshot in the place of the one of the same segment, if any, in a transaction of the caller.
[[nodiscard]] Status storeSnapshotRows(const SessionFile& file, const SnapshotRecord& snapshot);
/// Adds or replaces traces, in a transaction of the caller.
[[nodiscard]] Status storeTraceRows(const SessionFile& file, std::span<const TraceRecord> traces);
/// Replaces a question's evidence, in a transaction of the caller.
[[nodiscard]] Status storeEvidenceRows(const SessionFile& file, std::int64_t question,
                                       std::span<const EvidenceRecord> evidence);
/// A question's evidence, checked.
[[nodiscard]] Result<std::vector<EvidenceRecord>> loadEvidenceRows(const SessionFile& file, std::int64_t question);
/// Removes evidence that points behind `changedByte` or at a segment from `keptSegments` on, in a transaction of the
/// caller; an answer that has none left says why.
[[nodiscard]] Status forgetEvidence(const SessionFile& file, std::int64_t keptSegments, std::uint64_t changedByte);
/// SessionStore::precision.
[[nodiscard]] Result<std::string> loadPrecision(const SessionFile& file);
/// What follows from segment `firstSegment` on is read in this precision (empty: the session's), in a transaction of
/// the caller.
[[nodiscard]] Status storePrecision(const SessionFile& file, const std::string& precision, std::int64_t firstSegment);
/// The tail, whatever segment it follows, checked.
[[nodiscard]] Result<std::optional<TailRecord>> loadTailRow(const SessionFile& file);
/// Marks questions that were running when their program died as cancelled.
[[nodiscard]] Status cancelRunningQuestions(const SessionFile& file);
[[nodiscard]] Status cancelRunningTimelines(const SessionFile& file);
/// Removes what an interrupted import or read left: unfinished documents, metrics of segments that were never stored.
[[nodiscard]] Status dropLeftovers(const SessionFile& file);

}  // namespace tidemark
