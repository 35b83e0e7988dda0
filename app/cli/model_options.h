#pragma once
// What a model directory does not say, as options of every command that opens one.

#include <string>
#include <vector>

#include "app/cli/arguments.h"
#include "engine/weights/model_hints.h"

namespace tidemark::cli {

struct ModelSettings {
  std::string baseConfig;
  int segmentSize = 0;   // 0: not given
  int memoryTokens = 0;  // 0: not given
  double loraAlpha = 0;  // 0: not given; it would switch the adapter off
  int loraRank = 0;      // 0: not given
  std::string chatTemplate;
};

/// --base-config, --segment-size, --memory-tokens, --lora-alpha, --lora-rank, --chat-template.
[[nodiscard]] std::vector<Option> modelOptions(ModelSettings& settings);

[[nodiscard]] ModelHints hintsOf(const ModelSettings& settings);

/// Adds `more` at the end.
void append(std::vector<Option>& options, std::vector<Option> more);

}  // namespace tidemark::cli
