#include "app/cli/open_model.h"

#include "app/cli/report_error.h"

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

void reportNotes(const std::vector<std::string>& notes) {
  for (const std::string& note : notes) reportProgress(note);
}

}  // namespace tidemark::cli
