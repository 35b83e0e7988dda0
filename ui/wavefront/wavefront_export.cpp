#include "ui/wavefront/wavefront_export.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QImageWriter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>
#include <cmath>

#include "ui/wavefront/heat_legend.h"
#include "ui/wavefront/ribbon_scene.h"

namespace tidemark::ui {
namespace {

struct ExportWords {
  Q_DECLARE_TR_FUNCTIONS(WavefrontExport)
};

constexpr double kMargin = 16;
constexpr double kScaleWidth = 180;

struct Page {
  QSizeF size;
  QRectF caption;
  QRectF strip;
  QRectF grid;
  QRectF legend;
};

Page makePage(const ExportView& view) {
  const double line = QFontMetricsF(view.font).height();
  Page page;
  const double width = view.size.width() + 2 * kMargin;
  page.caption = QRectF(kMargin, kMargin, view.size.width(), line);
  page.strip = QRectF(kMargin + view.layout.area().left(), page.caption.bottom() + 12, view.layout.area().width(),
                      std::max(1.0, view.ribbonHeight));
  page.grid = QRectF(QPointF(kMargin, page.strip.bottom() + kRibbonFlagRoom + 4), view.size);
  page.legend = QRectF(kMargin + view.layout.area().left(), page.grid.bottom() + 8, view.size.width(), line + 12);
  page.size = QSizeF(std::ceil(width), std::ceil(page.legend.bottom() + kMargin));  // whole at every scale
  return page;
}

void paintGrid(QPainter& painter, const ExportView& view, const WavefrontState& state, const WavefrontLayout& layout,
               const Page& page, bool vectorCells) {
  SceneView scene;
  scene.state = &state;
  scene.layout = &layout;
  scene.colors = view.colors;
  scene.font = view.font;
  scene.width = view.size.width();
  scene.document = view.document;
  scene.vectorCells = vectorCells;
  painter.save();
  painter.translate(page.grid.topLeft());
  ScenePainter().paint(painter, scene);
  painter.restore();
}

void paintPage(QPainter& painter, const ExportView& view, const Page& page, double pixelRatio, bool vectorCells) {
  WavefrontState state = view.state;
  // A recorded timeline points into the data it was made from: here that must be the copy.
  const bool recorded = view.timeline.kind() == TimelineKind::kRecorded;
  const PlaybackTimeline timeline = recorded ? PlaybackTimeline::recorded(state.data()) : view.timeline;
  state.clearReplay();
  if (view.replayed) state.showReplay(timeline, view.replayFinished);
  WavefrontLayout layout = view.layout;
  layout.setPixelRatio(pixelRatio);
  painter.fillRect(QRectF(QPointF(0, 0), page.size), view.colors.panel);
  painter.setFont(view.font);
  painter.setPen(view.colors.text);
  painter.drawText(page.caption, Qt::AlignLeft | Qt::AlignVCenter, view.caption);
  painter.setPen(view.colors.dim);
  painter.drawText(page.caption, Qt::AlignRight | Qt::AlignVCenter, view.figures);

  RibbonView ribbon;
  ribbon.state = &state;
  ribbon.colors = view.colors;
  ribbon.strip = page.strip;
  ribbon.window = layout.visibleSegments();
  ribbon.document = view.document;
  ribbon.pixelRatio = pixelRatio;
  ribbon.vectorCells = vectorCells && page.strip.width() * layout.layers() <= kVectorCellLimit;
  paintRibbon(painter, ribbon);
  paintGrid(painter, view, state, layout, page, vectorCells);

  painter.setFont(view.font);
  painter.setPen(view.colors.dim);
  const QString name = metricName(state.metric());
  const double nameWidth = QFontMetricsF(view.font).horizontalAdvance(name) + 12;
  painter.drawText(page.legend, Qt::AlignLeft | Qt::AlignTop, name);
  paintHeatScale(painter,
                 QRectF(page.legend.left() + nameWidth, page.legend.top() + 4, kScaleWidth, page.legend.height()),
                 state.metric(), view.colors);
}

QString save(const QByteArray& bytes, const QString& path) {
  QSaveFile file(path);
  const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
  return written ? QString() : ExportWords::tr("Could not write %1: %2").arg(path, file.errorString());
}

}  // namespace

QString writePng(const ExportView& view, const QString& path, int scale) {
  const Page page = makePage(view);
  const int ratio = std::clamp(scale, 1, 4);
  QImage image((page.size * ratio).toSize(), QImage::Format_RGB32);
  if (image.isNull()) return ExportWords::tr("There is not enough memory for a picture of this size.");
  image.setDevicePixelRatio(ratio);
  QPainter painter(&image);
  paintPage(painter, view, page, ratio, false);
  painter.end();
  image.setText(QStringLiteral("Description"), view.caption);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, "png");
  if (!writer.write(image)) return ExportWords::tr("Could not write %1: %2").arg(path, writer.errorString());
  return save(bytes, path);
}

QString writeSvg(const ExportView& view, const QString& path) {
  const Page page = makePage(view);
  const bool vectorCells =
      view.layout.detail() >= DetailLevel::kGaps && visibleCellCount(view.layout) <= kVectorCellLimit;
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QSvgGenerator generator;
  generator.setOutputDevice(&buffer);
  generator.setResolution(96);
  generator.setSize(page.size.toSize());
  generator.setViewBox(QRectF(QPointF(0, 0), page.size));
  generator.setTitle(ExportWords::tr("Wavefront"));
  generator.setDescription(view.caption.toHtmlEscaped());  // it is written as it is
  QPainter painter(&generator);
  paintPage(painter, view, page, 1, vectorCells);
  painter.end();
  return save(bytes, path);
}

}  // namespace tidemark::ui
