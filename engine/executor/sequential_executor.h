#pragma once
// One cell after the other, segment by segment: the order the model was defined in, and the oracle of the diagonal one.

#include "engine/backend/layer_plan.h"
#include "engine/executor/executor.h"
#include "engine/base/run_clock.h"

namespace tidemark {

class SequentialExecutor : public Executor {
 public:
  SequentialExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                     std::int64_t firstSegment);
  [[nodiscard]] Result<std::optional<GroupReport>> step(SegmentSource& source) override;
  [[nodiscard]] Workspace& workspace() override { return *m_workspace; }

 private:
  Backend& m_backend;
  DeviceMemory& m_memory;
  std::unique_ptr<Workspace> m_workspace;
  LayerPlan m_plan;
  std::int64_t m_segment;  // the one being read
  int m_layer = 0;         // next cell
  std::int64_t m_steps = 0;
  std::vector<TokenId> m_tokens;
  CellMetrics m_metrics;
  RunClock m_clock;
};

}  // namespace tidemark
