#pragma once
// A combo box that is as wide as what it shows, with an arrow that says that there is more.

#include <QComboBox>

namespace tidemark::ui {

class CaptionCombo : public QComboBox {
  Q_OBJECT
 public:
  explicit CaptionCombo(QWidget* parent = nullptr);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace tidemark::ui
