// The `armt` and `tidemark` blocks of config.json.

#include "engine/base/json_reader.h"
#include "engine/weights/config_parts.h"

namespace tidemark {
namespace {

void requireHeadsDivide(ConfigReader& reader, int heads, const std::string& what, int size) {
  if (size % heads == 0) return;
  reader.fail(ErrorCode::kMismatch, reader.label("n_heads") + " = " + std::to_string(heads) + " does not divide " +
                                        what + " = " + std::to_string(size));
}

/// A segment's rows must all have a position in GPT-2's table.
void requirePositionsFit(ConfigReader& reader, const ModelConfig& config, const MemoryConfig& memory) {
  const int needed = memory.segmentSize + (memory.wrapPositions ? 0 : memory.memoryTokens);
  if (needed <= config.maxPositions) return;
  reader.fail(ErrorCode::kMismatch,
              reader.label("segment_size") + " = " + std::to_string(memory.segmentSize) +
                  (memory.wrapPositions ? "" : " and num_mem_tokens = " + std::to_string(memory.memoryTokens)) +
                  " need " + std::to_string(needed) + " positions, n_positions is " +
                  std::to_string(config.maxPositions));
}

}  // namespace

void readMemory(ConfigReader reader, ModelConfig& config) {
  MemoryConfig memory;
  memory.segmentSize = reader.requiredInteger("segment_size", kMaxSegment);
  memory.memoryTokens = reader.requiredInteger("num_mem_tokens", kMaxMemoryTokens);
  memory.dMem = reader.requiredInteger("d_mem", kMaxMemoryWidth);
  memory.heads = reader.integer("n_heads", memory.heads, kMaxHeads);
  memory.correction = reader.flag("correction", memory.correction);
  memory.normalizeKeys = reader.flag("normalize_keys", memory.normalizeKeys);
  memory.useDenominator = reader.flag("use_denom", memory.useDenominator);
  memory.gating = reader.flag("gating", memory.gating);
  memory.wrapPositions = reader.flag("wrap_pos", memory.wrapPositions);
  reader.refuseUnknown({"segment_size", "num_mem_tokens", "d_mem", "n_heads", "correction", "normalize_keys",
                        "use_denom", "gating", "wrap_pos"});
  requireHeadsDivide(reader, memory.heads, reader.label("d_mem"), memory.dMem);
  requireHeadsDivide(reader, memory.heads, "the hidden size", config.hiddenSize);
  if (config.family == ModelFamily::kGpt2) {
    requirePositionsFit(reader, config, memory);
  } else if (memory.wrapPositions) {
    reader.refuseValue("wrap_pos", "only GPT-2 has a table of positions");
  }
  config.memory = memory;
}

void readPrompt(ConfigReader reader, PromptConfig& prompt) {
  constexpr const char* kPlaceholder = "{question}";
  prompt.isGiven = reader.find("prompt") != nullptr;
  prompt.prompt = reader.text("prompt", prompt.prompt);
  if (prompt.prompt.find(kPlaceholder) == std::string::npos) {
    reader.fail(ErrorCode::kMismatch, reader.label("prompt") + " = " + inQuotes(prompt.prompt) + " has no " +
                                          kPlaceholder + " where the question would stand");
  }
  if (const nlohmann::json* stop = reader.find("stop")) {
    const auto* list = stop->get_ptr<const nlohmann::json::array_t*>();
    if (list == nullptr) reader.fail(ErrorCode::kCorrupt, reader.label("stop") + " must be a list of strings");
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const auto* piece = (*list)[i].get_ptr<const nlohmann::json::string_t*>();
      if (piece == nullptr || piece->empty()) {
        reader.fail(ErrorCode::kCorrupt, reader.label("stop") + " must hold strings, found " + shown((*list)[i]));
        break;
      }
      prompt.stop.push_back(*piece);
    }
  }
  const std::string tail = reader.text("tail", "join");
  if (tail == "commit-copy") {
    prompt.tail = TailPolicy::kCommitCopy;
  } else if (tail != "join") {
    reader.refuseValue("tail", "join and commit-copy are");
  }
  prompt.about = reader.text("about", "");
  reader.refuseUnknown({"prompt", "stop", "tail", "about", "lora"});
}

void readLora(ConfigReader reader, LoraConfig& lora) {
  if (reader.find("alpha") != nullptr) lora.alpha = reader.number("alpha", 0, 0, kMaxAdapterAlpha);
  if (reader.find("rank") != nullptr) lora.rank = reader.integer("rank", 1, kMaxAdapterRank);
  reader.refuseUnknown({"alpha", "rank"});
}

}  // namespace tidemark
