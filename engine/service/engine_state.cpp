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

Status checkPrecision(const EngineState& state) {
  const auto before = state.store.precision();
  if (!before) return before.error();
  const Backend& backend = *state.model.backend;
  if (!state.newest || state.model.backendNamed || *before == "mixed" || *before == backend.precision()) return {};
  const std::string matching = *before == "bf16" ? "cuda" : "cpu";
  return makeError(ErrorCode::kMismatch, state.store.path().string() + " was read with " + *before +
                                             " arithmetic and the " + backend.name() + " backend computes with " +
                                             backend.precision() + "; use --backend " + matching + ", or --backend " +
                                             backend.name() + " to mix the two on purpose");
}

Status requireSamePrecision(const EngineState& state) {
  const auto before = state.store.precision();
  if (!before) return before.error();
  const Backend& backend = *state.model.backend;
  if (*before == backend.precision()) return {};
  const std::string session = state.store.path().string() + " was read with " + *before + " arithmetic";
  if (*before == "mixed") {
    return makeError(ErrorCode::kMismatch,
                     session +
                         ", so what lies between two snapshots cannot be read again as it was; choose a place "
                         "with a snapshot (sessions show lists them)");
  }
  return makeError(ErrorCode::kMismatch, session + ", which the " + backend.name() +
                                             " backend cannot repeat; use --backend " +
                                             (*before == "bf16" ? "cuda" : "cpu") +
                                             ", or choose a place with a snapshot (sessions show lists them)");
}

Status requireText(const EngineState& state, const std::string& purpose) {
  const auto leftOut = state.store.textIsLeftOut();
  if (!leftOut) return leftOut.error();
  if (!*leftOut) return {};
  return makeError(ErrorCode::kInvalidArgument, state.store.path().string() +
                                                    " holds a memory without its text: it can be asked, and not " +
                                                    purpose + "; use the session that it was exported from");
}

Result<MemorySnapshot> loadMemory(const SessionStore& store, std::int64_t snapshot) {
  auto record = store.loadSnapshot(snapshot);
  if (!record) return record.error();
  return toMemorySnapshot(std::move(record).value());
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
