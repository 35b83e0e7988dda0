// Everything with keys only: the focus decides what they reach, as it does for somebody without a mouse.

#include <QAccessible>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>
#include <functional>

#include "tests/e2e/window_fixture.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/models_controller.h"

namespace tidemark::ui {
namespace {

class KeyboardRobot : public WindowTest {
 protected:
  void SetUp() override {
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    openWindow();
    m_window->activateWindow();
    ASSERT_TRUE(QTest::qWaitFor([&] { return QApplication::activeWindow() == m_window.get(); }));
  }
  /// What a key would reach; between two windows nothing has the focus for a moment.
  QWidget* target() {
    (void)QTest::qWaitFor([] { return QApplication::focusWidget() != nullptr; }, 2000);
    QWidget* focus = QApplication::focusWidget();
    return focus != nullptr ? focus : m_window.get();
  }
  void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(target(), key, modifiers);
  }
  void type(const QString& text) { QTest::keyClicks(target(), text); }
  static QString spokenName(QWidget* widget) {
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
    return accessible == nullptr ? QString() : accessible->text(QAccessible::Name);
  }
  /// Tab until a widget fits, at most once around.
  bool tabTo(const std::function<bool(QWidget*)>& fits) {
    for (int i = 0; i < 80; ++i) {
      if (QApplication::focusWidget() != nullptr && fits(QApplication::focusWidget())) return true;
      press(Qt::Key_Tab);
    }
    return false;
  }
};

TEST_F(KeyboardRobot, OpensReadsAsksFindsMarksAndExports) {
  // The sample, from the welcome page.
  ASSERT_TRUE(tabTo([](QWidget* widget) { return spokenName(widget).contains(QStringLiteral("sample")); }));
  press(Qt::Key_Space);
  ASSERT_TRUE(waitFor(ReadingState::kFinished));

  press(Qt::Key_L, Qt::ControlModifier);
  type(QStringLiteral("Where was Mary born?"));
  press(Qt::Key_Return);
  EXPECT_EQ(waitForAnswer(1), QStringLiteral("Geneva"));

  press(Qt::Key_F, Qt::ControlModifier);
  ASSERT_NE(qobject_cast<QLineEdit*>(target()), nullptr);
  type(QStringLiteral("Mary"));
  press(Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().topByte() > 0; }, kLongMilliseconds));
  press(Qt::Key_Escape);

  press(Qt::Key_G, Qt::ControlModifier);
  type(QStringLiteral("50 %"));
  press(Qt::Key_Return);
  const quint64 half = m_window->documentPanel().text().byteCount() / 2;
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().topByte() > half - 3000; }));

  press(Qt::Key_D, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().bookmarks().size() == 1; }, kLongMilliseconds));
  press(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().bookmarks().empty(); }, kLongMilliseconds));

  press(Qt::Key_2, Qt::ControlModifier);
  EXPECT_TRUE(m_window->wavefrontPanel().isAncestorOf(target()) || target() == &m_window->wavefrontPanel());

  // The palette reaches every action; here: the export, whose dialog takes keys as well.
  press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
  type(QStringLiteral("markdown"));
  press(Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return QApplication::activeModalWidget() != nullptr; }));
  auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
  ASSERT_NE(dialog, nullptr);
  ASSERT_TRUE(QTest::qWaitFor([&] { return QApplication::focusWidget() != nullptr; }));
  const QString file = path("out.md");
  press(Qt::Key_A, Qt::ControlModifier);
  type(file);
  press(Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return QFile::exists(file); }, kLongMilliseconds));
  QFile exported(file);
  ASSERT_TRUE(exported.open(QIODevice::ReadOnly));
  EXPECT_TRUE(exported.readAll().contains("Geneva"));

  m_window->activateWindow();  // what a window manager does when a dialog goes away
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return QApplication::activeModalWidget() == nullptr && QApplication::focusWidget() != nullptr; }));
  press(Qt::Key_W, Qt::ControlModifier);
  EXPECT_TRUE(waitFor(ReadingState::kNone));
}

