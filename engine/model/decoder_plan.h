#pragma once
// What one cell of each model family goes through, for the three ways a cell is used.

#include "engine/backend/layer_plan.h"
#include "engine/weights/model_config.h"

namespace tidemark {

enum class CellPurpose {
  kCommit,    // a segment that is read: memory is read before the layer and written after it
  kQuestion,  // a question segment: memory is read, never written
  kPlain,     // full attention without memory: the baseline
};

[[nodiscard]] LayerPlan makeLayerPlan(const ModelConfig& config, CellPurpose purpose);

}  // namespace tidemark
