#include "engine/memory/memory_snapshot.h"

#include "engine/base/sha256.h"

namespace tidemark {

Status captureLayer(Backend& backend, const DeviceMemory& memory, int layer, LayerMemory& into) {
  const auto copy = backend.queueMemoryCopy(memory, layer);
  if (!copy) return copy.error();
  return finishCapture(backend, **copy, into);
}

Status finishCapture(Backend& backend, MemoryCopy& copy, LayerMemory& into) {
  into.values.resize(backend.layerMemoryFloats());
  const auto written = backend.finishMemoryCopy(copy, into.values);
  if (!written) return written.error();
  into.written = *written;
  return {};
}

Result<MemorySnapshot> captureMemory(Backend& backend, const DeviceMemory& memory, std::int64_t segment) {
  MemorySnapshot snapshot;
  snapshot.segment = segment;
  snapshot.layers.resize(static_cast<std::size_t>(backend.config().layers));
  for (std::size_t layer = 0; layer < snapshot.layers.size(); ++layer) {
    if (Status copied = captureLayer(backend, memory, static_cast<int>(layer), snapshot.layers[layer]); !copied) {
      return copied.error();
    }
  }
  return snapshot;
}

Status restoreMemory(Backend& backend, DeviceMemory& memory, const MemorySnapshot& snapshot) {
  const auto layers = static_cast<std::size_t>(backend.config().layers);
  if (snapshot.layers.size() != layers) {
    return makeError(ErrorCode::kMismatch, "the snapshot has " + std::to_string(snapshot.layers.size()) +
                                               " layers and the model has " + std::to_string(layers));
  }
  for (const LayerMemory& layer : snapshot.layers) {
    if (layer.written && layer.values.size() != backend.layerMemoryFloats()) {
      return makeError(ErrorCode::kMismatch, "a layer of the snapshot holds " + std::to_string(layer.values.size()) +
                                                 " numbers and the model's memory " +
                                                 std::to_string(backend.layerMemoryFloats()));
    }
  }
  for (std::size_t i = 0; i < layers; ++i) {
    const LayerMemory& layer = snapshot.layers[i];
    if (Status done = backend.importMemory(memory, static_cast<int>(i), layer.written, layer.values); !done) {
      return done;
    }
  }
  return {};
}

std::string hashMemory(const MemorySnapshot& snapshot) {
  Sha256 hash;
  for (const LayerMemory& layer : snapshot.layers) {
    const std::byte written{static_cast<unsigned char>(layer.written ? 1 : 0)};
    hash.update(std::span(&written, 1));
    if (layer.written) hash.update(std::as_bytes(std::span(layer.values)));
  }
  return hash.hexDigest();
}

}  // namespace tidemark
