#pragma once
// Diagonal batching: cells with equal segment + layer run as one group.

#include "engine/backend/layer_plan.h"
#include "engine/executor/executor.h"
#include "engine/base/run_clock.h"
#include "engine/schedule/diagonal_schedule.h"

namespace tidemark {

class DiagonalExecutor : public Executor {
 public:
  DiagonalExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                   std::int64_t firstSegment);
  [[nodiscard]] Result<std::optional<GroupReport>> step(SegmentSource& source) override;
  [[nodiscard]] Workspace& workspace() override { return *m_workspace; }

 private:
  Backend& m_backend;
  DeviceMemory& m_memory;
  std::unique_ptr<Workspace> m_workspace;
  LayerPlan m_plan;
  DiagonalSchedule m_schedule;
  std::int64_t m_firstSegment;
  bool m_sourceEnded = false;
  std::vector<TokenId> m_tokens;
  std::vector<CellMetrics> m_metrics;
  RunClock m_clock;
};

}  // namespace tidemark
