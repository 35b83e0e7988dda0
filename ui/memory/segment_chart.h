#pragma once
// What the segments wrote into two memories, from the first different one on: strips for novelty and write strength, of
// the first memory above that of the second, coloured by the one heat scale. GUI thread.

#include <array>
#include <functional>
#include <vector>

#include "engine/service/memory_diff.h"
#include "ui/memory/chart_view.h"

namespace tidemark::ui {

class SegmentChart final : public ChartView {
  Q_OBJECT

 public:
  explicit SegmentChart(QWidget* parent = nullptr);

  void setSegments(std::vector<SegmentDifference> segments);
  [[nodiscard]] const std::vector<SegmentDifference>& segments() const { return m_segments; }
  /// What people call the place where a segment ends: "p. 17".
  void setPlaceName(std::function<QString(qint64 segment)> name);

  [[nodiscard]] int itemCount() const override { return static_cast<int>(m_segments.size()); }
  [[nodiscard]] QRectF itemRect(int item) const override;
  [[nodiscard]] QString describe(int item) const override;
  [[nodiscard]] std::optional<int> itemAt(const QPointF& content) const override;
  /// Novelty of the first and the second, write strength of the first and the second.
  [[nodiscard]] QRectF strip(int index) const;
  [[nodiscard]] QSize sizeHint() const override;

  static constexpr int kStrips = 4;

 protected:
  [[nodiscard]] double contentHeight() const override;
  void paintChart(QPainter& painter) const override;

 private:
  [[nodiscard]] QString nameOf(qint64 segment) const;
  [[nodiscard]] double labelWidth() const;
  [[nodiscard]] double axisHeight() const;
  [[nodiscard]] double xOf(double item) const;
  [[nodiscard]] std::optional<double> meanOf(int strip, int first, int end) const;
  void paintStrip(QPainter& painter, int strip) const;
  void paintAxis(QPainter& painter) const;

  std::vector<SegmentDifference> m_segments;
  std::function<QString(qint64)> m_placeName;
};

}  // namespace tidemark::ui
