#pragma once
// The tables of both panels: rows of text that are read, copied and gone to. GUI thread.

#include <QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace tidemark::ui {

[[nodiscard]] QTableView* makeResultTable(QAbstractItemModel* model, const QString& name, QWidget* parent);

/// Columns up to `lastFixed` as wide as what they hold; the others share the rest.
void fitColumns(QTableView& table, int lastFixed);

}  // namespace tidemark::ui
