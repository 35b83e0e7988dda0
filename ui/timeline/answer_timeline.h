#pragma once
// One question with its answers along the document, as they are drawn: every different answer is a lane, and what lies
// between two places that were asked belongs to the answer after it. Plain data, any thread.

#include <QDateTime>
#include <QString>
#include <cstddef>
#include <vector>

#include "engine/session/session_records.h"

namespace tidemark::ui {

/// What the memory after `segment` answered.
struct TimelineAnswer {
  qint64 segment = -1;
  QString answer;      // simplified; empty: the model had nothing to say
  float sureness = 0;  // geometric mean of the probabilities of its tokens, 0..1
  friend bool operator==(const TimelineAnswer&, const TimelineAnswer&) = default;
};

struct AnswerTimeline {
  qint64 id = 0;  // 0: none
  QString question;
  QuestionState state = QuestionState::kDone;
  QDateTime askedAt;
  std::vector<qint64> places;  // segments that are asked, ascending; at least those of the answers
  std::vector<TimelineAnswer> answers;
  friend bool operator==(const AnswerTimeline&, const AnswerTimeline&) = default;
};

[[nodiscard]] TimelineAnswer answerFromPoint(const TimelinePoint& point);
/// One that nobody is asking any more but that is stored as running was stopped.
[[nodiscard]] AnswerTimeline timelineFromRecord(const TimelineRecord& record);

/// Places one behind the other that were answered in the same words.
struct AnswerStretch {
  std::size_t first = 0;  // of the answers
  std::size_t end = 0;
  std::size_t lane = 0;
  friend bool operator==(const AnswerStretch&, const AnswerStretch&) = default;
};
struct AnswerLanes {
  std::vector<QString> answers;           // in the order in which they appear; one lane each
  std::vector<AnswerStretch> stretches;   // from the beginning of the document on
  std::vector<std::size_t> laneOfAnswer;  // by answer
};
[[nodiscard]] AnswerLanes lanesOf(const std::vector<TimelineAnswer>& answers);

/// Two places one behind the other that were answered differently: the text that changed it lies between them.
struct AnswerChange {
  qint64 before = -1;   // the last segment with the old answer
  qint64 segment = -1;  // the first one with the new answer
  QString from;
  QString to;
  friend bool operator==(const AnswerChange&, const AnswerChange&) = default;
};
[[nodiscard]] std::vector<AnswerChange> changesOf(const std::vector<TimelineAnswer>& answers);

}  // namespace tidemark::ui
