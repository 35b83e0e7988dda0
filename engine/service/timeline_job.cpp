#include "engine/service/timeline_job.h"

#include <algorithm>
#include <cmath>

#include "engine/service/memory_answer.h"
#include "engine/service/question_segment.h"

namespace tidemark {
namespace {

/// Of the token that was chosen, the first of the largest: timelines are greedy.
double logProbabilityOfLargest(std::span<const float> logits) {
  if (logits.empty()) return 0;
  const double largest = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (const float logit : logits) sum += std::exp(static_cast<double>(logit) - largest);
  return -std::log(sum);
}

}  // namespace

Result<JobStep> TimelineJob::step() {
  auto result = advance();
  if (!result && m_record.id != 0 && m_record.state == QuestionState::kRunning) {
    // The error that ended it is the one to report, not a second one from keeping it.
    (void)finish(result.error().code == ErrorCode::kCancelled ? QuestionState::kCancelled : QuestionState::kFailed);
  }
  return result;
}

Result<JobStep> TimelineJob::advance() {
  if (m_stop.stop_requested()) {
    return makeError(ErrorCode::kCancelled, "the timeline was stopped; the places that were asked are kept");
  }
  if (m_record.id == 0) {
    if (Status begun = begin(); !begun) return begun.error();
    return JobStep::kMore;
  }
  if (m_textChanges != m_state.textChanges) {
    return makeError(ErrorCode::kBusy, "the text was changed while it was being asked about; ask again");
  }
  if (m_generator) {
    if (Status taken = nextToken(); !taken) return taken.error();
    if (m_generator) return JobStep::kMore;
    if (m_next < m_places.size()) return JobStep::kMore;
    if (Status finished = finish(QuestionState::kDone); !finished) return finished.error();
    m_state.send(TimelineFinished{m_run, m_record, m_replay.tokensReread(), m_clock.seconds()});
    return JobStep::kDone;
  }
  if (Status aimed = m_replay.goTo(m_places[m_next]); !aimed) return aimed.error();
  const auto step = m_replay.step();
  if (!step) return step.error();
  if (*step == JobStep::kDone) {
    if (Status begun = beginPoint(); !begun) return begun.error();
  }
  return JobStep::kMore;
}

Status TimelineJob::begin() {
  auto prompt = encodeQuestion(m_state.model, m_request.question);
  if (!prompt) return prompt.error();
  m_prompt = std::move(prompt).value();
  auto found = places();
  if (!found) return found.error();
  m_places = std::move(found).value();
  if (m_places.empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "nothing has been read into " + m_state.store.path().string() + " yet; read a document first");
  }
  m_textChanges = m_state.textChanges;
  auto timeline = m_state.store.beginTimeline(m_request.question);
  if (!timeline) return timeline.error();
  m_record = std::move(timeline).value();
  m_state.send(TimelineStarted{m_run, m_record.id, m_places});
  return {};
}

/// Up to the newest memory, which is always one of them.
Result<std::vector<std::int64_t>> TimelineJob::places() const {
  std::vector<std::int64_t> segments;
  if (!m_state.newest) return segments;
  const std::int64_t newest = m_state.newest->segment;
  if (m_request.every > 0) {
    for (std::int64_t at = m_request.every - 1; at < newest; at += m_request.every) segments.push_back(at);
  } else {
    const auto snapshots = m_state.store.snapshots();
    if (!snapshots) return snapshots.error();
    for (const SnapshotInfo& snapshot : *snapshots) {
      if (snapshot.segment < newest) segments.push_back(snapshot.segment);
    }
  }
  segments.push_back(newest);
  return segments;
}

Status TimelineJob::beginPoint() {
  m_point = {};
  m_point.segment = m_places[m_next];
  m_text = {};
  AnswerOptions options = answerOptions(m_state.model, m_request.maxTokens, SamplingOptions{});
  options.keepLogits = true;
  auto generator = AnswerGenerator::create(*m_state.model.backend, m_replay.memory(), m_prompt, options);
  if (!generator) return generator.error();
  m_generator.emplace(std::move(generator).value());
  return {};
}

Status TimelineJob::nextToken() {
  const auto token = m_generator->next();
  if (!token) return token.error();
  const bool chose = token->has_value() || m_generator->stopped();
  if (chose) m_point.logProbability += logProbabilityOfLargest(m_generator->logits());
  if (!token->has_value()) {
    m_point.answer += m_text.finish();
    return endPoint();
  }
  m_point.tokens.push_back(**token);
  m_point.answer += m_text.push(m_state.model.tokenizer->bytes(**token));
  return {};
}

Status TimelineJob::endPoint() {
  m_generator.reset();
  m_point.answer = std::string(withoutWordMark(m_point.answer));
  if (Status stored = m_state.store.addTimelinePoint(m_record.id, m_point); !stored) return stored;
  m_record.points.push_back(std::move(m_point));
  const std::vector<std::size_t> changes = changePoints(m_record);
  const bool changed = !changes.empty() && changes.back() + 1 == m_record.points.size();
  m_state.send(TimelineAdvanced{m_run, m_record.points.back(), changed});
  ++m_next;
  return {};
}

Status TimelineJob::finish(QuestionState state) {
  m_record.state = state;
  return m_state.store.finishTimeline(m_record);
}

}  // namespace tidemark
