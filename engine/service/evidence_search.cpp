#include "engine/service/evidence_search.h"

#include <algorithm>
#include <cmath>

#include "engine/generate/answer_score.h"
#include "engine/memory/traced_memory.h"
#include "engine/service/document_pages.h"
#include "engine/service/evidence_text.h"

namespace tidemark {
namespace {

constexpr std::int64_t kTracesAtOnce = 32;

/// Rows whose reads chose the answer's tokens.
int firstAnswerRow(const EvidenceQuestion& question) {
  return static_cast<int>(question.prompt.size()) - 1;
}

}  // namespace

EvidenceSearch::EvidenceSearch(EngineState& state, std::unique_ptr<DeviceMemory> memory, const MemoryReads& reads,
                               EvidenceQuestion question)
    : m_state(state),
      m_memory(std::move(memory)),
      m_question(std::move(question)),
      m_calculator(state.model.config(), reads, firstAnswerRow(m_question),
                   firstAnswerRow(m_question) + static_cast<int>(m_question.answer.size())),
      m_ofPlaces(m_calculator.places().size()) {
  double total = 0;
  for (std::size_t i = 0; i < m_ofPlaces.size(); ++i) {
    const double row = m_calculator.rowNorms()[i];
    m_weights.push_back(row > 0 ? m_calculator.readoutNorms()[i] / row : 0.0);
    total += m_weights.back();
  }
  for (double& weight : m_weights) weight = total > 0 ? weight / total : 0.0;
}

Result<JobStep> EvidenceSearch::step() {
  Status done;
  switch (m_phase) {
    case Phase::kShares:
      done = addShares();
      break;
    case Phase::kLeaveOut:
      done = leaveOneOut();
      break;
    case Phase::kSentences:
      done = findSentence();
      break;
    case Phase::kDone:
      return JobStep::kDone;
  }
  if (!done) return done.error();
  return m_phase == Phase::kDone ? JobStep::kDone : JobStep::kMore;
}

void EvidenceSearch::addShareOf(std::int64_t segment, const SegmentWrites& writes) {
  m_calculator.sharesOf(writes, m_ofPlaces);
  double share = 0;
  for (std::size_t i = 0; i < m_ofPlaces.size(); ++i) share += m_weights[i] * m_ofPlaces[i];
  m_shares[static_cast<std::size_t>(segment)] = share;
}

Status EvidenceSearch::addShares() {
  const auto first = static_cast<std::int64_t>(m_shares.size());
  const std::int64_t end = std::min(first + kTracesAtOnce, m_question.asOfSegment + 1);
  const auto traces = m_state.store.traces(first, end);
  if (!traces) return traces.error();
  m_shares.resize(static_cast<std::size_t>(end));
  std::int64_t expected = first;
  for (const TraceRecord& trace : *traces) {
    const auto writes = unpackWrites(config(), trace.packed);
    if (!writes) return writes.error();
    if (trace.segment != expected) break;
    addShareOf(trace.segment, *writes);
    ++expected;
  }
  if (expected != end) {
    return makeError(ErrorCode::kNotFound, "segment " + std::to_string(expected) +
                                               " has no memory trace; read the document with traces to have evidence");
  }
  if (end <= m_question.asOfSegment) return {};
  if (m_question.tail) {
    m_shares.resize(static_cast<std::size_t>(end) + 1);
    addShareOf(end, m_question.tail->writes);
  }
  return chooseCandidates();
}

Status EvidenceSearch::chooseCandidates() {
  std::vector<std::int64_t> order(m_shares.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::int64_t>(i);
  std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
    return m_shares[static_cast<std::size_t>(a)] > m_shares[static_cast<std::size_t>(b)];
  });
  order.resize(std::min(order.size(), static_cast<std::size_t>(kCandidates)));
  for (const std::int64_t segment : order) {
    // A segment that adds nothing to what was read is nowhere to look; neither is one whose share is not a number.
    if (m_shares[static_cast<std::size_t>(segment)] > 0) m_candidates.push_back({segment, 0});
  }
  m_phase = m_candidates.empty() ? Phase::kDone : Phase::kLeaveOut;
  if (m_phase == Phase::kDone) return {};

