// Another edition of a document in the place of the one that was read.

#include <algorithm>
#include <cstring>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kReplacing = "replace a document of";

// Positions are unique: everything that moves is first lifted out of the way.
constexpr std::int64_t kLift = std::int64_t{1} << 60;
constexpr const char* kLiftSql = "UPDATE document_text SET byte_begin = byte_begin + ? WHERE byte_begin >= ?";
constexpr const char* kFirstLiftedSql = R"sql(
SELECT id, byte_begin, checksum, text FROM document_text WHERE document = ? AND byte_begin >= ?
ORDER BY byte_begin LIMIT 1)sql";
constexpr const char* kInsertPieceSql =
    "INSERT INTO document_text (document, byte_begin, byte_count, checksum, text) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kDeletePieceSql = "DELETE FROM document_text WHERE id = ?";
constexpr const char* kMoveDocumentSql = "UPDATE documents SET byte_begin = ?, byte_end = ?, checksum = ? WHERE id = ?";
constexpr const char* kDeleteDocumentSql = "DELETE FROM documents WHERE id = ?";
constexpr const char* kDeleteSegmentsSql = "DELETE FROM segments WHERE idx >= ?";  // and their snapshots, by cascade
constexpr const char* kDeleteMetricsSql = "DELETE FROM cell_metrics WHERE segment >= ?";
constexpr const char* kDeleteTailSql = "DELETE FROM tail";
constexpr const char* kDeleteEvidenceSql = "DELETE FROM evidence WHERE byte_end > ?";
constexpr const char* kMoveBookmarksSql =
    "UPDATE bookmarks SET byte_begin = max(?, byte_begin + ?) WHERE byte_begin >= ?";
constexpr const char* kClampBookmarksSql =
    "UPDATE bookmarks SET byte_begin = min(byte_begin, ?) WHERE byte_begin > ? AND byte_begin < ?";
constexpr const char* kReadUntilSql = R"sql(
SELECT max(ifnull((SELECT max(byte_end) FROM segments), 0),
           ifnull((SELECT max(next_chunk_byte + (next_tokens_consumed > 0)) FROM tail), 0)))sql";

constexpr std::size_t kBlockBytes = 256 * 1024;

std::optional<std::size_t> indexOf(const std::vector<DocumentRecord>& documents, std::int64_t id) {
  const auto found =
      std::find_if(documents.begin(), documents.end(), [id](const DocumentRecord& each) { return each.id == id; });
  if (found == documents.end()) return std::nullopt;
  return static_cast<std::size_t>(found - documents.begin());
}

std::uint64_t lengthOf(const DocumentRecord& document) {
  return document.bytes.end - document.bytes.begin;
}

/// How many bytes two documents share, from the front or from the back; at most `most`.
Result<std::uint64_t> sharedBytes(const SessionStore& store, ByteRange a, ByteRange b, std::uint64_t most,
                                  bool fromBack) {
  std::vector<char> ours(kBlockBytes);
  std::vector<char> theirs(kBlockBytes);
  std::uint64_t shared = 0;
  while (shared < most) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, most - shared));
    for (const auto& [bytes, buffer] : {std::pair(a, &ours), std::pair(b, &theirs)}) {
      const std::uint64_t at = fromBack ? bytes.end - shared - count : bytes.begin + shared;
      const auto got = store.readText(at, std::span(*buffer).first(count));
      if (!got) return got.error();
      if (*got != count) {
        return makeError(ErrorCode::kCorrupt, store.path().string() + ": text is missing at byte " +
                                                  std::to_string(at + *got) + "; go back to a copy of the file");
      }
    }
    const auto begin = ours.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    const auto same = fromBack
                          ? std::mismatch(std::reverse_iterator(end), std::reverse_iterator(begin),
                                          std::reverse_iterator(theirs.begin() + static_cast<std::ptrdiff_t>(count)))
                                    .first -
                                std::reverse_iterator(end)
                          : std::mismatch(begin, end, theirs.begin()).first - begin;
    shared += static_cast<std::uint64_t>(same);
    if (static_cast<std::size_t>(same) < count) break;
  }
  return shared;
}

/// Puts the lifted text of a document at its new place. New rows: a row of text never changes (CachedText).
Status settleText(const SessionFile& file, const DocumentRecord& document, std::uint64_t oldBegin) {
  Result<Statement> first = file.database.prepare(kFirstLiftedSql, kReplacing);
  if (!first) return first.error();
  Result<Statement> insert = file.database.prepare(kInsertPieceSql, kReplacing);
  if (!insert) return insert.error();
  while (true) {
    const Result<bool> found = first->bind(document.id, kLift).step();
    if (!found) return found.error();
    if (!*found) return {};
    const std::int64_t id = first->integer(0);
    const std::uint64_t before = first->unsignedInteger(1) - static_cast<std::uint64_t>(kLift);
    const auto text = first->blob(3);
    if (const std::string checksum = pieceChecksum(file, document.id, before, text); checksum != first->text(2)) {
      return file.corrupt("piece " + std::to_string(id) + " of the text", first->text(2), checksum);
    }
    const std::uint64_t begin = before - oldBegin + document.bytes.begin;
    insert->bind(document.id, begin, std::uint64_t{text.size()}, pieceChecksum(file, document.id, begin, text), text);
    if (Status stored = insert->run(); !stored) return stored;
    if (Status deleted = file.database.run(kDeletePieceSql, kReplacing, id); !deleted) return deleted;
  }
}

