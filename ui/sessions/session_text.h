#pragma once
// How sessions, sizes and times are put into words; shared by the sidebar and the browser.

#include <QDateTime>
#include <QString>
#include <chrono>
#include <filesystem>

#include "engine/session/session_library.h"

namespace tidemark::ui {

/// A path as the window names files; the same file gives the same text.
[[nodiscard]] QString pathText(const std::filesystem::path& path);
[[nodiscard]] QDateTime dateTime(std::chrono::system_clock::time_point time);
/// "18 %"; never 100 before the end, never 0 after the beginning.
[[nodiscard]] QString percentText(quint64 part, quint64 whole);
/// "finished · 9 questions", "paused at 62 %", "nothing read yet".
[[nodiscard]] QString sessionState(const SessionSummary& session);
/// The first words of why it cannot be opened, without its path, which the row shows already.
[[nodiscard]] QString problemInShort(const SessionSummary& session);

/// A tool tip that shows text from files as it is, whatever looks like markup in it.
[[nodiscard]] QString plainToolTip(const QString& text);

}  // namespace tidemark::ui
