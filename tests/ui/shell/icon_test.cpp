#include "ui/theme/icon.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <set>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

const char* const kNames =
    "open save export read pause resume stop cancel find find-next find-previous go-to back forward bookmark "
    "bookmark-filled ask ask-as-of copy repeat settings palette keyboard help about sessions document outline "
    "wavefront "
    "chat zoom-in zoom-out zoom-reset fullscreen trash rename duplicate verify reveal undo redo close warning error "
    "information check step-forward step-back shear export-image add-document theme quit tidemark "
    "pages fit-width fit-page dark-page move-up move-down";

QStringList names() {
  return QString::fromLatin1(kNames).split(QLatin1Char(' '));
}

int inkedPixels(const QImage& image) {
  int inked = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) inked += qAlpha(image.pixel(x, y)) > 64 ? 1 : 0;
  }
  return inked;
}

TEST(Icons, TheSetIsCompleteAndHasNothingElse) {
  QStringList expected;
  for (const QString& name : names()) expected += name + QStringLiteral(".svg");
  expected.sort();
  QStringList embedded = QDir(QStringLiteral(":/icons")).entryList(QDir::Files);
  embedded.sort();
  EXPECT_EQ(embedded, expected);
}

TEST(Icons, AreDrawnOnOneGridInOneStroke) {
  for (const QString& name : names()) {
    if (name == QStringLiteral("tidemark")) continue;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
    const QByteArray svg = file.readAll();
    for (const char* part :
         {"viewBox=\"0 0 20 20\"", "stroke=\"currentColor\"", "stroke-width=\"1.5\"", "stroke-linecap=\"round\""}) {
      EXPECT_TRUE(svg.contains(part)) << name.toStdString() << part;
    }
    EXPECT_FALSE(svg.contains('#')) << name.toStdString() << " has a colour of its own";
  }
}

TEST(Icons, DrawSomethingInTheColourOfTheThemeAndStayInsideTheirSquare) {
  for (const ThemeChoice choice : {ThemeChoice::kLight, ThemeChoice::kDark}) {
    applyAppearance(*qApp, {choice, 100, {}}, false);
    const QColor ink = themeColors(choice == ThemeChoice::kDark).text;
    for (const QString& name : names()) {
      for (const qreal scale : {1.0, 2.0}) {
        const QPixmap pixmap = themedIcon(name).pixmap(QSize(20, 20), scale);
        const QImage image = pixmap.toImage().convertToFormat(QImage::Format_ARGB32);
        ASSERT_EQ(image.width(), static_cast<int>(20 * scale)) << name.toStdString();
        EXPECT_GT(inkedPixels(image), static_cast<int>(14 * scale * scale)) << name.toStdString();
        if (name == QStringLiteral("tidemark")) continue;
        const QRect inner = image.rect().adjusted(1, 1, -1, -1);
        bool hasInk = false;
        for (int y = 0; y < image.height(); ++y) {
          for (int x = 0; x < image.width(); ++x) {
            const QRgb pixel = image.pixel(x, y);
            if (!inner.contains(x, y)) {
              EXPECT_LT(qAlpha(pixel), 40) << name.toStdString() << " is cut off";
            }
            if (qAlpha(pixel) > 200) {
              hasInk = true;
              EXPECT_NEAR(qRed(pixel), ink.red(), 3) << name.toStdString();
            }
          }
        }
        EXPECT_TRUE(hasInk) << name.toStdString();
      }
    }
  }
}

QColor inkOf(const QIcon& icon, QIcon::Mode mode) {
  const QImage image = icon.pixmap(QSize(40, 40), 1.0, mode).toImage().convertToFormat(QImage::Format_ARGB32);
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (qAlpha(image.pixel(x, y)) == 255) return QColor(image.pixel(x, y));
    }
  }
  return {};
}

TEST(Icons, OnTheAccentTheyAreReadAlsoWhenHoveredOrDisabled) {
  for (const ThemeChoice choice : {ThemeChoice::kLight, ThemeChoice::kDark}) {
    applyAppearance(*qApp, {choice, 100, {}}, false);
    const ThemeColors& colors = themeColors(choice == ThemeChoice::kDark);
    const QIcon icon = accentIcon(QStringLiteral("stop"));
    for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Active, QIcon::Selected}) {
      EXPECT_EQ(inkOf(icon, mode), colors.onAccent) << mode;
    }
    EXPECT_EQ(inkOf(icon, QIcon::Disabled), colors.dim);
    EXPECT_EQ(inkOf(pageIcon(QStringLiteral("stop")), QIcon::Selected), colors.text);
    EXPECT_EQ(inkOf(themedIcon(QStringLiteral("stop")), QIcon::Selected), colors.onAccent);
    EXPECT_EQ(inkOf(themedIcon(QStringLiteral("stop")), QIcon::Active), colors.text);
  }
}

TEST(Icons, NoTwoLookTheSame) {
  applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false);
  std::set<QByteArray> seen;
  for (const QString& name : names()) {
    const QImage image = themedIcon(name).pixmap(QSize(20, 20), 2.0).toImage();
    seen.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()));
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(names().size()));
}

/// With TM_PICTURES set to a folder, sheets to look at are left there.
TEST(Icons, ContactSheet) {
  const QString folder = qEnvironmentVariable("TM_PICTURES");
  if (folder.isEmpty()) GTEST_SKIP() << "TM_PICTURES is not set";
  for (const ThemeChoice choice : {ThemeChoice::kLight, ThemeChoice::kDark}) {
    applyAppearance(*qApp, {choice, 100, {}}, false);
    const ThemeColors& colors = themeColors(choice == ThemeChoice::kDark);
    constexpr int kCell = 130;
    constexpr int kColumns = 9;
    const auto rows = static_cast<int>((names().size() + kColumns - 1) / kColumns);
    QImage sheet(kColumns * kCell, rows * kCell, QImage::Format_ARGB32);
    sheet.fill(colors.panel);
    QPainter painter(&sheet);
    for (int i = 0; i < names().size(); ++i) {
      const QPoint at(i % kColumns * kCell, i / kColumns * kCell);
      const QIcon icon = themedIcon(names()[i]);
      icon.paint(&painter, QRect(at + QPoint(15, 12), QSize(60, 60)));
      painter.drawPixmap(at + QPoint(86, 14), icon.pixmap(QSize(20, 20), 1.0));
      painter.drawPixmap(at + QPoint(86, 46), icon.pixmap(QSize(16, 16), 1.0));
      painter.setPen(colors.dim);
      painter.drawText(QRect(at + QPoint(0, 84), QSize(kCell, 30)), Qt::AlignHCenter, names()[i]);
    }
    painter.end();
    EXPECT_TRUE(
        sheet.save(folder + (colors.dark ? QStringLiteral("/icons-dark.png") : QStringLiteral("/icons-light.png"))));
  }
}

}  // namespace
}  // namespace tidemark::ui
