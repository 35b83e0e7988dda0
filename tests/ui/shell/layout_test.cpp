// No text of the shell is cut off, whatever the theme and the size of text. With TM_PICTURES set to a folder every
// widget is left there as a picture (QT_SCALE_FACTOR=2 for the other scale).
#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenuBar>
#include <QScrollArea>
#include <QTest>
#include <functional>

#include "ui/shell/about_dialog.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/reading_bar.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/shell/status_line.h"
#include "ui/shell/welcome_page.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

struct Look {
  ThemeChoice theme;
  int percent;
};

void PrintTo(const Look& look, std::ostream* out) {
  *out << (look.theme == ThemeChoice::kDark ? "dark " : "light ") << look.percent << " %";
}

bool isInScrollArea(const QWidget* widget) {
  for (; widget != nullptr; widget = widget->parentWidget()) {
    if (qobject_cast<const QAbstractScrollArea*>(widget) != nullptr) return true;
  }
  return false;
}

std::string describe(const QWidget* widget) {
  QString text = widget->accessibleName();
  if (const auto* label = qobject_cast<const QLabel*>(widget)) text = label->text();
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) text = button->text();
  return std::string(widget->metaObject()->className()) + " \"" + text.toStdString() + '"';
}

void expectNothingIsCut(QWidget* window) {
  for (const QWidget* widget : window->findChildren<QWidget*>()) {
    if (!widget->isVisibleTo(window) || widget->size().isEmpty()) continue;
    const auto* label = qobject_cast<const QLabel*>(widget);
    const bool isField = qobject_cast<const QAbstractButton*>(widget) != nullptr ||
                         qobject_cast<const QComboBox*>(widget) != nullptr ||
                         qobject_cast<const QLineEdit*>(widget) != nullptr;
    if (label != nullptr && label->wordWrap()) {
      EXPECT_GE(widget->height(), label->heightForWidth(widget->width())) << describe(widget);
    } else if ((label != nullptr || isField) && !widget->hasHeightForWidth()) {
      const QSize needed = widget->minimumSizeHint();
      EXPECT_GE(widget->width(), needed.width()) << describe(widget);
      EXPECT_GE(widget->height(), needed.height()) << describe(widget);
    }
    if (widget->hasHeightForWidth() && label == nullptr) {
      EXPECT_GE(widget->height() + 1, widget->heightForWidth(widget->width())) << describe(widget);
    }
    const QWidget* parent = widget->parentWidget();
    if (!isInScrollArea(widget)) {
      EXPECT_TRUE(parent->rect().contains(widget->geometry())) << describe(widget);
    }
  }
  for (const QScrollArea* area : window->findChildren<QScrollArea*>()) {
    if (!area->isVisibleTo(window) || area->widget() == nullptr) continue;
    EXPECT_LE(area->widget()->width(), area->viewport()->width()) << describe(area) << " scrolls sideways";
  }
}

void expectNames(QWidget* window) {
  for (const QWidget* widget : window->findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(window)) continue;
    if (widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    const auto* label = qobject_cast<const QLabel*>(widget);  // can be focused where its text can be selected
    const bool isNamed = !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty()) ||
                         (label != nullptr && !label->text().isEmpty());
    EXPECT_TRUE(isNamed) << widget->metaObject()->className();
  }
}

class ShellLayout : public testing::TestWithParam<Look> {
 protected:
  ShellLayout() { applyAppearance(*qApp, {GetParam().theme, GetParam().percent, {}}, false); }

  void look(QWidget& widget, const char* name) {
    widget.show();
    QTest::qWait(30);
    expectNothingIsCut(&widget);
    expectNames(&widget);
    const QString folder = qEnvironmentVariable("TM_PICTURES");
    if (folder.isEmpty()) return;
    const QString file =
        QStringLiteral("%1/%2-%3-%4-x%5.png")
            .arg(folder, QString::fromUtf8(name),
                 GetParam().theme == ThemeChoice::kDark ? QStringLiteral("dark") : QStringLiteral("light"))
            .arg(GetParam().percent)
            .arg(widget.devicePixelRatioF());
    EXPECT_TRUE(widget.grab().save(file));
  }
};

void fillMenus(QMainWindow* window) {
  const auto add = [](QMenu* menu, const char* icon, const char* text, const char* key) {
    QAction* action = menu->addAction(themedIcon(QString::fromUtf8(icon)), QString::fromUtf8(text));
    action->setShortcut(QKeySequence(QString::fromUtf8(key)));
    return action;
  };
  QMenu* file = window->menuBar()->addMenu(QStringLiteral("&File"));
  add(file, "open", "&Open…", "Ctrl+O");
  add(file, "add-document", "&Add to session…", "Ctrl+Shift+A");
  add(file, "save", "Save session &as…", "Ctrl+Shift+S")->setEnabled(false);
  add(file, "export", "&Export answers…", "Ctrl+E");
  add(file, "quit", "&Quit", "Ctrl+Q");
  QMenu* edit = window->menuBar()->addMenu(QStringLiteral("&Edit"));
  add(edit, "undo", "&Undo", "Ctrl+Z");
  add(edit, "copy", "&Copy", "Ctrl+C");
  add(edit, "find", "&Find…", "Ctrl+F");
  add(edit, "find-next", "Find &next", "F3");
  add(edit, "settings", "&Preferences…", "Ctrl+,");
  QMenu* session = window->menuBar()->addMenu(QStringLiteral("&Session"));
  add(session, "pause", "&Pause reading", "Ctrl+P");
  add(session, "ask-as-of", "Ask as &of…", "Ctrl+Shift+Return");
  QMenu* go = window->menuBar()->addMenu(QStringLiteral("&Go"));
  add(go, "go-to", "Go to &page…", "Ctrl+G");
  add(go, "back", "&Back", "Alt+Left");
  add(go, "forward", "&Forward", "Alt+Right");
}

