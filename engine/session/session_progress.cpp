// What a read adds: segments, metrics of cells, and the tail.

#include <limits>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kCountSegmentsSql = "SELECT ifnull(max(idx) + 1, 0) FROM segments";
constexpr const char* kDeleteSegmentsSql = "DELETE FROM segments WHERE idx >= ?";  // and their snapshots, by cascade
constexpr const char* kDeleteMetricsSql = "DELETE FROM cell_metrics WHERE segment >= ?";
constexpr const char* kDeletePointsSql = "DELETE FROM timeline_points WHERE segment >= ?";
constexpr const char* kDeleteTailSql = "DELETE FROM tail";
constexpr const char* kInsertSegmentSql =
    "INSERT INTO segments (idx, byte_begin, byte_end, checksum, tokens) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kSelectSegmentsSql =
    "SELECT idx, byte_begin, byte_end, checksum, tokens FROM segments WHERE idx >= ? AND idx < ? ORDER BY idx";
constexpr const char* kInsertMetricsSql = R"sql(
INSERT OR REPLACE INTO cell_metrics (segment, layer, novelty, write_strength, relative_change)
VALUES (?, ?, ?, ?, ?))sql";
constexpr const char* kSelectMetricsSql = R"sql(
SELECT segment, layer, novelty, write_strength, relative_change FROM cell_metrics
WHERE segment >= ? AND segment < ? ORDER BY segment, layer)sql";
constexpr const char* kReplaceTailSql = R"sql(
INSERT OR REPLACE INTO tail (id, segments_before, next_chunk_byte, next_tokens_consumed, checksum, tokens, ranges)
VALUES (1, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* kSelectTailSql = R"sql(
SELECT segments_before, next_chunk_byte, next_tokens_consumed, checksum, tokens, ranges FROM tail)sql";

constexpr const char* kStoringProgress = "store the progress of a read in";
constexpr const char* kStoringTail = "store the tail in";

std::string segmentChecksum(const SessionFile& file, std::int64_t index, ByteRange bytes,
                            std::span<const std::byte> tokens) {
  return file.rowHash("segment").add(index).add(bytes.begin).add(bytes.end).add(tokens).digest();
}

std::string tailChecksum(const SessionFile& file, std::int64_t segmentsBefore, TextCursor next,
                         std::span<const std::byte> tokens, std::span<const std::byte> ranges) {
  return file.rowHash("tail")
      .add(segmentsBefore)
      .add(next.chunkByte)
      .add(next.tokensConsumed)
      .add(tokens)
      .add(ranges)
      .digest();
}

/// Removes what an interrupted or abandoned read left at and after segment `first`, and the tail in any case: its
/// tokens are part of the segments now.
Status makeRoom(const SessionFile& file, std::int64_t first, std::int64_t count) {
  if (first < count) {
    if (Status removed = removeSegments(file, first, kStoringProgress); !removed) return removed;
  }
  return removeTail(file, kStoringProgress);
}

Status storeSegments(const SessionFile& file, std::span<const SegmentRecord> segments) {
  if (segments.empty()) return {};
  const Result<std::int64_t> count = file.database.integer(kCountSegmentsSql, kStoringProgress);
  if (!count) return count.error();
  const std::int64_t first = segments.front().index;
  if (first < 0 || first > *count) {
    return file.invalid("segment " + std::to_string(first) + " cannot follow " + std::to_string(*count) + " segments");
  }
  if (Status room = makeRoom(file, first, *count); !room) return room;
  Result<Statement> insert = file.database.prepare(kInsertSegmentSql, kStoringProgress);
  if (!insert) return insert.error();
  std::int64_t expected = first;
  for (const SegmentRecord& segment : segments) {
    if (segment.index != expected) {
      return file.invalid("segment " + std::to_string(segment.index) + " was given where " + std::to_string(expected) +
                          " belongs");
    }
    ++expected;
    const auto tokens = std::as_bytes(std::span(segment.tokens));
    const std::string checksum = segmentChecksum(file, segment.index, segment.bytes, tokens);
    if (Status stored = insert->bind(segment.index, segment.bytes.begin, segment.bytes.end, checksum, tokens).run();
        !stored) {
      return stored;
    }
  }
  return {};
}

Status storeMetrics(const SessionFile& file, std::span<const CellMetricsRecord> metrics) {
  if (metrics.empty()) return {};
  Result<Statement> insert = file.database.prepare(kInsertMetricsSql, kStoringProgress);
  if (!insert) return insert.error();
  for (const CellMetricsRecord& cell : metrics) {
    insert->bind(cell.segment, cell.layer, static_cast<double>(cell.novelty), static_cast<double>(cell.writeStrength),
                 static_cast<double>(cell.relativeChange));
    if (Status stored = insert->run(); !stored) return stored;
  }
  return {};
}

Status storeSnapshot(const SessionFile& file, const SnapshotRecord& snapshot) {
  const Result<std::int64_t> count = file.database.integer(kCountSegmentsSql, kStoringProgress);
  if (!count) return count.error();
  if (snapshot.segment < 0 || snapshot.segment >= *count) {
    return file.invalid("a snapshot after segment " + std::to_string(snapshot.segment) + " was given where there are " +
                        std::to_string(*count) + " segments");
  }
  return storeSnapshotRows(file, snapshot);
}

}  // namespace

