#include "app/cli/model_options.h"

#include <algorithm>
#include <iterator>

#include "engine/weights/known_configs.h"

namespace tidemark::cli {

std::vector<Option> modelOptions(ModelSettings& s) {
  constexpr int kMost = 1 << 20;
  return {
      text("base-config", "NAME|FILE", &s.baseConfig,
           "config of the base model, if config.json is missing: " + knownConfigNames() + ", or a config.json"),
      integer("segment-size", "N", &s.segmentSize, 1, kMost, "text tokens of a segment, if config.json does not say"),
      integer("memory-tokens", "N", &s.memoryTokens, 1, kMost, "memory tokens of a segment; checked with the weights"),
      number("lora-alpha", "X", &s.loraAlpha, 1e-6, 1e9, "alpha of LoRA matrices without adapter_config.json"),
      integer("lora-rank", "N", &s.loraRank, 1, kMost, "rank of LoRA matrices; checked with the weights"),
      text("chat-template", "NAME|TEXT", &s.chatTemplate,
           "how questions are put: a template's name, or a text with {question} in it"),
  };
}

ModelHints hintsOf(const ModelSettings& s) {
  ModelHints hints;
  hints.baseConfig = s.baseConfig;
  if (s.segmentSize != 0) hints.segmentSize = s.segmentSize;
  if (s.memoryTokens != 0) hints.memoryTokens = s.memoryTokens;
  if (s.loraAlpha != 0) hints.loraAlpha = s.loraAlpha;
  if (s.loraRank != 0) hints.loraRank = s.loraRank;
  hints.chatTemplate = s.chatTemplate;
  return hints;
}

void append(std::vector<Option>& options, std::vector<Option> more) {
  std::ranges::move(more, std::back_inserter(options));
}

}  // namespace tidemark::cli
