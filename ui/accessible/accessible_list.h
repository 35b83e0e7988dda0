#pragma once
// What screen readers see of a view that draws its items itself: a list with a list item for each. GUI thread.

#include <QRect>
#include <QString>
#include <memory>
#include <optional>

class QAccessibleInterface;
class QPoint;
class QWidget;

namespace tidemark::ui {

/// The items of one view. Items are numbered from 0; none is asked about that is not there, nor after the view is gone.
class AccessibleItems {
 public:
  virtual ~AccessibleItems() = default;

  [[nodiscard]] virtual int count() const = 0;
  [[nodiscard]] virtual std::optional<int> current() const = 0;
  /// What the view shows as current, in words; nothing: there is none.
  [[nodiscard]] virtual std::optional<QString> value() const = 0;
  [[nodiscard]] virtual QString name(int item) const = 0;
  [[nodiscard]] virtual QString description(int /*item*/) const { return {}; }
  /// On the screen.
  [[nodiscard]] virtual QRect rect(int item) const = 0;
  /// At a place on the screen.
  [[nodiscard]] virtual std::optional<int> itemAt(const QPoint& place) const;
  /// Makes it current and does what Enter would do.
  virtual void press(int item) = 0;
};

/// For the factory that Qt asks (QAccessible::installFactory).
[[nodiscard]] QAccessibleInterface* makeAccessibleList(QWidget* view, std::unique_ptr<AccessibleItems> items);

/// Tells screen readers that another item is current.
void notifyCurrentItem(QWidget* view, int item);

}  // namespace tidemark::ui
