#pragma once
// A thin bar above a dock's panel: enough to take hold of it, without a second title over the panel's own caption.

#include <QWidget>

namespace tidemark::ui {

class DockGrip final : public QWidget {
  Q_OBJECT

 public:
  explicit DockGrip(QWidget* parent = nullptr);
  [[nodiscard]] QSize sizeHint() const override { return {24, 8}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace tidemark::ui
