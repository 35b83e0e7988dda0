#include "engine/service/loaded_model.h"

#include "engine/document/text_import.h"
#include "engine/weights/model_weights.h"

namespace tidemark {
namespace {

Result<ModelIdentity> identify(const std::filesystem::path& directory, const ModelConfig& config,
                               const Checkpoint& checkpoint, const Tokenizer& tokenizer) {
  auto configHash = hashFile(directory / "config.json");
  if (!configHash) return configHash.error();
  const MemoryConfig& memory = *config.memory;
  ModelIdentity identity;
  identity.name = std::filesystem::absolute(directory).lexically_normal().filename().string();
  if (identity.name.empty()) {  // a trailing slash
    identity.name = std::filesystem::absolute(directory).lexically_normal().parent_path().filename().string();
  }
  identity.configSha256 = *configHash;
  identity.weightsSha256 = checkpoint.computeSha256();
  identity.tokenizerSha256 = tokenizer.sha256();
  identity.segmentSize = memory.segmentSize;
  identity.memoryTokens = memory.memoryTokens;
  identity.layers = config.layers;
  identity.memoryHeads = memory.heads;
  identity.keyWidth = memory.keyWidth();
  identity.hiddenSize = config.hiddenSize;
  return identity;
}

}  // namespace

Result<LoadedModel> loadModel(const std::filesystem::path& directory, const ModelOptions& options) {
  if (Status available = checkBackendChoice(options.backend); !available) return available.error();
  auto config = loadModelConfig(directory);
  if (!config) return config.error();
  if (!config->memory) {
    return makeError(ErrorCode::kUnsupported,
                     directory.string() +
                         " is a plain model without associative memory: it cannot keep a document; choose "
                         "a model whose config.json has an \"armt\" block");
  }
  auto tokenizer = loadTokenizer(directory);
  if (!tokenizer) return tokenizer.error();
  if ((*tokenizer)->vocabularySize() > config->vocabularySize) {
    return makeError(ErrorCode::kMismatch, directory.string() + ": the tokenizer has " +
                                               std::to_string((*tokenizer)->vocabularySize()) +
                                               " pieces and the model only " + std::to_string(config->vocabularySize) +
                                               " embeddings; the two files do not belong together");
  }
  auto checkpoint = Checkpoint::open(directory);
  if (!checkpoint) return checkpoint.error();
  if (Status finite = checkWeightsFinite(**checkpoint); !finite) return finite.error();
  auto weights = bindModelWeights(*config, *checkpoint);
  if (!weights) return weights.error();
  auto identity = identify(directory, *config, **checkpoint, **tokenizer);
  if (!identity) return identity.error();
  auto chosen = createChosenBackend(*config, std::move(weights).value(),
                                    {options.backend, options.threads, {}, options.precision});
  if (!chosen) return chosen.error();
  LoadedModel model;
  model.directory = directory;
  model.identity = std::move(identity).value();
  model.tokenizer = std::move(tokenizer).value();
  model.backend = std::move(chosen->backend);
  model.backendNamed = options.backend != BackendChoice::kAuto;
  model.backendNote = std::move(chosen->note);
  model.gpuFound = chosen->gpuFound;
  model.identity.precision = model.backend->precision();
  return model;
}

}  // namespace tidemark
