#include "ui/reading/reading_list_model.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "ui/reading/coverage_sentence.h"
#include "ui/sessions/session_text.h"

namespace tidemark::ui {

void ReadingListModel::begin(const QStringList& paths) {
  beginResetModel();
  m_rows.clear();
  for (const QString& path : paths) m_rows.push_back({static_cast<int>(m_rows.size()), path});
  endResetModel();
  Q_EMIT listChanged();
}

template <typename Change>
void ReadingListModel::change(int id, const Change& change) {
  const auto found =
      std::find_if(m_rows.begin(), m_rows.end(), [id](const ReadingListRow& row) { return row.id == id; });
  if (found == m_rows.end()) return;
  change(*found);
  const QModelIndex at = index(static_cast<int>(found - m_rows.begin()));
  Q_EMIT dataChanged(at, at);
}

void ReadingListModel::setProgress(int id, int percent) {
  change(id, [percent](ReadingListRow& row) {
    row.state = ReadingFileState::kChecking;
    row.percent = std::clamp(percent, -1, 100);
  });
}

void ReadingListModel::setChecked(int id, DocumentFormat format, const Coverage& coverage) {
  change(id, [&](ReadingListRow& row) {
    row.state = isMostlyImages(coverage) ? ReadingFileState::kMostlyImages : ReadingFileState::kGood;
    row.summary = CoverageSentence::format(format) + QStringLiteral(" · ") + CoverageSentence::size(coverage);
    row.problem = CoverageSentence::gaps(coverage);
    row.details = CoverageSentence::leftOut(coverage);
  });
  Q_EMIT listChanged();
}

void ReadingListModel::setRefused(int id, const QString& reason) {
  change(id, [&reason](ReadingListRow& row) {
    row.state = ReadingFileState::kRefused;
    row.problem = reason;
  });
  Q_EMIT listChanged();
}

void ReadingListModel::setForce(int row, bool force) {
  if (row < 0 || row >= rowCount()) return;
  ReadingListRow& changed = m_rows[static_cast<std::size_t>(row)];
  if (changed.state != ReadingFileState::kMostlyImages || changed.force == force) return;
  changed.force = force;
  Q_EMIT dataChanged(index(row), index(row));
  Q_EMIT listChanged();
}

int ReadingListModel::moveBy(int row, int places) {
  if (row < 0 || row >= rowCount()) return row;
  const int target = std::clamp(row + places, 0, rowCount() - 1);
  if (target != row) moveRows({}, row, 1, {}, target > row ? target + 1 : target);
  return target;
}

bool ReadingListModel::isSettled() const {
  return std::all_of(m_rows.begin(), m_rows.end(), [](const ReadingListRow& row) {
    return row.state != ReadingFileState::kWaiting && row.state != ReadingFileState::kChecking;
  });
}

std::vector<int> ReadingListModel::wantedIds() const {
  std::vector<int> ids;
  for (const ReadingListRow& row : m_rows) {
    if (row.state == ReadingFileState::kGood || (row.state == ReadingFileState::kMostlyImages && row.force)) {
      ids.push_back(row.id);
    }
  }
  return ids;
}

bool ReadingListModel::isForced() const {
  return std::any_of(m_rows.begin(), m_rows.end(), [](const ReadingListRow& row) { return row.force; });
}

int ReadingListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString ReadingListModel::stateText(const ReadingListRow& row) {
  switch (row.state) {
    case ReadingFileState::kWaiting:
      return tr("waiting");
    case ReadingFileState::kChecking:
      return row.percent < 0 ? tr("checking…") : tr("%1 %").arg(QLocale().toString(row.percent));
    case ReadingFileState::kGood:
      return {};
    case ReadingFileState::kMostlyImages:
      return row.force ? tr("read all the same") : tr("left out");
    case ReadingFileState::kRefused:
      return tr("cannot be read");
  }
  return {};
}

QVariant ReadingListModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const ReadingListRow& row = m_rows[static_cast<std::size_t>(index.row())];
  const QString name = QFileInfo(row.path).fileName();
  switch (role) {
    case Qt::DisplayRole:
      return name;
    case kSecondLineRole:
      return row.summary;
    case kProblemRole:
      return row.problem;
    case kStateRole:
      return static_cast<int>(row.state);
    case kPercentRole:
      return row.percent;
    case kStateTextRole:
      return stateText(row);
    case kLeftOutRole:
      return row.state == ReadingFileState::kMostlyImages && !row.force;
    case Qt::ToolTipRole:
      return plainToolTip(row.details.isEmpty() ? row.path : row.path + QLatin1Char('\n') + row.details);
    case Qt::AccessibleTextRole: {
      QStringList parts{
          tr("%1 of %2: %3").arg(QLocale().toString(index.row() + 1), QLocale().toString(rowCount()), name)};
      for (const QString& part : {stateText(row), row.summary, row.problem}) {
        if (!part.isEmpty()) parts << part;
      }
      return parts.join(QStringLiteral(", "));
    }
    default:
      return {};
  }
}

Qt::ItemFlags ReadingListModel::flags(const QModelIndex& index) const {
  // Dropping means between rows, never onto one.
  if (!index.isValid()) return Qt::ItemIsDropEnabled;
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

bool ReadingListModel::moveRows(const QModelIndex& sourceParent, int sourceRow, int count,
                                const QModelIndex& destinationParent, int destinationChild) {
  if (sourceParent.isValid() || destinationParent.isValid() || count <= 0 || sourceRow < 0 ||
      sourceRow + count > rowCount() || destinationChild < 0 || destinationChild > rowCount() ||
      !beginMoveRows(sourceParent, sourceRow, sourceRow + count - 1, destinationParent, destinationChild)) {
    return false;
  }
  const auto at = [this](int row) { return m_rows.begin() + row; };
  if (destinationChild < sourceRow) {
    std::rotate(at(destinationChild), at(sourceRow), at(sourceRow + count));
  } else {
    std::rotate(at(sourceRow), at(sourceRow + count), at(destinationChild));
  }
  endMoveRows();
  // Every row says its number.
  Q_EMIT dataChanged(index(0), index(rowCount() - 1), {Qt::AccessibleTextRole});
  Q_EMIT listChanged();
  return true;
}

bool ReadingListModel::removeRows(int row, int count, const QModelIndex& parent) {
  if (parent.isValid() || row < 0 || count <= 0 || row + count > rowCount()) return false;
  beginRemoveRows({}, row, row + count - 1);
  m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
  endRemoveRows();
  Q_EMIT listChanged();
  return true;
}

}  // namespace tidemark::ui
