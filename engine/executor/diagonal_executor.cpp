#include "engine/executor/diagonal_executor.h"

#include "engine/model/decoder_plan.h"

namespace tidemark {

DiagonalExecutor::DiagonalExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                                   std::int64_t firstSegment)
    : m_backend(backend),
      m_memory(memory),
      m_workspace(std::move(workspace)),
      m_plan(makeLayerPlan(backend.config(), CellPurpose::kCommit)),
      m_schedule(backend.config().layers),
      m_firstSegment(firstSegment),
      m_metrics(static_cast<std::size_t>(backend.config().layers)) {}

Result<std::optional<GroupReport>> DiagonalExecutor::step(SegmentSource& source) {
  const MemoryConfig& memory = *m_backend.config().memory;
  bool enters = false;
  if (!m_sourceEnded) {
    auto more = source.nextSegment(m_tokens);
    if (!more) return more.error();
    enters = *more;
    m_sourceEnded = !enters;
  }
  const auto diagonal = m_schedule.next(enters);
  if (!diagonal) return std::optional<GroupReport>{};
  const int parity = static_cast<int>(diagonal->index % 2);
  GroupReport report;
  report.startSeconds = m_clock.seconds();
  if (enters) {
    if (Status embedded = m_backend.embed(*m_workspace, parity, {m_tokens, true, 0}); !embedded)
      return embedded.error();
  }
  CellGroup group;
  group.plan = &m_plan;
  group.firstLayer = diagonal->firstLayer;
  group.count = diagonal->count;
  group.parity = parity;
  group.rows = memory.segmentSize + memory.memoryTokens;
  group.memory = &m_memory;
  if (Status ran = m_backend.runGroup(*m_workspace, group, m_metrics); !ran) return ran.error();

  report.index = diagonal->index;
  report.firstLayer = diagonal->firstLayer;
  report.count = diagonal->count;
  report.firstSegment = m_firstSegment + diagonal->segmentOf(diagonal->firstLayer);
  report.metrics = std::span(m_metrics).first(static_cast<std::size_t>(diagonal->count));
  report.parity = 1 - parity;
  const int lastLayer = m_backend.config().layers - 1;
  if (diagonal->firstLayer + diagonal->count - 1 == lastLayer) {
    report.finishedSegment = m_firstSegment + diagonal->segmentOf(lastLayer);
  }
  report.endSeconds = m_clock.seconds();
  return std::optional<GroupReport>(report);
}

}  // namespace tidemark
