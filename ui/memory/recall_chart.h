#pragma once
// What was recalled against how far back it stood: for every stretch a solid bar for the facts that were recalled and a
// hatched one for answers that are right by luck, with the novelty of its segments below. The end of the text is on the
// left: the farther right, the farther back. GUI thread.

#include <vector>

#include "engine/service/forgetting_meter.h"
#include "ui/memory/chart_view.h"

namespace tidemark::ui {

class RecallChart final : public ChartView {
  Q_OBJECT

 public:
  explicit RecallChart(QWidget* parent = nullptr);

  void setBuckets(std::vector<RecallBucket> buckets);
  [[nodiscard]] const std::vector<RecallBucket>& buckets() const { return m_buckets; }

  [[nodiscard]] int itemCount() const override { return static_cast<int>(m_buckets.size()); }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString describe(int item) const override;
  /// Between 0 and 100 %.
  [[nodiscard]] QRectF plot() const;
  [[nodiscard]] QRectF recalledBar(int item) const;
  [[nodiscard]] QRectF luckBar(int item) const;
  [[nodiscard]] QRectF noveltyCell(int item) const;
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  [[nodiscard]] double contentHeight() const override;
  void paintChart(QPainter& painter) const override;

 private:
  [[nodiscard]] double labelWidth() const;
  [[nodiscard]] double rowHeight() const;
  void paintAxes(QPainter& painter) const;
  void paintBucket(QPainter& painter, int item) const;

  std::vector<RecallBucket> m_buckets;
};

}  // namespace tidemark::ui
