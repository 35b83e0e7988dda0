#include "ui/window/document_notes.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "engine/service/coverage_record.h"
#include "ui/reading/coverage_sentence.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

struct DocumentNotes {
  Q_DECLARE_TR_FUNCTIONS(DocumentNotes)
};

/// The names of formats are stored; what is stored is not believed.
std::optional<DocumentFormat> formatOf(const std::string& name) {
  for (const DocumentFormat format :
       {DocumentFormat::kPlainText, DocumentFormat::kMarkdown, DocumentFormat::kHtml, DocumentFormat::kPdf,
        DocumentFormat::kEpub, DocumentFormat::kDocx, DocumentFormat::kOdt}) {
    if (name == formatName(format)) return format;
  }
  return std::nullopt;
}

}  // namespace

int importPercent(const ImportProgress& progress) {
  const auto percent = [](auto done, auto all) {
    return static_cast<int>(100 * static_cast<double>(std::min(done, all)) / static_cast<double>(all));
  };
  if (progress.pageCount > 0) return percent(std::max<std::int64_t>(0, progress.pages), progress.pageCount);
  return progress.sourceBytesTotal > 0 ? percent(progress.sourceBytes, progress.sourceBytesTotal) : -1;
}

QString importingText(const SessionFacts& facts) {
  if (!facts.importing) return {};
  const DocumentProgress& progress = *facts.importing;
  const QString name = QFileInfo(QString::fromStdString(progress.path)).fileName();
  const int percent = importPercent(progress.progress);
  const QString text =
      percent < 0 ? DocumentNotes::tr("taking the text out of %1").arg(name)
                  : DocumentNotes::tr("taking the text out of %1: %2 %").arg(name, QLocale().toString(percent));
  if (progress.files <= 1) return text;
  return DocumentNotes::tr("%1 (%2 of %3)")
      .arg(text, QLocale().toString(static_cast<qulonglong>(progress.file + 1)),
           QLocale().toString(static_cast<qulonglong>(progress.files)));
}

std::vector<DocumentNote> notesOf(const SessionFacts& facts) {
  std::vector<DocumentNote> notes;
  for (const DocumentContents& each : facts.contents) {
    const auto format = formatOf(each.source.format);
    const auto coverage = parseCoverageRecord(each.source.coverageJson);
    if (!format || !coverage) continue;
    DocumentNote note;
    note.id = each.document;
    // Of plain text the size says more than its number of characters would.
    if (*format != DocumentFormat::kPlainText) {
      note.kind = CoverageSentence::format(*format);
      if (coverage->pages > 0) note.kind += QStringLiteral(" · ") + CoverageSentence::pages(coverage->pages);
    }
    note.gaps = CoverageSentence::gaps(*coverage);
    note.details = CoverageSentence::leftOut(*coverage);
    notes.push_back(std::move(note));
  }
  return notes;
}

}  // namespace tidemark::ui
