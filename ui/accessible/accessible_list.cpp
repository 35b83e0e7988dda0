#include "ui/accessible/accessible_list.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>
#include <QWindow>
#include <map>
#include <utility>

namespace tidemark::ui {
namespace {

class ItemAccessible final : public QAccessibleInterface, public QAccessibleActionInterface {
 public:
  /// `items` belong to the list, which outlives its items.
  ItemAccessible(QWidget* view, AccessibleItems& items, int item) : m_view(view), m_items(items), m_item(item) {}

  [[nodiscard]] bool isValid() const override { return m_view && m_item < m_items.count(); }
  [[nodiscard]] QObject* object() const override { return nullptr; }
  [[nodiscard]] QWindow* window() const override { return isValid() ? m_view->window()->windowHandle() : nullptr; }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = state.selectable = state.readOnly = true;
    state.selected = isValid() && m_items.current() == m_item;
    state.focused = state.selected && m_view->hasFocus();
    return state;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (!isValid()) return {};
    if (kind == QAccessible::Name) return m_items.name(m_item);
    return kind == QAccessible::Description ? m_items.description(m_item) : QString();
  }
  void setText(QAccessible::Text /*kind*/, const QString& /*text*/) override {}
  [[nodiscard]] QRect rect() const override { return isValid() ? m_items.rect(m_item) : QRect(); }
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
    if (isValid() && name == pressAction()) m_items.press(m_item);
  }
  [[nodiscard]] QStringList keyBindingsForAction(const QString& /*name*/) const override { return {}; }

  [[nodiscard]] int item() const { return m_item; }

 private:
  QPointer<QWidget> m_view;
  AccessibleItems& m_items;
  int m_item = 0;
};

class ListAccessible final : public QAccessibleWidget {
 public:
  ListAccessible(QWidget* view, std::unique_ptr<AccessibleItems> items)
      : QAccessibleWidget(view, QAccessible::List), m_items(std::move(items)) {}
  ListAccessible(const ListAccessible&) = delete;
  ListAccessible& operator=(const ListAccessible&) = delete;
  ~ListAccessible() override {
    for (const auto& [number, id] : m_children) QAccessible::deleteAccessibleInterface(id);
  }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Value) {
      if (const auto value = m_items->value()) return *value;
    }
    return QAccessibleWidget::text(kind);
  }
  [[nodiscard]] int childCount() const override { return m_items->count(); }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    const auto found = m_children.find(index);
    if (found != m_children.end()) return QAccessible::accessibleInterface(found->second);
    auto* made = new ItemAccessible(widget(), *m_items, index);
    m_children.emplace(index, QAccessible::registerAccessibleInterface(made));  // owns it from here on
    return made;
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
    const auto* item = dynamic_cast<const ItemAccessible*>(child);
    return item == nullptr ? -1 : item->item();
  }
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    const auto item = m_items->itemAt({x, y});
    return item ? child(*item) : nullptr;
  }
  [[nodiscard]] QAccessibleInterface* focusChild() const override {
    const auto current = m_items->current();
    return current && widget()->hasFocus() ? child(*current) : nullptr;
  }

 private:
  std::unique_ptr<AccessibleItems> m_items;
  mutable std::map<int, QAccessible::Id> m_children;  // only those somebody asked for
};

}  // namespace

std::optional<int> AccessibleItems::itemAt(const QPoint& place) const {
  for (int item = 0; item < count(); ++item) {
    if (rect(item).contains(place)) return item;
  }
  return std::nullopt;
}

QAccessibleInterface* makeAccessibleList(QWidget* view, std::unique_ptr<AccessibleItems> items) {
  return new ListAccessible(view, std::move(items));
}

void notifyCurrentItem(QWidget* view, int item) {
  if (!QAccessible::isActive()) return;
  QAccessibleEvent event(view, QAccessible::Focus);
  event.setChild(item);
  QAccessible::updateAccessibility(&event);
}

}  // namespace tidemark::ui
