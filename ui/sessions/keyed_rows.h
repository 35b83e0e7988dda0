#pragma once
// A model whose rows are values with a key. New contents are applied as the fewest removals, moves, insertions and
// changes that lead there, so that selection, scroll position and an open editor survive. GUI thread.

#include <QAbstractItemModel>
#include <algorithm>
#include <utility>
#include <vector>

namespace tidemark::ui {

/// `Base` is QAbstractListModel or QAbstractTableModel. Key is what `keyOf(row)` returns; keys are expected to differ,
/// and where they do not, rows are still right, only more of them are inserted and removed.
template <typename Base, typename Row>
class KeyedRows : public Base {
 public:
  using Base::Base;

  [[nodiscard]] int rowCount(const QModelIndex& parent = QModelIndex()) const override {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
  }
  [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
  /// Null if the index is not one of this model's rows.
  [[nodiscard]] const Row* rowAt(const QModelIndex& index) const {
    if (!index.isValid() || index.model() != this || index.row() >= static_cast<int>(m_rows.size())) return nullptr;
    return &m_rows[static_cast<std::size_t>(index.row())];
  }

 protected:
  template <typename KeyOf>
  void replaceRows(std::vector<Row> wanted, const KeyOf& keyOf) {
    removeMissing(wanted, keyOf);
    if (m_rows.empty() && !wanted.empty()) {
      this->beginInsertRows(QModelIndex(), 0, static_cast<int>(wanted.size()) - 1);
      m_rows = std::move(wanted);
      this->endInsertRows();
      return;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto same = [&](const Row& row) { return keyOf(row) == keyOf(wanted[i]); };
      const auto begin = m_rows.begin() + static_cast<std::ptrdiff_t>(std::min(i, m_rows.size()));
      const auto found = std::find_if(begin, m_rows.end(), same);
      if (found == m_rows.end()) {
        insertRow(i, std::move(wanted[i]));
        continue;
      }
      if (found != begin) moveRowUp(static_cast<std::size_t>(found - m_rows.begin()), i);
      if (!(m_rows[i] == wanted[i])) {
        m_rows[i] = std::move(wanted[i]);
        rowsChanged(i, i);
      }
    }
    // Second rows of a key that now has one.
    while (m_rows.size() > wanted.size()) removeRow(m_rows.size() - 1);
  }

  void rowsChanged(std::size_t first, std::size_t last) {
    const QAbstractItemModel& model = *this;  // a list hides its one column
    const int lastColumn = model.columnCount() - 1;
    Q_EMIT this->dataChanged(this->index(static_cast<int>(first), 0), this->index(static_cast<int>(last), lastColumn));
  }
  void allRowsChanged() {
    if (!m_rows.empty()) rowsChanged(0, m_rows.size() - 1);
  }

 private:
  template <typename KeyOf>
  void removeMissing(const std::vector<Row>& wanted, const KeyOf& keyOf) {
    using Key = std::decay_t<decltype(keyOf(wanted.front()))>;
    std::vector<Key> keys;
    keys.reserve(wanted.size());
    for (const Row& row : wanted) keys.push_back(keyOf(row));
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = m_rows.size(); i-- > 0;) {
      if (!std::binary_search(keys.begin(), keys.end(), keyOf(m_rows[i]))) removeRow(i);
    }
  }
  void removeRow(std::size_t row) {
    this->beginRemoveRows(QModelIndex(), static_cast<int>(row), static_cast<int>(row));
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(row));
    this->endRemoveRows();
  }
  void insertRow(std::size_t row, Row&& value) {
    this->beginInsertRows(QModelIndex(), static_cast<int>(row), static_cast<int>(row));
    m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(row), std::move(value));
    this->endInsertRows();
  }
  void moveRowUp(std::size_t from, std::size_t to) {
    this->beginMoveRows(QModelIndex(), static_cast<int>(from), static_cast<int>(from), QModelIndex(),
                        static_cast<int>(to));
    const auto begin = m_rows.begin();
    std::rotate(begin + static_cast<std::ptrdiff_t>(to), begin + static_cast<std::ptrdiff_t>(from),
                begin + static_cast<std::ptrdiff_t>(from) + 1);
    this->endMoveRows();
  }

  std::vector<Row> m_rows;
};

}  // namespace tidemark::ui
