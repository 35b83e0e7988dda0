#include "ui/wavefront/scene_overlay.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr double kHalo = 2.5;
constexpr double kCardPadding = 10;

QColor faded(QColor color, double alpha) {
  color.setAlphaF(static_cast<float>(alpha));
  return color;
}

QString segmentText(std::int64_t segment) {
  return QLocale().toString(static_cast<qlonglong>(segment));
}

/// At least two pixels wide, so that the front can be seen from far away.
QRectF frontRect(const WavefrontLayout& layout, const CellId& cell) {
  QRectF body = cellBody(layout, cell);
  if (body.width() < 2) body.setWidth(2);
  return body;
}

template <typename Paint>
void forCells(const WavefrontLayout& layout, const GroupShape& shape, Paint paint) {
  for (int layer = shape.firstLayer; layer < shape.firstLayer + shape.count; ++layer) {
    const CellId cell{shape.segmentOf(layer), layer};
    if (cell.segment < layout.segments() && layout.cellRect(cell).intersects(layout.area())) paint(cell);
  }
}

/// The halo of running cells; their colour is there already. Far away, the whole mark.
void paintFront(QPainter& painter, const SceneView& view, OverlaySprites& sprites) {
  const WavefrontLayout& layout = *view.layout;
  const GroupShape running = view.state->running();
  if (layout.detail() < DetailLevel::kGaps) {
    forCells(layout, running,
             [&](const CellId& cell) { painter.fillRect(frontRect(layout, cell), view.colors.accent); });
    return;
  }
  SpriteLook look;
  look.body = cellBody(layout, {0, 0}).size();
  look.radius = cellRadius(layout);
  look.halo = kHalo;
  look.fill = view.colors.accent;
  look.haloColor = faded(view.colors.accent, 0.28);
  forCells(layout, running, [&](const CellId& cell) {
    sprites.draw(painter, OverlaySprites::kRunning, look, cellBody(layout, cell).topLeft(), !view.vectorCells);
  });
}

void paintArrow(QPainter& painter, const QPointF& from, const QPointF& to) {
  const QLineF line(from, to);
  if (line.length() < 4) return;
  const QPointF along = (to - from) / line.length();
  const QPointF across(-along.y(), along.x());
  const QPointF neck = to - along * 5;
  painter.drawLine(from, to);
  QPainterPath head(to);
  head.lineTo(neck + across * 3);
  head.lineTo(neck - across * 3);
  head.closeSubpath();
  painter.fillPath(head, painter.pen().color());
}

void paintDependencies(QPainter& painter, const SceneView& view, const CellId& cell) {
  const WavefrontLayout& layout = *view.layout;
  const auto exists = [&](const CellId& c) {
    return c.segment >= 0 && c.segment < layout.segments() && c.layer >= 0 && c.layer < layout.layers();
  };
  const auto center = [&](const CellId& c) { return cellBody(layout, c).center(); };
  const QPointF here = center(cell);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(view.colors.text, 1.5));
  for (const CellId& parent : {CellId{cell.segment, cell.layer - 1}, CellId{cell.segment - 1, cell.layer}}) {
    if (exists(parent)) paintArrow(painter, center(parent), center(parent) * 0.25 + here * 0.75);
  }
  for (const CellId& child : {CellId{cell.segment, cell.layer + 1}, CellId{cell.segment + 1, cell.layer}}) {
    if (exists(child)) paintArrow(painter, here * 0.75 + center(child) * 0.25, center(child));
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintHover(QPainter& painter, const SceneView& view, OverlaySprites& sprites) {
  const WavefrontLayout& layout = *view.layout;
  const CellId cell = *view.hover;
  const QRectF body = cellBody(layout, cell);
  const QColor veil = faded(view.colors.text, 0.07);
  painter.fillRect(QRectF(layout.area().left(), body.top(), layout.area().width(), body.height()), veil);
  for (int layer = 0; layer < layout.layers(); ++layer) {
    painter.fillRect(cellBody(layout, {cell.segment, layer}), veil);
  }
  SpriteLook look;
  look.body = frontRect(layout, cell).size();
  look.radius = cellRadius(layout);
  const bool cells = layout.detail() >= DetailLevel::kGaps;
  look.fill = faded(view.colors.text, cells ? 0.16 : 0.7);
  look.line = cells ? view.colors.text : QColor();
  for (int layer = 0; layer < layout.layers(); ++layer) {
    const CellId other{cell.segment + cell.layer - layer, layer};
    if (other.segment < 0 || other.segment >= layout.segments()) continue;
    const QPointF corner = frontRect(layout, other).topLeft();
    sprites.draw(painter, OverlaySprites::kTogether, look, corner, !view.vectorCells);
  }
  if (layout.pitch() >= 10) paintDependencies(painter, view, cell);
}

void paintSelection(QPainter& painter, const SceneView& view) {
  const QRectF body = frontRect(*view.layout, *view.selection);
  const double radius = cellRadius(*view.layout) + 1;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(view.colors.panel, 4));
  painter.drawRoundedRect(body, radius, radius);
  painter.setPen(QPen(view.colors.text, 2));
  painter.drawRoundedRect(body, radius, radius);
  painter.setRenderHint(QPainter::Antialiasing, false);
}

