#pragma once
// The two small pictures and the line of figures at the right of the caption row: tokens per second as a line, and the
// flat line of the memory under the rising line of a key/value cache. GUI thread.

#include <QWidget>

#include "ui/wavefront/wavefront_meters.h"

namespace tidemark::ui {

class MeterStrip : public QWidget {
  Q_OBJECT
 public:
  explicit MeterStrip(QWidget* parent = nullptr);

  /// `read` and `total` segments place the end of the two memory lines. Cheap; repaints only what changed.
  void setFigures(const ThroughputMeter& throughput, const MemoryFigures& memory, std::int64_t read,
                  std::int64_t total);
  [[nodiscard]] QString text() const { return m_text; }

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void paintThroughput(QPainter& painter, const QRectF& box) const;
  void paintMemory(QPainter& painter, const QRectF& box) const;

  QString m_text;
  int m_textRoom = 0;
  std::vector<float> m_windows;
  MemoryFigures m_memory;
  double m_share = 0;  // of the document that is read
};

}  // namespace tidemark::ui
