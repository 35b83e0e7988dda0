// Text that is taken out of a session, with everything that was read of it and behind it.

#include <algorithm>

#include "engine/session/session_text_move.h"

namespace tidemark {
namespace {

constexpr const char* kRemoving = "take text out of";
constexpr const char* kMoveBookmarksSql =
    "UPDATE bookmarks SET byte_begin = max(?, byte_begin - ?) WHERE byte_begin > ?";

constexpr const char* kDeletePagesSql = "DELETE FROM pages WHERE document = ?";
constexpr const char* kDeleteHeadingsSql = "DELETE FROM headings WHERE document = ?";
constexpr const char* kDeleteSourceSql = "DELETE FROM document_sources WHERE document = ?";

Status replaceContents(const SessionFile& file, const DocumentRecord& document, const DocumentContents& contents) {
  if (contents.source.extractionVersion == 0) return {};  // read before sessions knew of contents
  for (const char* sql : {kDeletePagesSql, kDeleteHeadingsSql, kDeleteSourceSql}) {
    if (Status deleted = file.database.run(sql, kRemoving, document.id); !deleted) return deleted;
  }
  return storeContents(file, document.id, document.bytes, contents);
}

/// Moves, shortens or deletes the documents that end behind the beginning of `bytes`, whose text is cut and lifted.
Status settleDocuments(const SessionFile& file, const std::vector<DocumentRecord>& documents,
                       const TextRemoval& removal) {
  const ByteRange bytes = removal.bytes;
  for (DocumentRecord document : documents) {
    if (document.bytes.end <= bytes.begin) continue;
    const ByteRange old = document.bytes;
    document.bytes = {placeWithout(old.begin, bytes), placeWithout(old.end, bytes)};
    if (document.bytes.begin == document.bytes.end) {
      if (Status gone = deleteDocument(file, document.id); !gone) return gone;
      continue;
    }
    if (Status settled = settleText(file, document.id, bytes.end, bytes.begin); !settled) return settled;
    const auto shortened = std::find_if(removal.shortened.begin(), removal.shortened.end(),
                                        [&](const ShortenedDocument& each) { return each.id == document.id; });
    if (shortened != removal.shortened.end()) {
      document.characters = shortened->characters;
      if (Status stored = replaceContents(file, document, shortened->contents); !stored) return stored;
    } else if (old.begin < bytes.end) {
      return file.invalid("document number " + std::to_string(document.id) + " is cut and nobody said how");
    }
    if (Status moved = updateDocument(file, document); !moved) return moved;
  }
  return {};
}

Status removeInOneTransaction(SessionFile& file, const TextRemoval& removal) {
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kRemoving);
  if (!transaction) return transaction.error();
  const auto documents = loadDocuments(file);
  if (!documents) return documents.error();
  const ByteRange bytes = removal.bytes;
  const std::uint64_t end = documents->empty() ? 0 : documents->back().bytes.end;
  if (bytes.begin >= bytes.end || bytes.end > end || (bytes.begin == 0 && bytes.end == end)) {
    return file.invalid("bytes " + std::to_string(bytes.begin) + " to " + std::to_string(bytes.end) + " of " +
                        std::to_string(end) + " cannot be taken out");
  }
  if (Status forgotten = forgetReading(file, removal.keptSegments, bytes.begin); !forgotten) return forgotten;
  if (Status cut = cutText(file, bytes); !cut) return cut;
  if (Status lifted = liftText(file, bytes.end); !lifted) return lifted;
  if (Status settled = settleDocuments(file, *documents, removal); !settled) return settled;
  if (Status moved = file.database.run(kMoveBookmarksSql, kRemoving, bytes.begin, bytes.end - bytes.begin, bytes.begin);
      !moved) {
    return moved;
  }
  if (removal.snapshot != nullptr) {
    if (removal.snapshot->segment != removal.keptSegments - 1) {
      return file.invalid("the memory after segment " + std::to_string(removal.snapshot->segment) + " was given, and " +
                          std::to_string(removal.keptSegments) + " segments stay");
    }
    if (Status stored = storeSnapshotRows(file, *removal.snapshot); !stored) return stored;
  }
  if (Status committed = transaction->commit(); !committed) return committed;
  file.cachedText = {};
  return {};
}

}  // namespace

Status SessionStore::removeText(const TextRemoval& removal) {
  SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (file.pending.id != 0) return file.invalid("a document is being imported: finish or drop it first");
  // Elsewhere pages that become free keep their bytes, and copies of the file have them too.
  if (Status set = file.database.execute("PRAGMA secure_delete = ON", kRemoving); !set) return set;
  Status removed = removeInOneTransaction(file, removal);
  if (Status back = file.database.execute("PRAGMA secure_delete = FAST", kRemoving); removed && !back) return back;
  return removed;
}

}  // namespace tidemark
