#include "ui/memory/chart_accessible.h"

#include <QAccessible>

#include "ui/accessible/accessible_list.h"
#include "ui/memory/chart_view.h"

namespace tidemark::ui {
namespace {

class ChartItems final : public AccessibleItems {
 public:
  explicit ChartItems(ChartView& view) : m_view(view) {}

  [[nodiscard]] int count() const override { return m_view.itemCount(); }
  [[nodiscard]] std::optional<int> current() const override { return m_view.current(); }
  [[nodiscard]] std::optional<QString> value() const override {
    return current() ? std::optional(name(*current())) : std::nullopt;
  }
  [[nodiscard]] QString name(int item) const override { return m_view.describe(item); }
  [[nodiscard]] QRect rect(int item) const override {
    const QRectF rect = m_view.itemRect(item).translated(0, -m_view.scrolled());
    return {m_view.viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize().expandedTo({1, 1})};
  }
  [[nodiscard]] std::optional<int> itemAt(const QPoint& place) const override {
    return m_view.itemAt(m_view.viewport()->mapFromGlobal(place) + QPointF(0, m_view.scrolled()));
  }
  void press(int item) override {
    m_view.setCurrent(item);
    m_view.activateCurrent();
  }

 private:
  ChartView& m_view;
};

QAccessibleInterface* makeChartInterface(const QString& /*className*/, QObject* object) {
  auto* view = qobject_cast<ChartView*>(object);
  return view == nullptr ? nullptr : makeAccessibleList(view, std::make_unique<ChartItems>(*view));
}

}  // namespace

void installChartAccessibility() {
  QAccessible::installFactory(makeChartInterface);
}

void sayAloud(QWidget* label, const QString& text) {
  if (text.isEmpty() || !QAccessible::isActive()) return;
  QAccessibleEvent event(label, QAccessible::Alert);
  QAccessible::updateAccessibility(&event);
}

}  // namespace tidemark::ui
