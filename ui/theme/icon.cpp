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

class ThemedIconEngine final : public QIconEngine {
 public:
  explicit ThemedIconEngine(QString name) : m_name(std::move(name)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State /*state*/) override {
    const QPalette palette = QApplication::palette();
    const ThemeColors& colors = themeColors(palette);
    QColor ink = colors.text;
    if (mode == QIcon::Disabled) ink = colors.faint;
    if (mode == QIcon::Selected) ink = colors.onAccent;
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
  QByteArray m_outline;
};

}  // namespace

QIcon themedIcon(const QString& name) {
  return QIcon(new ThemedIconEngine(name));
}

}  // namespace tidemark::ui
