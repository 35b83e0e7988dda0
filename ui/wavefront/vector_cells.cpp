#include "ui/wavefront/vector_cells.h"

#include <QPainterPath>

namespace tidemark::ui {
namespace {

/// Cells of one row that look alike.
struct Run {
  RasterCell cell;
  QPainterPath bodies;
  QPainterPath hatching;
};

void paintRun(QPainter& painter, const Run& run, const ThemeColors& colors) {
  if (run.bodies.isEmpty()) return;
  const bool outlined = run.cell.look == CellLook::kOutline || run.cell.look == CellLook::kNext;
  const QColor ink = run.cell.look == CellLook::kNext ? colors.accent : colors.line;
  painter.setPen(outlined ? QPen(ink, 1) : QPen(Qt::NoPen));
  painter.setBrush(outlined ? QBrush(Qt::NoBrush) : QBrush(QColor(run.cell.color)));
  painter.drawPath(run.bodies);
  if (run.hatching.isEmpty()) return;
  painter.setPen(QPen(QColor(hatchColor(run.cell.color, colors.panel.rgb())), 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(run.hatching);
}

void addCell(Run& run, const QRectF& body, double radius) {
  const bool outlined = run.cell.look == CellLook::kOutline || run.cell.look == CellLook::kNext;
  run.bodies.addRoundedRect(outlined ? body.adjusted(0.5, 0.5, -0.5, -0.5) : body, radius, radius);
  if (run.cell.look != CellLook::kHatched) return;
  run.hatching.moveTo(body.bottomLeft());
  run.hatching.lineTo(body.topRight());
}

}  // namespace

void paintVectorCells(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const double radius = cellRadius(layout);
  const GroupShape next = view.state->next();
  painter.save();
  painter.setClipRect(layout.area());
  for (int layer = 0; layer < layout.layers(); ++layer) {
    const std::int64_t done = view.state->doneEnd(layer);
    const SegmentRange range = layout.visibleSegments(layer);
    Run run;
    for (std::int64_t s = range.first; s < range.end; ++s) {
      RasterCell cell = cellOf(view, {s, layer}, done);
      if (cell.look == CellLook::kOutline && next.contains(s, layer)) cell.look = CellLook::kNext;
      if (cell.look != run.cell.look || cell.color != run.cell.color) {
        paintRun(painter, run, view.colors);
        run = {cell, {}, {}};
      }
      addCell(run, cellBody(layout, {s, layer}), radius);
    }
    paintRun(painter, run, view.colors);
  }
  painter.restore();
}

}  // namespace tidemark::ui
