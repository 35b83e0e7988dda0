// What segments wrote to memory, one row each. A trace goes with its segment.

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kInsertTraceSql = "INSERT OR REPLACE INTO traces (segment, checksum, payload) VALUES (?, ?, ?)";
constexpr const char* kSelectTracesSql =
    "SELECT segment, checksum, payload FROM traces WHERE segment >= ? AND segment < ? ORDER BY segment";
constexpr const char* kSelectUntracedSql = R"sql(
SELECT idx FROM segments WHERE idx < ? AND idx NOT IN (SELECT segment FROM traces) ORDER BY idx)sql";

constexpr const char* kSelectAllSql = "SELECT idx FROM segments WHERE idx < ? ORDER BY idx";

constexpr const char* kStoringTraces = "store memory traces in";
constexpr const char* kReadingTraces = "read the memory traces of";

std::string traceChecksum(const SessionFile& file, std::int64_t segment, std::span<const std::byte> payload) {
  return file.rowHash("memory trace").add(segment).add(payload).digest();
}

}  // namespace

Status storeTraceRows(const SessionFile& file, std::span<const TraceRecord> traces) {
  if (traces.empty()) return {};
  Result<Statement> insert = file.database.prepare(kInsertTraceSql, kStoringTraces);
  if (!insert) return insert.error();
  for (const TraceRecord& trace : traces) {
    const std::span<const std::byte> payload = trace.packed;
    const std::string checksum = traceChecksum(file, trace.segment, payload);
    if (Status stored = insert->bind(trace.segment, checksum, payload).run(); !stored) return stored;
  }
  return {};
}

Status SessionStore::storeTraces(std::span<const TraceRecord> traces) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kStoringTraces);
  if (!transaction) return transaction.error();
  if (Status stored = storeTraceRows(file, traces); !stored) return stored;
  return transaction->commit();
}

Result<std::vector<TraceRecord>> SessionStore::traces(std::int64_t first, std::int64_t end) const {
  const SessionFile& file = *m_impl;
  if (file.schemaVersion < kTracesVersion) return std::vector<TraceRecord>();
  Result<Statement> rows = file.database.prepare(kSelectTracesSql, kReadingTraces);
  if (!rows) return rows.error();
  rows->bind(first, end);
  std::vector<TraceRecord> traces;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return traces;
    const std::int64_t segment = rows->integer(0);
    const auto payload = rows->blob(2);
    if (const std::string found = traceChecksum(file, segment, payload); found != rows->text(1)) {
      return file.corrupt("the memory trace of segment " + std::to_string(segment), rows->text(1), found);
    }
    traces.push_back({segment, {payload.begin(), payload.end()}});
  }
}

Result<std::vector<std::int64_t>> SessionStore::segmentsWithoutTrace(std::int64_t end) const {
  const bool none = m_impl->schemaVersion < kTracesVersion;
  Result<Statement> rows = m_impl->database.prepare(none ? kSelectAllSql : kSelectUntracedSql, kReadingTraces);
  if (!rows) return rows.error();
  rows->bind(end);
  std::vector<std::int64_t> segments;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return segments;
    segments.push_back(rows->integer(0));
  }
}

}  // namespace tidemark
