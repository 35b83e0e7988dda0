#pragma once
// Compares two memories with the model that is loaded. Engine thread; takes turns with a read, a token or a segment
// that is read again at a time. Changes nothing.

#include <stop_token>

#include "engine/service/engine_state.h"
#include "engine/service/memory_comparison.h"
#include "engine/service/paced_news.h"

namespace tidemark {

class DiffJob {
 public:
  DiffJob(EngineState& state, RunId run, MemoryDiffRequest request, std::stop_token stop);

  /// At the end MemoriesCompared. Errors: those of diffMemories, kBusy (the text was changed meanwhile), kCancelled.
  [[nodiscard]] Result<JobStep> step();

 private:
  EngineState& m_state;
  RunId m_run;
  std::stop_token m_stop;
  std::uint64_t m_textChanges;
  PacedNews<DiffProgress> m_news;
  MemoryComparison m_comparison;
};

}  // namespace tidemark
