#include "engine/service/recall_job.h"

namespace tidemark {

RecallJob::RecallJob(EngineState& state, RunId run, const RecallRequest& request, std::stop_token stop)
    : m_state(state),
      m_run(run),
      m_stop(std::move(stop)),
      m_textChanges(state.textChanges),
      m_recall(state.store, state.model, request) {}

Result<JobStep> RecallJob::step() {
  if (m_stop.stop_requested()) {
    return makeError(ErrorCode::kCancelled, "the measurement was stopped; nothing of it was kept");
  }
  if (m_textChanges != m_state.textChanges) {
    return makeError(ErrorCode::kBusy, "the text was changed while its recall was measured; measure it again");
  }
  const auto step = m_recall.step();
  if (!step) return step.error();
  if (*step == JobStep::kDone) {
    m_state.send(RecallMeasured{m_run, m_recall.take()});
    return JobStep::kDone;
  }
  const MeterProgress now = m_recall.progress();
  const bool isPlan = now.isPlanned != m_news.told().isPlanned;
  if (m_news.isDue(now, isPlan)) m_state.send(RecallAdvanced{m_run, now, m_recall.answersAll()});
  return JobStep::kMore;
}

}  // namespace tidemark
