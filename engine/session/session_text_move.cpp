#include "engine/session/session_text_move.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr const char* kMoving = "move the text of";

constexpr std::int64_t kLift = std::int64_t{1} << 60;
constexpr const char* kLiftSql = "UPDATE document_text SET byte_begin = byte_begin + ? WHERE byte_begin >= ?";
constexpr const char* kFirstLiftedSql = R"sql(
SELECT id, byte_begin, checksum, text FROM document_text WHERE document = ? AND byte_begin >= ?
ORDER BY byte_begin LIMIT 1)sql";
constexpr const char* kFirstCutSql = R"sql(
SELECT id, document FROM document_text WHERE byte_begin < ? AND byte_begin + byte_count > ?
ORDER BY byte_begin LIMIT 1)sql";
constexpr const char* kDeletePieceSql = "DELETE FROM document_text WHERE id = ?";
constexpr const char* kUpdateDocumentSql =
    "UPDATE documents SET byte_begin = ?, byte_end = ?, characters = ?, checksum = ? WHERE id = ?";
constexpr const char* kDeleteDocumentSql = "DELETE FROM documents WHERE id = ?";

}  // namespace

Status liftText(const SessionFile& file, std::uint64_t from) {
  return file.database.run(kLiftSql, kMoving, kLift, from);
}

Status settleText(const SessionFile& file, std::int64_t document, std::uint64_t oldBegin, std::uint64_t newBegin) {
  Result<Statement> first = file.database.prepare(kFirstLiftedSql, kMoving);
  if (!first) return first.error();
  Result<TextInsert> insert = TextInsert::prepare(file, kMoving);
  if (!insert) return insert.error();
  while (true) {
    const Result<bool> found = first->bind(document, kLift).step();
    if (!found) return found.error();
    if (!*found) return {};
    const std::int64_t id = first->integer(0);
    const std::uint64_t before = first->unsignedInteger(1) - static_cast<std::uint64_t>(kLift);
    const auto text = first->blob(3);
    if (const std::string checksum = pieceChecksum(file, document, before, text); checksum != first->text(2)) {
      return file.corrupt("piece " + std::to_string(id) + " of the text", first->text(2), checksum);
    }
    if (Status stored = insert->add(document, before - oldBegin + newBegin, text); !stored) return stored;
    if (Status deleted = file.database.run(kDeletePieceSql, kMoving, id); !deleted) return deleted;
  }
}

Status cutText(const SessionFile& file, ByteRange bytes) {
  Result<Statement> first = file.database.prepare(kFirstCutSql, kMoving);
  if (!first) return first.error();
  Result<TextInsert> insert = TextInsert::prepare(file, kMoving);
  if (!insert) return insert.error();
  while (true) {
    const Result<bool> found = first->bind(bytes.end, bytes.begin).step();
    if (!found) return found.error();
    if (!*found) return {};
    const std::int64_t document = first->integer(1);
    const Result<CachedText> piece = loadTextPiece(file, first->integer(0));
    if (!piece) return piece.error();
    if (Status deleted = file.database.run(kDeletePieceSql, kMoving, piece->id); !deleted) return deleted;
    const std::span<const std::byte> text = std::as_bytes(std::span(piece->text));
    const std::uint64_t end = piece->begin + text.size();
    if (piece->begin < bytes.begin) {
      const auto front = text.first(static_cast<std::size_t>(bytes.begin - piece->begin));
      if (Status stored = insert->add(document, piece->begin, front); !stored) return stored;
    }
    if (end > bytes.end) {
      const auto back = text.last(static_cast<std::size_t>(end - bytes.end));
      if (Status stored = insert->add(document, bytes.end, back); !stored) return stored;
    }
  }
}

Status updateDocument(const SessionFile& file, const DocumentRecord& document) {
  return file.database.run(kUpdateDocumentSql, kMoving, document.bytes.begin, document.bytes.end, document.characters,
                           documentChecksum(file, document), document.id);
}

Status deleteDocument(const SessionFile& file, std::int64_t document) {
  return file.database.run(kDeleteDocumentSql, kMoving, document);
}

Status forgetReading(const SessionFile& file, std::int64_t keptSegments, std::uint64_t changedByte) {
  if (Status done = removeSegments(file, keptSegments, kMoving); !done) return done;
  if (Status done = removeTail(file, kMoving); !done) return done;
  if (Status done = forgetEvidence(file, keptSegments, changedByte); !done) return done;
  return storePrecision(file, {}, keptSegments);
}

}  // namespace tidemark
