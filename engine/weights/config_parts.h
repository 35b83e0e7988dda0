#pragma once
// The pieces of parseModelConfig: each reads one block of config.json and leaves problems in the reader. Private to
// weights.

#include "engine/weights/config_reader.h"
#include "engine/weights/model_config.h"

namespace tidemark {

/// Sizes that a config may ask for. Products of any three of them fit in 64 bits, sums in 32.
inline constexpr int kMaxVocabulary = 4 * 1024 * 1024;
inline constexpr int kMaxHidden = 65536;
inline constexpr int kMaxIntermediate = 1024 * 1024;
inline constexpr int kMaxLayers = 1024;
inline constexpr int kMaxHeads = 4096;
inline constexpr int kMaxHeadDim = 4096;
inline constexpr int kMaxPositions = 128 * 1024 * 1024;
inline constexpr int kMaxSegment = 1024 * 1024;
inline constexpr int kMaxMemoryTokens = 65536;
inline constexpr int kMaxMemoryWidth = 16384;

void readLlama(ConfigReader& reader, ModelConfig& config);
void readGpt2(ConfigReader& reader, ModelConfig& config);

/// The `armt` block. The decoder's sizes are already in `config`.
void readMemory(ConfigReader reader, ModelConfig& config);
/// The `tidemark` block.
void readPrompt(ConfigReader reader, PromptConfig& prompt);

}  // namespace tidemark
