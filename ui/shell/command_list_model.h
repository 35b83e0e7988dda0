#pragma once
// What the command palette lists, and how a row of it is painted. GUI thread.

#include <QAbstractListModel>
#include <QStyledItemDelegate>
#include <vector>

#include "ui/shell/command_list.h"

namespace tidemark::ui {

class CommandListModel final : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role { kPathRole = Qt::UserRole, kShortcutRole, kPositionsRole, kEnabledRole };
  using QAbstractListModel::QAbstractListModel;

  void setCommands(std::vector<Command> commands);
  /// Ranks the commands set before; see rankCommands().
  void setPattern(const QString& pattern, const QStringList& recentIds);
  /// The command of a row, or null.
  [[nodiscard]] const Command* command(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  std::vector<Command> m_commands;
  std::vector<RankedCommand> m_rows;
};

/// Text with the matching letters in bold, the menu path dim below it, the shortcut at the far end.
class CommandDelegate final : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace tidemark::ui
