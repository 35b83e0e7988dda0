#include "engine/weights/model_weights.h"

#include <array>
#include <cstdint>
#include <set>
#include <string_view>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/json_reader.h"
#include "engine/weights/stored_layers.h"

namespace tidemark {
namespace {

/// Finds tensors by name and checks them; remembers what was found, and every problem, on the way.
class Binder {
 public:
  Binder(const ModelConfig& config, const Checkpoint& checkpoint);

  ModelWeights bindAll();
  /// Sorts the tensors that nothing asked for into known and unknown ones.
  void listLeftovers(WeightsReport& report) const;
  [[nodiscard]] const std::vector<Error>& problems() const { return m_problems; }
  [[nodiscard]] const std::vector<std::string>& missing() const { return m_missing; }
  [[nodiscard]] const std::vector<std::string>& misshapen() const { return m_misshapen; }

 private:
  /// False, with one problem instead of hundreds, when config and weights disagree on whether there is a memory.
  bool memoryAgrees();
  /// Adds a problem when the weights hold layers that config.json does not count: the first ones alone would run, and
  /// be another model than the one that was trained.
  void countLayers();
  TensorView take(const std::string& name, Shape shape);
  LinearWeights linear(const std::string& name, int out, int in);
  /// GPT-2's Conv1D: weight [in, out] and bias [out].
  LinearWeights conv(const std::string& name, int out, int in);
  NormWeights norm(const std::string& name, bool withBias);
  MemoryWeights memory(const std::string& layerName, const MemoryConfig& shape);
  void bindLlamaLayer(const std::string& name, LayerWeights& layer);
  void bindGpt2Layer(const std::string& name, LayerWeights& layer);
  [[nodiscard]] bool isKnownLeftover(std::string_view name) const;
  void addProblem(ErrorCode code, const std::string& sentence);

