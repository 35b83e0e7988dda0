#include "ui/sessions/session_list_model.h"

#include <QLocale>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {

void SessionListModel::setSessions(std::vector<SessionSummary> sessions) {
  replaceRows(std::move(sessions), [](const SessionSummary& session) { return session.path.native(); });
}

void SessionListModel::setCurrentSession(const QString& path) {
  if (path == m_current) return;
  const QString before = std::exchange(m_current, path);
  m_currentState.clear();
  currentChanged(before);
  currentChanged(path);
}

void SessionListModel::setCurrentState(const QString& secondLine) {
  if (secondLine == m_currentState) return;
  m_currentState = secondLine;
  currentChanged(m_current);
}

void SessionListModel::currentChanged(const QString& path) {
  if (const QModelIndex index = indexOf(path); index.isValid()) {
    rowsChanged(static_cast<std::size_t>(index.row()), static_cast<std::size_t>(index.row()));
  }
}

QModelIndex SessionListModel::indexOf(const QString& path) const {
  if (path.isEmpty()) return {};
  for (std::size_t i = 0; i < rows().size(); ++i) {
    if (pathText(rows()[i].path) == path) return index(static_cast<int>(i));
  }
  return {};
}

QVariant SessionListModel::data(const QModelIndex& index, int role) const {
  const SessionSummary* session = rowAt(index);
  if (session == nullptr) return {};
  const bool isCurrent = !m_current.isEmpty() && pathText(session->path) == m_current;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
      return QString::fromStdString(session->name);
    case kSecondLineRole:
      if (!session->problem.empty()) return problemInShort(*session);
      return isCurrent && !m_currentState.isEmpty() ? m_currentState : sessionState(*session);
    case kCurrentRole:
      return isCurrent;
    case kProblemRole:
      return QString::fromStdString(session->problem);
    case kPathRole:
      return pathText(session->path);
    case Qt::ToolTipRole:
      return plainToolTip(toolTip(*session));
    case Qt::AccessibleTextRole:
      return isCurrent ? tr("%1, open").arg(QString::fromStdString(session->name))
                       : QString::fromStdString(session->name);
    case Qt::AccessibleDescriptionRole:
      return session->problem.empty() ? data(index, kSecondLineRole)
                                      : tr("cannot be opened: %1").arg(toolTip(*session));
    default:
      return {};
  }
}

QString SessionListModel::toolTip(const SessionSummary& session) const {
  if (!session.problem.empty()) return QString::fromStdString(session.problem);
  QStringList lines = {pathText(session.path)};
  constexpr std::size_t kMostTitles = 5;
  for (std::size_t i = 0; i < session.documents.size() && i < kMostTitles; ++i) {
    lines << QString::fromStdString(session.documents[i]);
  }
  if (session.documents.size() > kMostTitles) {
    lines << tr("and %Ln more", nullptr, static_cast<int>(session.documents.size() - kMostTitles));
  }
  lines << tr("%1, last changed %2")
               .arg(byteText(session.bytes), QLocale().toString(dateTime(session.modified), QLocale::ShortFormat));
  return lines.join(QLatin1Char('\n'));
}

Qt::ItemFlags SessionListModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractListModel::flags(index);
  return rowAt(index) == nullptr ? flags : flags | Qt::ItemIsEditable;
}

bool SessionListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const SessionSummary* session = rowAt(index);
  if (session == nullptr || role != Qt::EditRole) return false;
  const QString name = value.toString().trimmed();
  if (name.isEmpty() || name == QString::fromStdString(session->name)) return false;
  Q_EMIT renameRequested(pathText(session->path), name);
  return false;
}

}  // namespace tidemark::ui
