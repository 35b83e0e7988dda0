#include "engine/executor/executor.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/executor/diagonal_executor.h"
#include "engine/executor/sequential_executor.h"
#include "engine/model/decoder_plan.h"

namespace tidemark {
namespace {

/// All layers of one segment, one cell at a time, starting from buffer 0; returns the parity of the result. The group's
/// traces have a place per layer.
Result<int> runLayers(Backend& backend, Workspace& workspace, CellGroup group) {
  const auto writes = group.writes;
  group.count = 1;
  for (int layer = 0; layer < backend.config().layers; ++layer) {
    group.firstLayer = layer;
    group.parity = layer % 2;
    if (!writes.empty()) group.writes = writes.subspan(static_cast<std::size_t>(layer), 1);
    if (Status ran = backend.runGroup(workspace, group, {}); !ran) return ran.error();
  }
  return backend.config().layers % 2;
}

/// Logits of the rows from `firstRow` on, after a decoder without memory and segments.
Result<std::vector<float>> runFullAttention(Backend& backend, Workspace& workspace, std::span<const TokenId> tokens,
                                            int firstRow) {
  const LayerPlan plan = makeLayerPlan(backend.config(), CellPurpose::kPlain);
  if (Status embedded = backend.embed(workspace, 0, {tokens, false, 0}); !embedded) return embedded.error();
  CellGroup group;
  group.plan = &plan;
  group.rows = static_cast<int>(tokens.size());
  auto parity = runLayers(backend, workspace, group);
  if (!parity) return parity.error();
  const int count = group.rows - firstRow;
  std::vector<float> logits(static_cast<std::size_t>(count) *
                            static_cast<std::size_t>(backend.config().vocabularySize));
  if (Status done = backend.computeLogits(workspace, *parity, firstRow, count, logits); !done) return done.error();
  return logits;
}

}  // namespace

Executor::Executor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace, int lookAhead)
    : m_backend(backend),
      m_memory(memory),
      m_plan(makeLayerPlan(backend.config(), CellPurpose::kCommit)),
      m_workspace(std::move(workspace)),
      m_underWay(static_cast<std::size_t>(lookAhead) + 1),
      m_metrics(static_cast<std::size_t>(backend.config().layers)) {}

Result<std::optional<GroupReport>> Executor::step(SegmentSource& source) {
  if (Status submitted = submitAhead(source); !submitted) m_failed = submitted.error();
  m_waiting = m_underWayCount == 0 && !m_ended && !m_failed;
  if (m_underWayCount == 0) {
    if (m_failed) return *m_failed;
    return std::optional<GroupReport>{};
  }
  GroupReport report = m_underWay[m_oldest];
  m_oldest = (m_oldest + 1) % m_underWay.size();
  --m_underWayCount;
  const auto metrics = std::span(m_metrics).first(static_cast<std::size_t>(report.count));
  if (Status done = m_backend.awaitGroup(*m_workspace, metrics); !done) return done.error();
  report.metrics = metrics;
  report.startSeconds = std::max(report.startSeconds, m_lastEnd);
  report.endSeconds = m_lastEnd = m_clock.seconds();
  return std::optional<GroupReport>(report);
}

Status Executor::submitAhead(SegmentSource& source) {
  while (!m_ended && !m_failed && m_underWayCount < m_underWay.size()) {
    if (asksNext() && !source.isReady()) break;
    auto submitted = submitNext(source);
    if (!submitted) return submitted.error();
    if (!submitted->has_value()) {
      m_ended = true;
      break;
    }
    m_underWay[(m_oldest + m_underWayCount++) % m_underWay.size()] = **submitted;
    if (m_observer == nullptr) continue;
    if (Status seen = m_observer->groupSubmitted(**submitted); !seen) return seen;
  }
  return {};
}

Status Executor::submit(CellGroup group, std::int64_t firstSegment, const std::vector<TokenId>* entering) {
  if (entering != nullptr) {
    if (Status embedded = m_backend.embed(*m_workspace, group.parity, {*entering, true, 0}); !embedded) return embedded;
  }
  const MemoryConfig& memory = *m_backend.config().memory;
  group.plan = &m_plan;
  group.rows = memory.segmentSize + memory.memoryTokens;
  group.memory = &m_memory;
  if (m_writeSink != nullptr) {
    m_writes.resize(m_underWay.size());
    auto& writes = m_writes[(m_oldest + m_underWayCount) % m_underWay.size()];
    writes.resize(static_cast<std::size_t>(m_backend.config().layers));
    for (int i = 0; i < group.count; ++i) {
      writes[static_cast<std::size_t>(i)] = m_writeSink->roomFor(firstSegment - i, group.firstLayer + i);
    }
    group.writes = std::span(writes).first(static_cast<std::size_t>(group.count));
  }
  return m_backend.submitGroup(*m_workspace, group);
}

Result<std::unique_ptr<Executor>> makeExecutor(Schedule schedule, Backend& backend, DeviceMemory& memory,
                                               std::int64_t firstSegment, int lookAhead) {
  const ModelConfig& config = backend.config();
  if (!config.memory) {
    return makeError(ErrorCode::kUnsupported,
                     "this model has no associative memory, so it cannot read documents segment by segment; only the "
                     "full-attention baseline runs it");
  }
  TM_CHECK(lookAhead >= 0 && lookAhead <= backend.lookAhead(), std::to_string(lookAhead));
  WorkspaceSpec spec;
  spec.rows = config.memory->segmentSize + config.memory->memoryTokens;
  spec.cells = schedule == Schedule::kDiagonal ? config.layers : 1;
  auto workspace = backend.createWorkspace(spec);
  if (!workspace) return workspace.error();
  if (schedule == Schedule::kDiagonal) {
    return std::unique_ptr<Executor>(
        std::make_unique<DiagonalExecutor>(backend, memory, std::move(workspace).value(), firstSegment, lookAhead));
  }
  return std::unique_ptr<Executor>(
      std::make_unique<SequentialExecutor>(backend, memory, std::move(workspace).value(), firstSegment, lookAhead));
}

Result<int> commitSegment(Backend& backend, Workspace& workspace, DeviceMemory& memory, std::span<const TokenId> tokens,
                          std::span<const MemoryWriteTrace> writes) {
  const LayerPlan plan = makeLayerPlan(backend.config(), CellPurpose::kCommit);
  if (Status embedded = backend.embed(workspace, 0, {tokens, true, 0}); !embedded) return embedded.error();
  CellGroup group;
  group.plan = &plan;
  group.rows = static_cast<int>(tokens.size()) + backend.config().memory->memoryTokens;
  group.memory = &memory;
  group.writes = writes;
  return runLayers(backend, workspace, group);
}

Result<std::vector<float>> computeFullAttention(Backend& backend, std::span<const TokenId> tokens) {
  const int rows = static_cast<int>(tokens.size());
  if (rows == 0) return std::vector<float>{};
  auto workspace = backend.createWorkspace({rows, 1});
  if (!workspace) return workspace.error();
  return runFullAttention(backend, **workspace, tokens, 0);
}

Result<std::vector<float>> prefillFullAttention(Backend& backend, Workspace& workspace,
                                                std::span<const TokenId> tokens) {
  TM_CHECK(!tokens.empty(), "no token");
  return runFullAttention(backend, workspace, tokens, static_cast<int>(tokens.size()) - 1);
}

}  // namespace tidemark
