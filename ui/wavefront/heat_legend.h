#pragma once
// The colour scale with its numbers, and what the shapes of cells mean. GUI thread.

#include <QWidget>

#include "ui/theme/theme.h"
#include "ui/wavefront/heat_metric.h"

namespace tidemark::ui {

/// Scale with ticks, as wide as `box`; numbers under it.
void paintHeatScale(QPainter& painter, const QRectF& box, HeatMetric metric, const ThemeColors& colors);

class HeatLegend : public QWidget {
  Q_OBJECT
 public:
  explicit HeatLegend(QWidget* parent = nullptr);
  void setMetric(HeatMetric metric);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  HeatMetric m_metric = HeatMetric::kChange;
};

}  // namespace tidemark::ui
