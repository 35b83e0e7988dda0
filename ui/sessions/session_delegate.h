#pragma once
// Draws the rows of the sidebar: one line for headings, two for what has a second line (list_roles.h). GUI thread.

#include <QStyledItemDelegate>

namespace tidemark::ui {

/// Where things are in a row, in device-independent pixels that follow the font. Pure.
struct RowLayout {
  int height = 0;
  QRect background;  // of the current and the hovered row
  QRect bar;         // at its leading edge, in the current row
  QRect sign;        // empty unless there is a problem
  QRect name;
  QRect second;  // empty in a single line

  /// For a row at (0, 0) of this width, read from left to right. `lineHeight` is that of the interface font and
  /// `secondHeight` that of the second line's, 0 without one.
  [[nodiscard]] static RowLayout make(int width, int lineHeight, int secondHeight, int indent, bool hasSign);
};

class SessionDelegate final : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const override;
};

}  // namespace tidemark::ui
