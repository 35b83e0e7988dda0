#include "ui/theme/hairline_splitter.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class Hairline final : public QSplitterHandle {
 public:
  using QSplitterHandle::QSplitterHandle;

 protected:
  void paintEvent(QPaintEvent* /*event*/) override { QPainter(this).fillRect(rect(), themeColors(palette()).line); }
};

}  // namespace

HairlineSplitter::HairlineSplitter(Qt::Orientation orientation, QWidget* parent) : QSplitter(orientation, parent) {
  setHandleWidth(1);
  setChildrenCollapsible(false);
}

QSplitterHandle* HairlineSplitter::createHandle() {
  return new Hairline(orientation(), this);
}

}  // namespace tidemark::ui
