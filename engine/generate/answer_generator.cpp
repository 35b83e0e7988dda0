#include "engine/generate/answer_generator.h"

#include <algorithm>

#include "engine/model/decoder_plan.h"

namespace tidemark {

AnswerGenerator::AnswerGenerator(Backend& backend, DeviceMemory& memory, const AnswerOptions& options)
    : m_backend(&backend),
      m_memory(&memory),
      m_options(options),
      m_plan(makeLayerPlan(backend.config(), CellPurpose::kQuestion)),
      m_sampler(options.sampling) {}

Result<AnswerGenerator> AnswerGenerator::create(Backend& backend, DeviceMemory& memory, std::span<const TokenId> prompt,
                                                const AnswerOptions& options) {
  if (prompt.empty()) return makeError(ErrorCode::kInvalidArgument, "the question is empty; ask something");
  if (options.maxTokens < 1) {
    return makeError(ErrorCode::kInvalidArgument,
                     "an answer of " + std::to_string(options.maxTokens) + " tokens was asked for; ask for at least 1");
  }
  if (Status valid = checkSamplingOptions(options.sampling); !valid) return valid.error();
  const int rows = static_cast<int>(prompt.size());
  const ModelConfig& config = backend.config();
  if (config.family == ModelFamily::kGpt2 && rows > config.maxPositions) {
    return makeError(ErrorCode::kInvalidArgument,
                     "the question with its tail is " + std::to_string(rows) + " tokens long and the model has " +
                         std::to_string(config.maxPositions) + " positions; ask something shorter");
  }
  AnswerGenerator generator(backend, memory, options);
  generator.m_prompt.assign(prompt.begin(), prompt.end());
  if (config.family == ModelFamily::kGpt2) {
    generator.m_options.maxTokens = std::min(options.maxTokens, config.maxPositions - rows + 1);
  }
  auto promptWorkspace = backend.createWorkspace({rows, 1});
  if (!promptWorkspace) return promptWorkspace.error();
  auto tokenWorkspace = backend.createWorkspace({1, 1});
  if (!tokenWorkspace) return tokenWorkspace.error();
  auto cache = backend.createCache(rows + generator.m_options.maxTokens);
  if (!cache) return cache.error();
  generator.m_promptWorkspace = std::move(promptWorkspace).value();
  generator.m_tokenWorkspace = std::move(tokenWorkspace).value();
  generator.m_cache = std::move(cache).value();
  if (options.keepReads) generator.m_reads.reset(config);
  if (options.keepLogits) generator.m_logits.resize(static_cast<std::size_t>(config.vocabularySize));
  return generator;
}

Status AnswerGenerator::run(std::span<const TokenId> tokens, Workspace& workspace) {
  if (Status embedded = m_backend->embed(workspace, 0, {tokens, false, m_position}); !embedded) return embedded;
  CellGroup group;
  group.plan = &m_plan;
  group.count = 1;
  group.rows = static_cast<int>(tokens.size());
  group.firstPosition = m_position;
  group.memory = m_memory;
  group.cache = m_cache.get();
  const ModelConfig& config = m_backend->config();
  if (m_options.keepReads) m_reads.grow(config, group.rows);
  for (int layer = 0; layer < config.layers; ++layer) {
    group.firstLayer = layer;
    group.parity = layer % 2;
    MemoryReadTrace reads;
    if (m_options.keepReads) {
      reads = m_reads.place(config, layer, m_position);
      group.reads = std::span(&reads, 1);
    }
    if (Status ran = m_backend->runGroup(workspace, group, {}); !ran) return ran;
  }
  m_position += group.rows;
  return {};
}

Result<TokenId> AnswerGenerator::choose(Workspace& workspace, int rows) {
  const int parity = m_backend->config().layers % 2;
  const TokenChoice choice = m_sampler.next();
  if (!m_options.keepLogits) return m_backend->chooseToken(workspace, parity, rows - 1, choice);
  if (Status done = m_backend->computeLogits(workspace, parity, rows - 1, 1, m_logits); !done) return done.error();
  return chooseToken(m_logits, choice);
}

Result<std::optional<TokenId>> AnswerGenerator::next() {
  if (m_stopped || m_generated >= m_options.maxTokens) return std::optional<TokenId>{};
  const bool first = m_promptWorkspace != nullptr;
  const std::span<const TokenId> tokens = first ? std::span<const TokenId>(m_prompt) : std::span(&m_last, 1);
  Workspace& workspace = first ? *m_promptWorkspace : *m_tokenWorkspace;
  if (Status ran = run(tokens, workspace); !ran) return ran.error();
  const auto token = choose(workspace, static_cast<int>(tokens.size()));
  if (!token) return token.error();
  m_promptWorkspace.reset();
  m_last = *token;
  ++m_generated;
  if (std::find(m_options.stopTokens.begin(), m_options.stopTokens.end(), m_last) != m_options.stopTokens.end()) {
    m_stopped = true;
    return std::optional<TokenId>{};
  }
  return std::optional<TokenId>(m_last);
}

}  // namespace tidemark
