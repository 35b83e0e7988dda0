#include "ui/wavefront/caption_combo.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionComboBox>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr double kArrow = 3.5;  // half its width
constexpr double kArrowFromRight = 13;

}  // namespace

CaptionCombo::CaptionCombo(QWidget* parent) : QComboBox(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setSizeAdjustPolicy(QComboBox::AdjustToContents);
  connect(this, &QComboBox::currentTextChanged, this, [this] { updateGeometry(); });
}

QSize CaptionCombo::sizeHint() const {
  QStyleOptionComboBox option;
  initStyleOption(&option);
  const QSize text(fontMetrics().horizontalAdvance(currentText()) + 2, fontMetrics().height());
  return {style()->sizeFromContents(QStyle::CT_ComboBox, &option, text, this).width(), QComboBox::sizeHint().height()};
}

void CaptionCombo::paintEvent(QPaintEvent* event) {
  QComboBox::paintEvent(event);
  const ThemeColors& colors = themeColors(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(isEnabled() ? colors.dim : colors.faint, 1.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const double side = isRightToLeft() ? kArrowFromRight : width() - kArrowFromRight;
  const QPointF middle(side, height() / 2.0 + kArrow / 2);
  painter.drawPolyline(QPolygonF({middle + QPointF(-kArrow, -kArrow), middle, middle + QPointF(kArrow, -kArrow)}));
}

}  // namespace tidemark::ui
