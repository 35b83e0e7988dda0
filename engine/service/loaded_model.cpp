#include "engine/service/loaded_model.h"

#include "engine/inspect/template_in_use.h"
#include "engine/weights/model_files.h"

namespace tidemark {
namespace {

ModelIdentity identify(const std::filesystem::path& directory, const ModelFiles& files, const Tokenizer& tokenizer) {
  const MemoryConfig& memory = *files.config.memory;
  ModelIdentity identity;
  identity.name = std::filesystem::absolute(directory).lexically_normal().filename().string();
  if (identity.name.empty()) {  // a trailing slash
    identity.name = std::filesystem::absolute(directory).lexically_normal().parent_path().filename().string();
  }
  identity.configSha256 = files.configSha256;
  identity.weightsSha256 = files.checkpoint->computeSha256();
  identity.tokenizerSha256 = tokenizer.sha256();
  identity.segmentSize = memory.segmentSize;
  identity.memoryTokens = memory.memoryTokens;
  identity.layers = files.config.layers;
  identity.memoryHeads = memory.heads;
  identity.keyWidth = memory.keyWidth();
  identity.hiddenSize = files.config.hiddenSize;
  return identity;
}

}  // namespace

std::uint64_t snapshotBytes(const LoadedModel& model) {
  return model.backend->layerMemoryFloats() * sizeof(float) * static_cast<std::uint64_t>(model.config().layers);
}

Result<LoadedModel> loadModel(const std::filesystem::path& directory, const ModelOptions& options) {
  if (Status available = checkBackendChoice(options.backend); !available) return available.error();
  auto files = openModelFiles(directory, options.hints);
  if (!files) return files.error();
  const ModelConfig& config = files->config;
  if (!config.memory) {
    return makeError(ErrorCode::kUnsupported,
                     directory.string() +
                         " is a plain model without associative memory: it cannot keep a document; choose "
                         "a model whose config.json has an \"armt\" block");
  }
  auto tokenizer = loadTokenizer(directory);
  if (!tokenizer) return tokenizer.error();
  if ((*tokenizer)->vocabularySize() > config.vocabularySize) {
    return makeError(ErrorCode::kMismatch, directory.string() + ": the tokenizer has " +
                                               std::to_string((*tokenizer)->vocabularySize()) +
                                               " pieces and the model only " + std::to_string(config.vocabularySize) +
                                               " embeddings; the two files do not belong together");
  }
  auto chatTemplate = templateInUse(**tokenizer, config.prompt, options.hints.chatTemplate);
  if (!chatTemplate) return chatTemplate.error();
  if (Status finite = checkWeightsFinite(*files->checkpoint); !finite) return finite.error();
  ModelIdentity identity = identify(directory, *files, **tokenizer);
  auto chosen =
      createChosenBackend(config, std::move(files->weights), {options.backend, options.threads, {}, options.precision});
  if (!chosen) return chosen.error();
  LoadedModel model;
  model.directory = directory;
  model.identity = std::move(identity);
  model.tokenizer = std::move(tokenizer).value();
  model.chatTemplate = std::move(chatTemplate).value();
  model.backend = std::move(chosen->backend);
  model.backendNamed = options.backend != BackendChoice::kAuto;
  model.backendNote = std::move(chosen->note);
  model.gpuFound = chosen->gpuFound;
  model.notes = std::move(files->notes);
  model.identity.precision = model.backend->precision();
  return model;
}

}  // namespace tidemark
