#pragma once
// A chart of items that are drawn one beside or below the other. One of them is current: the pointer and the arrow keys
// go from one to the next, Enter and a click activate it, and screen readers hear each as a list item. Classes below it
// say where items are and what they look like. GUI thread.

#include <QAbstractScrollArea>
#include <optional>

class QPainter;

namespace tidemark::ui {

class ChartView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit ChartView(const QString& name, QWidget* parent = nullptr);

  [[nodiscard]] virtual int itemCount() const = 0;
  /// In pixels of the content, which the viewport is scrolled over.
  [[nodiscard]] virtual QRectF itemRect(int item) const = 0;
  /// One sentence, for tool tips and screen readers.
  [[nodiscard]] virtual QString describe(int item) const = 0;
  [[nodiscard]] virtual std::optional<int> itemAt(const QPointF& content) const;

  [[nodiscard]] std::optional<int> current() const { return m_current; }
  void setCurrent(std::optional<int> item);
  void activateCurrent();
  [[nodiscard]] int scrolled() const;

 Q_SIGNALS:
  void itemActivated(int item);
  void currentChanged();

 protected:
  /// What is taken by all items together.
  [[nodiscard]] virtual double contentHeight() const = 0;
  /// The painter stands at the top of the content; the ground is there.
  virtual void paintChart(QPainter& painter) const = 0;
  /// Another set of items: nothing is current.
  void itemsReset();
  void updateRange();
  /// Height of a line of text.
  [[nodiscard]] double unit() const;

  bool viewportEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void moveBy(int items);

  std::optional<int> m_current;
};

}  // namespace tidemark::ui
