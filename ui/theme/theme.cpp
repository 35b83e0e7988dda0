#include "ui/theme/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>
#include <algorithm>

#include "ui/theme/style_sheet.h"

namespace tidemark::ui {
namespace {

// The interface is 13 px at 100 %: 10 points at the usual 96 dots an inch come to 13.3.
constexpr double kInterfacePoints = 9.75;
constexpr double kDocumentPoints = 11.6;

QString firstInstalled(const QStringList& families, const QString& otherwise) {
  const QStringList installed = QFontDatabase::families();
  for (const QString& family : families) {
    if (installed.contains(family)) return family;
  }
  return otherwise;
}

QColor blend(const QColor& over, const QColor& under, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share) + 0.5); };
  return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

QPalette makePalette(const ThemeColors& c) {
  QPalette palette;
  palette.setColor(QPalette::Window, c.panel);
  palette.setColor(QPalette::WindowText, c.text);
  palette.setColor(QPalette::Base, c.background);
  palette.setColor(QPalette::AlternateBase, c.panel);
  palette.setColor(QPalette::Text, c.text);
  palette.setColor(QPalette::Button, c.raised);
  palette.setColor(QPalette::ButtonText, c.text);
  palette.setColor(QPalette::BrightText, c.error);
  palette.setColor(QPalette::ToolTipBase, c.raised);
  palette.setColor(QPalette::ToolTipText, c.text);
  palette.setColor(QPalette::PlaceholderText, c.dim);
  palette.setColor(QPalette::Highlight, c.accent);
  palette.setColor(QPalette::HighlightedText, c.onAccent);
  palette.setColor(QPalette::Link, c.accent);
  palette.setColor(QPalette::LinkVisited, c.accent);
  palette.setColor(QPalette::Light, blend(c.text, c.raised, 0.10));
  palette.setColor(QPalette::Midlight, blend(c.text, c.raised, 0.05));
  palette.setColor(QPalette::Mid, c.line);
  palette.setColor(QPalette::Dark, c.line);
  palette.setColor(QPalette::Shadow, c.dark ? QColor(0, 0, 0) : c.line);
  const QColor gone = blend(c.text, c.panel, 0.42);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
    palette.setColor(QPalette::Disabled, role, gone);
  }
  palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
  palette.setColor(QPalette::Disabled, QPalette::HighlightedText, gone);
  return palette;
}

}  // namespace

const ThemeColors& themeColors(bool dark) {
  // Captions and second lines are read, so "dim" keeps 4.5:1 on every surface; "faint" is for marks only.
  static const ThemeColors kDark{true,
                                 QColor(0x15, 0x17, 0x1c),
                                 QColor(0x1b, 0x1e, 0x25),
                                 QColor(0x23, 0x27, 0x32),
                                 QColor(0x2d, 0x32, 0x3e),
                                 QColor(0xe6, 0xe9, 0xef),
                                 QColor(0x98, 0xa1, 0xb2),
                                 QColor(0x5d, 0x66, 0x76),
                                 QColor(0x5c, 0xc8, 0xff),
                                 QColor(0x0b, 0x1a, 0x24),
                                 QColor(0xff, 0xb4, 0x54),
                                 QColor(0xff, 0x7b, 0x72)};
  static const ThemeColors kLight{false,
                                  QColor(0xf6, 0xf7, 0xf9),
                                  QColor(0xff, 0xff, 0xff),
                                  QColor(0xee, 0xf0, 0xf4),
                                  QColor(0xd9, 0xdd, 0xe5),
                                  QColor(0x1b, 0x1f, 0x27),
                                  QColor(0x5b, 0x64, 0x75),
                                  QColor(0x9a, 0xa3, 0xb2),
                                  QColor(0x0b, 0x74, 0xc4),
                                  QColor(0xff, 0xff, 0xff),
                                  QColor(0xc7, 0x6a, 0x00),
                                  QColor(0xc6, 0x28, 0x28)};
  return dark ? kDark : kLight;
}

bool isDark(const QPalette& palette) {
  const QColor window = palette.color(QPalette::Window);
  const int text = palette.color(QPalette::WindowText).lightness();
  // A widget that a style sheet made transparent has "transparent black" as its window colour.
  return window.alpha() < 255 ? text > 127 : window.lightness() < text;
}

const ThemeColors& themeColors(const QPalette& palette) {
  return themeColors(isDark(palette));
}

void applyAppearance(QApplication& application, const Appearance& appearance, bool systemIsDark) {
  const bool dark =
      appearance.theme == ThemeChoice::kDark || (appearance.theme == ThemeChoice::kSystem && systemIsDark);
  const int percent = std::clamp(appearance.fontPercent, 80, 200);
  if (application.style()->objectName() != QStringLiteral("fusion") && application.styleSheet().isEmpty()) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  }
  QFont font = QApplication::font();
  font.setFamily(
      appearance.interfaceFontFamily.isEmpty()
          ? firstInstalled({QStringLiteral("Inter")}, QFontDatabase::systemFont(QFontDatabase::GeneralFont).family())
          : appearance.interfaceFontFamily);
  font.setPointSizeF(kInterfacePoints * percent / 100.0);
  QApplication::setFont(font);
  // Qt 6.4 tells only windows that have been shown, and the rest would keep the font of the desktop. Before the style
  // sheet: afterwards widgets look at their parents and no longer pass a font on.
  for (QWidget* window : QApplication::topLevelWidgets()) {
    QEvent changed(QEvent::ApplicationFontChange);
    QCoreApplication::sendEvent(window, &changed);
  }
  QApplication::setPalette(makePalette(themeColors(dark)));
  application.setStyleSheet(makeStyleSheet(themeColors(dark), percent));
}

QFont documentFont(const QString& family, int percent) {
  const QString face = family.isEmpty()
                           ? firstInstalled({QStringLiteral("Source Serif 4"), QStringLiteral("Source Serif Pro"),
                                             QStringLiteral("Noto Serif"), QStringLiteral("DejaVu Serif")},
                                            QStringLiteral("serif"))
                           : family;
  QFont font(face);
  font.setPointSizeF(kDocumentPoints * std::clamp(percent, 30, 500) / 100.0);
  return font;
}

QFont captionFont(const QFont& base) {
  QFont font = base;
  font.setPointSizeF(base.pointSizeF() * 0.85);
  font.setWeight(QFont::DemiBold);
  font.setCapitalization(QFont::AllUppercase);
  font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
  return font;
}

}  // namespace tidemark::ui
