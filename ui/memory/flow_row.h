#pragma once
// Widgets side by side that go on in the next line where there is no room, as words do. GUI thread.

#include <QLayout>
#include <vector>

namespace tidemark::ui {

class FlowRow final : public QLayout {
  Q_OBJECT

 public:
  FlowRow() = default;
  ~FlowRow() override;

  void addItem(QLayoutItem* item) override;
  [[nodiscard]] int count() const override { return static_cast<int>(m_items.size()); }
  [[nodiscard]] QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
  [[nodiscard]] QSize minimumSize() const override;
  void setGeometry(const QRect& rect) override;

 private:
  /// Places the items within `rect` unless only the height is wanted, which is what it returns.
  int place(const QRect& rect, bool onlyMeasure) const;

  std::vector<QLayoutItem*> m_items;
};

}  // namespace tidemark::ui
