#include "ui/timeline/answer_timeline.h"

#include <QHash>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {

TimelineAnswer answerFromPoint(const TimelinePoint& point) {
  TimelineAnswer answer;
  answer.segment = point.segment;
  answer.answer = QString::fromStdString(point.answer).simplified();
  // The choice to end the answer counts like a token.
  const double mean = std::exp(point.logProbability / static_cast<double>(point.tokens.size() + 1));
  answer.sureness = std::isfinite(mean) ? static_cast<float>(std::clamp(mean, 0.0, 1.0)) : 0.0F;
  return answer;
}

AnswerTimeline timelineFromRecord(const TimelineRecord& record) {
  AnswerTimeline timeline;
  timeline.id = record.id;
  timeline.question = QString::fromStdString(record.question);
  timeline.state = record.state == QuestionState::kRunning ? QuestionState::kCancelled : record.state;
  timeline.askedAt = QDateTime::fromString(QString::fromStdString(record.askedAt), Qt::ISODate);
  for (const TimelinePoint& point : record.points) {
    timeline.places.push_back(point.segment);
    timeline.answers.push_back(answerFromPoint(point));
  }
  return timeline;
}

AnswerLanes lanesOf(const std::vector<TimelineAnswer>& answers) {
  AnswerLanes lanes;
  QHash<QString, std::size_t> known;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const QString& text = answers[i].answer;
    if (!known.contains(text)) {
      known.insert(text, lanes.answers.size());
      lanes.answers.push_back(text);
    }
    const std::size_t lane = known.value(text);
    lanes.laneOfAnswer.push_back(lane);
    if (lanes.stretches.empty() || lanes.stretches.back().lane != lane) lanes.stretches.push_back({i, i, lane});
    lanes.stretches.back().end = i + 1;
  }
  return lanes;
}

std::vector<AnswerChange> changesOf(const std::vector<TimelineAnswer>& answers) {
  std::vector<AnswerChange> changes;
  for (std::size_t i = 1; i < answers.size(); ++i) {
    const TimelineAnswer& before = answers[i - 1];
    const TimelineAnswer& after = answers[i];
    if (before.answer != after.answer) changes.push_back({before.segment, after.segment, before.answer, after.answer});
  }
  return changes;
}

}  // namespace tidemark::ui
