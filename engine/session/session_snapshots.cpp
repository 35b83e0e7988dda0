// Snapshots: one row each, and one row per layer with its payload.

#include <algorithm>
#include <new>

#include "engine/session/session_file.h"
#include "engine/session/snapshot_thinning.h"

namespace tidemark {
namespace {

constexpr const char* kSelectInfosSql = R"sql(
SELECT id, segment, next_chunk_byte, next_tokens_consumed, state_hash, reason, pinned, bytes, created_at, checksum
FROM snapshots WHERE segment <= ? ORDER BY segment)sql";
constexpr const char* kSelectNewestSql = R"sql(
SELECT id, segment, next_chunk_byte, next_tokens_consumed, state_hash, reason, pinned, bytes, created_at, checksum
FROM snapshots WHERE segment <= ? ORDER BY segment DESC LIMIT 1)sql";
constexpr const char* kSelectInfoSql = R"sql(
SELECT id, segment, next_chunk_byte, next_tokens_consumed, state_hash, reason, pinned, bytes, created_at, checksum
FROM snapshots WHERE id = ?)sql";
constexpr const char* kInsertSnapshotSql = R"sql(
INSERT INTO snapshots (segment, next_chunk_byte, next_tokens_consumed, state_hash, reason, pinned, bytes, created_at,
                       checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* kIsPinnedSql = "SELECT pinned FROM snapshots WHERE segment = ?";
constexpr const char* kPinSql = "UPDATE snapshots SET pinned = ? WHERE segment = ?";
constexpr const char* kDeleteSegmentsSnapshotSql = "DELETE FROM snapshots WHERE segment = ?";
constexpr const char* kDeleteSnapshotSql = "DELETE FROM snapshots WHERE id = ?";
constexpr const char* kInsertLayerSql =
    "INSERT INTO snapshot_layers (snapshot, layer, written, checksum, payload) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kSelectLayersSql =
    "SELECT id, layer, written, checksum FROM snapshot_layers WHERE snapshot = ? ORDER BY layer";

constexpr const char* kStoringSnapshot = "store a snapshot in";
constexpr const char* kListing = "list the snapshots of";
constexpr const char* kLoading = "load a snapshot of";
constexpr const char* kThinning = "thin the snapshots of";

/// Payloads are read and hashed in pieces that stay in the cache.
constexpr std::size_t kReadBytes = 256 * 1024;

RowHash layerHash(const SessionFile& file, std::int64_t segment, std::int64_t layer, bool written, std::size_t bytes) {
  RowHash hash = file.rowHash("snapshot layer");
  hash.add(segment).add(layer).add(std::uint64_t{written}).add(std::uint64_t{bytes});
  return hash;
}

/// Over everything but the pin, which changes; the layers' checksums tie the payloads to this very snapshot.
std::string snapshotChecksum(const SessionFile& file, const SnapshotInfo& info,
                             std::span<const std::string> layerChecksums) {
  RowHash hash = file.rowHash("snapshot");
  hash.add(info.segment).add(info.next.chunkByte).add(info.next.tokensConsumed).add(info.stateHash);
  hash.add(std::int64_t{static_cast<int>(info.reason)}).add(info.bytes).add(info.createdAt);
  for (const std::string& checksum : layerChecksums) hash.add(checksum);
  return hash.digest();
}

SnapshotInfo infoAt(const Statement& row) {
  SnapshotInfo info;
  info.id = row.integer(0);
  info.segment = row.integer(1);
  info.next = {row.unsignedInteger(2), row.unsignedInteger(3)};
  info.stateHash = row.text(4);
  info.reason = static_cast<SnapshotReason>(std::clamp<std::int64_t>(row.integer(5), 0, 3));
  info.pinned = row.integer(6) != 0;
  info.bytes = row.unsignedInteger(7);
  info.createdAt = row.text(8);
  return info;
}

struct StoredLayer {
  std::int64_t id = 0;
  std::int64_t layer = 0;
  bool written = false;
  std::string checksum;
};

Result<std::vector<StoredLayer>> storedLayers(const SessionFile& file, std::int64_t snapshot) {
  Result<Statement> rows = file.database.prepare(kSelectLayersSql, kLoading);
  if (!rows) return rows.error();
  rows->bind(snapshot);
  std::vector<StoredLayer> layers;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return layers;
    layers.push_back(StoredLayer{rows->integer(0), rows->integer(1), rows->integer(2) != 0, rows->text(3)});
  }
}

std::string layerName(std::int64_t segment, std::int64_t layer) {
  return "the snapshot after segment " + std::to_string(segment) + ", layer " + std::to_string(layer) + ",";
}

