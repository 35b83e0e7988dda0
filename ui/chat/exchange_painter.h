#pragma once
// Draws one exchange. GUI thread, or any thread on a QImage.

#include <QString>

#include "ui/chat/exchange_layout.h"
#include "ui/theme/theme.h"

class QPainter;

namespace tidemark::ui {

/// What is lit in one exchange.
struct ExchangeMarks {
  bool current = false;  // the exchange that the keyboard is on
  bool focused = false;  // the view has the keyboard
  int hoveredChip = -1;
  int focusedChip = -1;
  qsizetype selectionBegin = 0;  // of the answer's text
  qsizetype selectionEnd = 0;
  QString filter;  // every occurrence in question and answer is marked
};

/// `top` is where the exchange begins; only what meets `clip` is drawn.
void paintExchange(QPainter& painter, const ExchangeLayout& layout, qreal top, const QRectF& clip,
                   const ThemeColors& colors, const ExchangeMarks& marks);

}  // namespace tidemark::ui
