#pragma once
#include <cstdint>

#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// out [textRows + memoryRows, D] bf16 = embedding rows of the tokens, then the memory tokens; plus positions if any.
struct EmbedArguments {
  const std::int32_t* tokens = nullptr;  // [textRows], readable by the device (pinned host memory)
  const Bf16* embedding = nullptr;       // [V, D]
  const Bf16* memoryTokens = nullptr;    // [M, D]
  const Bf16* positions = nullptr;       // [P, D] or null
  Bf16* out = nullptr;
  int textRows = 0;
  int memoryRows = 0;
  int width = 0;                // D, a multiple of 8
  int firstPosition = 0;        // of row 0
  int firstMemoryPosition = 0;  // of the first memory token
};

[[nodiscard]] Status launchEmbed(const LaunchTarget& target, const EmbedArguments& arguments);

}  // namespace tidemark::cuda
