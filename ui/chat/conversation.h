#pragma once
// Values of the questions-and-answers panel: what was asked, what was answered, and where the memory says it came from.
// Plain data, any thread.

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <cstddef>
#include <optional>
#include <vector>

#include "engine/session/session_records.h"

namespace tidemark::ui {

/// A place in the text that the memory trace points to.
struct EvidenceChip {
  qint64 segment = 0;
  std::optional<qint64> page;  // counted from 1; documents of plain text may have none
  float share = 0;             // of the trace, 0..1
  quint64 byteBegin = 0;       // session-wide position of the passage
  quint64 byteEnd = 0;
  QString quote;
  friend bool operator==(const EvidenceChip&, const EvidenceChip&) = default;
};

/// `asOfSegment` of a waiting question that will be answered from whatever has been read by then.
inline constexpr qint64 kNewestSegment = -2;

/// One question with its answer. All text is plain, never markup.
struct Exchange {
  qint64 questionId = 0;  // of the session; negative while the question only waits
  QString question;
  QString answer;
  QuestionState state = QuestionState::kDone;
  qint64 asOfSegment = -1;   // memory after this segment answered; -1: an empty memory
  QString asOfPage;          // what people call the page; empty: the text has none
  bool readFinished = true;  // false: the documents went on behind that segment
  qint64 tokensReread = 0;
  double firstTokenMs = 0;
  QDateTime askedAt;
  std::vector<EvidenceChip> evidence;
  QString noEvidence;    // why there is none, a part of a sentence; empty: nothing to say
  QString error;         // a sentence for people, if state is kFailed
  bool waiting = false;  // state is kRunning, but the engine has not come to it yet
  friend bool operator==(const Exchange&, const Exchange&) = default;
};

/// What a session file knows of an exchange; page and the reason of a failure are not stored there.
[[nodiscard]] Exchange exchangeFromRecord(const QuestionRecord& record);

/// A question that nobody is answering any more but that is stored as running (the program ended in the middle of it)
/// was stopped.
void markInterrupted(std::vector<Exchange>& exchanges);

}  // namespace tidemark::ui

Q_DECLARE_METATYPE(tidemark::ui::EvidenceChip)
Q_DECLARE_METATYPE(tidemark::ui::Exchange)
