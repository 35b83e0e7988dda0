#include "ui/timeline/timeline_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <map>

#include "ui/timeline/timeline_view.h"

namespace tidemark::ui {
namespace {

/// -1: none.
int currentStretch(const TimelineView& view) {
  if (!view.currentAnswer()) return -1;
  const AnswerLanes lanes = lanesOf(view.timeline().answers);
  for (std::size_t i = 0; i < lanes.stretches.size(); ++i) {
    if (*view.currentAnswer() < lanes.stretches[i].end) return static_cast<int>(i);
  }
  return -1;
}

class StretchAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
 public:
  StretchAccessible(TimelineView* view, int stretch) : m_view(view), m_stretch(stretch) {}

  [[nodiscard]] bool isValid() const override { return m_view && m_stretch < static_cast<int>(stretches().size()); }
  [[nodiscard]] QObject* object() const override { return nullptr; }
  [[nodiscard]] QWindow* window() const override { return isValid() ? m_view->window()->windowHandle() : nullptr; }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = state.selectable = state.readOnly = true;
    state.selected = isValid() && currentStretch(*m_view) == m_stretch;
    state.focused = state.selected && m_view->hasFocus();
    return state;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (!isValid()) return {};
    if (kind == QAccessible::Name) return m_view->describeStretch(static_cast<std::size_t>(m_stretch));
    if (kind == QAccessible::Description && currentStretch(*m_view) == m_stretch) {
      return m_view->describe(*m_view->currentAnswer());
    }
    return {};
  }
  void setText(QAccessible::Text /*kind*/, const QString& /*text*/) override {}
  [[nodiscard]] QRect rect() const override {
    if (!isValid()) return {};
    const AnswerStretch stretch = stretches()[static_cast<std::size_t>(m_stretch)];
    const TimelineLayout layout = m_view->timelineLayout();
    QRectF all = layout.cellRect(stretch.first).united(layout.cellRect(stretch.end - 1));
    all.translate(0, -m_view->scrolled());
    return {m_view->viewport()->mapToGlobal(all.topLeft().toPoint()), all.size().toSize()};
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
    m_view->setCurrentAnswer(stretches()[static_cast<std::size_t>(m_stretch)].first);
    m_view->activateCurrent();
  }
  [[nodiscard]] QStringList keyBindingsForAction(const QString& /*name*/) const override { return {}; }

  [[nodiscard]] int stretch() const { return m_stretch; }

 private:
  [[nodiscard]] std::vector<AnswerStretch> stretches() const { return lanesOf(m_view->timeline().answers).stretches; }

  QPointer<TimelineView> m_view;
  int m_stretch = 0;
};

class TimelineAccessible final : public QAccessibleWidget {
 public:
  explicit TimelineAccessible(TimelineView* view) : QAccessibleWidget(view, QAccessible::List) {}
  ~TimelineAccessible() override {
    for (const auto& [number, id] : m_children) QAccessible::deleteAccessibleInterface(id);
  }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Value && view()->currentAnswer()) return view()->describe(*view()->currentAnswer());
    return QAccessibleWidget::text(kind);
  }
  [[nodiscard]] int childCount() const override {
    return static_cast<int>(lanesOf(view()->timeline().answers).stretches.size());
  }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    const auto found = m_children.find(index);
    if (found != m_children.end()) return QAccessible::accessibleInterface(found->second);
    auto* made = new StretchAccessible(view(), index);
    m_children.emplace(index, QAccessible::registerAccessibleInterface(made));  // owns it from here on
    return made;
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
    const auto* stretch = dynamic_cast<const StretchAccessible*>(child);
    return stretch == nullptr ? -1 : stretch->stretch();
  }
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    for (int i = 0; i < childCount(); ++i) {
      if (child(i)->rect().contains(x, y)) return child(i);
    }
    return nullptr;
  }
  [[nodiscard]] QAccessibleInterface* focusChild() const override {
    return view()->hasFocus() ? child(currentStretch(*view())) : nullptr;
  }

 private:
  [[nodiscard]] TimelineView* view() const { return static_cast<TimelineView*>(object()); }
  mutable std::map<int, QAccessible::Id> m_children;  // only those somebody asked for
};

QAccessibleInterface* makeTimelineInterface(const QString& /*className*/, QObject* object) {
  auto* view = qobject_cast<TimelineView*>(object);
  return view == nullptr ? nullptr : new TimelineAccessible(view);
}

}  // namespace

void installTimelineAccessibility() {
  QAccessible::installFactory(makeTimelineInterface);
}

void notifyTimelineCurrent(TimelineView* view) {
  if (!QAccessible::isActive()) return;
  QAccessibleEvent event(view, QAccessible::Focus);
  event.setChild(currentStretch(*view));
  QAccessible::updateAccessibility(&event);
}

}  // namespace tidemark::ui
