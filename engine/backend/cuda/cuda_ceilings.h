#pragma once
// What this device can do at best, measured now: the yardsticks that bench prints beside its own figures.

#include "engine/backend/cuda/cuda_module.h"

namespace tidemark {

/// Medians over several runs with the device's own clock. `backend` was made by createCudaBackend and its model has a
/// memory; its compute stream is used, so nothing else may be under way. Errors: kOutOfMemory, kDeviceLost.
[[nodiscard]] Result<CudaCeilings> measureCudaCeilings(Backend& backend);

}  // namespace tidemark
