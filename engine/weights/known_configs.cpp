#include "engine/weights/known_configs.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/weights/stored_layers.h"

namespace tidemark {
namespace {

// Values as in the config.json of meta-llama/Llama-3.2-1B, -3B, Llama-3.1-8B, TinyLlama/TinyLlama-1.1B-Chat-v1.0,
// JackFram/llama-160m and openai-community/gpt2.
constexpr std::array<KnownConfig, 6> kConfigs = {{
    {"llama-3.2-1b", "Llama 3.2 1B",
     R"({"model_type": "llama", "vocab_size": 128256, "hidden_size": 2048, "intermediate_size": 8192,
 "num_hidden_layers": 16, "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 64, "hidden_act": "silu",
 "max_position_embeddings": 131072, "rms_norm_eps": 1e-05, "rope_theta": 500000.0,
 "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
  "original_max_position_embeddings": 8192, "rope_type": "llama3"},
 "attention_bias": false, "mlp_bias": false, "tie_word_embeddings": true,
 "bos_token_id": 128000, "eos_token_id": 128001})"},
    {"llama-3.2-3b", "Llama 3.2 3B",
     R"({"model_type": "llama", "vocab_size": 128256, "hidden_size": 3072, "intermediate_size": 8192,
 "num_hidden_layers": 28, "num_attention_heads": 24, "num_key_value_heads": 8, "head_dim": 128, "hidden_act": "silu",
 "max_position_embeddings": 131072, "rms_norm_eps": 1e-05, "rope_theta": 500000.0,
 "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
  "original_max_position_embeddings": 8192, "rope_type": "llama3"},
 "attention_bias": false, "mlp_bias": false, "tie_word_embeddings": true,
 "bos_token_id": 128000, "eos_token_id": 128001})"},
    {"llama-3.1-8b", "Llama 3.1 8B",
     R"({"model_type": "llama", "vocab_size": 128256, "hidden_size": 4096, "intermediate_size": 14336,
 "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8, "hidden_act": "silu",
 "max_position_embeddings": 131072, "rms_norm_eps": 1e-05, "rope_theta": 500000.0,
 "rope_scaling": {"factor": 8.0, "high_freq_factor": 4.0, "low_freq_factor": 1.0,
  "original_max_position_embeddings": 8192, "rope_type": "llama3"},
 "attention_bias": false, "mlp_bias": false, "tie_word_embeddings": false,
 "bos_token_id": 128000, "eos_token_id": 128001})"},
    {"tinyllama-1.1b", "TinyLlama 1.1B",
     R"({"model_type": "llama", "vocab_size": 32000, "hidden_size": 2048, "intermediate_size": 5632,
 "num_hidden_layers": 22, "num_attention_heads": 32, "num_key_value_heads": 4, "hidden_act": "silu",
 "max_position_embeddings": 2048, "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "attention_bias": false,
 "tie_word_embeddings": false, "bos_token_id": 1, "eos_token_id": 2})"},
    {"llama-160m", "Llama 160M (JackFram)",
     R"({"model_type": "llama", "vocab_size": 32000, "hidden_size": 768, "intermediate_size": 3072,
 "num_hidden_layers": 12, "num_attention_heads": 12, "hidden_act": "silu", "max_position_embeddings": 2048,
 "rms_norm_eps": 1e-06, "tie_word_embeddings": false, "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1})"},
    {"gpt2", "GPT-2 (124M)",
     R"({"model_type": "gpt2", "vocab_size": 50257, "n_positions": 1024, "n_embd": 768, "n_layer": 12, "n_head": 12,
 "activation_function": "gelu_new", "layer_norm_epsilon": 1e-05, "bos_token_id": 50256, "eos_token_id": 50256})"},
}};

constexpr std::string_view kCellModel = "memory_cell.model.";

/// Length of one axis of a matrix, 0 if there is no such matrix.
std::int64_t axisOf(const std::map<std::string, TensorView>& tensors, const std::string& name, std::size_t axis,
                    std::size_t axes = 2) {
  const auto found = tensors.find(name);
  return found != tensors.end() && found->second.shape.size() == axes ? found->second.shape[axis] : 0;
}

bool agrees(std::int64_t stored, std::int64_t wanted) {
  return stored == 0 || stored == wanted;
}

}  // namespace

