#pragma once
// The CUDA backend: bf16 weights and activations, float32 sums and memory; two streams; a steady diagonal is one graph.

#include <memory>

#include "engine/backend/cuda/cuda_module.h"

namespace tidemark {

/// Checks shape and device memory, uploads the weights. Errors: kUnsupported (a shape, a device older than compute
/// capability 8.0), kOutOfMemory (bytes needed and free), kDeviceLost.
[[nodiscard]] Result<std::unique_ptr<Backend>> createCudaBackend(const ModelConfig& config, ModelWeights weights,
                                                                 const CudaOptions& options = {});

/// Errors: kUnsupported (no such device, with the reason).
[[nodiscard]] Result<CudaDeviceInfo> describeCudaDevice(int device);

/// Instruments of a backend that createCudaBackend made; it owns them.
[[nodiscard]] CudaInstruments& cudaInstruments(Backend& backend);

}  // namespace tidemark
