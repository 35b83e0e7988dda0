#pragma once
// The words around a question and its answer, translated. GUI thread, or any thread once the translators are installed.

#include <QString>
#include <QStringList>

#include "ui/chat/conversation.h"

namespace tidemark::ui {

/// "p. 17 · 71 %", or "segment 41 · 71 %" where the text has no pages.
[[nodiscard]] QString chipLabel(const EvidenceChip& chip);
/// Says the method and quotes the passage.
[[nodiscard]] QString chipToolTip(const EvidenceChip& chip);
/// "as of segment 367", with the page if there is one; empty for a waiting question that takes the newest memory.
[[nodiscard]] QString asOfText(const Exchange& exchange);
/// "waiting…", "answering…", "stopped", "failed: why"; empty if the answer is complete.
[[nodiscard]] QString stateText(const Exchange& exchange);
/// "as of segment 367 · 0 tokens re-read · first token 38 ms".
[[nodiscard]] QString footerText(const Exchange& exchange);
/// The whole exchange as it is read aloud.
[[nodiscard]] QString spokenText(const Exchange& exchange);
/// "0.4 s" above a second, "38 ms" below.
[[nodiscard]] QString durationText(double milliseconds);

}  // namespace tidemark::ui
