#pragma once
// Draws a file that is about to be read: its number, its name, what it holds, what is missing, and how far the check
// is. GUI thread.

#include <QStyledItemDelegate>

namespace tidemark::ui {

/// Where things are in a row, in device-independent pixels that follow the font. Pure.
struct ReadingRowLayout {
  int height = 0;
  QRect background;
  QRect number;
  QRect name;
  QRect state;  // at the far end of the first line
  QRect second;
  QRect sign;  // empty unless something is wrong
  QRect problem;
  QRect progress;  // below everything

  /// `lineHeight` of the interface font, `secondHeight` of the smaller one (0: no second line), `stateWidth` of the
  /// words at the far end, `signSide` of the sign before a problem (0: as high as the second line).
  [[nodiscard]] static ReadingRowLayout make(int width, int lineHeight, int secondHeight, int stateWidth,
                                             int problemHeight, int signSide = 0);
};

class ReadingListDelegate final : public QStyledItemDelegate {
  Q_OBJECT
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace tidemark::ui
