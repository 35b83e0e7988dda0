#include "ui/theme/style_sheet.h"

namespace tidemark::ui {
namespace {

// @name stands for a colour, {n} pixels at 100 %, and in the names of pictures @theme for dark or light. Buttons that
// carry the property primary=true are the one accent button of their group.
constexpr const char* kBarsAndButtons = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: {4}px {8}px; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @panel; padding: {2}px {6}px; }
QMenuBar::item { padding: {5}px {10}px; border-radius: {6}px; background: transparent; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @raised; color: @text; }
QMenu { background: @panel; border: 1px solid @line; padding: {5}px; }
QMenu::item { padding: {6}px {26}px {6}px {26}px; border: 1px solid transparent; border-radius: {5}px; }
QMenu::item:selected { background: @line; border-color: @accent; }
QMenu::item:disabled { color: @faint; background: transparent; }
QMenu::item:disabled:selected { border-color: @line; }
QMenu::indicator { width: {12}px; height: {12}px; left: {7}px; }
QMenu::indicator:checked { image: url(:/icons/style/check-@theme.svg); }
QMenu::indicator:checked:disabled { image: url(:/icons/style/check-off-@theme.svg); }
QMenu::right-arrow { image: url(:/icons/style/chevron-right-@theme.svg); width: {12}px; height: {12}px; right: {6}px; }
QMenu::separator { height: 1px; background: @line; margin: {5}px {8}px; }
QMenu::icon { padding-left: {6}px; }
QToolBar { background: @panel; border: none; border-bottom: 1px solid @line; padding: {6}px {10}px; spacing: {6}px; }
QToolButton { background: @raised; border: 1px solid @line; border-radius: {8}px; padding: {5}px {12}px; }
QToolButton:hover { border-color: @accent; }
QToolButton:pressed, QToolButton:checked { background: @line; }
QToolButton:disabled { color: @faint; }
QToolButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: {4}px; }
QToolButton[flat="true"]:hover { background: @raised; }
QToolButton[flat="true"]:checked { background: @line; }
QToolButton[flat="true"]:focus { border: 1px solid @accent; }
QToolButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QToolButton[primary="true"]:hover { border-color: @text; }
QToolButton[primary="true"]:disabled { background: @line; color: @dim; border-color: @line; }
QToolButton#qt_toolbar_ext_button { border: none; padding: 0; qproperty-icon: url(:/icons/style/chevron-right-@theme.svg); }
QToolButton::menu-indicator { image: none; }
QToolButton[popupMode="1"], QToolButton[popupMode="2"] { padding-right: {26}px; }
QToolButton[popupMode="1"]::menu-button { border: none; width: {22}px; }
QToolButton[popupMode="1"]::menu-arrow, QToolButton[popupMode="2"]::menu-indicator {
  image: url(:/icons/style/chevron-down-@theme.svg); width: {12}px; height: {12}px; }
QToolButton[popupMode="2"]::menu-indicator {
  subcontrol-origin: border; subcontrol-position: center right; right: {9}px; }
QToolButton[popupMode="1"]::menu-arrow:disabled, QToolButton[popupMode="2"]::menu-indicator:disabled {
  image: url(:/icons/style/chevron-down-off-@theme.svg); }
QToolButton[primary="true"][popupMode="1"]::menu-arrow:enabled,
QToolButton[primary="true"][popupMode="2"]::menu-indicator:enabled {
  image: url(:/icons/style/chevron-down-on-accent-@theme.svg); }
