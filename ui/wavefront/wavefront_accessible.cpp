#include "ui/wavefront/wavefront_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QLocale>
#include <limits>

#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/wavefront_grid.h"

namespace tidemark::ui {
namespace {

// Rows run from the top of the picture to the bottom: the last layer first.
class CellInterface final : public QAccessibleInterface, public QAccessibleTableCellInterface {
 public:
  CellInterface(WavefrontGrid* grid, CellId cell) : m_grid(grid), m_cell(cell) {}

  [[nodiscard]] bool isValid() const override { return m_grid != nullptr; }
  [[nodiscard]] QObject* object() const override { return nullptr; }
  [[nodiscard]] QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override { return nullptr; }
  [[nodiscard]] QAccessibleInterface* parent() const override { return table(); }
  [[nodiscard]] QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  [[nodiscard]] int childCount() const override { return 0; }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Cell; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.selectable = true;
    state.selected = isSelected();
    state.focused = isSelected() && m_grid->hasFocus();
    return state;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    return kind == QAccessible::Name ? cellSentence(m_grid->state(), m_cell) : QString();
  }
  void setText(QAccessible::Text /*kind*/, const QString& /*text*/) override {}
  [[nodiscard]] QRect rect() const override {
    const QRect inside = m_grid->cellLayout().cellRect(m_cell).toAlignedRect();
    return {m_grid->mapToGlobal(inside.topLeft()), inside.size()};
  }
  void* interface_cast(QAccessible::InterfaceType type) override {
    return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface*>(this) : nullptr;
  }

  [[nodiscard]] bool isSelected() const override { return m_grid->selection() == m_cell; }
  [[nodiscard]] QList<QAccessibleInterface*> columnHeaderCells() const override { return {}; }
  [[nodiscard]] QList<QAccessibleInterface*> rowHeaderCells() const override { return {}; }
  [[nodiscard]] int columnIndex() const override { return static_cast<int>(m_cell.segment); }
  [[nodiscard]] int rowIndex() const override { return m_grid->cellLayout().layers() - 1 - m_cell.layer; }
  [[nodiscard]] int columnExtent() const override { return 1; }
  [[nodiscard]] int rowExtent() const override { return 1; }
  [[nodiscard]] QAccessibleInterface* table() const override { return QAccessible::queryAccessibleInterface(m_grid); }

