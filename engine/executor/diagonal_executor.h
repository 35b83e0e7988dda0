#pragma once
// Diagonal batching: cells with equal segment + layer run as one group.

#include "engine/executor/executor.h"
#include "engine/schedule/diagonal_schedule.h"

namespace tidemark {

class DiagonalExecutor : public Executor {
 public:
  DiagonalExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                   std::int64_t firstSegment, int lookAhead);

 private:
  [[nodiscard]] Result<std::optional<GroupReport>> submitNext(SegmentSource& source) override;
  [[nodiscard]] bool asksNext() const override { return !m_sourceEnded; }

  DiagonalSchedule m_schedule;
  std::int64_t m_firstSegment;
  bool m_sourceEnded = false;
  std::vector<TokenId> m_tokens;
};

}  // namespace tidemark
