#include "ui/memory/result_table.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QScrollArea>
#include <QStringList>
#include <QStyledItemDelegate>
#include <QTableView>

#include "ui/theme/icon.h"

namespace tidemark::ui {
namespace {

/// Keeps the text of a cell as far from its edges as the header does.
class PaddedCell final : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QWidget* table = option.widget;
    const QStyle& style = table != nullptr ? *table->style() : *QApplication::style();
    style.drawPrimitive(QStyle::PE_PanelItemViewItem, &cell, painter, table);
    const int padding = paddingOf(option);
    cell.rect.adjust(padding, 0, -padding, 0);
    style.drawControl(QStyle::CE_ItemViewItem, &cell, painter, table);
  }
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * paddingOf(option), paddingOf(option));
  }

 private:
  static int paddingOf(const QStyleOptionViewItem& option) { return option.fontMetrics.height() / 3; }
};

void copyRow(const QTableView& table) {
  const QModelIndex index = table.currentIndex();
  if (!index.isValid()) return;
  QStringList cells;
  for (int column = 0; column < table.model()->columnCount(); ++column) {
    cells << index.siblingAtColumn(column).data().toString();
  }
  QGuiApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
}

}  // namespace

QTableView* makeResultTable(QAbstractItemModel* model, const QString& name, QWidget* parent) {
  auto* table = new QTableView(parent);
  table->setModel(model);
  table->setItemDelegate(new PaddedCell(table));
  table->setAccessibleName(name);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setTabKeyNavigation(false);
  table->verticalHeader()->hide();
  table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setHighlightSections(false);
  table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  table->setContextMenuPolicy(Qt::ActionsContextMenu);
  auto* copy = new QAction(themedIcon(QStringLiteral("copy")),
                           QCoreApplication::translate("MemoryTools", "&Copy the row"), table);
  copy->setShortcut(QKeySequence::Copy);
  copy->setShortcutContext(Qt::WidgetShortcut);
  QObject::connect(copy, &QAction::triggered, table, [table] { copyRow(*table); });
  table->addAction(copy);
  return table;
}

QWidget* makeScrolling(QWidget* content, QWidget* parent) {
  auto* area = new QScrollArea(parent);
  area->setFrameShape(QFrame::NoFrame);
  area->setWidgetResizable(true);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(content);
  return area;
}

void showInstead(QWidget* shown, QWidget* hidden) {
  const bool hadFocus = hidden->hasFocus();
  shown->show();
  if (hadFocus) shown->setFocus(Qt::OtherFocusReason);
  hidden->hide();
}

void fitColumns(QTableView& table, int lastFixed) {
  QHeaderView& header = *table.horizontalHeader();
  for (int column = 0; column < header.count(); ++column) {
    header.setSectionResizeMode(column, column <= lastFixed ? QHeaderView::ResizeToContents : QHeaderView::Stretch);
  }
}

}  // namespace tidemark::ui
