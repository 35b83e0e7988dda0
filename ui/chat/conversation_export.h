#pragma once
// A conversation as Markdown, HTML or PDF. Questions, answers and quotes are plain text and are escaped, so nothing in
// them becomes markup, a link or a script. Pure functions for any thread; a PDF makes and drops its own document there.

#include <QDateTime>
#include <QString>
#include <vector>

#include "ui/chat/conversation.h"

class QIODevice;

namespace tidemark::ui {

/// What the export says about where the answers are from. Empty fields are left out.
struct ExportHeader {
  QString session;
  QString document;
  QString model;
  QDateTime exportedAt;
};

enum class ExportFormat { kMarkdown, kHtml, kPdf };

[[nodiscard]] QString escapeMarkdown(const QString& text);

[[nodiscard]] QString toMarkdown(const std::vector<Exchange>& exchanges, const ExportHeader& header);
/// A complete page that loads nothing. Exchange i has the anchor qI, its evidence j the anchor qI-eJ, counted from 1.
[[nodiscard]] QString toHtml(const std::vector<Exchange>& exchanges, const ExportHeader& header);
/// `device` is open for writing. False if the device took an error.
[[nodiscard]] bool writePdf(QIODevice& device, const std::vector<Exchange>& exchanges, const ExportHeader& header);

/// Writes the whole file or leaves what was there. Empty, or what went wrong, why, and what to do.
[[nodiscard]] QString exportConversation(const QString& path, ExportFormat format,
                                         const std::vector<Exchange>& exchanges, const ExportHeader& header);

}  // namespace tidemark::ui
