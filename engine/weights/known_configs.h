#pragma once
// The shapes of published base models, for checkpoints that come without a config.json.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor/tensor.h"
#include "engine/weights/model_config.h"

namespace tidemark {

struct KnownConfig {
  std::string_view name;   // "llama-3.2-1b"
  std::string_view about;  // for people
  std::string_view json;   // config.json of the base model, as published, less what nobody computes with
};

[[nodiscard]] std::span<const KnownConfig> knownConfigs();
/// The one of that name, or nullptr. Case, and what stands in front of the last slash, do not matter, nor does
/// "-instruct" behind: "unsloth/Llama-3.2-1B-Instruct" is "llama-3.2-1b".
[[nodiscard]] const KnownConfig* findKnownConfig(std::string_view name);
/// "llama-3.2-1b, llama-3.2-3b, ...".
[[nodiscard]] std::string knownConfigNames();

/// What the tensors (under our names) say about the decoder that they belong to. 0: they do not say.
struct DecoderShape {
  ModelFamily family = ModelFamily::kLlama;
  bool hasMemory = false;
  std::int64_t vocabulary = 0;
  std::int64_t hidden = 0;
  std::int64_t intermediate = 0;
  std::int64_t layers = 0;
  std::int64_t keyWidth = 0;   // rows of k_proj, Llama
  std::int64_t positions = 0;  // rows of wpe, GPT-2
};

[[nodiscard]] DecoderShape decoderShapeOf(const std::map<std::string, TensorView>& tensors);
/// "llama, vocabulary 32000, width 768, 12 layers, ...", without what is not known.
[[nodiscard]] std::string toString(const DecoderShape& shape);
/// Whether weights of that shape can be those of `config`. A memory of GPT-2 may own rows of the position table.
[[nodiscard]] bool fits(const ModelConfig& config, const DecoderShape& shape);
/// Names of the known configs that fit.
[[nodiscard]] std::vector<std::string> fittingConfigs(const DecoderShape& shape);

}  // namespace tidemark
