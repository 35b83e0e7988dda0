#include "ui/memory/flow_row.h"

#include <algorithm>

namespace tidemark::ui {

FlowRow::~FlowRow() {
  for (QLayoutItem* each : m_items) delete each;
}

void FlowRow::addItem(QLayoutItem* item) {
  m_items.push_back(item);
}

QLayoutItem* FlowRow::itemAt(int index) const {
  return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowRow::takeAt(int index) {
  QLayoutItem* item = itemAt(index);
  if (item != nullptr) m_items.erase(m_items.begin() + index);
  return item;
}

int FlowRow::heightForWidth(int width) const {
  return place(QRect(0, 0, width, 0), true);
}

QSize FlowRow::minimumSize() const {
  QSize size;
  for (const QLayoutItem* each : m_items) {
    if (!each->isEmpty()) size = size.expandedTo(each->minimumSize());
  }
  const QMargins margins = contentsMargins();
  return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowRow::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  place(rect, false);
}

int FlowRow::place(const QRect& rect, bool onlyMeasure) const {
  const QRect inside = rect.marginsRemoved(contentsMargins());
  const int gap = std::max(0, spacing());
  std::vector<std::pair<QLayoutItem*, QSize>> line;
  int top = inside.top();
  int x = 0;
  int lineHeight = 0;
  const auto endLine = [&] {
    int left = inside.left();
    for (const auto& [item, size] : line) {
      if (!onlyMeasure) item->setGeometry(QRect(QPoint(left, top + (lineHeight - size.height()) / 2), size));
      left += size.width() + gap;
    }
    line.clear();
  };
  for (QLayoutItem* each : m_items) {
    if (each->isEmpty()) continue;  // hidden
    const QSize size(std::min(each->sizeHint().width(), std::max(inside.width(), each->minimumSize().width())),
                     each->sizeHint().height());
    if (!line.empty() && x + size.width() > inside.width()) {
      endLine();
      top += lineHeight + gap / 2;
      x = 0;
      lineHeight = 0;
    }
    line.emplace_back(each, size);
    x += size.width() + gap;
    lineHeight = std::max(lineHeight, size.height());
  }
  endLine();
  return top + lineHeight - rect.top() + contentsMargins().bottom();
}

}  // namespace tidemark::ui
