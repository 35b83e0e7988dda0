// The two decoder families, under the names that their configs use.

#include "engine/base/json_reader.h"
#include "engine/weights/config_parts.h"

namespace tidemark {
namespace {

void readActivation(ConfigReader& reader, const std::string& key, const std::string& first, const std::string& second) {
  const std::string activation = reader.text(key, first);
  if (activation != first && activation != second) reader.refuseValue(key, first + " and " + second + " are");
}

void requireDivides(ConfigReader& reader, const std::string& smallKey, int small, const std::string& largeKey,
                    int large) {
  if (large % small == 0) return;
  reader.fail(ErrorCode::kMismatch, reader.label(smallKey) + " = " + std::to_string(small) + " does not divide " +
                                        reader.label(largeKey) + " = " + std::to_string(large));
}

/// The block that describes the rotary embedding: newer files say rope_parameters, older ones rope_scaling; an empty
/// object counts as absent.
std::optional<ConfigReader> rotaryBlock(ConfigReader& reader) {
  for (const char* key : {"rope_parameters", "rope_scaling"}) {
    const nlohmann::json* value = reader.find(key);
    if (value != nullptr && !(value->is_object() && value->empty())) return reader.child(key);
  }
  return std::nullopt;
}

void readRotary(ConfigReader& reader, RotaryConfig& rotary) {
  constexpr double kMaxTheta = 1e15;
  rotary.theta = reader.number("rope_theta", rotary.theta, 1.0, kMaxTheta);
  auto block = rotaryBlock(reader);
  if (!block) return;
  rotary.theta = block->number("rope_theta", rotary.theta, 1.0, kMaxTheta);
  const std::string typeKey = block->find("rope_type") != nullptr ? "rope_type" : "type";
  const std::string type = block->text(typeKey, "default");
  if (type == "default") {
    // A factor without a type would be scaling that nobody applies.
    if (block->number("factor", 1.0, 0.0, 1e9) != 1.0) block->refuseValue("factor", "without llama3 scaling");
    return;
  }
  if (type != "llama3") {
    block->refuseValue(typeKey, "default and llama3 are");
    return;
  }
  rotary.scaling = RotaryScaling::kLlama3;
  rotary.factor = block->requiredNumber("factor", 1e-3, 1e9);
  rotary.lowFrequencyFactor = block->requiredNumber("low_freq_factor", 0.0, 1e9);
  rotary.highFrequencyFactor = block->requiredNumber("high_freq_factor", 0.0, 1e9);
  rotary.originalMaxPositions = block->requiredInteger("original_max_position_embeddings", kMaxPositions);
  if (!block->failed() && !(rotary.highFrequencyFactor > rotary.lowFrequencyFactor)) {
    block->fail(ErrorCode::kMismatch, block->label("high_freq_factor") + " must be larger than low_freq_factor");
  }
}

}  // namespace

void readLlama(ConfigReader& reader, ModelConfig& config) {
  config.family = ModelFamily::kLlama;
  config.vocabularySize = reader.requiredInteger("vocab_size", kMaxVocabulary);
  config.hiddenSize = reader.requiredInteger("hidden_size", kMaxHidden);
  config.intermediateSize = reader.requiredInteger("intermediate_size", kMaxIntermediate);
  config.layers = reader.requiredInteger("num_hidden_layers", kMaxLayers);
  config.heads = reader.requiredInteger("num_attention_heads", kMaxHeads);
  config.keyValueHeads = reader.integer("num_key_value_heads", config.heads, kMaxHeads);
  config.normEpsilon = reader.requiredNumber("rms_norm_eps", 0.0, 1.0);
  config.tiedHead = reader.flag("tie_word_embeddings", false);
  config.maxPositions = reader.integer("max_position_embeddings", 2048, kMaxPositions);
  readActivation(reader, "hidden_act", "silu", "swish");
  reader.requireFlag("attention_bias", false);
  reader.requireFlag("mlp_bias", false);
  if (reader.number("partial_rotary_factor", 1.0, 0.0, 1.0) != 1.0) reader.refuseValue("partial_rotary_factor");
  readRotary(reader, config.rotary);

  requireDivides(reader, "num_key_value_heads", config.keyValueHeads, "num_attention_heads", config.heads);
  if (reader.find("head_dim") == nullptr) {
    requireDivides(reader, "num_attention_heads", config.heads, "hidden_size", config.hiddenSize);
  }
  config.headDim = reader.integer("head_dim", config.hiddenSize / config.heads, kMaxHeadDim);
  if (config.headDim < 1 || config.headDim > kMaxHeadDim || config.headDim % 2 != 0) {
    reader.fail(ErrorCode::kMismatch, "head_dim = " + std::to_string(config.headDim) +
                                          " must be even, because rotary positions turn pairs, and at most " +
                                          std::to_string(kMaxHeadDim));
  }
}

void readGpt2(ConfigReader& reader, ModelConfig& config) {
  config.family = ModelFamily::kGpt2;
  config.vocabularySize = reader.requiredInteger("vocab_size", kMaxVocabulary);
  config.hiddenSize = reader.requiredInteger("n_embd", kMaxHidden);
  config.intermediateSize = reader.integer("n_inner", 4 * config.hiddenSize, kMaxIntermediate);
  config.layers = reader.requiredInteger("n_layer", kMaxLayers);
  config.heads = reader.requiredInteger("n_head", kMaxHeads);
  config.keyValueHeads = config.heads;
  config.normEpsilon = reader.number("layer_norm_epsilon", 1e-5, 0.0, 1.0);
  config.tiedHead = reader.flag("tie_word_embeddings", true);
  config.maxPositions = reader.requiredInteger("n_positions", kMaxPositions);
  readActivation(reader, "activation_function", "gelu_new", "gelu_pytorch_tanh");
  reader.requireFlag("scale_attn_weights", true);
  reader.requireFlag("scale_attn_by_inverse_layer_idx", false);
  reader.requireFlag("reorder_and_upcast_attn", false);
  reader.requireFlag("add_cross_attention", false);

  requireDivides(reader, "n_head", config.heads, "n_embd", config.hiddenSize);
  config.headDim = config.hiddenSize / config.heads;
}

}  // namespace tidemark
