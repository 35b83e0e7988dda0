#include "ui/sessions/session_table_model.h"

#include <QFont>
#include <QLocale>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

QString titlesOf(const SessionSummary& session) {
  QStringList titles;
  for (const std::string& title : session.documents) titles << QString::fromStdString(title);
  return titles.join(QStringLiteral(", "));
}

QVariant sortKey(const SessionSummary& session, int column) {
  switch (column) {
    case SessionTableModel::kSize:
      return quint64{session.bytes};
    case SessionTableModel::kLastUse:
      return qint64{session.modified.time_since_epoch().count()};  // a QDateTime costs 40 ms for 1,000 rows
    case SessionTableModel::kRead:
      if (session.textBytes == 0) return -1.0;
      return static_cast<double>(session.readBytes) / static_cast<double>(session.textBytes);
    case SessionTableModel::kSegments:
      return qint64{session.segments};
    case SessionTableModel::kQuestions:
      return qint64{session.questions};
    default:
      return {};
  }
}

bool isFigure(int column) {
  return column >= SessionTableModel::kSize && column != SessionTableModel::kLastUse;
}

}  // namespace

void SessionTableModel::setSessions(std::vector<SessionSummary> sessions) {
  replaceRows(std::move(sessions), [](const SessionSummary& session) { return session.path.native(); });
}

void SessionTableModel::setCurrentSession(const QString& path) {
  if (path == m_current) return;
  m_current = path;
  allRowsChanged();
}

int SessionTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString SessionTableModel::text(const SessionSummary& session, int column) const {
  const QLocale locale;
  switch (column) {
    case kName:
      return QString::fromStdString(session.name);
    case kSize:
      return byteText(session.bytes);
    case kLastUse:
      return locale.toString(dateTime(session.modified), QLocale::ShortFormat);
    default:
      break;
  }
  // Nothing else is known of one that cannot be opened.
  if (!session.problem.empty()) return column == kDocuments ? tr("⚠ %1").arg(problemInShort(session)) : QString();
  switch (column) {
    case kDocuments:
      return titlesOf(session);
    case kRead:
      if (session.textBytes == 0) return {};
      return session.finished ? tr("all") : percentText(session.readBytes, session.textBytes);
    case kSegments:
      return locale.toString(qint64{session.segments});
    case kQuestions:
      return locale.toString(qint64{session.questions});
    default:
      return {};
  }
}

QVariant SessionTableModel::data(const QModelIndex& index, int role) const {
  const SessionSummary* session = rowAt(index);
  if (session == nullptr) return {};
  const int column = index.column();
  const bool isCurrent = !m_current.isEmpty() && pathText(session->path) == m_current;
  switch (role) {
    case Qt::DisplayRole:
      return isCurrent && column == kName ? tr("%1 (open)").arg(text(*session, column)) : text(*session, column);
    case Qt::EditRole:
      return text(*session, column);
    case kSortRole:
      if (const QVariant key = sortKey(*session, column); key.isValid()) return key;
      return text(*session, column);
    case kFilterRole:
      return QStringLiteral("%1\n%2").arg(text(*session, kName), titlesOf(*session));
    case Qt::TextAlignmentRole:
      return QVariant::fromValue(Qt::AlignVCenter | (isFigure(column) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole: {
      if (!isCurrent) return {};
      QFont font;
      font.setWeight(QFont::DemiBold);
      return font;
    }
    case Qt::ToolTipRole:
      if (!session->problem.empty()) return plainToolTip(QString::fromStdString(session->problem));
      return column == kDocuments ? plainToolTip(titlesOf(*session)) : plainToolTip(pathText(session->path));
    case kPathRole:
      return pathText(session->path);
    case kProblemRole:
      return QString::fromStdString(session->problem);
    case kCurrentRole:
      return isCurrent;
    default:
      return {};
  }
}

QVariant SessionTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue(Qt::AlignVCenter | (isFigure(section) ? Qt::AlignRight : Qt::AlignLeft));
  }
  if (role != Qt::DisplayRole) return {};
  const QString titles[kColumns] = {tr("Name"), tr("Documents"), tr("Size"),     tr("Last used"),
                                    tr("Read"), tr("Segments"),  tr("Questions")};
  return titles[section];
}

Qt::ItemFlags SessionTableModel::flags(const QModelIndex& index) const {
  const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  return rowAt(index) != nullptr && index.column() == kName ? flags | Qt::ItemIsEditable : flags;
}

bool SessionTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  const SessionSummary* session = rowAt(index);
  if (session == nullptr || role != Qt::EditRole || index.column() != kName) return false;
  const QString name = value.toString().trimmed();
  if (name.isEmpty() || name == QString::fromStdString(session->name)) return false;
  Q_EMIT renameRequested(pathText(session->path), name);
  return false;
}

}  // namespace tidemark::ui
