// Documents of a session and their text, kept in pieces of kPieceBytes.

#include <algorithm>
#include <cstring>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::size_t kCommitBytes = 16 * 1024 * 1024;

constexpr const char* kSelectDocumentsSql = R"sql(
SELECT id, title, source_path, source_sha256, byte_begin, byte_end, characters, replaced_bytes, imported_at, checksum
FROM documents WHERE finished = 1 ORDER BY byte_begin, id)sql";
constexpr const char* kSelectDocumentSql =
    "SELECT title, source_path, imported_at, byte_begin, byte_end, finished FROM documents WHERE id = ?";
constexpr const char* kEndOfTextSql = "SELECT ifnull(max(byte_end), 0) FROM documents WHERE finished = 1";
constexpr const char* kInsertDocumentSql = R"sql(
INSERT INTO documents (title, source_path, source_sha256, byte_begin, byte_end, characters, replaced_bytes, imported_at,
                       finished, checksum)
VALUES (?, ?, '', ?, ?, 0, 0, ?, 0, ''))sql";
constexpr const char* kFinishDocumentSql = R"sql(
UPDATE documents SET source_sha256 = ?, byte_end = ?, characters = ?, replaced_bytes = ?, finished = 1, checksum = ?
WHERE id = ?)sql";
constexpr const char* kDeleteDocumentSql = "DELETE FROM documents WHERE id = ?";
constexpr const char* kDeleteUnfinishedSql = "DELETE FROM documents WHERE finished = 0";
constexpr const char* kDeleteOrphanMetricsSql =
    "DELETE FROM cell_metrics WHERE segment > (SELECT ifnull(max(idx), -1) FROM segments)";
constexpr const char* kInsertPieceSql =
    "INSERT INTO document_text (document, byte_begin, byte_count, checksum, text) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kSelectPieceSql =
    "SELECT document, byte_begin, byte_count, checksum, text FROM document_text WHERE id = ?";
constexpr const char* kFindPieceSql = R"sql(
SELECT piece.id FROM document_text AS piece JOIN documents ON documents.id = piece.document
WHERE (documents.finished = 1 OR documents.id = ?) AND piece.byte_begin <= ? ORDER BY piece.byte_begin DESC LIMIT 1)sql";
constexpr const char* kReadUntilSql = R"sql(
SELECT max(ifnull((SELECT max(byte_end) FROM segments), 0),
           ifnull((SELECT max(next_chunk_byte + (next_tokens_consumed > 0)) FROM tail), 0)))sql";

constexpr const char* kImporting = "store a document in";
constexpr const char* kReadingDocument = "read a document of";

/// Writes all pending text, in a transaction of the caller.
Status storePending(const SessionFile& file) {
  const PendingDocument& pending = file.pending;
  Result<TextInsert> insert = TextInsert::prepare(file, kImporting);
  if (!insert) return insert.error();
  const std::span<const std::byte> all = std::as_bytes(std::span(pending.text));
  for (std::size_t at = 0; at < all.size(); at += kPieceBytes) {
    const auto piece = all.subspan(at, std::min(kPieceBytes, all.size() - at));
    const std::uint64_t begin = pending.storedEnd + at;
    if (Status stored = insert->add(pending.id, begin, piece); !stored) return stored;
  }
  return {};
}

Status commitPending(SessionFile& file) {
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kImporting);
  if (!transaction) return transaction.error();
  if (Status stored = storePending(file); !stored) return stored;
  if (Status committed = transaction->commit(); !committed) return committed;
  file.pending.storedEnd += file.pending.text.size();
  file.pending.text.clear();
  return {};
}

/// A row of documents, finished or not.
struct StoredDocument {
  DocumentRecord record;
  bool isFinished = false;
};

Result<StoredDocument> storedDocument(const SessionFile& file, std::int64_t id) {
  Result<Statement> row = file.database.prepare(kSelectDocumentSql, kImporting);
  if (!row) return row.error();
  const Result<bool> found = row->bind(id).step();
  if (!found) return found.error();
  if (!*found) {
    return makeError(ErrorCode::kNotFound, file.path.string() + " has no document number " + std::to_string(id));
  }
  StoredDocument document;
  document.record.id = id;
  document.record.title = row->text(0);
  document.record.sourcePath = row->text(1);
  document.record.importedAt = row->text(2);
  document.record.bytes = {row->unsignedInteger(3), row->unsignedInteger(4)};
  document.isFinished = row->integer(5) == 1;
  return document;
}