 private:
  WavefrontGrid* m_grid;
  CellId m_cell;
};

class GridInterface final : public QAccessibleWidget,
                            public QAccessibleTableInterface,
                            public QAccessibleValueInterface {
 public:
  explicit GridInterface(WavefrontGrid* grid) : QAccessibleWidget(grid, QAccessible::Table), m_grid(grid) {}
  ~GridInterface() override {
    for (const QAccessible::Id id : std::as_const(m_cells)) QAccessible::deleteAccessibleInterface(id);
  }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    return kind == QAccessible::Description ? spokenSummary(m_grid->state()) : QAccessibleWidget::text(kind);
  }
  void* interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::TableInterface) return static_cast<QAccessibleTableInterface*>(this);
    if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
  }

  [[nodiscard]] QVariant currentValue() const override { return readPercent(m_grid->state()); }
  void setCurrentValue(const QVariant& /*value*/) override {}
  [[nodiscard]] QVariant maximumValue() const override { return 100; }
  [[nodiscard]] QVariant minimumValue() const override { return 0; }
  [[nodiscard]] QVariant minimumStepSize() const override { return 1; }

  [[nodiscard]] int childCount() const override {
    const std::int64_t count = static_cast<std::int64_t>(rowCount()) * columnCount();
    return static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
  }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    const int columns = columnCount();
    return columns > 0 && index >= 0 ? cellAt(index / columns, index % columns) : nullptr;
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
    auto* found = const_cast<QAccessibleInterface*>(child)->tableCellInterface();
    return found != nullptr ? found->rowIndex() * columnCount() + found->columnIndex() : -1;
  }
  [[nodiscard]] QAccessibleInterface* focusChild() const override {
    const auto cell = m_grid->selection();
    return cell ? interfaceOf(*cell) : nullptr;
  }
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    const auto cell = m_grid->cellLayout().hitTest(m_grid->mapFromGlobal(QPoint(x, y)));
    return cell ? interfaceOf(*cell) : nullptr;
  }

  [[nodiscard]] QAccessibleInterface* cellAt(int row, int column) const override {
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount()) return nullptr;
    return interfaceOf({column, rowCount() - 1 - row});
  }
  [[nodiscard]] int rowCount() const override { return m_grid->cellLayout().layers(); }
  [[nodiscard]] int columnCount() const override {
    return static_cast<int>(std::min<std::int64_t>(m_grid->cellLayout().segments(), std::numeric_limits<int>::max()));
  }
  [[nodiscard]] QAccessibleInterface* caption() const override { return nullptr; }
  [[nodiscard]] QAccessibleInterface* summary() const override { return nullptr; }
  [[nodiscard]] QString rowDescription(int row) const override {
    return WavefrontGrid::tr("layer %1").arg(QLocale().toString(rowCount() - 1 - row));
  }
  [[nodiscard]] QString columnDescription(int column) const override {
    return WavefrontGrid::tr("segment %1").arg(QLocale().toString(column));
  }
  [[nodiscard]] int selectedCellCount() const override { return m_grid->selection() ? 1 : 0; }
  [[nodiscard]] int selectedColumnCount() const override { return 0; }
  [[nodiscard]] int selectedRowCount() const override { return 0; }
  [[nodiscard]] QList<QAccessibleInterface*> selectedCells() const override {
    const auto cell = m_grid->selection();
    return cell ? QList<QAccessibleInterface*>{interfaceOf(*cell)} : QList<QAccessibleInterface*>{};
  }
  [[nodiscard]] QList<int> selectedColumns() const override { return {}; }
  [[nodiscard]] QList<int> selectedRows() const override { return {}; }
  [[nodiscard]] bool isColumnSelected(int /*column*/) const override { return false; }
  [[nodiscard]] bool isRowSelected(int /*row*/) const override { return false; }
  bool selectRow(int /*row*/) override { return false; }
  bool selectColumn(int /*column*/) override { return false; }
  bool unselectRow(int /*row*/) override { return false; }
  bool unselectColumn(int /*column*/) override { return false; }
  void modelChange(QAccessibleTableModelChangeEvent* /*event*/) override {}

 private:
  [[nodiscard]] QAccessibleInterface* interfaceOf(const CellId& cell) const {
    const qint64 key = cell.segment * std::max(1, m_grid->cellLayout().layers()) + cell.layer;
    const auto known = m_cells.constFind(key);
    if (known != m_cells.constEnd()) return QAccessible::accessibleInterface(*known);
    auto* made = new CellInterface(m_grid, cell);
    m_cells.insert(key, QAccessible::registerAccessibleInterface(made));  // owns it from here on
    return made;
  }

  WavefrontGrid* m_grid;
  mutable QHash<qint64, QAccessible::Id> m_cells;  // only those somebody asked for
};

QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
  if (className != QLatin1String(WavefrontGrid::staticMetaObject.className())) return nullptr;
  auto* grid = qobject_cast<WavefrontGrid*>(object);
  return grid != nullptr ? new GridInterface(grid) : nullptr;
}

}  // namespace

void installWavefrontAccessibility() {
  QAccessible::installFactory(makeInterface);
}

void announceProgress(WavefrontGrid& grid, int percent) {
  QAccessibleValueChangeEvent event(&grid, percent);
  QAccessible::updateAccessibility(&event);
}

void announceSelection(WavefrontGrid& grid) {
  if (!QAccessible::isActive() || !grid.selection()) return;
  QAccessibleInterface* table = QAccessible::queryAccessibleInterface(&grid);
  const CellId cell = *grid.selection();
  QAccessibleEvent event(&grid, QAccessible::Focus);
  event.setChild((grid.cellLayout().layers() - 1 - cell.layer) * static_cast<int>(grid.cellLayout().segments()) +
                 static_cast<int>(cell.segment));
  if (table != nullptr) QAccessible::updateAccessibility(&event);
}

}  // namespace tidemark::ui
