#pragma once
// How far two memories are apart, layer by layer: a bar for the matrix and a thin one for the sum of keys, as shares of
// their lengths. GUI thread.

#include <vector>

#include "engine/service/memory_diff.h"
#include "ui/memory/chart_view.h"

namespace tidemark::ui {

/// The end of the bars: the smallest of 1, 2, 5, 10, .. 200 % that holds this share.
[[nodiscard]] double endOfScale(double share);

class LayerChart final : public ChartView {
  Q_OBJECT

 public:
  explicit LayerChart(QWidget* parent = nullptr);

  void setLayers(std::vector<LayerDifference> layers);
  [[nodiscard]] const std::vector<LayerDifference>& layers() const { return m_layers; }

  [[nodiscard]] int itemCount() const override { return static_cast<int>(m_layers.size()); }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString describe(int item) const override;
  /// The bar of the matrix.
  [[nodiscard]] QRectF barRect(int item) const;
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  [[nodiscard]] double contentHeight() const override;
  void paintChart(QPainter& painter) const override;

 private:
  [[nodiscard]] QRectF groundOf(int item) const;
  [[nodiscard]] double labelWidth() const;
  [[nodiscard]] double numberWidth() const;

  std::vector<LayerDifference> m_layers;
  double m_end = 1;
};

}  // namespace tidemark::ui
