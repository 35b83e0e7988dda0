#pragma once
// A run with everything it computed on the way, as named tensors: what the golden checkpoints list in
// expected.safetensors (tests/data/golden/README.md).

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/executor/executor.h"
#include "engine/tensor/tensor.h"

namespace tidemark::cli {

struct TraceRequest {
  std::span<const TokenId> tokens;    // at least one
  std::span<const TokenId> question;  // may be empty: nothing is asked
  int maxTokens = 16;                 // of the answer, which nothing else ends
  Schedule schedule = Schedule::kDiagonal;
  bool fullAttention = false;       // the baseline as well; all that a model without memory can do
  std::function<bool()> cancelled;  // asked between two groups; may be empty
};

struct Trace {
  std::vector<std::pair<std::string, Tensor>> tensors;
  std::string stateHash;  // of the memory after the last segment, before the question; empty without memory
  std::int64_t segments = 0;
};

/// Reads `tokens` (the last segment may be shorter and is committed too), then asks. Tensors: input_ids [N], logits [N,
/// V], W_mem.after_segment_s and z.after_segment_s for every s, question_ids, generated_ids, generated_logits,
/// full_attention_logits. Errors: kCancelled; kUnsupported for a model without memory unless the baseline is all that
/// is asked for; kOutOfMemory; those of the backend.
[[nodiscard]] Result<Trace> runTrace(Backend& backend, const TraceRequest& request);

/// Tokens that the full-attention baseline can take: GPT-2 ends with its position table.
[[nodiscard]] std::span<const TokenId> baselineTokens(const ModelConfig& config, std::span<const TokenId> tokens);

}  // namespace tidemark::cli