Result<LayerPayload> loadLayer(const SessionFile& file, std::int64_t segment, const StoredLayer& layer,
                               std::uint64_t fileBytes) {
  const Result<Blob> blob = Blob::open(file.database, "snapshot_layers", "payload", layer.id, kLoading);
  if (!blob) return blob.error();
  const std::size_t bytes = blob->size();
  if (bytes > fileBytes || bytes % sizeof(float) != 0) {
    return file.corrupt(layerName(segment, layer.layer), layer.checksum,
                        "that of " + std::to_string(bytes) + " bytes, which cannot be");
  }
  LayerPayload payload;
  payload.written = layer.written;
  try {
    payload.values.resize(bytes / sizeof(float));
  } catch (const std::bad_alloc&) {
    return makeError(ErrorCode::kOutOfMemory, "cannot load a snapshot of " + file.path.string() + ": one layer needs " +
                                                  std::to_string(bytes) + " bytes of memory; close other programs");
  }
  const std::span<std::byte> out = std::as_writable_bytes(std::span(payload.values));
  RowHash hash = layerHash(file, segment, layer.layer, layer.written, bytes);
  for (std::size_t at = 0; at < bytes; at += kReadBytes) {
    const auto piece = out.subspan(at, std::min(kReadBytes, bytes - at));
    if (Status read = blob->read(at, piece); !read) return read.error();
    hash.addPiece(piece);
  }
  if (const std::string found = hash.digest(); found != layer.checksum) {
    return file.corrupt(layerName(segment, layer.layer), layer.checksum, found);
  }
  return payload;
}

struct StoredSnapshot {
  SnapshotInfo info;
  std::string checksum;
};

Result<StoredSnapshot> storedSnapshot(const SessionFile& file, std::int64_t id) {
  Result<Statement> row = file.database.prepare(kSelectInfoSql, kLoading);
  if (!row) return row.error();
  const Result<bool> found = row->bind(id).step();
  if (!found) return found.error();
  if (*found) return StoredSnapshot{infoAt(*row), row->text(9)};
  return makeError(ErrorCode::kNotFound, file.path.string() + " has no snapshot number " + std::to_string(id) +
                                             ": it may have been thinned out; list the snapshots again");
}

Result<std::vector<SnapshotInfo>> listSnapshots(const SessionFile& file, const char* sql, std::int64_t until) {
  Result<Statement> rows = file.database.prepare(sql, kListing);
  if (!rows) return rows.error();
  rows->bind(until);
  std::vector<SnapshotInfo> infos;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return infos;
    infos.push_back(infoAt(*rows));
  }
}

Status insertLayers(const SessionFile& file, std::int64_t id, const SnapshotRecord& snapshot,
                    std::span<const std::string> checksums) {
  // Bound, not written through a blob handle: for 50 MB in 16 rows neither was faster than the other (120 to 400 ms,
  // the disk's), and this is one step fewer.
  Result<Statement> insert = file.database.prepare(kInsertLayerSql, kStoringSnapshot);
  if (!insert) return insert.error();
  for (std::size_t layer = 0; layer < snapshot.layers.size(); ++layer) {
    const LayerPayload& payload = snapshot.layers[layer];
    const auto bytes = std::as_bytes(std::span(payload.values));
    if (Status stored =
            insert->bind(id, static_cast<std::int64_t>(layer), int{payload.written}, checksums[layer], bytes).run();
        !stored) {
      return stored;
    }
  }
  return {};
}

}  // namespace

Status storeSnapshotRows(const SessionFile& file, const SnapshotRecord& snapshot) {
  if (snapshot.layers.size() != static_cast<std::size_t>(std::max(file.model.layers, 0))) {
    return file.invalid("a snapshot of " + std::to_string(snapshot.layers.size()) +
                        " layers was given for a model of " + std::to_string(file.model.layers));
  }
  const Result<std::int64_t> wasPinned = file.database.integer(kIsPinnedSql, kStoringSnapshot, snapshot.segment);
  if (!wasPinned) return wasPinned.error();
  const bool pinned = snapshot.pinned || *wasPinned != 0;
  if (Status deleted = file.database.run(kDeleteSegmentsSnapshotSql, kStoringSnapshot, snapshot.segment); !deleted) {
    return deleted;
  }
  SnapshotInfo info{0, snapshot.segment, snapshot.next, snapshot.stateHash, snapshot.reason, pinned, 0, utcNow()};
  std::vector<std::string> checksums;
  for (std::size_t layer = 0; layer < snapshot.layers.size(); ++layer) {
    const LayerPayload& payload = snapshot.layers[layer];
    const auto bytes = std::as_bytes(std::span(payload.values));
    RowHash hash = layerHash(file, snapshot.segment, static_cast<std::int64_t>(layer), payload.written, bytes.size());
    hash.addPiece(bytes);
    checksums.push_back(hash.digest());
    info.bytes += bytes.size();
  }
  if (Status stored =
          file.database.run(kInsertSnapshotSql, kStoringSnapshot, info.segment, info.next.chunkByte,
                            info.next.tokensConsumed, info.stateHash, static_cast<int>(info.reason), int{pinned},
                            info.bytes, info.createdAt, snapshotChecksum(file, info, checksums));
      !stored) {
    return stored;
  }
  return insertLayers(file, file.database.lastInsertId(), snapshot, checksums);
}

