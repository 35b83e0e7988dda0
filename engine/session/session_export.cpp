#include "engine/session/session_export.h"

#include <system_error>

#include "engine/session/session_file.h"
#include "engine/session/session_library.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExporting = "export the memory into";
constexpr const char* kInsertExportedSql = R"sql(
INSERT INTO documents (id, title, source_path, source_sha256, byte_begin, byte_end, characters, replaced_bytes,
                       imported_at, finished, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?))sql";
constexpr std::int64_t kSegmentsAtOnce = 256;

Status refuseUnfinished(const SessionStore& session) {
  const auto segments = session.segmentCount();
  if (!segments) return segments.error();
  const auto newest = session.newestSnapshot();
  if (!newest) return newest.error();
  const auto tail = session.loadTail(*segments);
  if (!tail) return tail.error();
  const bool isComplete = tail->has_value() && (*segments == 0 || (*newest && (*newest)->segment + 1 == *segments));
  if (isComplete && (*segments > 0 || !(*tail)->tokens.ids.empty())) return {};
  return makeError(ErrorCode::kInvalidArgument,
                   session.path().string() + (*segments == 0 ? " holds no memory yet" : " was not read to its end") +
                       ": read its documents first, then export it");
}

/// Documents as somebody who has no business with the text may know them.
Status copyDocuments(const SessionStore& from, const SessionFile& to) {
  const auto documents = from.documents();
  if (!documents) return documents.error();
  auto contents = from.contents();
  if (!contents) return contents.error();
  for (std::size_t i = 0; i < documents->size(); ++i) {
    DocumentRecord document = (*documents)[i];
    document.sourcePath.clear();
    if (Status stored =
            to.database.run(kInsertExportedSql, kExporting, document.id, document.title, document.sourcePath,
                            document.sourceSha256, document.bytes.begin, document.bytes.end, document.characters,
                            document.replacedBytes, document.importedAt, documentChecksum(to, document));
        !stored) {
      return stored;
    }
    DocumentContents& known = (*contents)[i];
    known.headings.clear();
    for (PageRecord& page : known.pages) page.byte -= document.bytes.begin;
    if (Status stored = storeContents(to, document.id, document.bytes, known); !stored) return stored;
  }
  return {};
}

/// Segments without their tokens, which are the text.
Status copySegments(const SessionStore& from, SessionStore& to) {
  const auto count = from.segmentCount();
  if (!count) return count.error();
  for (std::int64_t first = 0; first < *count; first += kSegmentsAtOnce) {
    auto segments = from.segments(first, first + kSegmentsAtOnce);
    if (!segments) return segments.error();
    for (SegmentRecord& segment : *segments) segment.tokens.clear();
    const auto metrics = from.metrics(first, first + kSegmentsAtOnce);
    if (!metrics) return metrics.error();
    if (Status stored = to.storeProgress({*segments, *metrics, nullptr, {}}); !stored) return stored;
  }
  return {};
}

Status copySnapshots(const SessionStore& from, SessionStore& to, bool all) {
  const auto snapshots = from.snapshots();
  if (!snapshots) return snapshots.error();
  for (const SnapshotInfo& info : *snapshots) {
    if (!all && !info.pinned && &info != &snapshots->back()) continue;
    const auto snapshot = from.loadSnapshot(info.id);
    if (!snapshot) return snapshot.error();
    if (Status stored = to.storeProgress({{}, {}, &*snapshot, {}}); !stored) return stored;
  }
  return {};
}

Status copyTail(const SessionStore& from, SessionStore& to, bool keepTokens) {
  const auto count = from.segmentCount();
  if (!count) return count.error();
  auto tail = from.loadTail(*count);
  if (!tail) return tail.error();
  if (!keepTokens) (*tail)->tokens = {};
  return to.storeTail(**tail);
}

Status refuseExisting(const fs::path& target) {
  std::error_code failure;
  if (!fs::exists(fs::symlink_status(target, failure))) return {};
  return makeError(ErrorCode::kInvalidArgument, target.string() + " exists already: choose another name");
}

}  // namespace

/// What only the session's own files may do to a store.
class MemoryExporter {
 public:
  [[nodiscard]] static Status write(const SessionStore& from, const fs::path& path, const MemoryExport& options) {
    Result<SessionStore> made = SessionStore::create(path, from.model());
    if (!made) return made.error();
    SessionStore& to = *made;
    const SessionFile& file = *to.m_impl;
    if (Status copied = copyDocuments(from, file); !copied) return copied;
    if (Status copied = copySegments(from, to); !copied) return copied;
    if (Status copied = copySnapshots(from, to, options.allSnapshots); !copied) return copied;
    if (Status copied = copyTail(from, to, options.keepTail); !copied) return copied;
    const auto precision = from.precision();
    if (!precision) return precision.error();
    if (*precision != from.model().precision) {
      if (Status stored = storePrecision(file, *precision, 0); !stored) return stored;
    }
    return storeProperty(file, kTextProperty, kLeftOut);
  }
};

Status exportMemory(const SessionStore& session, const fs::path& target, const MemoryExport& options) {
  if (Status free = refuseExisting(target); !free) return free;
  if (Status complete = refuseUnfinished(session); !complete) return complete;
  fs::path unfinished = target;
  unfinished += "-export";
  removeSessionFiles(unfinished);
  Status written = MemoryExporter::write(session, unfinished, options);
  if (written.ok()) {  // closed by now: all of it is in the one file
    std::error_code failure;
    fs::rename(unfinished, target, failure);
    if (failure) written = makeError(ErrorCode::kIo, "cannot write " + target.string() + ": " + failure.message());
  }
  removeSessionFiles(unfinished);
  if (!written) return written;
  syncFolderOf(target);
  return {};
}

Status importSession(const fs::path& file, const fs::path& target) {
  if (Status free = refuseExisting(target); !free) return free;
  const auto session = SessionStore::open(file, SessionAccess::kRead);
  if (!session) return session.error();
  const auto check = session->verify();
  if (!check) return check.error();
  if (!check->problems.empty()) {
    return makeError(
        ErrorCode::kCorrupt,
        file.string() + " was not imported: " + check->problems.front() +
            (check->problems.size() > 1 ? " (and " + std::to_string(check->problems.size() - 1) + " more problems)"
                                        : "") +
            "; ask for the file again");
  }
  return session->copyTo(target);
}

}  // namespace tidemark