TEST_P(ShellLayout, Palette) {
  QMainWindow window;
  fillMenus(&window);
  auto* centre = new QLineEdit;
  centre->setAccessibleName(QStringLiteral("centre"));
  window.setCentralWidget(centre);
  window.resize(1100, 700);
  CommandPalette palette(&window);
  window.show();
  palette.openPalette();
  QTest::keyClicks(palette.findChild<QLineEdit*>(), QStringLiteral("fi"));
  look(window, "palette");
}

TEST_P(ShellLayout, Shortcuts) {
  QMainWindow window;
  fillMenus(&window);
  ShortcutSheet sheet;
  sheet.setCommands(collectActions(&window));
  sheet.setExtraRows({{QStringLiteral("Wavefront"), QStringLiteral("L"), QStringLiteral("Follow the live edge")},
                      {QStringLiteral("Wavefront"), QStringLiteral("[ ]"), QStringLiteral("Previous, next snapshot")},
                      {QStringLiteral("Wavefront"), QStringLiteral("W A S D"), QStringLiteral("Move and zoom")}});
  look(sheet, "shortcuts");
}

TEST_P(ShellLayout, Messages) {
  MessageBar bar;
  bar.showMessage({Severity::kInformation, QStringLiteral("Saved."), {}, {}, {}});
  Message error{
      Severity::kError,
      QStringLiteral("The GPU has 1.2 GB free and the model needs 2.4 GB, so the reading stopped at segment 412."),
      QStringLiteral("details"),
      {{QStringLiteral("Continue on the CPU"), {}}, {QStringLiteral("Try again"), {}}},
      {}};
  bar.showMessage(error);
  bar.showMessage(error);
  bar.resize(std::max(900, bar.minimumSizeHint().width()), 10);
  bar.resize(bar.width(), std::max(bar.heightForWidth(bar.width()), bar.sizeHint().height()));
  look(bar, "message");
}

TEST_P(ShellLayout, Preferences) {
  const char* names[] = {"preferences-model", "preferences-reading", "preferences-appearance", "preferences-sessions",
                         "preferences-accessibility"};
  PreferencesDialog dialog;
  dialog.setFacts({16, 600000, QStringLiteral("The CPU: no GPU backend in this build."),
                   QStringLiteral("CUDA: no GPU backend in this build."), false, 4'500'000, 1024, true, false, 380,
                   228'000'000, 1200});
  dialog.show();
  const auto* pages = dialog.findChild<QListWidget*>();
  QListWidget free;  // the same rows, as wide as they want to be
  free.setObjectName(pages->objectName());
  free.setIconSize(pages->iconSize());
  for (int row = 0; row < pages->count(); ++row) {
    free.addItem(new QListWidgetItem(pages->item(row)->icon(), pages->item(row)->text()));
  }
  free.ensurePolished();
  ASSERT_GT(free.sizeHintForColumn(0), 50);
  EXPECT_GE(pages->viewport()->width(), free.sizeHintForColumn(0)) << "names of pages are elided";
  for (int page = 0; page < 5; ++page) {
    dialog.showPage(static_cast<PreferencesDialog::Page>(page));
    look(dialog, names[page]);
  }
}

TEST_P(ShellLayout, Welcome) {
  WelcomePage page;
  page.setLastSession(QStringLiteral("Moby-Dick"), QStringLiteral("reading, 14 questions"));
  page.resize(1100, 720);
  look(page, "welcome");
  page.setLastSession({}, {});
  page.resize(560, 900);
  look(page, "welcome-narrow");
}

TEST_P(ShellLayout, Bars) {
  StatusLine status;
  status.setDevice(QStringLiteral("CPU · 2 threads"), QStringLiteral("no GPU: driver not found"));
  status.setTokensPerSecond(3214);
  status.setMemoryBytes(590000);
  status.setTailTokens(214);
  status.setSnapshots(31);
  status.setSessionBytes(18000000);
  status.resize(std::max(1100, status.sizeHint().width()), status.sizeHint().height());
  look(status, "status");
  ReadingBar reading;
  reading.setPhase(ReadingPhase::kReading, 0);
  for (int i = 0; i <= 62; ++i) reading.setProgress({i * 0.25, i * 10000, 1000000, i * 367 / 62, 590, 0});
  reading.resize(900, reading.sizeHint().height() + 12);
  look(reading, "reading");
}

TEST_P(ShellLayout, About) {
  AboutInfo info;
  info.version = QStringLiteral("0.1.0");
  info.commit = QStringLiteral("abc1234");
  info.features = {QStringLiteral("CPU with AVX2, 2 threads"), QStringLiteral("no CUDA backend in this build")};
  AboutDialog dialog(info);
  look(dialog, "about");
}

INSTANTIATE_TEST_SUITE_P(Looks, ShellLayout,
                         testing::Values(Look{ThemeChoice::kLight, 100}, Look{ThemeChoice::kDark, 100},
                                         Look{ThemeChoice::kLight, 80}, Look{ThemeChoice::kDark, 150},
                                         Look{ThemeChoice::kLight, 200}, Look{ThemeChoice::kDark, 200}));

}  // namespace
}  // namespace tidemark::ui
