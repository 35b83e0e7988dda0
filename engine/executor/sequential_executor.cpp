#include "engine/executor/sequential_executor.h"

namespace tidemark {

SequentialExecutor::SequentialExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                                       std::int64_t firstSegment, int lookAhead)
    : Executor(backend, memory, std::move(workspace), lookAhead), m_segment(firstSegment) {}

Result<std::optional<GroupReport>> SequentialExecutor::submitNext(SegmentSource& source) {
  const bool enters = m_layer == 0;
  if (enters) {
    auto more = source.nextSegment(m_tokens);
    if (!more) return more.error();
    if (!*more) return std::optional<GroupReport>{};
  }
  CellGroup group;
  group.firstLayer = m_layer;
  group.count = 1;
  group.parity = m_layer % 2;

  GroupReport report;
  report.startSeconds = seconds();
  if (Status submitted = submit(group, m_segment, enters ? &m_tokens : nullptr); !submitted) {
    return submitted.error();
  }
  report.index = m_steps++;
  report.firstLayer = m_layer;
  report.count = 1;
  report.firstSegment = m_segment;
  report.parity = 1 - group.parity;
  if (++m_layer == backend().config().layers) {
    report.finishedSegment = m_segment++;
    m_layer = 0;
  }
  return std::optional<GroupReport>(report);
}

}  // namespace tidemark
