#pragma once
// The sheet behind "?": all shortcuts, grouped by menu, in columns; made from the commands, so it cannot be out of
// date.

#include <QDialog>
#include <QString>
#include <vector>

#include "ui/shell/command_list.h"

class QBoxLayout;
class QPagedPaintDevice;
class QScrollArea;

namespace tidemark::ui {

struct ShortcutRow {
  QString group;
  QString key;  // as the desktop writes it
  QString text;

  bool operator==(const ShortcutRow&) const = default;
};

/// The commands that have a shortcut; those outside menus go to the group `otherGroup`.
[[nodiscard]] std::vector<ShortcutRow> shortcutRows(const std::vector<Command>& commands, const QString& otherGroup);

/// Rows of one group stand together, groups in the order of their first row, spread over `columns` columns of about the
/// same height (a group is never split; its caption counts as two rows). Empty columns are left out.
[[nodiscard]] std::vector<std::vector<ShortcutRow>> shortcutColumns(const std::vector<ShortcutRow>& rows, int columns);

/// Non-modal. GUI thread.
class ShortcutSheet : public QDialog {
  Q_OBJECT

 public:
  explicit ShortcutSheet(QWidget* parent = nullptr);

  void setCommands(const std::vector<Command>& commands);
  /// Keys that views handle themselves, shown behind those of the commands; groups with the same name are joined.
  void setExtraRows(std::vector<ShortcutRow> rows);
  [[nodiscard]] std::vector<ShortcutRow> rows() const;

  /// The whole sheet as pages of text.
  void printTo(QPagedPaintDevice* device) const;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void rebuild();
  void askAndPrint();
  [[nodiscard]] int columnCount() const;
  [[nodiscard]] QWidget* makeColumn(const std::vector<ShortcutRow>& rows);

  std::vector<Command> m_commands;
  std::vector<ShortcutRow> m_extraRows;
  QScrollArea* m_area;
  int m_columnsShown = 0;
};

}  // namespace tidemark::ui
