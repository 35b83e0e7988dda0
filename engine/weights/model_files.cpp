#include "engine/weights/model_files.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/weights/checkpoint_layout.h"
#include "engine/weights/config_derivation.h"

namespace tidemark {

Result<ModelFiles> openModelFiles(const std::filesystem::path& directory, const ModelHints& hints,
                                  WeightsReport* report) {
  auto layout = openCheckpointLayout(directory);
  if (!layout) return layout.error();
  auto derived = deriveConfig(directory, hints, layout->tensors, !layout->pairs.empty());
  if (!derived) return derived.error();
  ModelFiles files;
  files.notes = std::move(derived->notes);
  std::ranges::move(layout->notes, std::back_inserter(files.notes));
  auto checkpoint =
      mergeLayout(*layout, adapterSettings(*layout, derived->config), derived->config.tiedHead, files.notes);
  if (!checkpoint) return checkpoint.error().withContext(directory.string());
  auto weights = bindModelWeights(derived->config, *checkpoint, report);
  if (!weights) return weights.error();
  files.config = std::move(derived->config);
  files.configSha256 = configIdentity(derived->text, *layout);
  files.configText = std::move(derived->text);
  files.checkpoint = std::move(checkpoint).value();
  files.weights = std::move(weights).value();
  return files;
}

}  // namespace tidemark
