#include "ui/sessions/trash_model.h"

#include <QLocale>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {

void TrashModel::setTrash(std::vector<TrashedSession> sessions) {
  replaceRows(std::move(sessions), [](const TrashedSession& session) { return session.path.native(); });
}

int TrashModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant TrashModel::data(const QModelIndex& index, int role) const {
  const TrashedSession* session = rowAt(index);
  if (session == nullptr) return {};
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      if (column == kName) return QString::fromStdString(session->name);
      if (column == kSize) return byteText(session->bytes);
      return QLocale().toString(dateTime(session->deleted), QLocale::ShortFormat);
    case kSortRole:
      if (column == kName) return QString::fromStdString(session->name);
      return column == kSize ? QVariant(quint64{session->bytes}) : QVariant(dateTime(session->deleted));
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter | (column == kSize ? Qt::AlignRight : Qt::AlignLeft));
    case kPathRole:
      return pathText(session->path);
    default:
      return {};
  }
}

QVariant TrashModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(Qt::AlignVCenter | (section == kSize ? Qt::AlignRight : Qt::AlignLeft));
  }
  if (role != Qt::DisplayRole) return {};
  const QString titles[kColumns] = {tr("Name"), tr("Thrown away"), tr("Size")};
  return titles[section];
}

}  // namespace tidemark::ui
