// Where answers came from, by the memory trace.

#include <cmath>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kDeleteEvidenceSql = "DELETE FROM evidence WHERE question = ?";
constexpr const char* kInsertEvidenceSql = R"sql(
INSERT INTO evidence (question, rank, segment, share, log_drop, page, byte_begin, byte_end, quote, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* kSelectEvidenceSql = R"sql(
SELECT rank, segment, share, log_drop, page, byte_begin, byte_end, quote, checksum FROM evidence
WHERE question = ? ORDER BY rank)sql";

constexpr const char* kStoringEvidence = "store the evidence of an answer in";
constexpr const char* kReadingEvidence = "read the evidence of an answer of";

std::string evidenceChecksum(const SessionFile& file, std::int64_t question, std::int64_t rank,
                             const EvidenceRecord& evidence) {
  return file.rowHash("evidence")
      .add(question)
      .add(rank)
      .add(evidence.segment)
      .add(std::as_bytes(std::span(&evidence.share, 1)))
      .add(std::as_bytes(std::span(&evidence.logDrop, 1)))
      .add(evidence.page)
      .add(evidence.bytes.begin)
      .add(evidence.bytes.end)
      .add(evidence.quote)
      .digest();
}

}  // namespace

Status storeEvidenceRows(const SessionFile& file, std::int64_t question, std::span<const EvidenceRecord> evidence) {
  if (Status deleted = file.database.run(kDeleteEvidenceSql, kStoringEvidence, question); !deleted) return deleted;
  std::int64_t rank = 0;
  for (const EvidenceRecord& each : evidence) {
    if (!std::isfinite(each.share) || !std::isfinite(each.logDrop)) {
      return file.invalid("evidence with a share that is not a number was given");
    }
    if (Status stored = file.database.run(kInsertEvidenceSql, kStoringEvidence, question, rank, each.segment,
                                          each.share, each.logDrop, each.page, each.bytes.begin, each.bytes.end,
                                          each.quote, evidenceChecksum(file, question, rank, each));
        !stored) {
      return stored;
    }
    ++rank;
  }
  return {};
}

Result<std::vector<EvidenceRecord>> loadEvidenceRows(const SessionFile& file, std::int64_t question) {
  if (file.schemaVersion < kTracesVersion) return std::vector<EvidenceRecord>();
  Result<Statement> rows = file.database.prepare(kSelectEvidenceSql, kReadingEvidence);
  if (!rows) return rows.error();
  rows->bind(question);
  std::vector<EvidenceRecord> evidence;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return evidence;
    EvidenceRecord each;
    each.segment = rows->integer(1);
    each.share = rows->real(2);
    each.logDrop = rows->real(3);
    each.page = rows->integer(4);
    each.bytes = {rows->unsignedInteger(5), rows->unsignedInteger(6)};
    each.quote = rows->text(7);
    if (const std::string found = evidenceChecksum(file, question, rows->integer(0), each); found != rows->text(8)) {
      return file.corrupt("the evidence of question number " + std::to_string(question), rows->text(8), found);
    }
    evidence.push_back(std::move(each));
  }
}

}  // namespace tidemark
