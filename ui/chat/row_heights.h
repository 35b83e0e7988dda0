#pragma once
// Heights of many rows, some measured and some only estimated, and where each row begins. Plain values, any thread.

#include <QtGlobal>
#include <vector>

namespace tidemark::ui {

class RowHeights {
 public:
  void clear();
  void insert(int row, const std::vector<qreal>& estimates);
  void remove(int row, int count);
  /// Measured.
  void set(int row, qreal height);
  /// The height stays as an estimate.
  void invalidate(int row);
  void invalidateAll();

  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] bool isMeasured(int row) const { return m_rows[static_cast<std::size_t>(row)].measured; }
  /// First row that is not measured, -1 if all are.
  [[nodiscard]] int firstUnmeasured() const;
  [[nodiscard]] qreal height(int row) const { return m_rows[static_cast<std::size_t>(row)].height; }
  [[nodiscard]] qreal top(int row) const;  // row == count(): the end
  [[nodiscard]] qreal total() const { return top(count()); }
  /// The row at `y`, clamped to the first and the last; -1 if there are none.
  [[nodiscard]] int rowAt(qreal y) const;

 private:
  struct Row {
    qreal height = 0;
    bool measured = false;
  };
  void changedFrom(int row) { m_validTops = qMin(m_validTops, row); }

  std::vector<Row> m_rows;
  mutable std::vector<qreal> m_tops{0.0};  // tops of rows 0..m_validTops are right
  mutable int m_validTops = 0;
  mutable int m_searchFrom = 0;  // every row before it is measured
};

}  // namespace tidemark::ui
