#pragma once
// The associative memory as a host value: what is hashed, stored and restored. Copies are made by the named functions
// only; a snapshot of a 1B model is 50 MB.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/backend/backend.h"

namespace tidemark {

/// W_mem [heads, keyWidth / heads, D / heads] and then z [heads, keyWidth / heads], float32; empty if never written.
struct LayerMemory {
  bool written = false;
  std::vector<float> values;
};

/// Memory of all layers after segment `segment`; -1 is the empty memory before the first.
struct MemorySnapshot {
  std::int64_t segment = -1;
  std::vector<LayerMemory> layers;
};

/// Copies one layer out of the device. Errors: those of the backend.
[[nodiscard]] Status captureLayer(Backend& backend, const DeviceMemory& memory, int layer, LayerMemory& into);
/// Takes over a copy that was queued earlier, and waits for it.
[[nodiscard]] Status finishCapture(Backend& backend, MemoryCopy& copy, LayerMemory& into);
/// Copies all layers: valid only between runs, when every layer stands after the same segment. Errors: those of the
/// backend.
[[nodiscard]] Result<MemorySnapshot> captureMemory(Backend& backend, const DeviceMemory& memory, std::int64_t segment);
/// Overwrites the device memory. Errors: kMismatch (number of layers or floats), before anything is changed; those of
/// the backend.
[[nodiscard]] Status restoreMemory(Backend& backend, DeviceMemory& memory, const MemorySnapshot& snapshot);

/// SHA-256 over all layers in order: one byte "written", then the floats little-endian. The `state_hash` of all
/// commands.
[[nodiscard]] std::string hashMemory(const MemorySnapshot& snapshot);

}  // namespace tidemark
