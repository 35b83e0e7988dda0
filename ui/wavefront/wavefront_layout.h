#pragma once
// Where cells are on the screen: x = (s + shear * l) * pitch, layer 0 at the bottom. Pure maths in logical pixels; from
// 6 px on, cells sit on whole device pixels. No widget.

#include <QPointF>
#include <QRectF>
#include <cstdint>
#include <optional>

namespace tidemark::ui {

struct CellId {
  std::int64_t segment = 0;
  int layer = 0;
  friend bool operator==(const CellId&, const CellId&) = default;
};

/// Segments [first, end).
struct SegmentRange {
  std::int64_t first = 0;
  std::int64_t end = 0;
  [[nodiscard]] bool contains(std::int64_t segment) const { return segment >= first && segment < end; }
  friend bool operator==(const SegmentRange&, const SegmentRange&) = default;
};

enum class DetailLevel {
  kPyramid,  // below 3 px: several segments may share a pixel
  kFlat,     // cells without gaps
  kGaps,     // from 6 px
  kRounded,  // from 14 px
  kNumbers,  // from 32 px
};

class WavefrontLayout {
 public:
  static constexpr double kMaxPitch = 96;
  static constexpr double kFrontShare = 0.7;  // of the width, where following keeps the front

  void setExtent(std::int64_t segments, int layers);
  /// Room for cells, in logical pixels of the widget.
  void setArea(const QRectF& area);
  void setPixelRatio(double ratio);
  /// Height of a row where there is room for it, and the widest cell of a view that nobody has zoomed.
  void setRowLimit(double pixels);
  void setShear(double shear);

  [[nodiscard]] std::int64_t segments() const { return m_segments; }
  [[nodiscard]] int layers() const { return m_layers; }
  [[nodiscard]] const QRectF& area() const { return m_area; }
  [[nodiscard]] double pixelRatio() const { return m_ratio; }
  [[nodiscard]] double shear() const { return m_shear; }
  [[nodiscard]] double rowHeight() const;
  [[nodiscard]] double pitch() const;
  [[nodiscard]] double columns() const;         // s + shear * l of the last cell, plus 1
  [[nodiscard]] double visibleColumns() const;  // that fit into the width
  [[nodiscard]] double offset() const { return m_offset; }
  [[nodiscard]] DetailLevel detail() const;
  [[nodiscard]] double rowTop(int layer) const;
  [[nodiscard]] double rowsBottom() const { return rowTop(0) + rowHeight(); }

  /// Left edge of a cell in device pixels from the left edge of the area; what painting and hit test share.
  [[nodiscard]] double cellLeft(std::int64_t segment, int layer) const;
  [[nodiscard]] QRectF cellRect(const CellId& cell) const;
  /// The cell under a point; nothing beside the cells.
  [[nodiscard]] std::optional<CellId> hitTest(const QPointF& point) const;
  /// Segments of one layer, or of any layer, that are in the area (at least in part).
  [[nodiscard]] SegmentRange visibleSegments(int layer) const;
  [[nodiscard]] SegmentRange visibleSegments() const;

  void setPitch(double pitch);
  /// Square cells; wider ones, up to the row limit, while the whole document still fits.
  void setDefaultPitch();
  /// Zooms by `factor`; what is at `x` stays there as far as the ends allow.
  void zoomAt(double x, double factor);
  void panBy(double pixels);  // positive: to later segments
  void scrollTo(double offset);
  void fit();
  void center(std::int64_t segment);
  /// Moves only as far as needed.
  void reveal(const CellId& cell);
  void followFront(double frontColumn);

 private:
  void clamp();
  [[nodiscard]] double fitPitch() const;
  [[nodiscard]] double originPixels() const;
  [[nodiscard]] double shiftPixels(int layer) const;

  std::int64_t m_segments = 0;
  int m_layers = 0;
  QRectF m_area;
  double m_ratio = 1;
  double m_rowLimit = 28;
  double m_wantedPitch = 28;  // before it is put on whole device pixels
  double m_shear = 0;
  double m_offset = 0;  // column at the left edge
};

}  // namespace tidemark::ui
