#include "engine/service/diff_job.h"

namespace tidemark {

DiffJob::DiffJob(EngineState& state, RunId run, MemoryDiffRequest request, std::stop_token stop)
    : m_state(state),
      m_run(run),
      m_stop(std::move(stop)),
      m_textChanges(state.textChanges),
      m_comparison(std::move(request),
                   [&state](const std::string&) -> Result<const LoadedModel*> { return &state.model; }) {}

Result<JobStep> DiffJob::step() {
  if (m_stop.stop_requested()) {
    return makeError(ErrorCode::kCancelled, "the comparison was stopped; nothing was changed");
  }
  if (m_textChanges != m_state.textChanges) {
    return makeError(ErrorCode::kBusy, "the text was changed while memories were compared; compare them again");
  }
  const auto step = m_comparison.step();
  if (!step) return step.error();
  if (*step == JobStep::kDone) {
    m_state.send(MemoriesCompared{m_run, m_comparison.take()});
    return JobStep::kDone;
  }
  const DiffProgress& now = m_comparison.progress();
  if (m_news.isDue(now)) m_state.send(DiffAdvanced{m_run, now});
  return JobStep::kMore;
}

}  // namespace tidemark
