#include "ui/memory/chart_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <map>

#include "ui/memory/chart_view.h"

namespace tidemark::ui {
namespace {

class ChartItemAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
 public:
  ChartItemAccessible(ChartView* view, int item) : m_view(view), m_item(item) {}

  [[nodiscard]] bool isValid() const override { return m_view && m_item < m_view->itemCount(); }
  [[nodiscard]] QObject* object() const override { return nullptr; }
  [[nodiscard]] QWindow* window() const override { return isValid() ? m_view->window()->windowHandle() : nullptr; }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = state.selectable = state.readOnly = true;
    state.selected = isValid() && m_view->current() == m_item;
    state.focused = state.selected && m_view->hasFocus();
    return state;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    return isValid() && kind == QAccessible::Name ? m_view->describe(m_item) : QString();
  }
  void setText(QAccessible::Text /*kind*/, const QString& /*text*/) override {}
  [[nodiscard]] QRect rect() const override {
    if (!isValid()) return {};
    const QRectF item = m_view->itemRect(m_item).translated(0, -m_view->scrolled());
    return {m_view->viewport()->mapToGlobal(item.topLeft().toPoint()), item.size().toSize().expandedTo({1, 1})};
  }
  [[nodiscard]] QAccessibleInterface* parent() const override {
    return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
  }
  [[nodiscard]] QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  [[nodiscard]] QAccessibleInterface* childAt(int /*x*/, int /*y*/) const override { return nullptr; }
  [[nodiscard]] int childCount() const override { return 0; }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }
  void* interface_cast(QAccessible::InterfaceType type) override {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
  }
  [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
  void doAction(const QString& name) override {
    if (!isValid() || name != pressAction()) return;
    m_view->setCurrent(m_item);
    m_view->activateCurrent();
  }
  [[nodiscard]] QStringList keyBindingsForAction(const QString& /*name*/) const override { return {}; }

  [[nodiscard]] int item() const { return m_item; }

 private:
  QPointer<ChartView> m_view;
  int m_item = 0;
};

class ChartAccessible final : public QAccessibleWidget {
 public:
  explicit ChartAccessible(ChartView* view) : QAccessibleWidget(view, QAccessible::List) {}
  ChartAccessible(const ChartAccessible&) = delete;
  ChartAccessible& operator=(const ChartAccessible&) = delete;
  ~ChartAccessible() override {
    for (const auto& [number, id] : m_children) QAccessible::deleteAccessibleInterface(id);
  }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Value && view()->current()) return view()->describe(*view()->current());
    return QAccessibleWidget::text(kind);
  }
  [[nodiscard]] int childCount() const override { return view()->itemCount(); }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    const auto found = m_children.find(index);
    if (found != m_children.end()) return QAccessible::accessibleInterface(found->second);
    auto* made = new ChartItemAccessible(view(), index);
    m_children.emplace(index, QAccessible::registerAccessibleInterface(made));  // owns it from here on
    return made;
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
    const auto* item = dynamic_cast<const ChartItemAccessible*>(child);
    return item == nullptr ? -1 : item->item();
  }
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    const QPoint local = view()->viewport()->mapFromGlobal(QPoint(x, y));
    const auto item = view()->itemAt(local + QPointF(0, view()->scrolled()));
    return item ? child(*item) : nullptr;
  }
  [[nodiscard]] QAccessibleInterface* focusChild() const override {
    return view()->hasFocus() && view()->current() ? child(*view()->current()) : nullptr;
  }

 private:
  [[nodiscard]] ChartView* view() const { return static_cast<ChartView*>(object()); }
  mutable std::map<int, QAccessible::Id> m_children;  // only those somebody asked for
};

QAccessibleInterface* makeChartInterface(const QString& /*className*/, QObject* object) {
  auto* view = qobject_cast<ChartView*>(object);
  return view == nullptr ? nullptr : new ChartAccessible(view);
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

void notifyChartCurrent(ChartView* view) {
  if (!QAccessible::isActive()) return;
  QAccessibleEvent event(view, QAccessible::Focus);
  event.setChild(*view->current());
  QAccessible::updateAccessibility(&event);
}

}  // namespace tidemark::ui