Status forgetReading(const SessionFile& file, std::int64_t keptSegments, std::uint64_t changedByte) {
  const Database& database = file.database;
  if (Status done = database.run(kDeleteSegmentsSql, kReplacing, keptSegments); !done) return done;
  if (Status done = database.run(kDeleteMetricsSql, kReplacing, keptSegments); !done) return done;
  if (Status done = database.run(kDeleteTailSql, kReplacing); !done) return done;
  if (Status done = database.run(kDeleteEvidenceSql, kReplacing, changedByte); !done) return done;
  return storePrecision(file, {}, keptSegments);
}

}  // namespace

Result<std::uint64_t> SessionStore::commonBytes(std::int64_t document, std::int64_t other) const {
  const auto all = documents();
  if (!all) return all.error();
  const auto a = indexOf(*all, document);
  const auto b = indexOf(*all, other);
  if (!a || !b) return m_impl->invalid("document number " + std::to_string(a ? other : document) + " is not there");
  const std::uint64_t most = std::min(lengthOf((*all)[*a]), lengthOf((*all)[*b]));
  return sharedBytes(*this, (*all)[*a].bytes, (*all)[*b].bytes, most, false);
}

Status SessionStore::replaceDocument(std::int64_t document, std::int64_t replacement, std::int64_t keptSegments) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (file.pending.id != 0) return file.invalid("a document is being imported: finish or drop it first");
  auto loaded = loadDocuments(file);
  if (!loaded) return loaded.error();
  std::vector<DocumentRecord>& all = *loaded;
  const auto oldIndex = indexOf(all, document);
  const auto newIndex = indexOf(all, replacement);
  if (!oldIndex || !newIndex || document == replacement || *newIndex + 1 != all.size()) {
    return file.invalid("document number " + std::to_string(replacement) + " cannot replace number " +
                        std::to_string(document) + ": it must be another one, and the last");
  }
  const DocumentRecord old = all[*oldIndex];
  DocumentRecord edition = all[*newIndex];
  const Result<std::int64_t> readUntil = file.database.integer(kReadUntilSql, kReplacing);
  if (!readUntil) return readUntil.error();
  if (lengthOf(edition) == 0 || static_cast<std::uint64_t>(*readUntil) > edition.bytes.begin) {
    return file.invalid("document number " + std::to_string(replacement) + " has no text, or was read already");
  }
  const std::uint64_t shorter = std::min(lengthOf(old), lengthOf(edition));
  const auto front = sharedBytes(*this, old.bytes, edition.bytes, shorter, false);
  if (!front) return front.error();
  const auto back = sharedBytes(*this, old.bytes, edition.bytes, shorter - *front, true);
  if (!back) return back.error();
  const std::uint64_t changedByte = old.bytes.begin + *front;

  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kReplacing);
  if (!transaction) return transaction.error();
  if (Status forgotten = forgetReading(file, keptSegments, changedByte); !forgotten) return forgotten;

  const std::int64_t delta = static_cast<std::int64_t>(lengthOf(edition)) - static_cast<std::int64_t>(lengthOf(old));
  const std::uint64_t backBegin = old.bytes.end - *back;
  if (Status done = file.database.run(kClampBookmarksSql, kReplacing, old.bytes.begin + lengthOf(edition), changedByte,
                                      backBegin);
      !done) {
    return done;
  }
  if (Status done = file.database.run(kMoveBookmarksSql, kReplacing, changedByte, delta, backBegin); !done) return done;

  // What stands before it, the edition, and what stands behind it.
  std::vector<std::pair<DocumentRecord, std::uint64_t>> moving;  // each with where its text begins now
  moving.emplace_back(edition, edition.bytes.begin);
  for (std::size_t i = *oldIndex + 1; i < *newIndex; ++i) moving.emplace_back(all[i], all[i].bytes.begin);
  if (Status gone = file.database.run(kDeleteDocumentSql, kReplacing, document); !gone) return gone;
  if (Status lifted = file.database.run(kLiftSql, kReplacing, kLift, old.bytes.end); !lifted) return lifted;
  std::uint64_t at = old.bytes.begin;
  for (auto& [record, oldBegin] : moving) {
    record.bytes = {at, at + lengthOf(record)};
    at = record.bytes.end;
    if (Status settled = settleText(file, record, oldBegin); !settled) return settled;
    if (Status moved = file.database.run(kMoveDocumentSql, kReplacing, record.bytes.begin, record.bytes.end,
                                         documentChecksum(file, record), record.id);
        !moved) {
      return moved;
    }
  }
  m_impl->cachedText = {};
  return transaction->commit();
}

}  // namespace tidemark