Status removeSegments(const SessionFile& file, std::int64_t first, const char* doing) {
  if (Status deleted = file.database.run(kDeleteSegmentsSql, doing, first); !deleted) return deleted;
  if (Status deleted = file.database.run(kDeletePointsSql, doing, first); !deleted) return deleted;
  return file.database.run(kDeleteMetricsSql, doing, first);
}

Status removeTail(const SessionFile& file, const char* doing) {
  return file.database.run(kDeleteTailSql, doing);
}

Status SessionStore::storeProgress(const ReadProgress& progress) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kStoringProgress);
  if (!transaction) return transaction.error();
  if (Status stored = storeSegments(file, progress.segments); !stored) return stored;
  if (!progress.segments.empty()) {
    if (Status noted = storePrecision(file, progress.precision, progress.segments.front().index); !noted) return noted;
  }
  if (Status stored = storeMetrics(file, progress.metrics); !stored) return stored;
  if (Status stored = storeTraceRows(file, progress.traces); !stored) return stored;
  if (progress.snapshot != nullptr) {
    if (Status stored = storeSnapshot(file, *progress.snapshot); !stored) return stored;
  }
  return transaction->commit();
}

Result<std::vector<SegmentRecord>> SessionStore::segments(std::int64_t first, std::int64_t end) const {
  const SessionFile& file = *m_impl;
  Result<Statement> rows = file.database.prepare(kSelectSegmentsSql, "read segments of");
  if (!rows) return rows.error();
  rows->bind(first, end);
  std::vector<SegmentRecord> segments;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return segments;
    const std::int64_t index = rows->integer(0);
    const ByteRange bytes{rows->unsignedInteger(1), rows->unsignedInteger(2)};
    const std::string checksum = segmentChecksum(file, index, bytes, rows->blob(4));
    auto tokens = valuesOf<TokenId>(rows->blob(4));
    if (checksum != rows->text(3) || !tokens) {
      return file.corrupt("segment " + std::to_string(index), rows->text(3), checksum);
    }
    segments.push_back(SegmentRecord{index, bytes, std::move(*tokens)});
  }
}

Result<std::int64_t> SessionStore::segmentCount() const {
  return m_impl->database.integer(kCountSegmentsSql, "count the segments of");
}

Result<std::vector<CellMetricsRecord>> SessionStore::metrics(std::int64_t firstSegment, std::int64_t endSegment) const {
  Result<Statement> rows = m_impl->database.prepare(kSelectMetricsSql, "read metrics of");
  if (!rows) return rows.error();
  rows->bind(firstSegment, endSegment);
  // Not-a-number is stored as NULL.
  const auto number = [&](int column) {
    return rows->isNull(column) ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(rows->real(column));
  };
  std::vector<CellMetricsRecord> metrics;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return metrics;
    metrics.push_back(
        CellMetricsRecord{rows->integer(0), static_cast<int>(rows->integer(1)), number(2), number(3), number(4)});
  }
}

Status SessionStore::storeTail(const TailRecord& tail) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (tail.tokens.ids.size() != tail.tokens.bytes.size()) {
    return file.invalid("a tail of " + std::to_string(tail.tokens.ids.size()) + " tokens was given " +
                        std::to_string(tail.tokens.bytes.size()) + " byte ranges");
  }
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kStoringTail);
  if (!transaction) return transaction.error();
  const Result<std::int64_t> count = file.database.integer(kCountSegmentsSql, kStoringTail);
  if (!count) return count.error();
  if (tail.segmentsBefore != *count) {
    return file.invalid("a tail after " + std::to_string(tail.segmentsBefore) + " segments was given where there are " +
                        std::to_string(*count));
  }
  const auto tokens = std::as_bytes(std::span(tail.tokens.ids));
  const auto ranges = std::as_bytes(std::span(tail.tokens.bytes));
  const std::string checksum = tailChecksum(file, tail.segmentsBefore, tail.next, tokens, ranges);
  if (Status stored = file.database.run(kReplaceTailSql, kStoringTail, tail.segmentsBefore, tail.next.chunkByte,
                                        tail.next.tokensConsumed, checksum, tokens, ranges);
      !stored) {
    return stored;
  }
  return transaction->commit();
}

Result<std::optional<TailRecord>> loadTailRow(const SessionFile& file) {
  Result<Statement> row = file.database.prepare(kSelectTailSql, "read the tail of");
  if (!row) return row.error();
  const Result<bool> found = row->step();
  if (!found) return found.error();
  if (!*found) return std::optional<TailRecord>();
  TailRecord tail;
  tail.segmentsBefore = row->integer(0);
  tail.next = {row->unsignedInteger(1), row->unsignedInteger(2)};
  const std::string checksum = tailChecksum(file, tail.segmentsBefore, tail.next, row->blob(4), row->blob(5));
  auto ids = valuesOf<TokenId>(row->blob(4));
  auto ranges = valuesOf<ByteRange>(row->blob(5));
  if (checksum != row->text(3) || !ids || !ranges || ids->size() != ranges->size()) {
    return file.corrupt("the tail", row->text(3), checksum);
  }
  tail.tokens = {std::move(*ids), std::move(*ranges)};
  return std::optional<TailRecord>(std::move(tail));
}

Result<std::optional<TailRecord>> SessionStore::loadTail(std::int64_t segmentsBefore) const {
  Result<std::optional<TailRecord>> tail = loadTailRow(*m_impl);
  if (tail.ok() && tail->has_value() && (*tail)->segmentsBefore != segmentsBefore) return std::optional<TailRecord>();
  return tail;
}

}  // namespace tidemark
