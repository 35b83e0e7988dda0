#include "ui/sessions/bookmark_model.h"

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"

namespace tidemark::ui {

void BookmarkModel::setBookmarks(std::vector<BookmarkRecord> bookmarks) {
  replaceRows(std::move(bookmarks), [](const BookmarkRecord& bookmark) { return bookmark.id; });
}

void BookmarkModel::setDocuments(const std::vector<DocumentRecord>& documents) {
  std::vector<Place> places;
  places.reserve(documents.size());
  for (const DocumentRecord& document : documents) {
    places.push_back({document.bytes.begin, document.bytes.end, QString::fromStdString(document.title)});
  }
  if (places == m_documents) return;
  m_documents = std::move(places);
  allRowsChanged();
}

QString BookmarkModel::placeText(quint64 byte) const {
  for (const Place& document : m_documents) {
    if (byte < document.begin || (byte >= document.end && &document != &m_documents.back())) continue;
    const QString share = percentText(byte - document.begin, document.end - document.begin);
    return m_documents.size() > 1 ? tr("%1 · at %2").arg(document.title, share) : tr("at %1").arg(share);
  }
  return {};
}

QVariant BookmarkModel::data(const QModelIndex& index, int role) const {
  const BookmarkRecord* bookmark = rowAt(index);
  if (bookmark == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return bookmark->label.empty() ? tr("Bookmark") : QString::fromStdString(bookmark->label).simplified();
    case Qt::EditRole:
      return QString::fromStdString(bookmark->label);
    case Qt::ToolTipRole:
      return plainToolTip(QString::fromStdString(bookmark->label));
    case kSecondLineRole:
    case Qt::AccessibleDescriptionRole:
      return placeText(bookmark->byte);
    case kByteRole:
      return quint64{bookmark->byte};
    case kIdRole:
      return qint64{bookmark->id};
    default:
      return {};
  }
}

Qt::ItemFlags BookmarkModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractListModel::flags(index);
  return rowAt(index) == nullptr ? flags : flags | Qt::ItemIsEditable;
}

bool BookmarkModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const BookmarkRecord* bookmark = rowAt(index);
  if (bookmark == nullptr || role != Qt::EditRole) return false;
  const QString label = value.toString().trimmed();
  if (label == QString::fromStdString(bookmark->label)) return false;
  Q_EMIT renameRequested(bookmark->id, label);
  return false;
}

}  // namespace tidemark::ui