  const ModelConfig& m_config;
  const Checkpoint& m_checkpoint;
  std::string m_model;    // in front of lm_head: "memory_cell.model." or ""
  std::string m_decoder;  // in front of everything else: m_model + "model." or "transformer."
  std::set<std::string, std::less<>> m_taken;
  std::vector<Error> m_problems;
  std::vector<std::string> m_missing, m_misshapen;
};

Binder::Binder(const ModelConfig& config, const Checkpoint& checkpoint)
    : m_config(config), m_checkpoint(checkpoint), m_model(config.memory ? "memory_cell.model." : "") {
  m_decoder = m_model + (config.family == ModelFamily::kLlama ? "model." : "transformer.");
  // GPT-2 checkpoints of the bare decoder have no "transformer." in front.
  if (!config.memory && config.family == ModelFamily::kGpt2 && checkpoint.find("wte.weight") != nullptr) m_decoder = "";
}

void Binder::addProblem(ErrorCode code, const std::string& sentence) {
  const auto& files = m_checkpoint.files();
  m_problems.push_back(makeError(code, (files.empty() ? "" : files.front().parent_path().string() + ": ") + sentence));
}

bool Binder::memoryAgrees() {
  constexpr std::string_view kMemoryPrefix = "memory_cell.";
  const auto first = m_checkpoint.tensors().lower_bound(std::string(kMemoryPrefix));
  const bool stored = first != m_checkpoint.tensors().end() && first->first.starts_with(kMemoryPrefix);
  if (stored == m_config.memory.has_value()) return true;
  addProblem(ErrorCode::kMismatch,
             stored ? "the weights hold a memory (" + inQuotes(first->first) +
                          "), but config.json has no armt block that says how to use it"
                    : "config.json has an armt block, but the weights hold a plain decoder without memory (no tensor "
                      "is named memory_cell.*)");
  return false;
}

void Binder::countLayers() {
  const std::string prefix = m_decoder + (m_config.family == ModelFamily::kLlama ? "layers." : "h.");
  const StoredLayers stored = countStoredLayers(m_checkpoint.tensors(), prefix);
  if (stored.count <= m_config.layers) return;
  addProblem(ErrorCode::kMismatch, "config.json asks for " + std::to_string(m_config.layers) +
                                       " layers, but the weights hold " + std::to_string(stored.count) + " (" +
                                       inQuotes(stored.example) + "); correct the number of layers in config.json");
}

TensorView Binder::take(const std::string& name, Shape shape) {
  const TensorView* found = m_checkpoint.find(name);
  if (found == nullptr) {
    m_missing.push_back(name);
    addProblem(ErrorCode::kNotFound, "no tensor " + inQuotes(name) + ", expected with shape " + toString(shape));
    return {};
  }
  m_taken.insert(name);
  if (found->dtype != DType::kF32 && found->dtype != DType::kF16 && found->dtype != DType::kBF16) {
    addProblem(ErrorCode::kUnsupported, "tensor " + inQuotes(name) + " has dtype " +
                                            std::string(tidemark::name(found->dtype)) +
                                            "; weights must be F32, F16 or BF16");
    return {};
  }
  if (found->shape != shape) {
    m_misshapen.push_back(name);
    addProblem(ErrorCode::kMismatch, "tensor " + inQuotes(name) + " has shape " + toString(found->shape) +
                                         ", config.json asks for " + toString(shape));
    return {};
  }
  return *found;
}

LinearWeights Binder::linear(const std::string& name, int out, int in) {
  return {take(name + ".weight", {out, in}), std::nullopt, false};
}

LinearWeights Binder::conv(const std::string& name, int out, int in) {
  TensorView weight = take(name + ".weight", {in, out});
  return {std::move(weight), take(name + ".bias", {out}), true};
}

NormWeights Binder::norm(const std::string& name, bool withBias) {
  NormWeights norm{take(name + ".weight", {m_config.hiddenSize}), std::nullopt};
  if (withBias) norm.bias = take(name + ".bias", {m_config.hiddenSize});
  return norm;
}

MemoryWeights Binder::memory(const std::string& layerName, const MemoryConfig& shape) {
  const int hidden = m_config.hiddenSize;
  MemoryWeights memory;
  memory.query = linear(layerName + "W_mq", shape.dMem, hidden);
  memory.key = linear(layerName + "W_mk", shape.dMem, hidden);
  memory.value = linear(layerName + "W_mv", hidden, hidden);
  const int betas = shape.gating ? hidden : shape.heads;
  memory.beta = linear(layerName + "W_mb", betas, hidden);
  memory.beta.bias = take(layerName + "W_mb.bias", {betas});
  return memory;
}

void Binder::bindLlamaLayer(const std::string& name, LayerWeights& layer) {
  const int hidden = m_config.hiddenSize;
  const int queries = m_config.heads * m_config.headDim;
  const int keys = m_config.keyValueHeads * m_config.headDim;
  layer.attentionNorm = norm(name + "input_layernorm", false);
  layer.attentionIn = {linear(name + "self_attn.q_proj", queries, hidden),
                       linear(name + "self_attn.k_proj", keys, hidden),
                       linear(name + "self_attn.v_proj", keys, hidden)};
  layer.attentionOut = linear(name + "self_attn.o_proj", hidden, queries);
  layer.mlpNorm = norm(name + "post_attention_layernorm", false);
  layer.mlpIn = {linear(name + "mlp.gate_proj", m_config.intermediateSize, hidden),
                 linear(name + "mlp.up_proj", m_config.intermediateSize, hidden)};
  layer.mlpOut = linear(name + "mlp.down_proj", hidden, m_config.intermediateSize);
}

void Binder::bindGpt2Layer(const std::string& name, LayerWeights& layer) {
  const int hidden = m_config.hiddenSize;
  layer.attentionNorm = norm(name + "ln_1", true);
  layer.attentionIn = {conv(name + "attn.c_attn", 3 * hidden, hidden)};
  layer.attentionOut = conv(name + "attn.c_proj", hidden, hidden);
  layer.mlpNorm = norm(name + "ln_2", true);
  layer.mlpIn = {conv(name + "mlp.c_fc", m_config.intermediateSize, hidden)};
  layer.mlpOut = conv(name + "mlp.c_proj", hidden, m_config.intermediateSize);
}

ModelWeights Binder::bindAll() {
  ModelWeights weights;
  if (!memoryAgrees()) return weights;
  countLayers();
  const bool isLlama = m_config.family == ModelFamily::kLlama;
  const Shape table = {m_config.vocabularySize, m_config.hiddenSize};
  weights.embedding = take(m_decoder + (isLlama ? "embed_tokens.weight" : "wte.weight"), table);
  if (!isLlama) {
    const bool ownRows = m_config.memory && m_config.memory->wrapPositions;
    const int rows = m_config.maxPositions + (ownRows ? m_config.memory->memoryTokens : 0);
    weights.positions = take(m_decoder + "wpe.weight", {rows, m_config.hiddenSize});
  }
  if (m_config.memory) {
    weights.memoryTokens = take("memory_cell.memory", {m_config.memory->memoryTokens, m_config.hiddenSize});
  }
  weights.layers.resize(static_cast<std::size_t>(m_config.layers));
  for (std::size_t i = 0; i < weights.layers.size(); ++i) {
    const std::string name = m_decoder + (isLlama ? "layers." : "h.") + std::to_string(i) + ".";
    if (m_config.memory) weights.layers[i].memory = memory(name, *m_config.memory);
    const std::string decoder = name + (m_config.memory ? "layer." : "");
    if (isLlama) {
      bindLlamaLayer(decoder, weights.layers[i]);
    } else {
      bindGpt2Layer(decoder, weights.layers[i]);
    }
  }
  weights.finalNorm = norm(m_decoder + (isLlama ? "norm" : "ln_f"), !isLlama);
  weights.head = m_config.tiedHead ? weights.embedding : take(m_model + "lm_head.weight", table);
  return weights;
}

bool Binder::isKnownLeftover(std::string_view name) const {
  // Published checkpoints hold every layer twice, and buffers: rotary tables, causal masks, a memory in mid-run.
  constexpr std::array<std::string_view, 3> kBuffers = {"rotary_emb.inv_freq", ".W_mem", ".z"};
  constexpr std::array<std::string_view, 2> kMasks = {".attn.bias", ".attn.masked_bias"};
  if (name.starts_with("memory_cell.layers.")) return true;
  for (std::string_view ending : kBuffers) {
    if (name.ends_with(ending)) return true;
  }
  for (std::string_view ending : kMasks) {
    if (m_config.family == ModelFamily::kGpt2 && name.ends_with(ending)) return true;
  }
  return m_config.tiedHead && name == m_model + "lm_head.weight";
}

void Binder::listLeftovers(WeightsReport& report) const {
  for (const auto& [name, view] : m_checkpoint.tensors()) {
    if (m_taken.contains(name)) continue;
    (isKnownLeftover(name) ? report.ignored : report.unexpected).push_back(name);
  }
}

}  // namespace

Result<ModelWeights> bindModelWeights(const ModelConfig& config, std::shared_ptr<const Checkpoint> checkpoint,
                                      WeightsReport* report) {
  TM_CHECK(checkpoint != nullptr, "a checkpoint is needed");
  Binder binder(config, *checkpoint);
  ModelWeights weights = binder.bindAll();
  const std::vector<Error>& problems = binder.problems();
  if (report != nullptr) {
    *report = {};
    binder.listLeftovers(*report);
    for (const Error& problem : problems) report->problems.push_back(problem.message);
    report->missing = binder.missing();
    report->misshapen = binder.misshapen();
  }
  if (!problems.empty()) {
    Error first = problems.front();
    if (problems.size() > 1) {
      first.message += " (and " + std::to_string(problems.size() - 1) + " more; tidemark inspect lists them)";
    }
    return first;
  }
  weights.owner = std::move(checkpoint);
  return weights;
}

}  // namespace tidemark
