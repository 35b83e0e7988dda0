#pragma once
// Answers one question segment: the prompt is run once against the memory, which is read and never written, and then
// each token extends the segment through a key/value cache. No memory tokens are appended (answer_logits() and
// generate() of armt_numpy.py).

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/generate/sampler.h"
#include "engine/memory/memory_reads.h"

namespace tidemark {

struct AnswerOptions {
  int maxTokens = 64;
  SamplingOptions sampling;
  std::vector<TokenId> stopTokens;  // end the answer; not part of it
  bool keepReads = false;           // keep what the rows read from memory (backends with tracesMemory())
  bool keepLogits = false;          // hand the logits of every token over: V floats, which a GPU otherwise keeps
};

class AnswerGenerator {
 public:
  /// Allocates for prompt + maxTokens positions. `memory` must stay as it is until the answer is done; nothing is
  /// computed yet. Errors: kInvalidArgument (empty prompt, options, more positions than a GPT-2 table has),
  /// kOutOfMemory.
  [[nodiscard]] static Result<AnswerGenerator> create(Backend& backend, DeviceMemory& memory,
                                                      std::span<const TokenId> prompt, const AnswerOptions& options);

  /// The next token, or nothing when a stop token was chosen or maxTokens is reached. The first call runs the prompt.
  [[nodiscard]] Result<std::optional<TokenId>> next();

  /// Logits [V] that chose the last token, with keepLogits; otherwise empty.
  [[nodiscard]] std::span<const float> logits() const { return m_logits; }
  /// What the rows of the prompt and of the answer's tokens read from memory, with keepReads. The row before a token
  /// chose it: token i comes from row prompt + i - 1.
  [[nodiscard]] const MemoryReads& reads() const { return m_reads; }
  /// True when a stop token ended the answer, false when maxTokens did.
  [[nodiscard]] bool stopped() const { return m_stopped; }

 private:
  AnswerGenerator(Backend& backend, DeviceMemory& memory, const AnswerOptions& options);
  [[nodiscard]] Status run(std::span<const TokenId> tokens, Workspace& workspace);
  /// The token after the last row of `rows` that ran in `workspace`.
  [[nodiscard]] Result<TokenId> choose(Workspace& workspace, int rows);

  Backend* m_backend;
  DeviceMemory* m_memory;
  AnswerOptions m_options;
  LayerPlan m_plan;
  Sampler m_sampler;
  std::vector<TokenId> m_prompt;
  std::unique_ptr<Workspace> m_promptWorkspace;  // freed after the prompt
  std::unique_ptr<Workspace> m_tokenWorkspace;   // one row
  std::unique_ptr<KeyValueCache> m_cache;
  std::vector<float> m_logits;
  MemoryReads m_reads;
  TokenId m_last = 0;
  int m_position = 0;  // rows already in the cache
  int m_generated = 0;
  bool m_stopped = false;
};

}  // namespace tidemark
