#include "ui/theme/icon.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

/// What an icon is drawn on.
enum class Ground {
  kSurface,  // a selected one lies on the accent colour
  kRaised,   // a selected one lies on the raised colour
  kAccent,
};

QColor inkOf(Ground ground, QIcon::Mode mode, const ThemeColors& colors) {
  // The ground of a disabled accent button is grey.
  if (mode == QIcon::Disabled) return ground == Ground::kAccent ? colors.dim : colors.faint;
  if (ground == Ground::kAccent) return colors.onAccent;
  return ground == Ground::kSurface && mode == QIcon::Selected ? colors.onAccent : colors.text;
}

class ThemedIconEngine final : public QIconEngine {
 public:
  ThemedIconEngine(QString name, Ground ground) : m_name(std::move(name)), m_ground(ground) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/) override {
    const QPalette palette = QApplication::palette();
    const QColor ink = inkOf(m_ground, mode, themeColors(palette));
    QSvgRenderer(outline().replace("currentColor", ink.name().toLatin1())).render(painter, QRectF(rect));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap image(size);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paint(&painter, QRect(QPoint(0, 0), size), mode, state);
    return image;
  }

  [[nodiscard]] QIconEngine* clone() const override { return new ThemedIconEngine(*this); }

 private:
  QByteArray outline() {
    if (m_outline.isEmpty()) {
      QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
      if (file.open(QIODevice::ReadOnly)) m_outline = file.readAll();
    }
    return m_outline;
  }

  QString m_name;
  Ground m_ground;
  QByteArray m_outline;
};

}  // namespace

QIcon themedIcon(const QString& name) {
  return QIcon(new ThemedIconEngine(name, Ground::kSurface));
}

QIcon accentIcon(const QString& name) {
  return QIcon(new ThemedIconEngine(name, Ground::kAccent));
}

QIcon pageIcon(const QString& name) {
  return QIcon(new ThemedIconEngine(name, Ground::kRaised));
}

}  // namespace tidemark::ui
