#include "engine/executor/diagonal_executor.h"

namespace tidemark {

DiagonalExecutor::DiagonalExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                                   std::int64_t firstSegment, int lookAhead)
    : Executor(backend, memory, std::move(workspace), lookAhead),
      m_schedule(backend.config().layers),
      m_firstSegment(firstSegment) {}

Result<std::optional<GroupReport>> DiagonalExecutor::submitNext(SegmentSource& source) {
  bool enters = false;
  if (!m_sourceEnded) {
    auto more = source.nextSegment(m_tokens);
    if (!more) return more.error();
    enters = *more;
    m_sourceEnded = !enters;
  }
  const auto diagonal = m_schedule.next(enters);
  if (!diagonal) return std::optional<GroupReport>{};
  CellGroup group;
  group.firstLayer = diagonal->firstLayer;
  group.count = diagonal->count;
  group.parity = static_cast<int>(diagonal->index % 2);

  GroupReport report;
  report.startSeconds = seconds();
  report.firstSegment = m_firstSegment + diagonal->segmentOf(diagonal->firstLayer);
  if (Status submitted = submit(group, report.firstSegment, enters ? &m_tokens : nullptr); !submitted) {
    return submitted.error();
  }
  report.index = diagonal->index;
  report.firstLayer = diagonal->firstLayer;
  report.count = diagonal->count;
  report.parity = 1 - group.parity;
  const int lastLayer = backend().config().layers - 1;
  if (diagonal->firstLayer + diagonal->count - 1 == lastLayer) {
    report.finishedSegment = m_firstSegment + diagonal->segmentOf(lastLayer);
  }
  return std::optional<GroupReport>(report);
}

}  // namespace tidemark
