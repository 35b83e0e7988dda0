// Any byte string gives a config whose numbers fit together, or an error with a message.

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/check.h"
#include "engine/weights/model_config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  const auto config = parseModelConfig({reinterpret_cast<const char*>(data), size}, "input");
  if (!config) {
    TM_CHECK(!config.error().message.empty(), "an error without a message");
    return 0;
  }
  TM_CHECK(config->layers > 0 && config->hiddenSize > 0 && config->intermediateSize > 0, "sizes");
  TM_CHECK(config->vocabularySize > 0 && config->headDim > 0 && config->maxPositions > 0, "sizes");
  TM_CHECK(config->heads > 0 && config->keyValueHeads > 0 && config->heads % config->keyValueHeads == 0, "heads");
  TM_CHECK(config->family == ModelFamily::kGpt2 || config->headDim % 2 == 0, std::to_string(config->headDim));
  for (const TokenId token : config->eosTokens) TM_CHECK(token >= 0 && token < config->vocabularySize, "eos");
  TM_CHECK(config->eos.has_value() != config->eosTokens.empty(), "eos");
  if (const auto& memory = config->memory) {
    TM_CHECK(memory->segmentSize > 0 && memory->memoryTokens > 0 && memory->keyWidth() > 0, "memory sizes");
    TM_CHECK(memory->dMem % memory->heads == 0 && config->hiddenSize % memory->heads == 0, "memory heads");
  }
  return 0;
}