/// Marks under the lowest row: the passage on the reader's screen, and snapshots.
void paintMarks(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const double y = layout.rowsBottom() + 1;
  const SegmentRange visible = layout.visibleSegments(0);
  if (view.document) {
    const double left = layout.cellRect({view.document->first, 0}).left();
    const double right = cellBody(layout, {view.document->end - 1, 0}).right();
    painter.fillRect(QRectF(left, y, std::max(2.0, right - left), 2), view.colors.dim);
  }
  const auto& snapshots = view.state->data().snapshots();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(view.colors.evidence);
  const auto first = std::lower_bound(snapshots.begin(), snapshots.end(), visible.first);
  double last = -100;
  for (auto it = first; it != snapshots.end() && *it < visible.end; ++it) {
    const double x = cellBody(layout, {*it, 0}).center().x();
    if (x - last < 5) continue;
    last = x;
    painter.drawPolygon(QPolygonF({QPointF(x, y + 1), QPointF(x + 3.5, y + 7), QPointF(x - 3.5, y + 7)}));
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void paintLayerLabels(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const QFontMetricsF metrics(painter.font());
  const double right = layout.area().left() - 10;
  // Every layer, or as many as there is room for.
  const int every = std::max(1, static_cast<int>(std::ceil(metrics.height() * 0.9 / layout.rowHeight())));
  painter.setPen(view.colors.dim);
  double numbers = 0;
  for (int layer = 0; layer < layout.layers(); layer += every) {
    const QString text = QLocale().toString(layer);
    numbers = std::max(numbers, metrics.horizontalAdvance(text));
    painter.drawText(
        QRectF(0, layout.cellRect({0, layer}).center().y() - metrics.height() / 2, right, metrics.height()),
        Qt::AlignRight | Qt::AlignVCenter, text);
  }
  const double middle = (layout.rowTop(layout.layers() - 1) + layout.rowsBottom()) / 2;
  painter.drawText(QRectF(0, middle - metrics.height() / 2, right - numbers - 8, metrics.height()),
                   Qt::AlignRight | Qt::AlignVCenter, QCoreApplication::translate("Wavefront", "layer"));
}

void paintSegmentLabels(QPainter& painter, const SceneView& view, LabelFonts& fonts) {
  const WavefrontLayout& layout = *view.layout;
  const double y = layout.rowsBottom() + 8 + fonts.ascent();
  const SegmentRange range = layout.visibleSegments(0);
  const std::int64_t first =
      layout.cellRect({range.first, 0}).left() < layout.area().left() - 1 ? range.first + 1 : range.first;
  const QString form = QCoreApplication::translate("Wavefront", "segment %1");
  const QString firstNumber = segmentText(first);
  const double firstLeft = std::max(layout.area().left(), layout.cellRect({first, 0}).left());
  painter.setFont(fonts.plain());
  painter.setPen(view.colors.dim);
  painter.drawText(QPointF(firstLeft, y), form.arg(firstNumber));
  const GroupShape running = view.state->running();
  if (running.isEmpty()) return;
  // The newest segment that runs, under its own cell.
  const CellId front{running.firstSegment, running.firstLayer};
  const QString text = segmentText(front.segment);
  const double width = fonts.boldWidth(text);
  const double left = cellBody(layout, front).center().x() - width / 2;
  if (left < firstLeft + fonts.plainWidth(form, firstNumber) + 8 || left + width > view.width) return;
  painter.setFont(fonts.bold());
  painter.setPen(view.colors.accent);
  painter.drawText(QPointF(left, y), text);
}

}  // namespace

void paintSceneOverlay(QPainter& painter, const SceneView& view, OverlaySprites& sprites, LabelFonts& fonts) {
  const QRectF area = view.layout->area();
  painter.save();
  painter.setClipRect(area.adjusted(-kHalo, -kHalo - 1, kHalo, 12));
  paintFront(painter, view, sprites);
  paintMarks(painter, view);
  if (view.selection) paintSelection(painter, view);
  if (view.hover) paintHover(painter, view, sprites);
  painter.restore();
  painter.save();
  fonts.use(view.font);
  painter.setFont(fonts.plain());
  if (view.layerLabels) paintLayerLabels(painter, view);
  paintSegmentLabels(painter, view, fonts);
  painter.restore();
}

QRectF cardRect(const SceneView& view, double pictureHeight) {
  QFont bold = view.font;
  bold.setWeight(QFont::DemiBold);
  const QFontMetricsF plain(view.font);
  double width = QFontMetricsF(bold).horizontalAdvance(view.card.value(0));
  for (const QString& line : view.card) width = std::max(width, plain.horizontalAdvance(line));
  width = std::min(width + 2 * kCardPadding + 2, view.width - 8);
  const double height = static_cast<double>(view.card.size()) * (plain.height() + 3) + 2 * kCardPadding - 3;
  const QRectF cell = view.layout->cellRect(*view.hover);
  QRectF card(cell.right() + 12, cell.top() - height - 8, width, height);
  if (card.right() > view.width - 4) card.moveRight(cell.left() - 12);
  if (card.left() < 4) card.moveLeft(4);
  if (card.top() < 4) card.moveTop(std::min(cell.bottom() + 12, pictureHeight - height - 4));
  if (card.top() < 2) card.moveTop(2);
  return card;
}

void paintCard(QPainter& painter, const SceneView& view, double pictureHeight) {
  if (!view.hover || view.card.isEmpty()) return;
  const QRectF card = cardRect(view, pictureHeight);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  for (int spread = 4; spread > 0; --spread) {
    painter.setBrush(QColor(0, 0, 0, view.colors.dark ? 22 : 8));
    painter.drawRoundedRect(card.adjusted(-spread, 1 - spread, spread, 2 + spread), 8 + spread, 8 + spread);
  }
  painter.setPen(QPen(view.colors.line, 1));
  painter.setBrush(view.colors.raised);
  painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
  QFont font = view.font;
  font.setWeight(QFont::DemiBold);
  double y = card.top() + kCardPadding;
  for (const QString& line : view.card) {
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    painter.setPen(font.weight() == QFont::DemiBold ? view.colors.text : view.colors.dim);
    const double room = card.width() - 2 * kCardPadding;
    painter.drawText(QRectF(card.left() + kCardPadding, y, room, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(line, Qt::ElideRight, room + 1));
    y += metrics.height() + 3;
    font = view.font;
  }
  painter.restore();
}

}  // namespace tidemark::ui
