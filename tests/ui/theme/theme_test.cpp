#include "ui/theme/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDialog>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QToolBar>
#include <QToolButton>
#include <cmath>
#include <limits>

#include "ui/theme/heat_map.h"
#include "ui/theme/style_sheet.h"

namespace tidemark::ui {
namespace {

double luminance(const QColor& color) {
  const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double x = luminance(a);
  const double y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(Theme, TextOfEveryKindIsReadableOnEverySurface) {
  for (const bool dark : {false, true}) {
    const ThemeColors& c = themeColors(dark);
    for (const QColor& surface : {c.background, c.panel, c.raised}) {
      EXPECT_GE(contrast(c.text, surface), 7.0) << dark << surface.name().toStdString();
      EXPECT_GE(contrast(c.dim, surface), 4.5) << dark << surface.name().toStdString();
    }
    EXPECT_GE(contrast(c.onAccent, c.accent), 4.5) << dark;
    EXPECT_GE(contrast(c.accent, c.panel), 4.5) << dark;
  }
}

TEST(Theme, ThePaletteTellsWhichColoursBelongToIt) {
  for (const ThemeChoice choice : {ThemeChoice::kLight, ThemeChoice::kDark}) {
    applyAppearance(*qApp, {choice, 100, {}}, false);
    EXPECT_EQ(themeColors(QApplication::palette()).dark, choice == ThemeChoice::kDark);
    QPalette transparent = QApplication::palette();
    transparent.setColor(QPalette::Window, Qt::transparent);
    EXPECT_EQ(themeColors(transparent).dark, choice == ThemeChoice::kDark);
    EXPECT_NE(QApplication::palette().color(QPalette::Disabled, QPalette::Text),
              QApplication::palette().color(QPalette::Active, QPalette::Text));
  }
}

TEST(Theme, TheFontFollowsTheScaleWithinItsLimits) {
  applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false);
  const double normal = QApplication::font().pointSizeF();
  applyAppearance(*qApp, {ThemeChoice::kLight, 200, {}}, false);
  EXPECT_NEAR(QApplication::font().pointSizeF(), 2 * normal, 0.2);
  applyAppearance(*qApp, {ThemeChoice::kLight, 900, {}}, false);
  EXPECT_NEAR(QApplication::font().pointSizeF(), 2 * normal, 0.2);
}

TEST(Theme, TheFontReachesWidgetsThatWereThereBefore) {
  QMainWindow window;
  auto* menus = window.menuBar();
  auto* button = new QToolButton;
  window.addToolBar(QStringLiteral("tools"))->addWidget(button);
  auto* centre = new QWidget;
  window.setCentralWidget(centre);
  auto* label = new QLabel(QStringLiteral("label"), centre);
  auto* tabs = new QTabBar(centre);
  auto* field = new QLineEdit(centre);
  auto* strong = new QLabel(QStringLiteral("strong"), centre);
  QFont bold = strong->font();
  bold.setWeight(QFont::DemiBold);
  strong->setFont(bold);
  auto* dialog = new QDialog(&window);
  auto* inDialog = new QPushButton(dialog);
  const QWidget* all[] = {&window, menus, button, centre, label, tabs, field, strong, dialog, inDialog};
  const auto expectAll = [&all](const char* when) {
    for (const QWidget* widget : all) {
      EXPECT_EQ(widget->font().family(), QApplication::font().family()) << when << widget->metaObject()->className();
      EXPECT_DOUBLE_EQ(widget->font().pointSizeF(), QApplication::font().pointSizeF())
          << when << widget->metaObject()->className();
    }
  };
  const QString other = QStringLiteral("A family of another name");
  applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false);
  expectAll("never shown ");
  applyAppearance(*qApp, {ThemeChoice::kLight, 160, other}, false);
  EXPECT_EQ(QApplication::font().family(), other);
  expectAll("never shown, larger ");
  window.show();
  applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, false);
  expectAll("shown ");
  applyAppearance(*qApp, {ThemeChoice::kDark, 160, other}, false);
  expectAll("shown, larger ");
  EXPECT_EQ(strong->font().weight(), QFont::DemiBold);
}

TEST(Theme, ThePicturesOfTheStyleSheetExistAndHaveAColour) {
  for (const bool dark : {false, true}) {
    const QString sheet = makeStyleSheet(themeColors(dark), 100);
    static const QRegularExpression kPicture(QStringLiteral("url\\((.*?)\\)"));
    int count = 0;
    for (auto each = kPicture.globalMatch(sheet); each.hasNext();) {
      const QString path = each.next().captured(1);
      const QImage image = QIcon(path).pixmap(QSize(24, 24)).toImage();
      EXPECT_FALSE(image.isNull()) << path.toStdString();
      ++count;
    }
    EXPECT_GT(count, 8);
  }
}

TEST(Theme, TheStyleSheetHasNoPlaceholderLeft) {
  const QString sheet = makeStyleSheet(themeColors(true), 150);
  EXPECT_FALSE(sheet.contains(QLatin1Char('@')));
  EXPECT_FALSE(sheet.contains(QStringLiteral("}px")));
}

TEST(HeatMap, GetsLighterAllTheWayAndTakesAnything) {
  for (int i = 1; i <= 100; ++i) {
    EXPECT_GE(luminance(QColor(heatColor(static_cast<float>(i) / 100))),
              luminance(QColor(heatColor(static_cast<float>(i - 1) / 100))) - 1e-3)
        << i;
  }
  EXPECT_EQ(heatColor(0), qRgb(0x00, 0x20, 0x4d));
  EXPECT_EQ(heatColor(1), qRgb(0xff, 0xea, 0x46));
  EXPECT_EQ(heatColor(7), heatColor(1));
  EXPECT_EQ(heatColor(-7), heatColor(0));
  EXPECT_EQ(heatColor(std::numeric_limits<float>::quiet_NaN()), heatColor(0));
}

}  // namespace
}  // namespace tidemark::ui
