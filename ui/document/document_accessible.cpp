#include "ui/document/document_accessible.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QCoreApplication>
#include <algorithm>

#include "ui/document/document_view.h"
#include "ui/document/margin_strip.h"

namespace tidemark::ui {
namespace {

class DocumentViewAccessible final : public QAccessibleWidget, public QAccessibleTextInterface {
 public:
  explicit DocumentViewAccessible(DocumentView* view) : QAccessibleWidget(view, QAccessible::Document) {}

  void* interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::TextInterface) return static_cast<QAccessibleTextInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
  }

  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    if (kind == QAccessible::Name && !view().documentName().isEmpty()) return view().documentName();
    if (kind == QAccessible::Value) {
      const quint64 total = view().text().byteCount();
      const quint64 percent = total == 0 ? 0 : (view().topByte() * 100 + total / 2) / total;
      return QCoreApplication::translate("tidemark::ui::DocumentView", "%1 % of the document").arg(percent);
    }
    return QAccessibleWidget::text(kind);
  }

  [[nodiscard]] QAccessible::State state() const override {
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
  }

  void selection(int index, int* start, int* end) const override {
    *start = *end = 0;
    if (index != 0 || selectionCount() == 0) return;
    *start = offsetOf(view().selectedBytes().begin);
    *end = offsetOf(view().selectedBytes().end);
  }
  [[nodiscard]] int selectionCount() const override {
    return overlap(view().selectedBytes(), view().visibleBytes()) ? 1 : 0;
  }
  void addSelection(int start, int end) override { view().select({byteOf(start), byteOf(end)}); }
  void removeSelection(int /*index*/) override { view().select({view().caretByte(), view().caretByte()}); }
  void setSelection(int /*index*/, int start, int end) override { addSelection(start, end); }
  [[nodiscard]] int cursorPosition() const override { return offsetOf(view().caretByte()); }
  void setCursorPosition(int position) override { view().select({byteOf(position), byteOf(position)}); }

  [[nodiscard]] QString text(int start, int end) const override {
    const QString all = visibleText();
    start = std::clamp(start, 0, static_cast<int>(all.size()));
    return all.mid(start, (end < 0 ? static_cast<int>(all.size()) : end) - start);
  }
  [[nodiscard]] int characterCount() const override { return static_cast<int>(visibleText().size()); }

  [[nodiscard]] QRect characterRect(int offset) const override {
    const auto caret = view().documentLayout().caretRect(byteOf(offset));
    if (!caret) return {};
    const DocumentLayout& layout = view().documentLayout();
    const int left = view().column().left;
    const QRectF rect(left + caret->left(), caret->top(), layout.style().characterWidth, caret->height());
    return {view().viewport()->mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize()};
  }
  [[nodiscard]] int offsetAtPoint(const QPoint& point) const override {
    const QPoint local = view().viewport()->mapFromGlobal(point);
    const DocumentLayout& layout = view().documentLayout();
    const int left = view().column().left;
    return offsetOf(layout.byteAt(QPointF(local.x() - left, local.y())));
  }
  void scrollToSubstring(int start, int end) override { view().jumpToRange({byteOf(start), byteOf(end)}, false); }
  QString attributes(int offset, int* start, int* end) const override {
    *start = offset;
    *end = characterCount();
    return {};
  }

 private:
  [[nodiscard]] DocumentView& view() const { return *static_cast<DocumentView*>(widget()); }
  [[nodiscard]] QString visibleText() const {
    return QString::fromStdString(view().text().text(view().visibleBytes()));
  }
  [[nodiscard]] int offsetOf(std::uint64_t byte) const {
    const ByteRange visible = view().visibleBytes();
    byte = std::clamp(byte, visible.begin, std::max(visible.begin, visible.end));
    return static_cast<int>(QString::fromStdString(view().text().text({visible.begin, byte})).size());
  }
  [[nodiscard]] std::uint64_t byteOf(int offset) const {
    return view().visibleBytes().begin + static_cast<std::uint64_t>(visibleText().left(offset).toUtf8().size());
  }
};

class MarginStripAccessible final : public QAccessibleWidget, public QAccessibleValueInterface {
 public:
  explicit MarginStripAccessible(MarginStrip* strip) : QAccessibleWidget(strip, QAccessible::Slider) {}

  void* interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
  }
  [[nodiscard]] QString text(QAccessible::Text kind) const override {
    return kind == QAccessible::Value ? strip().spokenValue() : QAccessibleWidget::text(kind);
  }
  [[nodiscard]] QVariant currentValue() const override { return strip().percent(); }
  void setCurrentValue(const QVariant& value) override { strip().jumpToPercent(value.toDouble()); }
  [[nodiscard]] QVariant maximumValue() const override { return 100.0; }
  [[nodiscard]] QVariant minimumValue() const override { return 0.0; }
  [[nodiscard]] QVariant minimumStepSize() const override { return 1.0; }

 private:
  [[nodiscard]] MarginStrip& strip() const { return *static_cast<MarginStrip*>(widget()); }
};

QAccessibleInterface* makeInterface(const QString& /*className*/, QObject* object) {
  if (auto* view = qobject_cast<DocumentView*>(object)) return new DocumentViewAccessible(view);
  if (auto* strip = qobject_cast<MarginStrip*>(object)) return new MarginStripAccessible(strip);
  return nullptr;
}

}  // namespace

void installDocumentAccessibility() {
  QAccessible::installFactory(makeInterface);
}

void notifyDocumentCaret(DocumentView* view) {
  if (!QAccessible::isActive()) return;
  const ByteRange selected = view->selectedBytes();
  QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(view);
  if (interface == nullptr || interface->textInterface() == nullptr) return;
  QAccessibleTextCursorEvent event(view, interface->textInterface()->cursorPosition());
  QAccessible::updateAccessibility(&event);
  if (selected.begin >= selected.end) return;
  int start = 0;
  int end = 0;
  interface->textInterface()->selection(0, &start, &end);
  QAccessibleTextSelectionEvent selection(view, start, end);
  QAccessible::updateAccessibility(&selection);
}

}  // namespace tidemark::ui
