#include "ui/wavefront/caption_combo.h"

#include <QStyle>
#include <QStyleOptionComboBox>

namespace tidemark::ui {

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

}  // namespace tidemark::ui
