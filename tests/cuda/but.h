#pragma once
// The CUDA backend on whatever runs it: a GPU (label gpu; skips visibly where there is none), or the emulation.

#include <gtest/gtest.h>

#include <memory>

#include "engine/backend/cuda/cuda_backend.h"
#include "engine/backend/cuda/cuda_shape.h"
#include "tests/support/random_model.h"

#ifdef TM_CUDA_EMULATION
#include <cuda_emulation/cuda_emulation.h>
#endif

namespace tidemark {

#ifdef TM_CUDA_EMULATION
inline constexpr bool kEmulated = true;
#else
inline constexpr bool kEmulated = false;
#endif

/// Skips without a GPU; on the emulation, fails if a kernel did what it must not.
class CudaTest : public ::testing::Test {
 protected:
  void SetUp() override {
#ifdef TM_CUDA_EMULATION
    cuda_emulation::reset();
#else
    if (auto device = describeCudaDevice(0); !device) GTEST_SKIP() << device.error().message;
#endif
  }
  void TearDown() override {
#ifdef TM_CUDA_EMULATION
    for (const auto& finding : cuda_emulation::findings()) ADD_FAILURE() << finding;
#endif
  }

  /// The backend, or a failed test.
  [[nodiscard]] static std::unique_ptr<Backend> makeBackend(const ModelConfig& config, const ModelWeights& weights) {
    auto backend = createCudaBackend(config, weights);
    EXPECT_TRUE(backend.ok()) << backend.error().message;
    return backend.ok() ? std::move(backend).value() : nullptr;
  }
};

}  // namespace tidemark
