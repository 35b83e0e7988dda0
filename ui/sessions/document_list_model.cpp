#include "ui/sessions/document_list_model.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

constexpr qint64 kImportingId = -1;

}  // namespace

void DocumentListModel::setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil,
                                     const std::vector<DocumentNote>& notes,
                                     const std::optional<ImportingDocument>& importing) {
  std::vector<DocumentRow> wanted;
  wanted.reserve(documents.size());
  for (const DocumentRecord& document : documents) {
    const quint64 until = std::clamp<quint64>(readUntil, document.bytes.begin, document.bytes.end);
    wanted.push_back({document.id, QString::fromStdString(document.title), document.bytes.begin, document.bytes.end,
                      until - document.bytes.begin, QString::fromStdString(document.sourcePath)});
    for (const DocumentNote& note : notes) {
      if (note.id != document.id) continue;
      wanted.back().kind = note.kind;
      wanted.back().gaps = note.gaps;
      if (!note.details.isEmpty()) wanted.back().source += QLatin1Char('\n') + note.details;
    }
  }
  if (importing) {
    DocumentRow row;
    row.id = kImportingId;
    row.title = QFileInfo(importing->path).fileName();
    row.begin = row.end = documents.empty() ? 0 : documents.back().bytes.end;
    row.source = importing->path;
    row.taking = importing->percent < 0 ? tr("taking the text out…")
                                        : tr("taking the text out · %1 %").arg(QLocale().toString(importing->percent));
    wanted.push_back(std::move(row));
  }
  replaceRows(std::move(wanted), [](const DocumentRow& row) { return row.id; });
}

bool DocumentListModel::isCurrent(const DocumentRow& document) const {
  return rows().size() > 1 && m_currentByte >= document.begin && m_currentByte < document.end;
}

void DocumentListModel::setCurrentByte(quint64 byte) {
  std::vector<bool> before;
  before.reserve(rows().size());
  for (const DocumentRow& row : rows()) before.push_back(isCurrent(row));
  m_currentByte = byte;
  for (std::size_t i = 0; i < rows().size(); ++i) {
    if (isCurrent(rows()[i]) != before[i]) rowsChanged(i, i);
  }
}

QVariant DocumentListModel::data(const QModelIndex& index, int role) const {
  const DocumentRow* document = rowAt(index);
  if (document == nullptr) return {};
  const quint64 bytes = document->end - document->begin;
  const QString size = document->kind.isEmpty() ? byteText(bytes) : document->kind;
  switch (role) {
    case Qt::DisplayRole:
      return document->title;
    case kSecondLineRole:
      if (!document->taking.isEmpty()) return document->taking;
      if (document->readBytes == bytes) return tr("%1 · read").arg(size);
      if (document->readBytes == 0) return tr("%1 · not read yet").arg(size);
      return tr("%1 · %2 read").arg(size, percentText(document->readBytes, bytes));
    case kProblemRole:
      return document->gaps;
    case kCurrentRole:
      return isCurrent(*document);
    case kByteRole:
      return document->begin;
    case kIdRole:
      return document->id;
    case Qt::ToolTipRole:
      if (document->gaps.isEmpty()) return document->source.isEmpty() ? QVariant() : plainToolTip(document->source);
      return plainToolTip(document->source + QLatin1Char('\n') + document->gaps);
    case Qt::AccessibleDescriptionRole:
      return document->gaps.isEmpty()
                 ? data(index, kSecondLineRole)
                 : QVariant(tr("%1, %2").arg(data(index, kSecondLineRole).toString(), document->gaps));
    default:
      return {};
  }
}

}  // namespace tidemark::ui
