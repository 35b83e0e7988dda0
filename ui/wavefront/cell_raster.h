#pragma once
// Draws rows of cells straight into an image: one scanline is made and copied, so rounded cells cost no more than plain
// ones (QPainter takes 1.6 microseconds for an antialiased cell, a screen has thousands). Device pixels throughout.

#include <QColor>
#include <QImage>
#include <cstdint>
#include <span>
#include <vector>

namespace tidemark::ui {

enum class CellLook : std::uint8_t {
  kNone,     // background: outside the document
  kOutline,  // has not come yet
  kFilled,   // done
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
  friend bool operator==(const CellStyle&, const CellStyle&) = default;
};

class CellRaster {
 public:
  explicit CellRaster(const CellStyle& style);

  [[nodiscard]] const CellStyle& style() const { return m_style; }
  /// A row whose first cell begins at `left` (may be negative), top edge at `top`. Pixels beside the cells are not
  /// touched. `image` is Format_RGB32.
  void paintRow(QImage& image, int left, int top, std::span<const RasterCell> cells);

 private:
  void makeMasks();
  void makeLine(int y, int hatchPhase, std::span<const RasterCell> cells);
  [[nodiscard]] int lineKey(int y) const;

  CellStyle m_style;
  std::vector<std::uint8_t> m_fill;     // [height][width] coverage of the cell
  std::vector<std::uint8_t> m_outline;  // [height][width] coverage of its border
  std::vector<QRgb> m_line;
};

/// `over` at `share` of 255 on `under`.
[[nodiscard]] QRgb mixColors(QRgb over, QRgb under, int share);
/// Colour of a hatch line on a cell.
[[nodiscard]] QRgb hatchColor(QRgb cell, QRgb background);

}  // namespace tidemark::ui
