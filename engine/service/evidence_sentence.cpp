#include "engine/service/evidence_sentence.h"

#include <algorithm>

#include "engine/executor/executor.h"
#include "engine/generate/answer_score.h"
#include "engine/memory/traced_memory.h"
#include "engine/service/evidence_text.h"

namespace tidemark {
namespace {

constexpr std::int64_t kTracesOfContext = 32;

}  // namespace

SentenceFinder::SentenceFinder(EngineState& state, DeviceMemory& memory, Workspace& workspace,
                               const SentenceQuestion& question, SegmentWrites writes, const MemorySnapshot& answered)
    : m_state(state), m_memory(memory), m_workspace(workspace), m_question(question), m_without(answered) {
  addWrites(state.model.config(), writes, -1.0f, m_without);
}

Result<JobStep> SentenceFinder::step() {
  if (!m_begun) {
    m_begun = true;
    if (Status begun = begin(); !begun) return begun.error();
    return m_sentences.empty() ? JobStep::kDone : JobStep::kMore;
  }
  if (m_before.segment < m_question.segment - 1) {
    if (Status nearer = goOn(); !nearer) return nearer.error();
    return JobStep::kMore;
  }
  if (m_scores.empty()) {
    Backend& backend = *m_state.model.backend;
    if (Status restored = restoreMemory(backend, m_memory, m_without); !restored) return restored.error();
    const auto empty = scoreAnswer(backend, m_workspace, m_memory, m_question.prompt, m_question.answer);
    if (!empty) return empty.error();
    m_emptyScore = *empty;
    const auto whole = scoreWithout(std::nullopt);
    if (!whole) return whole.error();
    m_wholeScore = *whole;
  }
  const auto score = scoreWithout(m_sentences[m_scores.size()]);
  if (!score) return score.error();
  m_scores.push_back(*score);
  return m_scores.size() == m_sentences.size() ? JobStep::kDone : JobStep::kMore;
}

Status SentenceFinder::begin() {
  auto sentences = sentencesTouching(m_state.store, m_question.bytes);
  if (!sentences) return sentences.error();
  const auto text = textOf(m_state.store, m_question.bytes);
  if (!text) return text.error();
  if (text->size() != m_question.bytes.end - m_question.bytes.begin) return {};  // a memory without its text
  if (Status encoded = m_state.model.tokenizer->encode(*text, m_question.bytes.begin, m_tokens); !encoded) {
    return encoded;
  }
  if (m_tokens.ids.empty()) return {};
  Backend& backend = *m_state.model.backend;
  auto workspace =
      backend.createWorkspace({static_cast<int>(m_tokens.ids.size()) + backend.config().memory->memoryTokens, 1});
  if (!workspace) return workspace.error();
  m_segmentWorkspace = std::move(workspace).value();

  const auto nearest = m_state.store.newestSnapshot(m_question.segment - 1);
  if (!nearest) return nearest.error();
  if (nearest->has_value()) {
    auto before = loadMemory(m_state.store, (*nearest)->id);
    if (!before) return before.error();
    m_before = std::move(before).value();
  } else {
    m_before.layers.resize(static_cast<std::size_t>(backend.config().layers));
  }
  m_sentences = std::move(sentences).value();
  return {};
}

Status SentenceFinder::goOn() {
  const std::int64_t first = m_before.segment + 1;
  const std::int64_t end = std::min(first + kTracesOfContext, m_question.segment);
  const auto traces = m_state.store.traces(first, end);
  if (!traces) return traces.error();
  if (static_cast<std::int64_t>(traces->size()) != end - first) {
    return makeError(ErrorCode::kNotFound, "memory traces of segments before " + std::to_string(end) + " went away");
  }
  for (const TraceRecord& trace : *traces) {
    const auto writes = unpackWrites(m_state.model.config(), trace.packed);
    if (!writes) return writes.error();
    replayWrites(m_state.model.config(), *writes, m_before);
  }
  return {};
}

Result<double> SentenceFinder::scoreWithout(std::optional<ByteRange> sentence) {
  std::vector<TokenId> tokens;
  for (std::size_t i = 0; i < m_tokens.ids.size(); ++i) {
    const ByteRange bytes = m_tokens.bytes[i];
    const bool leftOut = sentence && bytes.begin < sentence->end && bytes.end > sentence->begin;
    if (!leftOut) tokens.push_back(m_tokens.ids[i]);
  }
  if (tokens.empty()) return m_emptyScore;
  Backend& backend = *m_state.model.backend;
  const ModelConfig& config = backend.config();
  if (Status restored = restoreMemory(backend, m_memory, m_before); !restored) return restored.error();
  SegmentWrites writes(config);
  std::vector<MemoryWriteTrace> places;
  for (int layer = 0; layer < config.layers; ++layer) places.push_back(writes.place(config, layer));
  const auto committed = commitSegment(backend, *m_segmentWorkspace, m_memory, tokens, places);
  if (!committed) return committed.error();
  MemorySnapshot changed = m_without;
  addWrites(config, writes, 1.0f, changed);
  if (Status restored = restoreMemory(backend, m_memory, changed); !restored) return restored.error();
  return scoreAnswer(backend, m_workspace, m_memory, m_question.prompt, m_question.answer);
}

std::optional<ByteRange> SentenceFinder::sentence() const {
  if (m_scores.empty() || m_scores.size() != m_sentences.size()) return std::nullopt;
  const auto least = std::min_element(m_scores.begin(), m_scores.end());
  const double effect = m_wholeScore - m_emptyScore;
  if (!(effect > 0) || !(m_wholeScore - *least >= kClearPart * effect)) return std::nullopt;
  return m_sentences[static_cast<std::size_t>(least - m_scores.begin())];
}

}  // namespace tidemark