  Backend& backend = *m_state.model.backend;
  auto answered = captureMemory(backend, *m_memory, m_question.asOfSegment);
  if (!answered) return answered.error();
  m_answered = std::move(answered).value();
  auto workspace = backend.createWorkspace({answerRows(m_question.prompt, m_question.answer), 1});
  if (!workspace) return workspace.error();
  m_workspace = std::move(workspace).value();
  const auto score = scoreAnswer(backend, *m_workspace, *m_memory, m_question.prompt, m_question.answer);
  if (!score) return score.error();
  m_score = *score;
  return {};
}

Result<SegmentWrites> EvidenceSearch::writesOf(std::int64_t segment) const {
  if (segment > m_question.asOfSegment) return m_question.tail->writes;
  const auto traces = m_state.store.traces(segment, segment + 1);
  if (!traces) return traces.error();
  if (traces->empty()) {
    return makeError(ErrorCode::kNotFound, "the memory trace of segment " + std::to_string(segment) + " went away");
  }
  return unpackWrites(config(), traces->front().packed);
}

Result<ByteRange> EvidenceSearch::bytesOf(std::int64_t segment) const {
  if (segment > m_question.asOfSegment) return m_question.tail->bytes;
  const auto segments = m_state.store.segments(segment, segment + 1);
  if (!segments) return segments.error();
  if (segments->empty()) {
    return makeError(ErrorCode::kNotFound, "segment " + std::to_string(segment) + " is not in the session");
  }
  return segments->front().bytes;
}

Status EvidenceSearch::leaveOneOut() {
  Candidate& candidate = m_candidates[m_next];
  const auto writes = writesOf(candidate.segment);
  if (!writes) return writes.error();
  Backend& backend = *m_state.model.backend;
  MemorySnapshot without = m_answered;
  addWrites(config(), *writes, -1.0f, without);
  if (Status restored = restoreMemory(backend, *m_memory, without); !restored) return restored;
  const auto score = scoreAnswer(backend, *m_workspace, *m_memory, m_question.prompt, m_question.answer);
  if (!score) return score.error();
  candidate.logDrop = m_score - *score;
  return ++m_next < m_candidates.size() ? Status{} : keepClearOnes();
}

Status EvidenceSearch::keepClearOnes() {
  std::stable_sort(m_candidates.begin(), m_candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.logDrop > b.logDrop; });
  const double best = m_candidates.front().logDrop;
  m_next = 0;
  m_phase = Phase::kDone;
  if (!(best >= kClearDrop) || !std::isfinite(best)) return {};
  for (const Candidate& candidate : m_candidates) {
    if (m_evidence.size() == static_cast<std::size_t>(kMostEvidence)) break;
    if (!(candidate.logDrop >= kRelativeDrop * best)) break;
    const auto bytes = bytesOf(candidate.segment);
    if (!bytes) return bytes.error();
    EvidenceRecord& evidence = m_evidence.emplace_back();
    evidence.segment = candidate.segment;
    evidence.share = m_shares[static_cast<std::size_t>(candidate.segment)];
    evidence.logDrop = candidate.logDrop;
    evidence.bytes = *bytes;
  }
  m_phase = Phase::kSentences;
  return {};
}

Status EvidenceSearch::findSentence() {
  EvidenceRecord& evidence = m_evidence[m_next];
  if (!m_finder) {
    auto writes = writesOf(evidence.segment);
    if (!writes) return writes.error();
    m_finder = std::make_unique<SentenceFinder>(
        m_state, *m_memory, *m_workspace,
        SentenceQuestion{m_question.prompt, m_question.answer, evidence.segment, evidence.bytes},
        std::move(writes).value(), m_answered);
    return {};
  }
  const auto stepped = m_finder->step();
  if (!stepped) return stepped.error();
  if (*stepped == JobStep::kMore) return {};
  if (const auto sentence = m_finder->sentence()) {
    evidence.bytes = *sentence;
    auto quote = textOf(m_state.store, *sentence);
    if (!quote) return quote.error();
    evidence.quote = std::move(quote).value();
  }
  m_finder.reset();
  if (++m_next < m_evidence.size()) return {};
  m_phase = Phase::kDone;
  return findPages();
}

Status EvidenceSearch::findPages() {
  const auto documents = loadPages(m_state.store);
  if (!documents) return documents.error();
  for (EvidenceRecord& evidence : m_evidence) {
    if (const auto page = pageAt(*documents, evidence.bytes.begin)) evidence.page = page->page + 1;
  }
  return {};
}

}  // namespace tidemark
