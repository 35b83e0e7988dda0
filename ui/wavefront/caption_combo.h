#pragma once
// A combo box that is as wide as what it shows.

#include <QComboBox>

namespace tidemark::ui {

class CaptionCombo : public QComboBox {
  Q_OBJECT
 public:
  explicit CaptionCombo(QWidget* parent = nullptr);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
};

}  // namespace tidemark::ui
