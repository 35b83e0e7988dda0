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
#include "ui/wavefront/label_fonts.h"
#include "ui/wavefront/overlay_sprites.h"
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
  bool layerLabels = true;               // false: the gutter is not painted this time
  bool vectorCells = false;              // for SVG: shapes instead of an image
};

/// The part of a cell that is coloured: without the gap to its neighbours.
[[nodiscard]] QRectF cellBody(const WavefrontLayout& layout, const CellId& cell);
[[nodiscard]] double cellRadius(const WavefrontLayout& layout);
[[nodiscard]] std::int64_t visibleCellCount(const WavefrontLayout& layout);

/// Colour and shape of a cell; cells from `doneEnd` on have not come yet.
[[nodiscard]] RasterCell cellOf(const SceneView& view, const CellId& cell, std::int64_t doneEnd);

/// Keeps the image of the cells while nothing in it changes, so that pointing at cells repaints only what lies over it.
class ScenePainter {
 public:
  void paint(QPainter& painter, const SceneView& view);
  /// Background of `all`, without the cells: paint() covers those.
  static void paintAround(QPainter& painter, const SceneView& view, const QRect& all);

 private:
  struct PictureKey {
    const WavefrontState* state = nullptr;
    std::uint64_t revision = 0;
    QRectF area;
    double offset = 0;
    double pitch = 0;
    double rowHeight = 0;
    double pixelRatio = 0;
    double shear = 0;
    std::int64_t segments = 0;
    int layers = 0;
    QRgb background = 0;  // stands for the theme
    friend bool operator==(const PictureKey&, const PictureKey&) = default;
  };
  void makeCellImage(const SceneView& view);
  void repeatDenseLine(const SceneView& view, int top, int height, int hatchBegin, int hatchEnd);
  void paintCellImage(QPainter& painter, const SceneView& view);
  void paintDenseRow(const SceneView& view, int layer, int top, int height);
  void paintCellRow(const SceneView& view, int layer, int top);
  [[nodiscard]] CellStyle styleFor(const SceneView& view) const;
  void paintNumbers(QPainter& painter, const SceneView& view);
  const QImage& numberImage(float heat, const SceneView& view);

  QImage m_image;
  PictureKey m_pictureKey;
  OverlaySprites m_sprites;
  LabelFonts m_labelFonts;
  std::unique_ptr<CellRaster> m_raster;
  std::vector<RasterCell> m_cells;
  std::vector<QImage> m_numbers;  // along the scale
  QFont m_numberFont;
  double m_numberRatio = 0;
  HeatMetric m_numberMetric = HeatMetric::kAge;
};

}  // namespace tidemark::ui
