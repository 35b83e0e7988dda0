#include "engine/inspect/model_inspection.h"

#include <map>
#include <set>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/cuda/cuda_shape.h"
#include "engine/base/system_memory.h"
#include "engine/inspect/template_in_use.h"
#include "engine/tokenizer/tokenizer.h"
#include "engine/weights/checkpoint.h"
#include "engine/weights/checkpoint_layout.h"
#include "engine/weights/config_derivation.h"
#include "engine/weights/finite_check.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

std::uint64_t size(std::int64_t n) {
  return static_cast<std::uint64_t>(n);
}

void listTensors(const std::map<std::string, TensorView>& tensors, const WeightsReport& report,
                 ModelInspection& model) {
  const std::set<std::string> ignored(report.ignored.begin(), report.ignored.end());
  const std::set<std::string> unexpected(report.unexpected.begin(), report.unexpected.end());
  std::map<DType, DTypeTotal> totals;
  for (const auto& [tensorName, view] : tensors) {
    InspectedTensor tensor{tensorName, view.dtype, view.shape, view.bytes.size(), TensorUse::kUsed};
    if (ignored.contains(tensorName)) tensor.use = TensorUse::kIgnored;
    if (unexpected.contains(tensorName)) tensor.use = TensorUse::kUnexpected;
    if (tensor.use == TensorUse::kUsed) {
      model.parameters += elementCount(view.shape).value_or(0);
      DTypeTotal& total = totals.try_emplace(view.dtype, DTypeTotal{view.dtype}).first->second;
      ++total.tensors;
      total.bytes += view.bytes.size();
    }
    model.tensors.push_back(std::move(tensor));
  }
  for (const auto& [dtype, total] : totals) model.dtypes.push_back(total);
  if (!unexpected.empty()) {
    model.notes.push_back(std::to_string(unexpected.size()) +
                          " tensors are not part of such a model and are left out, " + "the first is " +
                          *unexpected.begin());
  }
}

void addAll(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// The config from what there is, if the weights cannot be read.
void inspectConfigAlone(ModelInspection& model) {
  auto config = loadModelConfig(model.directory);
  if (config) {
    model.config = std::move(config).value();
  } else {
    model.problems.push_back(config.error().message);
  }
}

/// Only kCancelled is an error.
Status inspectFiles(const ModelHints& hints, const std::function<bool()>& cancelled, ModelInspection& model) {
  const auto layout = openCheckpointLayout(model.directory);
  if (!layout) {
    inspectConfigAlone(model);
    model.problems.push_back(layout.error().message);
    return {};
  }
  auto derived = deriveConfig(model.directory, hints, layout->tensors, !layout->pairs.empty());
  if (derived) {
    model.config = std::move(derived->config);
    model.configText = std::move(derived->text);
    addAll(model.notes, derived->notes);
  } else {
    model.problems.push_back(derived.error().message);
  }
  addAll(model.notes, layout->notes);
  // What cannot be merged can still be listed and compared with the config.
  auto checkpoint = Checkpoint::derive(layout->base, layout->tensors, {});
  WeightsReport report;
  if (model.config) {
    auto merged = mergeLayout(*layout, adapterSettings(*layout, *model.config), model.config->tiedHead, model.notes);
    if (merged) {
      checkpoint = std::move(merged).value();
    } else {
      model.problems.push_back(merged.error().message);
    }
    const auto bound = bindModelWeights(*model.config, checkpoint, &report);
    addAll(model.problems, report.problems);
    if (!bound && report.problems.empty()) model.problems.push_back(bound.error().message);
    model.missing = report.missing;
    model.misshapen = report.misshapen;
  }
  listTensors(checkpoint->tensors(), report, model);
  const Status finite = checkWeightsFinite(*checkpoint, cancelled);
  if (!finite && finite.error().code == ErrorCode::kCancelled) return finite;
  if (!finite) model.problems.push_back(finite.error().message);
  return {};
}

void inspectTokenizer(ModelInspection& model) {
  std::error_code ignored;
  for (const char* file : {"tokenizer.model", "tokenizer.json"}) {
    if (!model.tokenizerFile.empty() || !fs::exists(model.directory / file, ignored)) continue;
    model.tokenizerFile = file;
  }
  const std::string limit = ", so it runs on token ids (trace, bench) and cannot read text";
  if (model.tokenizerFile.empty()) model.notes.push_back("there is no tokenizer.model or tokenizer.json" + limit);
}

void inspectMemory(ModelInspection& model) {
  model.memory = memoryNeedOf(*model.config);
  if (const Status enough = requireMemory(model.memory->total(), "running this model"); !enough) {
    model.problems.push_back(enough.error().message);
  }
  if (!model.config->memory) return;
  const MemoryConfig& memory = *model.config->memory;
  const auto shape = makeCudaShape(*model.config);
  if (shape) {
    const WorkspaceSpec spec{memory.segmentSize + memory.memoryTokens, model.config->layers};
    model.gpuBytes = planCudaMemory(*model.config, *shape, spec).total();
  } else {
    model.notes.push_back("it cannot run on a GPU: " + shape.error().message);
  }
}

/// How questions are put: as asked for, as config.json says, or as the tokenizer's special pieces suggest.
void inspectTemplate(const ModelHints& hints, ModelInspection& model) {
  if (model.tokenizerFile.empty() || !model.config) return;
  const auto tokenizer = loadTokenizer(model.directory);
  if (!tokenizer) {
    model.notes.push_back(tokenizer.error().message);
    return;
  }
  const auto chosen = templateInUse(**tokenizer, model.config->prompt, hints.chatTemplate);
  if (!chosen) {
    model.problems.push_back(chosen.error().message);
    return;
  }
  model.chatTemplate = chosen->name + ": " + chosen->prompt;
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

Result<ModelInspection> inspectModel(const fs::path& directory, const ModelHints& hints,
                                     const std::function<bool()>& cancelled) {
  std::error_code ignored;
  if (!fs::is_directory(directory, ignored)) {
    return makeError(ErrorCode::kNotFound,
                     directory.string() + " is not a directory; give the one that holds config.json and the weights");
  }
  ModelInspection model;
  model.directory = directory;
  model.cuda = summarizeCuda();
  if (Status inspected = inspectFiles(hints, cancelled, model); !inspected) return inspected.error();
  if (cancelled && cancelled()) return makeError(ErrorCode::kCancelled, "looking at the model was stopped");
  inspectTokenizer(model);
  inspectTemplate(hints, model);
  if (model.config) inspectMemory(model);
  return model;
}

}  // namespace tidemark
