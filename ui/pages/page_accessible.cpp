#include "ui/pages/page_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "ui/pages/page_view.h"

namespace tidemark::ui {
namespace {

class PageViewAccessible final : public QAccessibleWidget, public QAccessibleTextInterface {
 public:
  explicit PageViewAccessible(PageView* view) : QAccessibleWidget(view, QAccessible::Document) {}

  void* interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
  }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Name && view().pageCount() > 0) {
      return QCoreApplication::translate("tidemark::ui::PageView", "Page %1 of %2")
          .arg(view().pageName(view().currentPage()), view().locale().toString(view().pageCount()));
    }
    return QAccessibleWidget::text(kind);
  }

  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    return state;
  }

  // The words of the page that is seen; a picture of a page has no selection and no caret.
  void selection(int /*index*/, int* start, int* end) const override { *start = *end = 0; }
  [[nodiscard]] int selectionCount() const override { return 0; }
  void addSelection(int /*start*/, int /*end*/) override {}
  void removeSelection(int /*index*/) override {}
  void setSelection(int /*index*/, int /*start*/, int /*end*/) override {}
  [[nodiscard]] int cursorPosition() const override { return 0; }
  void setCursorPosition(int /*position*/) override {}
  [[nodiscard]] QString text(int start, int end) const override {
    const QString all = words();
    start = std::clamp(start, 0, static_cast<int>(all.size()));
    return all.mid(start, (end < 0 ? static_cast<int>(all.size()) : end) - start);
  }
  [[nodiscard]] int characterCount() const override { return static_cast<int>(words().size()); }
  [[nodiscard]] QRect characterRect(int /*offset*/) const override { return rect(); }
  [[nodiscard]] int offsetAtPoint(const QPoint& /*point*/) const override { return 0; }
  void scrollToSubstring(int /*start*/, int /*end*/) override {}
  QString attributes(int offset, int* start, int* end) const override {
    *start = offset;
    *end = characterCount();
    return {};
  }

 private:
  [[nodiscard]] PageView& view() const { return *static_cast<PageView*>(widget()); }
  [[nodiscard]] QString words() const {
    return view().pageCount() > 0 ? view().pageText(view().currentPage()) : QString();
  }
};

QAccessibleInterface* makePageInterface(const QString& /*className*/, QObject* object) {
  if (auto* view = qobject_cast<PageView*>(object)) return new PageViewAccessible(view);
  return nullptr;
}

}  // namespace

void installPageAccessibility() {
  QAccessible::installFactory(makePageInterface);
}

void notifyPageChanged(PageView* view) {
  if (!QAccessible::isActive()) return;
  QAccessibleEvent event(view, QAccessible::NameChanged);
  QAccessible::updateAccessibility(&event);
}

}  // namespace tidemark::ui
