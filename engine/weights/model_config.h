#pragma once
// config.json as the engine understands it: Llama or GPT-2 with the `armt` and `tidemark` blocks (architecture section
// 5). Every limit is checked here, and every flag that the engine does not support is refused by name, never ignored.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"

namespace tidemark {

enum class ModelFamily { kLlama, kGpt2 };
enum class RotaryScaling { kNone, kLlama3 };
/// How the tail (tokens that do not fill a segment yet) takes part in a question.
enum class TailPolicy {
  kJoin,        // it stands in front of the question, in the question's own read-only segment
  kCommitCopy,  // it is committed, as a ragged segment, to a throw-away copy of the memory
};

/// DPFP's nu (Schlag et al., 2021): d_mem -> 2 * nu * d_mem features.
inline constexpr int kDpfpOrder = 3;

struct RotaryConfig {
  double theta = 10000.0;
  RotaryScaling scaling = RotaryScaling::kNone;
  // llama3 scaling only:
  double factor = 1.0;
  double lowFrequencyFactor = 1.0;
  double highFrequencyFactor = 4.0;
  int originalMaxPositions = 8192;
};

/// The `armt` block.
struct MemoryConfig {
  int segmentSize = 0;   // T: text tokens of a segment
  int memoryTokens = 0;  // M: rows appended to every segment that is committed
  int dMem = 0;          // width of W_mq and W_mk outputs, all memory heads together
  int heads = 1;         // memory heads
  bool correction = true;
  bool normalizeKeys = false;
  bool useDenominator = true;
  bool gating = false;         // beta has one value per channel instead of one per head
  bool wrapPositions = false;  // GPT-2: memory tokens own the last M rows of the position table

  /// Width of phi over all heads: 2 * nu * d_mem.
  [[nodiscard]] int keyWidth() const { return 2 * kDpfpOrder * dMem; }
};

/// The `tidemark` block: how to ask this model.
struct PromptConfig {
  bool isGiven = false;               // the block has a prompt; otherwise a chat template takes its place
  std::string prompt = "{question}";  // special pieces of the tokenizer may stand in it
  std::vector<std::string> stop;      // pieces that end an answer, besides eos_token_id
  TailPolicy tail = TailPolicy::kJoin;
  std::string about;
};

/// Its `lora` block: how strongly LoRA matrices among the weights change them. Wins over adapter_config.json.
struct LoraConfig {
  std::optional<double> alpha;
  std::optional<int> rank;
};

struct ModelConfig {
  ModelFamily family = ModelFamily::kLlama;
  int vocabularySize = 0;
  int hiddenSize = 0;        // D
  int intermediateSize = 0;  // F
  int layers = 0;            // L
  int heads = 0;             // H, query heads
  int keyValueHeads = 0;     // KV
  int headDim = 0;
  double normEpsilon = 1e-5;
  bool tiedHead = false;
  int maxPositions = 0;  // GPT-2: rows of the position table for text (n_positions); Llama: max_position_embeddings
  RotaryConfig rotary;
  std::optional<MemoryConfig> memory;  // absent: a plain decoder, for the full-attention baseline only
  std::optional<TokenId> bos, eos, pad;
  std::vector<TokenId> eosTokens;  // all of eos_token_id, which may be a list; `eos` is the first. Each ends an answer
  PromptConfig prompt;
  LoraConfig lora;
};

/// Parses config.json text; `source` names it in errors. Errors: kCorrupt (not JSON, wrong type, with the key),
/// kUnsupported (model type, activation, scaling or flag, by name and value), kMismatch (values that contradict).
[[nodiscard]] Result<ModelConfig> parseModelConfig(std::string_view json, const std::string& source);

/// Reads and parses DIRECTORY/config.json.
[[nodiscard]] Result<ModelConfig> loadModelConfig(const std::filesystem::path& directory);

}  // namespace tidemark
