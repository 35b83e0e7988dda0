#include "ui/sessions/document_list_model.h"

#include <algorithm>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {

void DocumentListModel::setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil) {
  std::vector<DocumentRow> wanted;
  wanted.reserve(documents.size());
  for (const DocumentRecord& document : documents) {
    const quint64 until = std::clamp<quint64>(readUntil, document.bytes.begin, document.bytes.end);
    wanted.push_back({document.id, QString::fromStdString(document.title), document.bytes.begin, document.bytes.end,
                      until - document.bytes.begin, QString::fromStdString(document.sourcePath)});
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
  switch (role) {
    case Qt::DisplayRole:
      return document->title;
    case kSecondLineRole:
      if (document->readBytes == bytes) return tr("%1 · read").arg(byteText(bytes));
      if (document->readBytes == 0) return tr("%1 · not read yet").arg(byteText(bytes));
      return tr("%1 · %2 read").arg(byteText(bytes), percentText(document->readBytes, bytes));
    case kCurrentRole:
      return isCurrent(*document);
    case kByteRole:
      return document->begin;
    case kIdRole:
      return document->id;
    case Qt::ToolTipRole:
      return document->source.isEmpty() ? QVariant() : plainToolTip(document->source);
    case Qt::AccessibleDescriptionRole:
      return data(index, kSecondLineRole);
    default:
      return {};
  }
}

}  // namespace tidemark::ui
