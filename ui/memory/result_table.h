#pragma once
// What both panels are made of: tables whose rows are read, copied and gone to, and buttons that take turns. GUI
// thread.

#include <QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace tidemark::ui {

[[nodiscard]] QTableView* makeResultTable(QAbstractItemModel* model, const QString& name, QWidget* parent);

/// Scrolls what does not fit, so that a dock may be as low as people like.
[[nodiscard]] QWidget* makeScrolling(QWidget* content, QWidget* parent);

/// Shows one widget in the place of another; the keyboard goes along.
void showInstead(QWidget* shown, QWidget* hidden);

/// Columns up to `lastFixed` as wide as what they hold; the others share the rest.
void fitColumns(QTableView& table, int lastFixed);

}  // namespace tidemark::ui