TEST_F(KeyboardRobot, ClosingDuringAnExportLeavesAWholeFileOrNone) {
  ASSERT_TRUE(openSample());
  Q_EMIT m_window->questionPanel().askRequested(QStringLiteral("Where was Mary born?"), std::nullopt);
  ASSERT_EQ(waitForAnswer(1), QStringLiteral("Geneva"));
  m_window->actions().exportPdf->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return QApplication::activeModalWidget() != nullptr; }));
  const QString file = path("out.pdf");
  press(Qt::Key_A, Qt::ControlModifier);
  type(file);
  press(Qt::Key_Return);
  closeWindow();
  if (QFile::exists(file)) {
    QFile exported(file);
    ASSERT_TRUE(exported.open(QIODevice::ReadOnly));
    EXPECT_TRUE(exported.readAll().trimmed().endsWith("%%EOF"));
  }
}

TEST_F(KeyboardRobot, ModelsAreManagedFromThePalette) {
  press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
  type(QStringLiteral("models"));
  press(Qt::Key_Return);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->models().manager() != nullptr; }));
  ModelManager* manager = m_window->models().manager();
  ASSERT_TRUE(QTest::qWaitFor([&] { return QApplication::activeWindow() == manager; }));
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return manager->listModel().rows()[0].check == CheckState::kGood; }, kLongMilliseconds));
  ASSERT_TRUE(tabTo([](QWidget* widget) { return spokenName(widget).contains(QStringLiteral("ownload")); }));
  press(Qt::Key_Space);
  EXPECT_EQ(spokenName(target()), QStringLiteral("Where from"));
  type(QStringLiteral("no model"));
  press(Qt::Key_Return);
  EXPECT_TRUE(QTest::qWaitFor([&] {
    const QList<QLabel*> labels = manager->downloadPage().findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
      return label->isVisible() && label->text().contains(QStringLiteral("“no model”"));
    });
  }));
  press(Qt::Key_Escape);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->models().manager() == nullptr; }));
}

TEST_F(KeyboardRobot, F6WalksOverAllPanelsAndBack) {
  ASSERT_TRUE(openSample());
  QSet<QWidget*> seen;
  for (int i = 0; i < 4; ++i) {
    press(Qt::Key_F6);
    seen << target();
  }
  EXPECT_EQ(seen.size(), 4);
  QWidget* last = target();
  press(Qt::Key_F6, Qt::ShiftModifier);
  EXPECT_NE(target(), last);
  press(Qt::Key_F6);
  EXPECT_EQ(target(), last);
}

TEST_F(KeyboardRobot, TheQuestionMarkOpensTheShortcuts) {
  ASSERT_TRUE(openSample());
  m_window->documentPanel().setFocus();
  press(Qt::Key_Question);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->findChild<ShortcutSheet*>() != nullptr; }));
  // In a field it is a letter.
  m_window->questionPanel().focusInput();
  type(QStringLiteral("Who?"));
  EXPECT_EQ(m_window->questionPanel().draft(), QStringLiteral("Who?"));
}

TEST_F(KeyboardRobot, NoTwoActionsWantTheSameKey) {
  ASSERT_TRUE(openSample());
  QHash<QString, QString> owners;
  for (QAction* action : m_window->findChildren<QAction*>()) {
    if (action->shortcutContext() != Qt::WindowShortcut) continue;
    for (const QKeySequence& keys : action->shortcuts()) {
      const QString text = keys.toString();
      EXPECT_TRUE(!owners.contains(text) || owners[text] == action->text())
          << text.toStdString() << ": " << owners[text].toStdString() << " and " << action->text().toStdString();
      owners[text] = action->text();
    }
  }
  EXPECT_GT(owners.size(), 30);
}

TEST_F(KeyboardRobot, EveryWidgetThatTakesTheFocusHasAName) {
  ASSERT_TRUE(openSample());
  QStringList nameless;
  for (QWidget* widget : m_window->findChildren<QWidget*>()) {
    if (!widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0) continue;
    if (spokenName(widget).isEmpty()) {
      nameless << QStringLiteral("%1 (%2)").arg(QString::fromLatin1(widget->metaObject()->className()),
                                                widget->objectName());
    }
  }
  EXPECT_TRUE(nameless.isEmpty()) << nameless.join(QStringLiteral(", ")).toStdString();
}

}  // namespace
}  // namespace tidemark::ui
