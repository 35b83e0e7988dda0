#pragma once
// The pieces of parseModelConfig: each reads one block of config.json and leaves problems in the reader. Private to
// weights.

#include <cstddef>

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
inline constexpr int kMaxAdapterRank = 65536;
inline constexpr double kMaxAdapterAlpha = 1e9;
/// Of the file.
inline constexpr std::size_t kMaxConfigBytes = 16 * 1024 * 1024;

void readLlama(ConfigReader& reader, ModelConfig& config);
void readGpt2(ConfigReader& reader, ModelConfig& config);

/// The `armt` block. The decoder's sizes are already in `config`.
void readMemory(ConfigReader reader, ModelConfig& config);
/// The `tidemark` block.
void readPrompt(ConfigReader reader, PromptConfig& prompt);
/// Its `lora` block.
void readLora(ConfigReader reader, LoraConfig& lora);

}  // namespace tidemark
