#pragma once
// Answers along a document, as an engine might give them.

#include <initializer_list>
#include <utility>

#include "ui/timeline/answer_timeline.h"

namespace tidemark::ui {

/// Asked after these segments, answered with these words; the places behind them are still to come.
inline AnswerTimeline sampleTimeline(std::initializer_list<std::pair<qint64, const char*>> answers,
                                     std::initializer_list<qint64> toCome = {}) {
  AnswerTimeline timeline;
  timeline.id = 1;
  timeline.question = QStringLiteral("Where is Mary?");
  for (const auto& [segment, answer] : answers) {
    timeline.places.push_back(segment);
    timeline.answers.push_back({segment, QString::fromUtf8(answer), 1.0F});
  }
  timeline.places.insert(timeline.places.end(), toCome);
  timeline.state = toCome.size() == 0 ? QuestionState::kDone : QuestionState::kRunning;
  return timeline;
}

}  // namespace tidemark::ui
