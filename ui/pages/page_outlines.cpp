#include "ui/pages/page_outlines.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kFillAlpha = 60;
constexpr double kLineWidth = 1.5;

}  // namespace

void paintPage(QPainter& painter, const QRectF& rect, const PagePicture& picture, bool withOutlines) {
  const QImage& image = picture.image;
  if (image.isNull() || rect.isEmpty()) return;
  const double ratio = painter.device()->devicePixelRatioF();
  // A picture may be a pixel lower than the place of its page.
  painter.fillRect(rect, QColor(picture.request.colors.paper));
  // Pixel for pixel where it fits: smoothing a picture of the right size only blurs it.
  const bool fits = qRound(rect.width() * ratio) == image.width();
  painter.setRenderHint(QPainter::SmoothPixmapTransform, !fits);
  if (fits) {
    painter.drawImage(QRectF(rect.topLeft(), QSizeF(image.size()) / ratio), image);
  } else {
    painter.drawImage(rect, image);
  }
  if (!withOutlines) return;
  const bool isDarkPaper = qGray(picture.request.colors.paper) < 128;
  const QColor color = themeColors(isDarkPaper).evidence;
  QColor fill = color;
  fill.setAlpha(kFillAlpha);
  const double scale = rect.width() / image.width();
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setClipRect(rect, Qt::IntersectClip);
  painter.translate(rect.topLeft());
  for (const auto& quote : picture.outlines) {
    // One path for all lines of a quote: where two lines touch the fill is not laid on twice.
    QPainterPath path;
    for (const QPolygonF& polygon : quote) {
      QPainterPath line;
      line.addPolygon(QTransform::fromScale(scale, scale).map(polygon));
      line.closeSubpath();
      path = path.united(line);
    }
    painter.setPen(QPen(color, kLineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(fill);
    painter.drawPath(path);
  }
  painter.restore();
}

void paintBlankPage(QPainter& painter, const QRectF& rect, const QString& text, const PageColors& colors) {
  painter.fillRect(rect, QColor(colors.paper));
  const bool isDarkPaper = qGray(colors.paper) < 128;
  painter.setPen(themeColors(isDarkPaper).dim);
  painter.drawText(rect.adjusted(12, 12, -12, -12),
                   static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), text);
}

QRectF outlineBounds(const std::vector<QPolygonF>& outlines) {
  QRectF bounds;
  for (const QPolygonF& polygon : outlines) bounds |= polygon.boundingRect();
  return bounds;
}

}  // namespace tidemark::ui