/// Positions count over all documents: only the last one can go without moving others, and what the memory holds of it
/// cannot be taken out again.
Status requireDroppable(const SessionFile& file, const StoredDocument& document) {
  if (!document.isFinished) return {};
  const Result<std::int64_t> end = file.database.integer(kEndOfTextSql, kImporting);
  if (!end) return end.error();
  const Result<std::int64_t> readUntil = file.database.integer(kReadUntilSql, kImporting);
  if (!readUntil) return readUntil.error();
  if (document.record.bytes.end != static_cast<std::uint64_t>(*end)) {
    return file.invalid("document number " + std::to_string(document.record.id) + " is followed by others");
  }
  if (static_cast<std::uint64_t>(*readUntil) > document.record.bytes.begin) {
    return file.invalid("document number " + std::to_string(document.record.id) + " was already read into memory");
  }
  return {};
}

}  // namespace

std::string documentChecksum(const SessionFile& file, const DocumentRecord& document) {
  return file.rowHash("document")
      .add(document.id)
      .add(document.title)
      .add(document.sourcePath)
      .add(document.sourceSha256)
      .add(document.bytes.begin)
      .add(document.bytes.end)
      .add(document.characters)
      .add(document.replacedBytes)
      .add(document.importedAt)
      .digest();
}

std::string pieceChecksum(const SessionFile& file, std::int64_t document, std::uint64_t begin,
                          std::span<const std::byte> text) {
  return file.rowHash("text").add(document).add(begin).add(text).digest();
}

Result<TextInsert> TextInsert::prepare(const SessionFile& file, const char* doing) {
  Result<Statement> insert = file.database.prepare(kInsertPieceSql, doing);
  if (!insert) return insert.error();
  return TextInsert(file, std::move(*insert));
}

Status TextInsert::add(std::int64_t document, std::uint64_t begin, std::span<const std::byte> text) {
  const std::string checksum = pieceChecksum(*m_file, document, begin, text);
  return m_insert.bind(document, begin, std::uint64_t{text.size()}, checksum, text).run();
}

Status requirePending(const SessionFile& file, std::int64_t id) {
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (file.pending.id == id && id != 0) return {};
  return file.invalid("document number " + std::to_string(id) + " is not being imported");
}

Result<DocumentRecord> finishPending(const SessionFile& file, const std::string& sourceSha256, std::uint64_t characters,
                                     std::uint64_t replacedBytes, const DocumentContents& contents) {
  if (Status text = storePending(file); !text) return text.error();
  Result<StoredDocument> stored = storedDocument(file, file.pending.id);
  if (!stored) return stored.error();
  DocumentRecord document = std::move(stored->record);
  document.sourceSha256 = sourceSha256;
  document.bytes = {file.pending.begin, file.pending.storedEnd + file.pending.text.size()};
  document.characters = characters;
  document.replacedBytes = replacedBytes;
  if (Status finished = file.database.run(kFinishDocumentSql, kImporting, sourceSha256, document.bytes.end, characters,
                                          replacedBytes, documentChecksum(file, document), document.id);
      !finished) {
    return finished.error();
  }
  if (Status kept = storeContents(file, document.id, document.bytes, contents); !kept) return kept.error();
  return document;
}

Status dropLeftovers(const SessionFile& file) {
  if (Status dropped = file.database.run(kDeleteUnfinishedSql, "open"); !dropped) return dropped;
  return file.database.run(kDeleteOrphanMetricsSql, "open");
}

Result<CachedText> loadTextPiece(const SessionFile& file, std::int64_t id) {
  Result<Statement> row = file.database.prepare(kSelectPieceSql, kReadingDocument);
  if (!row) return row.error();
  const Result<bool> found = row->bind(id).step();
  if (!found) return found.error();
  const std::string name = "piece " + std::to_string(id) + " of the text";
  if (!*found) return file.corrupt(name, "that of a row", "missing");
  const std::uint64_t begin = row->unsignedInteger(1);
  const auto bytes = row->blob(4);
  const std::string checksum = pieceChecksum(file, row->integer(0), begin, bytes);
  if (checksum != row->text(3)) return file.corrupt(name, row->text(3), checksum);
  if (bytes.size() != row->unsignedInteger(2)) {
    return file.corrupt(name, "over " + row->text(2) + " bytes", "over " + std::to_string(bytes.size()));
  }
  return CachedText{id, begin, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())};
}

Result<std::vector<DocumentRecord>> loadDocuments(const SessionFile& file) {
  Result<Statement> rows = file.database.prepare(kSelectDocumentsSql, "list the documents of");
  if (!rows) return rows.error();
  std::vector<DocumentRecord> documents;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return documents;
    DocumentRecord document{rows->integer(0),
                            rows->text(1),
                            rows->text(2),
                            rows->text(3),
                            {rows->unsignedInteger(4), rows->unsignedInteger(5)},
                            rows->unsignedInteger(6),
                            rows->unsignedInteger(7),
                            rows->text(8)};
    if (const std::string checksum = documentChecksum(file, document); checksum != rows->text(9)) {
      return file.corrupt("document number " + std::to_string(document.id), rows->text(9), checksum);
    }
    documents.push_back(std::move(document));
  }
}

