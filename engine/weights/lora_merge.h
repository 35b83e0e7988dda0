#pragma once
// A weight with its LoRA pair merged into it.

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace tidemark {

struct LoraMerge {
  TensorView weight;  // [out, in], or [in, out] when `inputMajor` (GPT-2's Conv1D)
  TensorView a;       // [r, in]
  TensorView b;       // [out, r]
  double scale = 1;   // alpha / r
  bool inputMajor = false;
};

/// W + scale B A in float32, as a tensor of its own (F32, the weight's shape): every element of B A is summed in
/// ascending order of the rank, then scaled, then added. All views are host tensors of F32, F16 or BF16. Errors:
/// kMismatch (shapes that do not fit, all three named), kUnsupported (dtype).
[[nodiscard]] Result<Tensor> mergeLora(const LoraMerge& merge);

}  // namespace tidemark
