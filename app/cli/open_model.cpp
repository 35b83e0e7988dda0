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
  auto files = openModelFiles(directory);
  if (!files) return files.error();
  return openBackend(request, files->config, std::move(files->weights));
}

}  // namespace tidemark::cli
