#pragma once
// The forgetting meter with a model: what it recalls of facts that were planted in a session's text, and how many of
// its answers are right by luck.

#include "engine/service/forgetting_meter.h"
#include "engine/service/loaded_model.h"

namespace tidemark {

struct RecallRequest {
  MeterRequest meter;
  int buckets = 8;
  int maxTokens = 16;  // of an answer
};

struct ModelRecall {
  std::vector<MarkedReading> readings;
  std::vector<RecallBucket> buckets;
  double seconds = 0;
};

/// Reads into a memory of its own; the session is looked at only. What is right by luck is found by asking the
/// session's newest memory, which never read the facts. Errors: those of readMarked, kMismatch (another model), those
/// of the backend.
[[nodiscard]] Result<ModelRecall> measureRecall(const SessionStore& session, const LoadedModel& model,
                                                const RecallRequest& request, const MeterHooks& hooks);

}  // namespace tidemark
