#include "ui/wavefront/overlay_sprites.h"

#include <cmath>

namespace tidemark::ui {
namespace {

constexpr double kLineWidth = 1.5;

void paintMark(QPainter& painter, const SpriteLook& look, const QPointF& corner) {
  const QRectF body(corner, look.body);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing, look.radius > 0 || look.line.isValid());
  painter.setPen(Qt::NoPen);
  if (look.haloColor.isValid()) {
    painter.setBrush(look.haloColor);
    painter.drawRoundedRect(body.adjusted(-look.halo, -look.halo, look.halo, look.halo), look.radius + look.halo,
                            look.radius + look.halo);
  }
  if (look.line.isValid()) painter.setPen(QPen(look.line, kLineWidth));
  painter.setBrush(look.fill);
  painter.drawRoundedRect(body, look.radius, look.radius);
  painter.restore();
}

}  // namespace

void OverlaySprites::draw(QPainter& painter, Kind kind, const SpriteLook& look, const QPointF& corner, bool raster) {
  if (!raster) return paintMark(painter, look, corner);
  const double ratio = painter.device()->devicePixelRatioF();
  const double margin = std::ceil(look.halo + kLineWidth);
  Sprite& sprite = m_sprites[kind];
  if (!(sprite.look == look) || sprite.pixelRatio != ratio) {
    const QSizeF size = (look.body + QSizeF(2 * margin, 2 * margin)) * ratio;
    sprite.look = look;
    sprite.pixelRatio = ratio;
    sprite.image = QImage(QSize(static_cast<int>(std::ceil(size.width())), static_cast<int>(std::ceil(size.height()))),
                          QImage::Format_ARGB32_Premultiplied);
    sprite.image.setDevicePixelRatio(ratio);
    sprite.image.fill(Qt::transparent);
    QPainter own(&sprite.image);
    paintMark(own, look, QPointF(margin, margin));
  }
  painter.drawImage(corner - QPointF(margin, margin), sprite.image);
}

}  // namespace tidemark::ui
