#include "engine/model/decoder_plan.h"

namespace tidemark {

LayerPlan makeLayerPlan(const ModelConfig& config, CellPurpose purpose) {
  LayerPlan plan;
  const bool llama = config.family == ModelFamily::kLlama;
  plan.norm = llama ? NormKind::kRms : NormKind::kLayer;
  plan.activation = llama ? Activation::kSwiGlu : Activation::kGelu;
  plan.rotary = llama;
  const bool memory = config.memory.has_value() && purpose != CellPurpose::kPlain;
  if (memory) plan.ops.push_back(LayerOp::kMemoryRead);
  for (const LayerOp op : {LayerOp::kAttentionNorm, LayerOp::kQueryKeyValue, LayerOp::kRotate, LayerOp::kAttend,
                           LayerOp::kAttentionOut, LayerOp::kMlpNorm, LayerOp::kMlpIn, LayerOp::kMlpOut}) {
    plan.ops.push_back(op);
  }
  if (memory && purpose == CellPurpose::kCommit) plan.ops.push_back(LayerOp::kMemoryWrite);
  return plan;
}

}  // namespace tidemark
