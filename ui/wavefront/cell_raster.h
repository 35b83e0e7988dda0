#pragma once
// Draws rows of cells straight into an image: the few different scanlines of a row are made once and copied, so rounded
// cells cost no more than plain ones (QPainter takes 1.6 microseconds for an antialiased cell, a screen has thousands).
// Device pixels throughout.

#include <QColor>
#include <QImage>
#include <cstdint>
#include <span>
#include <vector>

namespace tidemark::ui {

enum class CellLook : std::uint8_t {
  kNone,     // background: outside the document
  kOutline,  // has not come yet
  kNext,     // runs next
  kFilled,   // done, or running
  kHatched,  // restored
};

struct RasterCell {
  QRgb color = 0;
  CellLook look = CellLook::kNone;
};

struct CellStyle {
  int width = 0;  // of a cell with its gap
  int height = 0;
  int gap = 0;  // at the right and the bottom
  int radius = 0;
  int line = 1;  // thickness of outlines and hatching
  int hatchPeriod = 8;
  QRgb background = 0;
  QRgb outline = 0;
  QRgb nextOutline = 0;
  friend bool operator==(const CellStyle&, const CellStyle&) = default;
};

class CellRaster {
 public:
  explicit CellRaster(const CellStyle& style);

  [[nodiscard]] const CellStyle& style() const { return m_style; }
  /// A row whose first cell begins at `left` (may be negative), top edge at `top`; beside the cells, background.
  /// `image` is Format_RGB32.
  void paintRow(QImage& image, int left, int top, std::span<const RasterCell> cells);

 private:
  struct PartialPixel {
    int x = 0;
    int share = 0;  // of 255
  };
  /// One scanline of a cell: background, a run of full colour, some pixels in between.
  struct Line {
    int from = 0;  // full colour in [from, to)
    int to = 0;
    std::vector<PartialPixel> partial;
    std::vector<QRgb> outline;  // the finished scanline of an outlined cell
    std::vector<QRgb> nextOutline;
  };

  [[nodiscard]] std::vector<std::uint8_t> coverage(bool outline) const;
  void makeLines();
  [[nodiscard]] std::vector<QRgb> outlineLine(const std::uint8_t* mask, QRgb color) const;
  void paintLine(const Line& line, std::span<const RasterCell> cells);
  void paintHatch(QImage& image, int left, int top, std::span<const RasterCell> cells) const;

  CellStyle m_style;
  std::vector<Line> m_lines;              // those that differ
  std::vector<std::size_t> m_lineOf;      // [y]
  std::vector<std::vector<int>> m_hatch;  // [y]: pixels of the hatching inside the cell
  std::vector<QRgb> m_pixels;
};

/// `over` at `share` of 255 on `under`.
[[nodiscard]] QRgb mixColors(QRgb over, QRgb under, int share);
/// Colour of a hatch line on a cell.
[[nodiscard]] QRgb hatchColor(QRgb cell, QRgb background);

}  // namespace tidemark::ui
