#pragma once
// One cell after the other, segment by segment: the order the model was defined in, and the oracle of the diagonal one.

#include "engine/executor/executor.h"

namespace tidemark {

class SequentialExecutor : public Executor {
 public:
  SequentialExecutor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace,
                     std::int64_t firstSegment, int lookAhead);

 private:
  [[nodiscard]] Result<std::optional<GroupReport>> submitNext(SegmentSource& source) override;
  [[nodiscard]] bool asksNext() const override { return m_layer == 0; }

  std::int64_t m_segment;  // the one being read
  int m_layer = 0;         // next cell
  std::int64_t m_steps = 0;
  std::vector<TokenId> m_tokens;
};

}  // namespace tidemark
