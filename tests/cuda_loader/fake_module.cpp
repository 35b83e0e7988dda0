// A module with the ABI and version that its definitions say: FAKE_ABI, FAKE_VERSION.

#include "engine/backend/cuda/cuda_module.h"

namespace {

const tidemark::CudaModule kModule = {FAKE_ABI, FAKE_VERSION, nullptr, nullptr, nullptr, nullptr};

}  // namespace

extern "C" const tidemark::CudaModule* tidemarkCudaModule() {
  return &kModule;
}
