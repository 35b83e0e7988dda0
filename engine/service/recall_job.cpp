#include "engine/service/recall_job.h"

namespace tidemark {
namespace {

constexpr double kRecallNewsSeconds = 0.05;  // between two events of progress

}  // namespace

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
  // The plan is news by itself; everything else waits until somebody could have seen the last.
  const bool isDue = now.isPlanned != m_told.isPlanned || m_clock.seconds() - m_lastTold >= kRecallNewsSeconds;
  if (now != m_told && isDue) {
    m_told = now;
    m_lastTold = m_clock.seconds();
    m_state.send(RecallAdvanced{m_run, now, m_recall.answersAll()});
  }
  return JobStep::kMore;
}

}  // namespace tidemark
