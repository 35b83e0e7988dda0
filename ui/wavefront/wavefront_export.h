#pragma once
// Pictures of the current view for papers and talks: ribbon, grid, colour scale and a caption line.

#include <QString>

#include "ui/wavefront/wavefront_layout.h"
#include "ui/wavefront/wavefront_scene.h"
#include "ui/wavefront/wavefront_state.h"

namespace tidemark::ui {

/// Everything a picture needs, copied, so that it can be painted on another thread. The copy of the cells costs about
/// 12 bytes a cell.
struct ExportView {
  WavefrontState state;
  PlaybackTimeline timeline;  // of the replay moment, if `replayed`
  bool replayed = false;
  std::int64_t replayFinished = 0;
  WavefrontLayout layout;
  ThemeColors colors;
  QFont font;
  QSizeF size;              // of the grid, logical pixels
  double ribbonHeight = 0;  // of its strip
  std::optional<SegmentRange> document;
  QString caption;  // model, document, device
  QString figures;
};

/// Above this the cells of an SVG are one embedded image.
constexpr std::int64_t kVectorCellLimit = 20000;

/// Writes with QSaveFile: a file that was there stays whole until the new one is. Return: empty, or a sentence that
/// says what went wrong. Any thread.
[[nodiscard]] QString writePng(const ExportView& view, const QString& path, int scale);
[[nodiscard]] QString writeSvg(const ExportView& view, const QString& path);

}  // namespace tidemark::ui