Result<SnapshotRecord> loadSnapshotRows(const SessionFile& file, std::int64_t id) {
  const Result<StoredSnapshot> stored = storedSnapshot(file, id);
  if (!stored) return stored.error();
  const SnapshotInfo& info = stored->info;
  const Result<std::vector<StoredLayer>> layers = storedLayers(file, id);
  if (!layers) return layers.error();
  std::vector<std::string> checksums;
  for (const StoredLayer& layer : *layers) checksums.push_back(layer.checksum);
  const std::string name = "the snapshot after segment " + std::to_string(info.segment);
  if (const std::string found = snapshotChecksum(file, info, checksums); found != stored->checksum) {
    return file.corrupt(name, stored->checksum, found);
  }
  const Result<std::uint64_t> fileBytes = file.database.sizeInBytes();
  if (!fileBytes) return fileBytes.error();
  SnapshotRecord snapshot{info.segment, info.next, info.stateHash, info.reason, info.pinned, {}};
  for (const StoredLayer& layer : *layers) {
    if (layer.layer != static_cast<std::int64_t>(snapshot.layers.size())) {
      return file.corrupt(name, "over layer " + std::to_string(snapshot.layers.size()), "over another layer");
    }
    Result<LayerPayload> payload = loadLayer(file, info.segment, layer, *fileBytes);
    if (!payload) return payload.error();
    snapshot.layers.push_back(std::move(*payload));
  }
  return snapshot;
}

Result<std::vector<SnapshotInfo>> SessionStore::snapshots() const {
  return listSnapshots(*m_impl, kSelectInfosSql, INT64_MAX);
}

Result<std::optional<SnapshotInfo>> SessionStore::newestSnapshot(std::int64_t segment) const {
  Result<std::vector<SnapshotInfo>> newest = listSnapshots(*m_impl, kSelectNewestSql, segment);
  if (!newest) return newest.error();
  if (newest->empty()) return std::optional<SnapshotInfo>();
  return std::optional<SnapshotInfo>(std::move(newest->front()));
}

Result<SnapshotRecord> SessionStore::loadSnapshot(std::int64_t id) const {
  // One view of the file: a writer beside us may thin this snapshot out while we read it.
  Result<Transaction> transaction = Transaction::begin(m_impl->database, Transaction::Kind::kRead, kLoading);
  if (!transaction) return transaction.error();
  return loadSnapshotRows(*m_impl, id);
}

Status SessionStore::pinSnapshot(std::int64_t segment, bool pinned) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (Status set = file.database.run(kPinSql, "pin a snapshot of", pinned ? 1 : 0, segment); !set) return set;
  if (file.database.changes() > 0) return {};
  return makeError(ErrorCode::kNotFound, file.path.string() + " has no snapshot after segment " +
                                             std::to_string(segment) + ": choose one that sessions show lists");
}

Result<std::vector<std::int64_t>> SessionStore::thinSnapshots(std::uint64_t budgetBytes) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable.error();
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kThinning);
  if (!transaction) return transaction.error();
  const Result<std::vector<SnapshotInfo>> all = listSnapshots(file, kSelectInfosSql, INT64_MAX);
  if (!all) return all.error();
  const std::vector<std::size_t> removed = snapshotsToRemove(*all, budgetBytes);
  std::vector<std::int64_t> kept;
  kept.reserve(all->size() - removed.size());
  auto next = removed.begin();
  for (std::size_t i = 0; i < all->size(); ++i) {
    if (next == removed.end() || *next != i) {
      kept.push_back((*all)[i].segment);
      continue;
    }
    ++next;
    if (Status deleted = file.database.run(kDeleteSnapshotSql, kThinning, (*all)[i].id); !deleted) {
      return deleted.error();
    }
  }
  if (Status committed = transaction->commit(); !committed) return committed.error();
  return kept;
}

}  // namespace tidemark
