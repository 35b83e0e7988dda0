#pragma once
// Measures the recall of the open session with the model that is loaded. Engine thread; takes turns with a read and
// with questions, a group or a token at a time. Stores nothing.

#include <stop_token>

#include "engine/service/engine_state.h"
#include "engine/service/paced_news.h"
#include "engine/service/recall_run.h"

namespace tidemark {

class RecallJob {
 public:
  RecallJob(EngineState& state, RunId run, const RecallRequest& request, std::stop_token stop);

  /// RecallAdvanced now and then, RecallMeasured at the end. Errors: those of measureRecall, kBusy (the text was
  /// changed meanwhile), kCancelled.
  [[nodiscard]] Result<JobStep> step();

 private:
  EngineState& m_state;
  RunId m_run;
  std::stop_token m_stop;
  std::uint64_t m_textChanges;
  PacedNews<MeterProgress> m_news;
  RecallRun m_recall;
};

}  // namespace tidemark
