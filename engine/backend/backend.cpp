#include "engine/backend/backend.h"

#include "engine/base/check.h"

namespace tidemark {

Status Backend::runGroup(Workspace& workspace, const CellGroup& group, std::span<CellMetrics> metrics) {
  if (Status submitted = submitGroup(workspace, group); !submitted) return submitted;
  if (!group.plan->writesMemory()) return {};
  return awaitGroup(workspace, metrics);
}

Result<TokenId> Backend::chooseToken(Workspace& workspace, int parity, int row, const TokenChoice& choice) {
  m_logits.resize(static_cast<std::size_t>(config().vocabularySize));
  if (Status done = computeLogits(workspace, parity, row, 1, m_logits); !done) return done.error();
  return tidemark::chooseToken(m_logits, choice);
}

Result<bool> Backend::exportMemory(const DeviceMemory& memory, int layer, std::span<float> values) {
  auto copy = queueMemoryCopy(memory, layer);
  if (!copy) return copy.error();
  return finishMemoryCopy(**copy, values);
}

std::size_t Backend::layerMemoryFloats() const {
  const ModelConfig& model = config();
  if (!model.memory) return 0;
  const auto keys = static_cast<std::size_t>(model.memory->keyWidth());
  const auto valuesPerKey = static_cast<std::size_t>(model.hiddenSize / model.memory->heads);
  return keys * (valuesPerKey + 1);
}

}  // namespace tidemark
