#pragma once
// Paints the grid: finished cells as one image, the front and what the pointer shows as lines on top. Used by the
// widget and by the export; GUI thread, or any thread that owns what the view points to.

#include <QColor>
#include <QFont>
#include <QImage>
#include <QPainter>
#include <memory>
#include <optional>
#include <vector>

#include "ui/theme/theme.h"
#include "ui/wavefront/cell_raster.h"
#include "ui/wavefront/wavefront_layout.h"
#include "ui/wavefront/wavefront_state.h"

namespace tidemark::ui {

/// What to paint. Pointers outlive the call.
struct SceneView {
  const WavefrontState* state = nullptr;
  const WavefrontLayout* layout = nullptr;
  ThemeColors colors;
  QFont font;
  double width = 0;  // of the picture, logical pixels
  std::optional<CellId> hover;
  std::optional<CellId> selection;
  std::optional<SegmentRange> document;  // passage on the screen of the reader
  QStringList card;                      // lines of the hover card; empty: none
  bool vectorCells = false;              // for SVG: shapes instead of an image
};

/// The part of a cell that is coloured: without the gap to its neighbours.
[[nodiscard]] QRectF cellBody(const WavefrontLayout& layout, const CellId& cell);
[[nodiscard]] double cellRadius(const WavefrontLayout& layout);
[[nodiscard]] std::int64_t visibleCellCount(const WavefrontLayout& layout);

class ScenePainter {
 public:
  void paint(QPainter& painter, const SceneView& view);

 private:
  void paintCellImage(QPainter& painter, const SceneView& view);
  void paintDenseRow(const SceneView& view, int layer, int top, int height);
  void paintCellRow(const SceneView& view, int layer, int top);
  [[nodiscard]] CellStyle styleFor(const SceneView& view) const;
  void paintNumbers(QPainter& painter, const SceneView& view);
  const QImage& numberImage(float heat, const SceneView& view);

  QImage m_image;
  std::unique_ptr<CellRaster> m_raster;
  std::vector<RasterCell> m_cells;
  std::vector<QImage> m_numbers;  // 0.00 to 1.00
  QFont m_numberFont;
  double m_numberRatio = 0;
};

}  // namespace tidemark::ui