std::span<const KnownConfig> knownConfigs() {
  return kConfigs;
}

const KnownConfig* findKnownConfig(std::string_view given) {
  std::string name(given.substr(given.find_last_of('/') + 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  if (name.starts_with("meta-")) name.erase(0, 5);
  for (const std::string_view tuned : {"-instruct", "-chat-v1.0"}) {
    if (name.ends_with(tuned)) name.erase(name.size() - tuned.size());
  }
  for (const KnownConfig& known : kConfigs) {
    if (known.name == name) return &known;
  }
  return nullptr;
}

std::string knownConfigNames() {
  std::string names;
  for (const KnownConfig& known : kConfigs) names += (names.empty() ? "" : ", ") + std::string(known.name);
  return names;
}

DecoderShape decoderShapeOf(const std::map<std::string, TensorView>& tensors) {
  DecoderShape shape;
  const auto first = tensors.lower_bound("memory_cell.");
  shape.hasMemory = first != tensors.end() && first->first.starts_with("memory_cell.");
  const std::string model(shape.hasMemory ? kCellModel : "");
  const auto gpt2 = tensors.lower_bound(model + "transformer.");
  const bool isGpt2 = gpt2 != tensors.end() && gpt2->first.starts_with(model + "transformer.");
  if (isGpt2) shape.family = ModelFamily::kGpt2;
  const std::string decoder = model + (isGpt2 ? "transformer." : "model.");
  const std::string layers = decoder + (isGpt2 ? "h." : "layers.");
  const std::string layer = layers + "0." + (shape.hasMemory ? "layer." : "");
  shape.layers = countStoredLayers(tensors, layers).count;
  // A tied head may be the only copy of the embedding.
  for (const std::string& table :
       {decoder + (isGpt2 ? "wte.weight" : "embed_tokens.weight"), model + "lm_head.weight"}) {
    if (shape.vocabulary != 0) break;
    shape.vocabulary = axisOf(tensors, table, 0);
    shape.hidden = axisOf(tensors, table, 1);
  }
  if (isGpt2) {
    shape.positions = axisOf(tensors, decoder + "wpe.weight", 0);
    shape.intermediate = axisOf(tensors, layer + "mlp.c_fc.weight", 1);
  } else {
    shape.keyWidth = axisOf(tensors, layer + "self_attn.k_proj.weight", 0);
    shape.intermediate = axisOf(tensors, layer + "mlp.gate_proj.weight", 0);
  }
  return shape;
}

std::string toString(const DecoderShape& shape) {
  std::string text = shape.family == ModelFamily::kGpt2 ? "gpt2" : "llama";
  const auto add = [&text](std::int64_t size, const std::string& before, const std::string& after) {
    if (size > 0) text += ", " + before + std::to_string(size) + after;
  };
  add(shape.vocabulary, "vocabulary ", "");
  add(shape.hidden, "width ", "");
  add(shape.layers, "", " layers");
  add(shape.intermediate, "feed-forward ", "");
  add(shape.keyWidth, "keys ", " wide");
  add(shape.positions, "", " positions");
  return text;
}

bool fits(const ModelConfig& config, const DecoderShape& shape) {
  if (config.family != shape.family || shape.layers == 0 || shape.vocabulary == 0) return false;
  const bool positionsFit = shape.family == ModelFamily::kLlama || agrees(shape.positions, config.maxPositions) ||
                            (shape.hasMemory && shape.positions > config.maxPositions);
  const std::int64_t keyWidth = static_cast<std::int64_t>(config.keyValueHeads) * config.headDim;
  return positionsFit && shape.vocabulary == config.vocabularySize && shape.hidden == config.hiddenSize &&
         shape.layers == config.layers && agrees(shape.intermediate, config.intermediateSize) &&
         (shape.family == ModelFamily::kGpt2 || agrees(shape.keyWidth, keyWidth));
}

std::vector<std::string> fittingConfigs(const DecoderShape& shape) {
  std::vector<std::string> names;
  for (const KnownConfig& known : kConfigs) {
    const auto config = parseModelConfig(known.json, std::string(known.name));
    if (config && fits(*config, shape)) names.emplace_back(known.name);
  }
  return names;
}

}  // namespace tidemark
