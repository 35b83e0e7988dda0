#include "ui/chat/row_heights.h"

#include <algorithm>

namespace tidemark::ui {

void RowHeights::clear() {
  m_rows.clear();
  m_validTops = 0;
  m_searchFrom = 0;
}

void RowHeights::insert(int row, const std::vector<qreal>& estimates) {
  std::vector<Row> rows;
  rows.reserve(estimates.size());
  for (const qreal estimate : estimates) rows.push_back({estimate, false});
  m_rows.insert(m_rows.begin() + row, rows.begin(), rows.end());
  m_searchFrom = std::min(m_searchFrom, row);
  changedFrom(row);
}

void RowHeights::remove(int row, int count) {
  m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
  m_searchFrom = std::min(m_searchFrom, row);
  changedFrom(row);
}

void RowHeights::set(int row, qreal height) {
  Row& entry = m_rows[static_cast<std::size_t>(row)];
  entry.measured = true;
  if (entry.height == height) return;
  entry.height = height;
  changedFrom(row);
}

void RowHeights::invalidate(int row) {
  m_rows[static_cast<std::size_t>(row)].measured = false;
  m_searchFrom = std::min(m_searchFrom, row);
}

void RowHeights::invalidateAll() {
  for (Row& row : m_rows) row.measured = false;
  m_searchFrom = 0;
}

int RowHeights::firstUnmeasured() const {
  while (m_searchFrom < count()) {
    if (!isMeasured(m_searchFrom)) return m_searchFrom;
    ++m_searchFrom;
  }
  return -1;
}

qreal RowHeights::top(int row) const {
  m_tops.resize(m_rows.size() + 1, 0.0);
  for (; m_validTops < row; ++m_validTops) {
    const auto at = static_cast<std::size_t>(m_validTops);
    m_tops[at + 1] = m_tops[at] + m_rows[at].height;
  }
  return m_tops[static_cast<std::size_t>(row)];
}

int RowHeights::rowAt(qreal y) const {
  if (m_rows.empty()) return -1;
  if (y >= total()) return count() - 1;
  const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
  return std::clamp(static_cast<int>(after - m_tops.begin()) - 1, 0, count() - 1);
}

}  // namespace tidemark::ui
