#pragma once
// Colours and type of the window, light and dark. Views take colours from their own palette, so a change of theme
// reaches them as QEvent::PaletteChange and nothing has to be registered anywhere. GUI thread.

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;

namespace tidemark::ui {

struct ThemeColors {
  bool dark = false;
  QColor background;  // behind the text
  QColor panel;       // docks, bars
  QColor raised;      // buttons, bubbles, tooltips, status bar
  QColor line;        // one-pixel separators
  QColor text;
  QColor dim;       // second lines and captions: at least 4.5:1 on panel and background
  QColor faint;     // marks that are not read: hairlines, ticks
  QColor accent;    // what runs now, the primary action, the focus ring
  QColor onAccent;  // text on accent
  QColor evidence;  // evidence marks, chips, snapshot flags; nothing else
  QColor error;     // failed; always beside a sign or a word
};

/// The colours that belong to a palette: dark if its window is darker than its text.
[[nodiscard]] const ThemeColors& themeColors(const QPalette& palette);
[[nodiscard]] const ThemeColors& themeColors(bool dark);

enum class ThemeChoice { kSystem, kLight, kDark };

struct Appearance {
  ThemeChoice theme = ThemeChoice::kSystem;
  int fontPercent = 100;        // 80 to 200
  QString interfaceFontFamily;  // empty: Inter, or what the system has
  bool operator==(const Appearance&) const = default;
};

/// Full palette (all groups, disabled included), style sheet and font of the application; may be called again at any
/// time. `systemIsDark` decides for ThemeChoice::kSystem.
void applyAppearance(QApplication& application, const Appearance& appearance, bool systemIsDark);

/// Whether the palette that the application started with was dark: all that Qt 6.4 can tell about the desktop.
[[nodiscard]] bool isDark(const QPalette& palette);

/// The face that documents are set in: a serif, `points` at 100 %.
[[nodiscard]] QFont documentFont(const QString& family, int percent);

/// Captions above lists: small capitals in letters, 600, dim.
[[nodiscard]] QFont captionFont(const QFont& base);

}  // namespace tidemark::ui
