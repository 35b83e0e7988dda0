#include "ui/chat/conversation_accessible.h"

#include <QAccessibleWidget>
#include <QPointer>
#include <map>

#include "ui/chat/conversation_view.h"
#include "ui/chat/exchange_texts.h"

namespace tidemark::ui {
namespace {

/// Children by number, made when asked for and owned by QAccessible.
class ChildCache {
 public:
  ChildCache() = default;
  ChildCache(const ChildCache&) = delete;
  ChildCache& operator=(const ChildCache&) = delete;
  ~ChildCache() {
    for (const auto& [number, id] : m_ids) QAccessible::deleteAccessibleInterface(id);
  }
  template <typename Make>
  QAccessibleInterface* get(int number, Make make) {
    const auto found = m_ids.find(number);
    if (found != m_ids.end()) return QAccessible::accessibleInterface(found->second);
    const QAccessible::Id id = QAccessible::registerAccessibleInterface(make());
    m_ids.emplace(number, id);
    return QAccessible::accessibleInterface(id);
  }

 private:
  std::map<int, QAccessible::Id> m_ids;
};

QRect onScreen(const ConversationView& view, const QRectF& rect) {
  return {view.viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize()};
}

/// A part of the view that is no widget: neither an object nor a window of its own.
class PartAccessible : public QAccessibleInterface {
 public:
  PartAccessible(ConversationView* view, int row) : m_view(view), m_row(row) {}
  [[nodiscard]] bool isValid() const override { return m_view && m_row < m_view->rowCount(); }
  [[nodiscard]] QObject* object() const override { return nullptr; }
  [[nodiscard]] QWindow* window() const override { return isValid() ? m_view->window()->windowHandle() : nullptr; }
  void setText(QAccessible::Text /*text*/, const QString& /*value*/) override {}
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    for (int i = 0; i < childCount(); ++i) {
      if (child(i)->rect().contains(x, y)) return child(i);
    }
    return nullptr;
  }

 protected:
  QPointer<ConversationView> m_view;
  int m_row = 0;
};

class ChipAccessible final : public PartAccessible, public QAccessibleActionInterface {
 public:
  ChipAccessible(ConversationView* view, int row, int chip) : PartAccessible(view, row), m_chip(chip) {}

  [[nodiscard]] bool isValid() const override {
    return PartAccessible::isValid() && m_chip < static_cast<int>(m_view->exchangeAt(m_row).evidence.size());
  }
  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::Button; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = true;
    state.focused = isValid() && m_view->hasFocus() && m_view->currentRow() == m_row && m_view->focusedChip() == m_chip;
    return state;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (!isValid()) return {};
    const EvidenceChip chip = m_view->exchangeAt(m_row).evidence[static_cast<std::size_t>(m_chip)];
    if (kind == QAccessible::Name) return chipLabel(chip);
    if (kind == QAccessible::Description) return chipToolTip(chip);
    return {};
  }
  [[nodiscard]] QRect rect() const override {
    if (!isValid()) return {};
    const QRectF chip = m_view->layoutOf(m_row).chips()[static_cast<std::size_t>(m_chip)].rect;
    return onScreen(*m_view, chip.translated(m_view->rowRect(m_row).topLeft()));
  }
  [[nodiscard]] QAccessibleInterface* parent() const override {
    QAccessibleInterface* list = m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    return list ? list->child(m_row) : nullptr;
  }
  [[nodiscard]] QAccessibleInterface* child(int /*index*/) const override { return nullptr; }
  [[nodiscard]] int childCount() const override { return 0; }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* /*child*/) const override { return -1; }
  void* interface_cast(QAccessible::InterfaceType type) override {
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
  }
  [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
  void doAction(const QString& name) override {
    if (isValid() && name == pressAction()) m_view->activateChip(m_row, m_chip);
  }
  [[nodiscard]] QStringList keyBindingsForAction(const QString& /*name*/) const override { return {}; }

  [[nodiscard]] int chip() const { return m_chip; }

 private:
  int m_chip = 0;
};

class ExchangeAccessible final : public PartAccessible {
 public:
  using PartAccessible::PartAccessible;

  [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state;
    state.focusable = state.selectable = state.readOnly = true;
    state.selected = isValid() && m_view->currentRow() == m_row;
    state.focused = state.selected && m_view->hasFocus() && m_view->focusedChip() < 0;
    return state;
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (!isValid()) return {};
    const Exchange exchange = m_view->exchangeAt(m_row);
    if (kind == QAccessible::Name) return spokenText(exchange);
    if (kind == QAccessible::Value) return exchange.answer;
    if (kind == QAccessible::Description) return footerText(exchange);
    return {};
  }
  [[nodiscard]] QRect rect() const override { return isValid() ? onScreen(*m_view, m_view->rowRect(m_row)) : QRect(); }
  [[nodiscard]] QAccessibleInterface* parent() const override {
    return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
  }
  [[nodiscard]] int childCount() const override {
    return isValid() ? static_cast<int>(m_view->exchangeAt(m_row).evidence.size()) : 0;
  }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    return m_chips.get(index, [this, index] { return new ChipAccessible(m_view, m_row, index); });
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
    const auto* chip = dynamic_cast<const ChipAccessible*>(child);
    return chip == nullptr ? -1 : chip->chip();
  }
  [[nodiscard]] int row() const { return m_row; }

 private:
  mutable ChildCache m_chips;
};

class ConversationAccessible final : public QAccessibleWidget {
 public:
  explicit ConversationAccessible(ConversationView* view) : QAccessibleWidget(view, QAccessible::List) {}

  [[nodiscard]] int childCount() const override { return view()->rowCount(); }
  [[nodiscard]] QAccessibleInterface* child(int index) const override {
    if (index < 0 || index >= childCount()) return nullptr;
    return m_children.get(index, [this, index] { return new ExchangeAccessible(view(), index); });
  }
  [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
    const auto* exchange = dynamic_cast<const ExchangeAccessible*>(child);
    return exchange == nullptr ? -1 : exchange->row();
  }
  [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
    const QPointF point = view()->viewport()->mapFromGlobal(QPoint(x, y));
    return child(view()->rowAt(point));
  }
  [[nodiscard]] QAccessibleInterface* focusChild() const override {
    if (!view()->hasFocus()) return nullptr;
    QAccessibleInterface* exchange = child(view()->currentRow());
    if (exchange == nullptr || view()->focusedChip() < 0) return exchange;
    return exchange->child(view()->focusedChip());
  }

 private:
  [[nodiscard]] ConversationView* view() const { return static_cast<ConversationView*>(object()); }
  mutable ChildCache m_children;
};

}  // namespace

QAccessibleInterface* makeConversationAccessible(const QString& /*className*/, QObject* object) {
  auto* view = qobject_cast<ConversationView*>(object);
  return view == nullptr ? nullptr : new ConversationAccessible(view);
}

}  // namespace tidemark::ui
