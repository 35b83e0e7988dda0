#include "engine/service/model_recall.h"

#include "engine/service/recall_run.h"

namespace tidemark {

Result<ModelRecall> measureRecall(const SessionStore& session, const LoadedModel& model, const RecallRequest& request,
                                  const MeterHooks& hooks) {
  RecallRun run(session, model, request);
  MeterTeller teller(hooks, run.answersAll());
  while (true) {
    if (Status told = teller.tell(run.progress()); !told) return told.error();
    const auto step = run.step();
    if (!step) return step.error();
    if (*step == JobStep::kDone) return run.take();
  }
}

}  // namespace tidemark
