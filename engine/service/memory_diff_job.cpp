#include "engine/service/memory_diff_job.h"

#include "engine/service/memory_comparison.h"

namespace tidemark {

Result<MemoryDiff> diffMemories(const MemoryDiffRequest& request, const MemoryDiffHooks& hooks) {
  std::optional<LoadedModel> model;
  const auto findModel = [&](const std::string& precision) -> Result<const LoadedModel*> {
    auto loaded = hooks.loadModel(precision);
    if (!loaded) return loaded.error();
    model = std::move(*loaded);
    return &*model;
  };
  MemoryComparison comparison(request, findModel);
  DiffProgress told;
  while (true) {
    if (hooks.cancelled && hooks.cancelled()) {
      return makeError(ErrorCode::kCancelled, "the comparison was stopped; nothing was changed");
    }
    const auto step = comparison.step();
    if (!step) return step.error();
    const DiffProgress& now = comparison.progress();
    if (hooks.segmentRead && now.segments != told.segments) hooks.segmentRead(now.segments, now.segmentsAll);
    if (hooks.answered && now.answers != told.answers) hooks.answered(now.answers, now.answersAll);
    told = now;
    if (*step == JobStep::kDone) return comparison.take();
  }
}

}  // namespace tidemark
