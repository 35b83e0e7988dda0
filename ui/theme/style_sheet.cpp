#include "ui/theme/style_sheet.h"

namespace tidemark::ui {
namespace {

// %name stands for a colour, {n} pixels at 100 %. Push buttons that carry the property primary=true are the one accent
// button of their group.
constexpr const char* kRules = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: {4}px {8}px; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @panel; padding: {2}px {6}px; }
QMenuBar::item { padding: {5}px {10}px; border-radius: {6}px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @raised; color: @text; }
QMenu { background: @panel; border: 1px solid @line; padding: {5}px; }
QMenu::item { padding: {6}px {26}px {6}px {26}px; border-radius: {5}px; }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @faint; background: transparent; }
QMenu::separator { height: 1px; background: @line; margin: {5}px {8}px; }
QMenu::icon { padding-left: {6}px; }
QToolBar { background: @panel; border: none; border-bottom: 1px solid @line; padding: {6}px {10}px; spacing: {6}px; }
QToolButton { background: @raised; border: 1px solid @line; border-radius: {8}px; padding: {5}px {12}px; }
QToolButton:hover { border-color: @accent; }
QToolButton:pressed, QToolButton:checked { background: @line; }
QToolButton:disabled { color: @faint; }
QToolButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: {4}px; }
QToolButton[flat="true"]:hover { background: @raised; }
QToolButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton { background: @raised; border: 1px solid @line; border-radius: {8}px; padding: {6}px {16}px; }
QPushButton:hover { border-color: @accent; }
QPushButton:pressed, QPushButton:checked { background: @line; }
QPushButton:disabled { color: @faint; background: @panel; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: @line; color: @dim; border-color: @line; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border: 1px solid @text; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox { background: @background; border: 1px solid @line;
  border-radius: {8}px; padding: {5}px {8}px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus { border: 1px solid @accent; }
QComboBox { background: @raised; border: 1px solid @line; border-radius: {8}px; padding: {4}px {10}px; }
QComboBox:focus, QComboBox:hover { border-color: @accent; }
QComboBox::drop-down { border: none; width: {18}px; }
QListView, QTreeView, QTableView { background: @panel; border: none; outline: none; }
QHeaderView::section { background: @panel; color: @dim; border: none; border-bottom: 1px solid @line; padding: {4}px {8}px; }
QStatusBar { background: @raised; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QProgressBar { background: @raised; border: none; border-radius: {5}px; max-height: {10}px; min-height: {10}px; }
QProgressBar::chunk { background: @accent; border-radius: {5}px; }
QScrollBar:vertical { background: transparent; width: {11}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: {11}px; margin: 0; }
QScrollBar::handle { background: @faint; border-radius: {3}px; margin: {3}px; }
QScrollBar::handle:vertical { min-height: {32}px; }
QScrollBar::handle:horizontal { min-width: {32}px; }
QScrollBar::handle:hover { background: @dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider::groove:horizontal { background: @line; height: {4}px; border-radius: {2}px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: {2}px; }
QSlider::handle:horizontal { background: @accent; width: {14}px; height: {14}px; margin: -{5}px 0; border-radius: {7}px; }
QSlider::handle:horizontal:focus { background: @text; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar::tab { background: transparent; color: @dim; padding: {6}px {12}px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { background: @raised; }
QGroupBox { border: none; margin-top: {20}px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; }
QDockWidget { titlebar-close-icon: none; }
)";

}  // namespace

QString makeStyleSheet(const ThemeColors& colors, int fontPercent) {
  QString sheet = QString::fromUtf8(kRules);
  const auto set = [&sheet](const char* name, const QColor& color) {
    sheet.replace(QString::fromLatin1(name), color.name());
  };
  set("@background", colors.background);
  set("@panel", colors.panel);
  set("@raised", colors.raised);
  set("@line", colors.line);
  set("@text", colors.text);
  set("@dim", colors.dim);
  set("@faint", colors.faint);
  set("@accent", colors.accent);
  set("@onAccent", colors.onAccent);
  QString scaled;
  scaled.reserve(sheet.size());
  for (qsizetype i = 0; i < sheet.size(); ++i) {
    const qsizetype end = sheet[i] == QLatin1Char('{') && i + 1 < sheet.size() && sheet[i + 1].isDigit()
                              ? sheet.indexOf(QLatin1Char('}'), i)
                              : -1;
    if (end < 0) {
      scaled += sheet[i];
      continue;
    }
    scaled += QString::number(qMax(1, sheet.mid(i + 1, end - i - 1).toInt() * fontPercent / 100));
    i = end;
  }
  return scaled;
}

}  // namespace tidemark::ui
