#include "app/cli/open_model.h"

namespace tidemark::cli {

BackendChoice backendChoice(const std::string& name) {
  if (name == "cpu") return BackendChoice::kCpu;
  return name == "cuda" ? BackendChoice::kCuda : BackendChoice::kAuto;
}

Status checkBackend(const BackendRequest& request) {
  return checkBackendChoice(backendChoice(request.backend));
}

Result<ChosenBackend> openBackend(const BackendRequest& request, const ModelConfig& config, ModelWeights weights) {
  return createChosenBackend(config, std::move(weights),
                             {backendChoice(request.backend), request.threads, request.kernels, {}});
}

Result<ChosenBackend> openModel(const std::filesystem::path& directory, const BackendRequest& request) {
  if (Status possible = checkBackend(request); !possible) return possible.error();
  const auto config = loadModelConfig(directory);
  if (!config) return config.error();
  auto checkpoint = Checkpoint::open(directory);
  if (!checkpoint) return checkpoint.error();
  auto weights = bindModelWeights(*config, std::move(checkpoint).value());
  if (!weights) return weights.error();
  return openBackend(request, *config, std::move(weights).value());
}

}  // namespace tidemark::cli
