#pragma once
// Rounded marks over cells, drawn once and then copied: an antialiased shape costs a painter microseconds, and a front
// has one for each layer. GUI thread, or any one thread.

#include <QColor>
#include <QImage>
#include <QPainter>
#include <array>

namespace tidemark::ui {

/// Logical pixels. An invalid colour: that part is not drawn.
struct SpriteLook {
  QSizeF body;
  double radius = 0;
  double halo = 0;  // around the body
  QColor fill;
  QColor haloColor;
  QColor line;
  friend bool operator==(const SpriteLook&, const SpriteLook&) = default;
};

class OverlaySprites {
 public:
  enum Kind { kRunning, kTogether, kKinds };

  /// The mark of a kind, its body at `corner`. One look of a kind is kept. Without `raster` it is drawn as shapes.
  void draw(QPainter& painter, Kind kind, const SpriteLook& look, const QPointF& corner, bool raster);

 private:
  struct Sprite {
    SpriteLook look;
    double pixelRatio = 0;
    QImage image;
  };
  std::array<Sprite, kKinds> m_sprites;
};

}  // namespace tidemark::ui
