#include "app/cli/sessions_recall.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "app/cli/step_progress.h"
#include "engine/service/model_recall.h"

namespace tidemark::cli {
namespace {

RecallBucket sumOf(const std::vector<RecallBucket>& buckets) {
  RecallBucket sum;
  for (const RecallBucket& bucket : buckets) {
    sum.asked += bucket.asked;
    sum.recalled += bucket.recalled;
    sum.guessed += bucket.guessed;
  }
  return sum;
}

Json recallJson(const std::filesystem::path& session, const RecallSettings& settings, const LoadedModel& model,
                const ModelRecall& recall) {
  const RecallBucket sum = sumOf(recall.buckets);
  Json object;
  object["session"] = session.string();
  object["facts"] = settings.facts;
  object["seed"] = settings.seed;
  object["segments"] = recall.reading.segments;
  object["tokens_read"] = recall.reading.tokens;
  object["recalled"] = sum.recalled;
  object["right_by_luck"] = sum.guessed;
  object["read_seconds"] = recall.readSeconds;
  object["answer_seconds"] = recall.answerSeconds;
  object["backend"] = model.backend->name();
  object["precision"] = model.backend->precision();
  object["buckets"] = Json::array();
  for (const RecallBucket& bucket : recall.buckets) {
    object["buckets"].push_back({{"nearest", bucket.nearest},
                                 {"farthest", bucket.farthest},
                                 {"asked", bucket.asked},
                                 {"recalled", bucket.recalled},
                                 {"right_by_luck", bucket.guessed},
                                 {"novelty", bucket.novelty ? Json(*bucket.novelty) : Json()}});
  }
  object["answers"] = Json::array();
  for (const MarkerOutcome& outcome : recall.reading.outcomes) {
    object["answers"].push_back({{"fact", outcome.fact.sentence},
                                 {"question", outcome.fact.question},
                                 {"first_segment", outcome.firstSegment},
                                 {"last_segment", outcome.lastSegment},
                                 {"distance", outcome.distance},
                                 {"expected", outcome.fact.answer},
                                 {"answer", outcome.answer},
                                 {"recalled", outcome.recalled},
                                 {"right_by_luck", outcome.guessed}});
  }
  return object;
}

std::string rowText(const std::string& distance, const RecallBucket& bucket) {
  const auto ofAsked = [&](int count) { return std::to_string(count) + " of " + std::to_string(bucket.asked); };
  std::array<char, 32> novelty{};
  if (bucket.novelty) std::snprintf(novelty.data(), novelty.size(), "%.4f", *bucket.novelty);
  std::array<char, 160> row{};
  std::snprintf(row.data(), row.size(), "%-20s %-12s %-12s %s\n", distance.c_str(), ofAsked(bucket.recalled).c_str(),
                ofAsked(bucket.guessed).c_str(), novelty.data());
  return row.data();
}

std::string recallText(const ModelRecall& recall) {
  std::string text = "segments from end    recalled     by luck      novelty\n";
  for (const RecallBucket& bucket : recall.buckets) {
    text += rowText(withSeparators(bucket.nearest) + " to " + withSeparators(bucket.farthest), bucket);
  }
  return text + rowText("all", sumOf(recall.buckets));
}

}  // namespace

std::vector<Option> recallOptions(RecallSettings& settings) {
  return {
      integer("facts", "N", &settings.facts, 1, 1000, "recall: how many facts are planted (default 32)"),
      integer("seed", "N", &settings.seed, 0, INT64_MAX, "recall: which facts (default 0)"),
  };
}

Status measureSessionRecall(const std::string& session, const RecallSettings& settings, const SessionSettings& model,
                            bool json) {
  const std::filesystem::path path = sessionPath(session);
  const auto store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  // What can be refused is, before a model is loaded.
  if (const auto plan = planMeter(*store, settings.facts); !plan) return plan.error();
  const auto precision = store->precision();
  if (!precision) return precision.error();
  const auto loaded = loadChosenModel(model, *precision);
  if (!loaded) return loaded.error();
  StepProgress progress(isatty(STDERR_FILENO) == 1);
  MeterHooks hooks;
  std::int64_t segments = 0;
  hooks.planned = [&](const MeterPlan& plan) {
    segments = plan.tokens / loaded->config().memory->segmentSize;
    reportProgress("reads " + withSeparators(plan.tokens) + " tokens again with " + withSeparators(plan.facts) +
                   " facts among them, into a memory of its own, and asks " + withSeparators(2 * plan.facts) +
                   " questions; the session stays as it is");
  };
  hooks.cancelled = interrupted;
  hooks.segmentsRead = [&](std::int64_t done) { progress.show("segments read:", done, std::max(done, segments)); };
  hooks.answered = [&](int done, int all) { progress.show("answers:", done, all); };
  RecallRequest request;
  request.facts = settings.facts;
  request.seed = static_cast<std::uint64_t>(settings.seed);
  const auto recall = measureRecall(*store, *loaded, request, hooks);
  progress.close();
  if (!recall) return recall.error();
  return json ? printJson(recallJson(path, settings, *loaded, *recall)) : writeOutput(recallText(*recall));
}

}  // namespace tidemark::cli
