#include "engine/inspect/model_inspection.h"

#include <set>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/base/system_memory.h"
#include "engine/weights/checkpoint.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

std::uint64_t size(std::int64_t n) {
  return static_cast<std::uint64_t>(n);
}

void listTensors(const Checkpoint& checkpoint, const WeightsReport& report, ModelInspection& model) {
  const std::set<std::string> ignored(report.ignored.begin(), report.ignored.end());
  const std::set<std::string> unexpected(report.unexpected.begin(), report.unexpected.end());
  for (const auto& [tensorName, view] : checkpoint.tensors()) {
    InspectedTensor tensor{tensorName, view.dtype, view.shape, view.bytes.size(), TensorUse::kUsed};
    if (ignored.contains(tensorName)) tensor.use = TensorUse::kIgnored;
    if (unexpected.contains(tensorName)) tensor.use = TensorUse::kUnexpected;
    if (tensor.use == TensorUse::kUsed) model.parameters += elementCount(view.shape).value_or(0);
    model.tensors.push_back(std::move(tensor));
  }
  if (!unexpected.empty()) {
    model.notes.push_back(std::to_string(unexpected.size()) +
                          " tensors are not part of such a model and are left out, " + "the first is " +
                          *unexpected.begin());
  }
}

void inspectWeights(ModelInspection& model) {
  const auto checkpoint = Checkpoint::open(model.directory);
  if (!checkpoint) {
    model.problems.push_back(checkpoint.error().message);
    return;
  }
  WeightsReport report;
  if (model.config) {
    const auto bound = bindModelWeights(*model.config, *checkpoint, &report);
    model.problems.insert(model.problems.end(), report.problems.begin(), report.problems.end());
    if (!bound && report.problems.empty()) model.problems.push_back(bound.error().message);
  }
  listTensors(**checkpoint, report, model);
  if (const Status finite = checkWeightsFinite(**checkpoint); !finite) model.problems.push_back(finite.error().message);
}

void inspectTokenizer(ModelInspection& model) {
  std::error_code ignored;
  for (const char* file : {"tokenizer.model", "tokenizer.json"}) {
    if (!model.tokenizerFile.empty() || !fs::exists(model.directory / file, ignored)) continue;
    model.tokenizerFile = file;
  }
  const std::string limit = ", so it runs on token ids (trace, bench) and cannot read text";
  if (model.tokenizerFile.empty()) model.notes.push_back("there is no tokenizer.model or tokenizer.json" + limit);
  if (model.tokenizerFile == "tokenizer.json" && !TM_HAVE_PCRE2) {
    model.notes.push_back("PCRE2 was left out of this build" + limit);
  }
  if (model.tokenizerFile == "tokenizer.model" && !TM_HAVE_SENTENCEPIECE) {
    model.notes.push_back("SentencePiece was left out of this build" + limit);
  }
}

void inspectMemory(ModelInspection& model) {
  model.memory = memoryNeedOf(*model.config);
  if (const Status enough = requireMemory(model.memory->total(), "running this model"); !enough) {
    model.problems.push_back(enough.error().message);
  }
  if (!model.config->memory) {
    model.notes.emplace_back(
        "this is a plain decoder without associative memory: it runs as the full-attention baseline only (trace "
        "--full-attention) and cannot read documents");
  }
}

}  // namespace

MemoryNeed memoryNeedOf(const ModelConfig& config, int threads) {
  MemoryNeed need;
  need.weights = cpuModelBytes(config);
  need.head = size(config.vocabularySize) * size(config.hiddenSize) * sizeof(float);
  if (!config.memory) return need;
  const MemoryConfig& memory = *config.memory;
  need.workspace = cpuWorkspaceBytes(config, {memory.segmentSize + memory.memoryTokens, config.layers}, threads);
  // W_mem [keyWidth, D / heads] and z [keyWidth] of every layer.
  need.state =
      size(config.layers) * size(memory.keyWidth()) * size(config.hiddenSize / memory.heads + 1) * sizeof(float);
  need.snapshot = need.state;
  return need;
}

Result<ModelInspection> inspectModel(const fs::path& directory, const ModelHints& /*hints*/) {
  std::error_code ignored;
  if (!fs::is_directory(directory, ignored)) {
    return makeError(ErrorCode::kNotFound,
                     directory.string() + " is not a directory; give the one that holds config.json and the weights");
  }
  ModelInspection model;
  model.directory = directory;
  model.cuda = summarizeCuda();
  auto config = loadModelConfig(directory);
  if (config) {
    model.config = std::move(config).value();
  } else {
    model.problems.push_back(config.error().message);
  }
  inspectWeights(model);
  inspectTokenizer(model);
  if (model.config) inspectMemory(model);
  return model;
}

}  // namespace tidemark
