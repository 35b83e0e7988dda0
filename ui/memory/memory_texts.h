#pragma once
// What the comparison of two memories and the measurement of recall come to, in words. Pure.

#include <QString>
#include <functional>

#include "engine/service/memory_diff_job.h"
#include "engine/service/model_recall.h"

namespace tidemark::ui {

/// "12.3 %", as finely as it takes: "0.0012 %", "0 %" only for exactly 0.
[[nodiscard]] QString shareText(double share);
/// "50 %".
[[nodiscard]] QString wholeShareText(double share);
/// Three digits that count: "0.0123".
[[nodiscard]] QString smallNumber(double value);
/// "0–4", or "3" if they are the same.
[[nodiscard]] QString distanceText(qint64 nearest, qint64 farthest);
/// "less than a second", "about 12 s", "about 3 min".
[[nodiscard]] QString roughTime(double seconds);

using PlaceName = std::function<QString(qint64 segment)>;

/// Which two; "the same, bit for bit" or where they part and by how much; what the answers came to.
[[nodiscard]] QString diffSentence(const MemoryDiff& diff, bool asked, const PlaceName& placeName);
/// "“Whale” at the end".
[[nodiscard]] QString sideText(const ComparedMemory& side, const PlaceName& placeName);
/// All of it as lines of plain text.
[[nodiscard]] QString diffAsText(const MemoryDiff& diff, bool asked, const PlaceName& placeName);

/// "15 of 24 facts were recalled, ..".
[[nodiscard]] QString recallSentence(const ModelRecall& recall);
[[nodiscard]] QString recallAsText(const ModelRecall& recall, const QString& session);
/// "recalled", "right by luck", "not recalled".
[[nodiscard]] QString outcomeText(const MarkerOutcome& outcome);
/// What an empty answer is called.
[[nodiscard]] QString answerOr(const std::string& answer);

}  // namespace tidemark::ui