QPushButton { background: @raised; border: 1px solid @line; border-radius: {8}px; padding: {6}px {16}px; }
QPushButton:hover { border-color: @accent; }
QPushButton:pressed, QPushButton:checked { background: @line; }
QPushButton:disabled { color: @faint; background: @panel; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { background: @line; color: @dim; border-color: @line; }
QPushButton:focus, QToolButton:focus { border: 1px solid @accent; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border: 1px solid @text; }
QPushButton::menu-indicator { image: url(:/icons/style/chevron-down-@theme.svg); width: {12}px; height: {12}px;
  subcontrol-origin: border; subcontrol-position: center right; right: {9}px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
)";

constexpr const char* kFields = R"(
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox { background: @background; border: 1px solid @line;
  border-radius: {8}px; padding: {5}px {8}px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus { border: 1px solid @accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QAbstractSpinBox:disabled { background: @panel; }
QAbstractSpinBox { padding-right: {26}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; background: transparent;
  border: none; border-left: 1px solid @line; width: {22}px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; border-top-right-radius: {7}px; margin: 1px 1px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; border-bottom-right-radius: {7}px; margin: 0 1px 1px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @raised; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed { background: @line; }
QAbstractSpinBox::up-arrow { image: url(:/icons/style/chevron-up-@theme.svg); width: {10}px; height: {10}px; }
QAbstractSpinBox::down-arrow { image: url(:/icons/style/chevron-down-@theme.svg); width: {10}px; height: {10}px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: url(:/icons/style/chevron-up-off-@theme.svg); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {
  image: url(:/icons/style/chevron-down-off-@theme.svg); }
QComboBox { background: @raised; border: 1px solid @line; border-radius: {8}px; padding: {5}px {10}px; combobox-popup: 0; }
QComboBox:focus, QComboBox:hover { border-color: @accent; }
QComboBox:disabled { background: @panel; color: @faint; border-color: @line; }
QComboBox::drop-down { border: none; width: {26}px; subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url(:/icons/style/chevron-down-@theme.svg); width: {12}px; height: {12}px; }
QComboBox::down-arrow:disabled { image: url(:/icons/style/chevron-down-off-@theme.svg); }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; padding: {4}px; outline: none;
  selection-background-color: @line; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: {26}px; padding: 0 {8}px; border: 1px solid transparent; border-radius: {5}px; }
QComboBox QAbstractItemView::item:selected { background: @line; color: @text; border-color: @accent; }
QCheckBox, QRadioButton { spacing: {8}px; padding: {2}px 0; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QAbstractItemView::indicator { width: {14}px; height: {14}px;
  background: @background; border: 1px solid @dim; }
QCheckBox::indicator, QGroupBox::indicator, QAbstractItemView::indicator { border-radius: {4}px; }
QRadioButton::indicator { border-radius: {8}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent;
  border-color: @accent; image: url(:/icons/style/check-on-accent-@theme.svg); }
QRadioButton::indicator:checked { border-color: @accent; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5, fx:0.5, fy:0.5,
  stop:0 @accent, stop:0.58 @accent, stop:0.66 @background, stop:1 @background); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: @panel; border-color: @line; }
QCheckBox::indicator:checked:disabled { background: @line; image: url(:/icons/style/check-off-@theme.svg); }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid @accent; width: {12}px; height: {12}px; }
QCheckBox::indicator:checked:focus { border-color: @text; }
)";

constexpr const char* kViews = R"(
QListView, QTreeView, QTableView { background: @panel; border: none; outline: none; }
QListWidget#pageList { background: @panel; padding: {8}px; }
QListWidget#pageList::item { padding: 0 {8}px; border: none; border-left: {3}px solid transparent; color: @text; }
QListWidget#pageList::item:hover { background: @raised; }
QListWidget#pageList::item:selected { background: @raised; border-left-color: @accent; }
QListWidget#pageList::item:focus { background: @line; }
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
QSlider:horizontal { min-height: {18}px; }
QSlider::groove:horizontal { background: @line; height: {4}px; border-radius: {2}px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: {2}px; }
QSlider::handle:horizontal { background: @accent; width: {14}px; height: {14}px; margin: -{5}px 0; border-radius: {7}px; }
QSlider::handle:horizontal:focus { background: @text; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }
QTabBar::tab { background: transparent; color: @dim; padding: {6}px {12}px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::scroller { width: {22}px; }
QTabBar QToolButton { background: @panel; border: none; border-radius: {4}px; padding: 0; margin: {4}px 0; }
QTabBar QToolButton:hover { background: @raised; }
QTabBar QToolButton::left-arrow { image: url(:/icons/style/chevron-left-@theme.svg); width: {12}px; height: {12}px; }
QTabBar QToolButton::right-arrow { image: url(:/icons/style/chevron-right-@theme.svg); width: {12}px; height: {12}px; }
QTabBar QToolButton::left-arrow:disabled, QTabBar QToolButton::right-arrow:disabled { image: none; }
QTabBar::tab:focus { background: @raised; }
QGroupBox { border: none; margin-top: {20}px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; }
QDockWidget { titlebar-close-icon: none; }
)";

}  // namespace

QString makeStyleSheet(const ThemeColors& colors, int fontPercent) {
  QString sheet = QString::fromUtf8(kBarsAndButtons) + QString::fromUtf8(kFields) + QString::fromUtf8(kViews);
  sheet.replace(QStringLiteral("@theme"), colors.dark ? QStringLiteral("dark") : QStringLiteral("light"));
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