Result<std::vector<DocumentRecord>> SessionStore::documents() const {
  return loadDocuments(*m_impl);
}

Result<std::int64_t> SessionStore::beginDocument(const std::string& title, const std::string& sourcePath) {
  SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable.error();
  if (file.pending.id != 0) return file.invalid("another document is being imported: finish or drop it first");
  const Result<std::int64_t> begin = file.database.integer(kEndOfTextSql, kImporting);
  if (!begin) return begin.error();
  if (Status stored = file.database.run(kInsertDocumentSql, kImporting, title, sourcePath, *begin, *begin, utcNow());
      !stored) {
    return stored.error();
  }
  const auto position = static_cast<std::uint64_t>(*begin);
  file.pending = PendingDocument{file.database.lastInsertId(), position, position, {}};
  return file.pending.id;
}

Status SessionStore::appendText(std::int64_t documentId, std::string_view text) {
  SessionFile& file = *m_impl;
  if (Status pending = requirePending(file, documentId); !pending) return pending;
  while (!text.empty()) {
    const std::size_t take = std::min(text.size(), kCommitBytes - file.pending.text.size());
    file.pending.text += text.substr(0, take);
    text.remove_prefix(take);
    if (file.pending.text.size() < kCommitBytes) continue;
    if (Status stored = commitPending(file); !stored) return stored;
  }
  return {};
}

ByteRange SessionStore::pendingText() const {
  const PendingDocument& pending = m_impl->pending;
  return {pending.begin, pending.storedEnd + pending.text.size()};
}

Result<DocumentRecord> SessionStore::finishDocument(std::int64_t documentId, const std::string& sourceSha256,
                                                    std::uint64_t characters, std::uint64_t replacedBytes,
                                                    const DocumentContents& contents) {
  SessionFile& file = *m_impl;
  if (Status pending = requirePending(file, documentId); !pending) return pending.error();
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kImporting);
  if (!transaction) return transaction.error();
  Result<DocumentRecord> document = finishPending(file, sourceSha256, characters, replacedBytes, contents);
  if (!document) return document.error();
  if (Status committed = transaction->commit(); !committed) return committed.error();
  file.pending = {};
  return document;
}

Status SessionStore::dropDocument(std::int64_t documentId) {
  SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kImporting);
  if (!transaction) return transaction.error();
  const Result<StoredDocument> document = storedDocument(file, documentId);
  if (!document) return document.error();
  if (Status droppable = requireDroppable(file, *document); !droppable) return droppable;
  if (Status dropped = file.database.run(kDeleteDocumentSql, kImporting, documentId); !dropped) return dropped;
  if (Status committed = transaction->commit(); !committed) return committed;
  if (file.pending.id == documentId) file.pending = {};
  return {};
}

Result<std::size_t> SessionStore::readText(std::uint64_t offset, std::span<char> out) const {
  SessionFile& file = *m_impl;
  // One view of the file: a document may be dropped by a writer between finding a piece and loading it.
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kRead, kReadingDocument);
  if (!transaction) return transaction.error();
  Result<Statement> find = file.database.prepare(kFindPieceSql, kReadingDocument);
  if (!find) return find.error();
  std::size_t copied = 0;
  const PendingDocument& pending = file.pending;
  while (copied < out.size()) {
    const std::uint64_t position = offset + copied;
    if (pending.id != 0 && position >= pending.storedEnd) {
      const std::uint64_t at = position - pending.storedEnd;
      if (at >= pending.text.size()) break;
      copied += pending.text.copy(out.data() + copied, out.size() - copied, at);
      continue;
    }
    const Result<bool> found = find->bind(file.pending.id, position).step();
    if (!found) return found.error();
    if (!*found) break;
    if (const std::int64_t id = find->integer(0); id != file.cachedText.id) {
      Result<CachedText> piece = loadTextPiece(file, id);
      if (!piece) return piece.error();
      file.cachedText = std::move(*piece);
    }
    const CachedText& piece = file.cachedText;
    if (position < piece.begin || position - piece.begin >= piece.text.size()) break;
    const std::size_t at = position - piece.begin;
    const std::size_t count = std::min(out.size() - copied, piece.text.size() - at);
    std::memcpy(out.data() + copied, piece.text.data() + at, count);
    copied += count;
  }
  return copied;
}

}  // namespace tidemark
