#include "engine/executor/sequential_executor.h"

#include "engine/model/decoder_plan.h"

namespace tidemark {

SequentialExecutor::SequentialExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                                       std::int64_t firstSegment)
    : m_backend(backend),
      m_memory(memory),
      m_workspace(std::move(workspace)),
      m_plan(makeLayerPlan(backend.config(), CellPurpose::kCommit)),
      m_segment(firstSegment) {}

Result<std::optional<GroupReport>> SequentialExecutor::step(SegmentSource& source) {
  const ModelConfig& config = m_backend.config();
  GroupReport report;
  if (m_layer == 0) {
    auto more = source.nextSegment(m_tokens);
    if (!more) return more.error();
    if (!*more) return std::optional<GroupReport>{};
    report.startSeconds = m_clock.seconds();
    if (Status embedded = m_backend.embed(*m_workspace, 0, {m_tokens, true, 0}); !embedded) return embedded.error();
  } else {
    report.startSeconds = m_clock.seconds();
  }
  CellGroup group;
  group.plan = &m_plan;
  group.firstLayer = m_layer;
  group.count = 1;
  group.parity = m_layer % 2;
  group.rows = config.memory->segmentSize + config.memory->memoryTokens;
  group.memory = &m_memory;
  if (Status ran = m_backend.runGroup(*m_workspace, group, std::span(&m_metrics, 1)); !ran) return ran.error();

  report.index = m_steps++;
  report.firstLayer = m_layer;
  report.count = 1;
  report.firstSegment = m_segment;
  report.metrics = std::span(&m_metrics, 1);
  report.parity = 1 - group.parity;
  if (++m_layer == config.layers) {
    report.finishedSegment = m_segment++;
    m_layer = 0;
  }
  report.endSeconds = m_clock.seconds();
  return std::optional<GroupReport>(report);
}

}  // namespace tidemark
