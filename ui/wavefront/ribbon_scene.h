#pragma once
// Paints the strip of the whole document, for the widget and for exported pictures. GUI thread, or any thread that owns
// what the view points to.

#include <QPainter>
#include <optional>

#include "ui/theme/theme.h"
#include "ui/wavefront/wavefront_layout.h"
#include "ui/wavefront/wavefront_state.h"

namespace tidemark::ui {

/// Logical pixels.
struct RibbonView {
  const WavefrontState* state = nullptr;
  ThemeColors colors;
  QRectF strip;
  SegmentRange window;  // what the grid shows
  std::optional<SegmentRange> document;
  double pixelRatio = 1;
  bool vectorCells = false;  // shapes instead of an image
};

/// Room under the strip, for flags.
constexpr double kRibbonFlagRoom = 14;

[[nodiscard]] double ribbonX(const RibbonView& view, std::int64_t segment);
[[nodiscard]] QRectF ribbonFrame(const RibbonView& view);
void paintRibbon(QPainter& painter, const RibbonView& view);

}  // namespace tidemark::ui
