#include "engine/backend/backend.h"

#include "engine/base/check.h"

namespace tidemark {

std::size_t Backend::layerMemoryFloats() const {
  const ModelConfig& model = config();
  if (!model.memory) return 0;
  const auto keys = static_cast<std::size_t>(model.memory->keyWidth());
  const auto valuesPerKey = static_cast<std::size_t>(model.hiddenSize / model.memory->heads);
  return keys * (valuesPerKey + 1);
}

}  // namespace tidemark
