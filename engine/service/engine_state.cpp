#include "engine/service/engine_state.h"

namespace tidemark {

MemorySnapshot toMemorySnapshot(SnapshotRecord record) {
  MemorySnapshot snapshot;
  snapshot.segment = record.segment;
  for (LayerPayload& layer : record.layers) snapshot.layers.push_back({layer.written, std::move(layer.values)});
  return snapshot;
}

SnapshotRecord toSnapshotRecord(const MemorySnapshot& snapshot, const TextCursor& next, SnapshotReason reason) {
  SnapshotRecord record;
  record.segment = snapshot.segment;
  record.next = next;
  record.stateHash = hashMemory(snapshot);
  record.reason = reason;
  for (const LayerMemory& layer : snapshot.layers) record.layers.push_back({layer.written, layer.values});
  return record;
}

}  // namespace tidemark
