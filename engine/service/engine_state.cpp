#include "engine/service/engine_state.h"

namespace tidemark {

Status loadNewest(EngineState& state) {
  const auto info = state.store.newestSnapshot();
  if (!info) return info.error();
  if (!info->has_value()) {
    state.newest = nullptr;
    state.next = std::nullopt;
    return {};
  }
  auto record = state.store.loadSnapshot((*info)->id);
  if (!record) return record.error();
  state.next = record->next;
  state.newest = std::make_shared<const MemorySnapshot>(toMemorySnapshot(std::move(record).value()));
  return {};
}

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
