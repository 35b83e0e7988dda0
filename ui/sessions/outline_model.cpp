#include "ui/sessions/outline_model.h"

#include <algorithm>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"

namespace tidemark::ui {
namespace {

// Deeper headings would push the title out of a narrow list.
constexpr int kDeepestIndent = 4;

}  // namespace

void OutlineModel::setOutline(std::vector<SidebarOutlineEntry> entries) {
  if (entries == m_entries) return;
  beginResetModel();
  m_entries = std::move(entries);
  m_current = rowOf(m_currentByte);
  endResetModel();
}

QString OutlineModel::withPage(const SidebarOutlineEntry& entry) {
  return entry.page.isEmpty() ? entry.title : tr("%1, page %2").arg(entry.title, entry.page);
}

int OutlineModel::rowOf(quint64 byte) const {
  const auto after =
      std::upper_bound(m_entries.begin(), m_entries.end(), byte,
                       [](quint64 place, const SidebarOutlineEntry& entry) { return place < entry.byte; });
  return static_cast<int>(after - m_entries.begin()) - 1;
}

void OutlineModel::setCurrentByte(quint64 byte) {
  m_currentByte = byte;
  const int row = rowOf(byte);
  if (row == m_current) return;
  const int before = std::exchange(m_current, row);
  for (const int changed : {before, row}) {
    if (changed >= 0) Q_EMIT dataChanged(index(changed), index(changed), {Qt::FontRole, kCurrentRole});
  }
}

QModelIndex OutlineModel::current() const {
  return m_current < 0 ? QModelIndex() : index(m_current);
}

int OutlineModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const SidebarOutlineEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return entry.title;
    case kCurrentRole:
      return index.row() == m_current;
    case kIndentRole:
      return std::clamp(entry.level, 0, kDeepestIndent);
    case kByteRole:
      return entry.byte;
    case Qt::ToolTipRole:
      return plainToolTip(withPage(entry));
    case Qt::AccessibleTextRole:
      return index.row() == m_current ? tr("%1, you are here").arg(withPage(entry)) : withPage(entry);
    default:
      return {};
  }
}

}  // namespace tidemark::ui
