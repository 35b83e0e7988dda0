#include "engine/weights/model_files.h"

#include "engine/base/sha256.h"

namespace tidemark {

Result<ModelFiles> openModelFiles(const std::filesystem::path& directory, const ModelHints& hints,
                                  WeightsReport* report) {
  if (!hints.empty()) return makeError(ErrorCode::kUnsupported, "hints about a model are not read yet; leave them out");
  auto config = loadModelConfig(directory);
  if (!config) return config.error();
  auto checkpoint = Checkpoint::open(directory);
  if (!checkpoint) return checkpoint.error();
  auto weights = bindModelWeights(*config, *checkpoint, report);
  if (!weights) return weights.error();
  const auto configFile = MappedFile::open(directory / "config.json");
  if (!configFile) return configFile.error();
  ModelFiles files;
  files.config = std::move(config).value();
  files.configSha256 = sha256Hex(configFile->bytes());
  files.checkpoint = std::move(checkpoint).value();
  files.weights = std::move(weights).value();
  return files;
}

}  // namespace tidemark
