#include "engine/service/forgetting_meter.h"

#include <algorithm>

#include "engine/service/marked_run.h"

namespace tidemark {

MeterPlan planReadings(const MeterRequest& request, std::int64_t segments, int segmentSize, std::int64_t tailTokens) {
  MeterPlan plan;
  plan.facts = request.facts;
  const int perReading = std::max(request.factsPerReading, 1);
  plan.readings = (request.facts + perReading - 1) / perReading;
  plan.segments = segments;
  plan.tokens = plan.readings * (segments * segmentSize + tailTokens);
  return plan;
}

Result<MeterPlan> planMeter(const SessionStore& session, const MeterRequest& request) {
  const std::string path = session.path().string();
  const auto leftOut = session.textIsLeftOut();
  if (!leftOut) return leftOut.error();
  if (*leftOut) {
    return makeError(ErrorCode::kInvalidArgument,
                     path +
                         " holds a memory without its text, which recall has to read again with facts in it; use "
                         "the session that it was exported from");
  }
  const auto segments = session.segmentCount();
  if (!segments) return segments.error();
  const auto tail = session.loadTail(*segments);
  if (!tail) return tail.error();
  if (!tail->has_value()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "the reading of " + path + " is not finished; read on with: tidemark-cli read --session " + path);
  }
  if (request.facts < 1 || request.facts > *segments || request.factsPerReading < 1) {
    return makeError(ErrorCode::kInvalidArgument, std::to_string(request.facts) + " facts cannot be spread over the " +
                                                      std::to_string(*segments) + " segments of " + path +
                                                      "; plant at least 1 and at most one in each segment");
  }
  return planReadings(request, *segments, session.model().segmentSize,
                      static_cast<std::int64_t>((*tail)->tokens.ids.size()));
}

Result<std::vector<MarkedReading>> readMarked(const SessionStore& session, const Tokenizer& tokenizer,
                                              const MeterRequest& request, MarkedReader& reader,
                                              const MeterHooks& hooks) {
  MarkedRun run(session, tokenizer, request, reader);
  MeterTeller teller(hooks, request.facts);
  while (true) {
    if (Status told = teller.tell(run.progress()); !told) return told.error();
    const auto step = run.step();
    if (!step) return step.error();
    if (*step == JobStep::kDone) break;
  }
  if (Status told = teller.tell(run.progress()); !told) return told.error();
  return run.take();
}

Status MeterTeller::tell(const MeterProgress& now) {
  if (now.isPlanned && !m_told.isPlanned && m_hooks.planned) m_hooks.planned(now.plan);
  if (now.segments != m_told.segments && m_hooks.segmentsRead) m_hooks.segmentsRead(now.segments);
  if (now.answered != m_told.answered && m_hooks.answered) m_hooks.answered(now.answered, m_answers);
  m_told = now;
  if (!m_hooks.cancelled || !m_hooks.cancelled()) return {};
  return makeError(ErrorCode::kCancelled, "the measurement was stopped; nothing of it was kept");
}

std::vector<RecallBucket> countByDistance(std::span<const MarkedReading> readings, int count) {
  std::int64_t places = 0;
  for (const MarkedReading& reading : readings) places = std::max(places, reading.places);
  std::vector<RecallBucket> buckets;
  if (places < 1 || count < 1) return buckets;
  const std::int64_t width = (places + count - 1) / count;
  for (std::int64_t nearest = 0; nearest < places; nearest += width) {
    buckets.emplace_back().nearest = nearest;
    buckets.back().farthest = std::min(nearest + width, places) - 1;
  }
  std::vector<std::int64_t> segments(buckets.size());
  for (const MarkedReading& reading : readings) {
    for (std::size_t segment = 0; segment < reading.novelty.size(); ++segment) {
      const std::int64_t distance = reading.places - 1 - static_cast<std::int64_t>(segment);
      const auto i = static_cast<std::size_t>(distance / width);
      buckets[i].novelty = buckets[i].novelty.value_or(0) + reading.novelty[segment];
      ++segments[i];
    }
    for (const MarkerOutcome& outcome : reading.outcomes) {
      RecallBucket& bucket = buckets[static_cast<std::size_t>(outcome.distance / width)];
      ++bucket.asked;
      bucket.recalled += outcome.recalled ? 1 : 0;
      bucket.guessed += outcome.guessed ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (buckets[i].novelty) *buckets[i].novelty /= static_cast<double>(segments[i]);
  }
  return buckets;
}

RecallBucket sumOf(std::span<const RecallBucket> buckets) {
  RecallBucket sum;
  for (const RecallBucket& bucket : buckets) {
    sum.asked += bucket.asked;
    sum.recalled += bucket.recalled;
    sum.guessed += bucket.guessed;
    sum.farthest = std::max(sum.farthest, bucket.farthest);
  }
  return sum;
}

}  // namespace tidemark
