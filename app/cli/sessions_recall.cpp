#include "app/cli/sessions_recall.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/progress_line.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "engine/service/model_recall.h"

namespace tidemark::cli {
namespace {

Json recallJson(const std::filesystem::path& session, const RecallSettings& settings, const LoadedModel& model,
                const ModelRecall& recall) {
  const RecallBucket sum = sumOf(recall.buckets);
  Json object;
  object["session"] = session.string();
  object["facts"] = settings.facts;
  object["seed"] = settings.seed;
  object["facts_per_reading"] = settings.factsPerReading;
  object["readings"] = recall.readings.size();
  std::int64_t tokens = 0;
  for (const MarkedReading& reading : recall.readings) tokens += reading.tokens;
  object["tokens_read"] = tokens;
  object["recalled"] = sum.recalled;
  object["right_by_luck"] = sum.guessed;
  object["seconds"] = recall.seconds;
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
  for (std::size_t reading = 0; reading < recall.readings.size(); ++reading) {
    for (const MarkerOutcome& outcome : recall.readings[reading].outcomes) {
      object["answers"].push_back({{"fact", outcome.fact.sentence},
                                   {"question", outcome.fact.question},
                                   {"reading", reading},
                                   {"first_segment", outcome.firstSegment},
                                   {"last_segment", outcome.lastSegment},
                                   {"distance", outcome.distance},
                                   {"expected", outcome.fact.answer},
                                   {"answer", outcome.answer},
                                   {"recalled", outcome.recalled},
                                   {"right_by_luck", outcome.guessed}});
    }
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
      integer("facts", "N", &settings.facts, 1, 1000, "recall: how many facts are planted (default 24)"),
      integer("per-reading", "N", &settings.factsPerReading, 1, 1000,
              "recall: most facts in one reading; the text is read as often as it takes (default 6)"),
      integer("seed", "N", &settings.seed, 0, INT64_MAX, "recall: which facts (default 0)"),
  };
}

Status measureSessionRecall(const std::string& session, const RecallSettings& settings, const SessionSettings& model,
                            bool json) {
  const std::filesystem::path path = sessionPath(session);
  const auto store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  RecallRequest request;
  request.meter = {settings.facts, settings.factsPerReading, static_cast<std::uint64_t>(settings.seed)};
  // What can be refused is, before a model is loaded.
  if (const auto plan = planMeter(*store, request.meter); !plan) return plan.error();
  const auto precision = store->precision();
  if (!precision) return precision.error();
  const auto loaded = loadChosenModel(model, *precision);
  if (!loaded) return loaded.error();
  ProgressLine progress(isatty(STDERR_FILENO) == 1);
  MeterHooks hooks;
  std::int64_t segments = 0;
  hooks.planned = [&](const MeterPlan& plan) {
    segments = plan.tokens / loaded->config().memory->segmentSize;
    reportProgress("reads " + withSeparators(plan.tokens) + " tokens (the text " +
                   (plan.readings == 1 ? "once" : withSeparators(plan.readings) + " times") + ", with " +
                   withSeparators(plan.facts) + " facts in all) into a memory of its own and asks " +
                   withSeparators(std::int64_t{2} * plan.facts) + " questions; the session stays as it is");
  };
  hooks.cancelled = interrupted;
  hooks.segmentsRead = [&](std::int64_t done) { progress.showStep("segments read:", done, std::max(done, segments)); };
  hooks.answered = [&](int done, int all) { progress.showStep("answers:", done, all); };
  const auto recall = measureRecall(*store, *loaded, request, hooks);
  progress.close();
  if (!recall) return recall.error();
  return json ? printJson(recallJson(path, settings, *loaded, *recall)) : writeOutput(recallText(*recall));
}

}  // namespace tidemark::cli
