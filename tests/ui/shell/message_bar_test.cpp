#include "ui/shell/message_bar.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace tidemark::ui {
namespace {

int g_alerts = 0;  // the handler of QAccessible is a plain function

void countAlerts(QAccessibleEvent* event) {
  if (event->type() == QAccessible::Alert) ++g_alerts;
}

Message message(Severity severity, const char* text, const char* key = "") {
  return {severity, QString::fromUtf8(text), {}, {}, QString::fromUtf8(key)};
}

QPushButton* button(const MessageBar& bar, const char* text) {
  for (QPushButton* candidate : bar.findChildren<QPushButton*>()) {
    if (!candidate->isHidden() && candidate->text() == QString::fromUtf8(text)) return candidate;
  }
  return nullptr;
}

TEST(MessageBar, TheNewestLiesOnTopAndTheOthersFollow) {
  MessageBar bar;
  EXPECT_TRUE(bar.isHidden());
  bar.showMessage(message(Severity::kError, "The file is not text."));
  bar.showMessage(message(Severity::kWarning, "The disk is nearly full."));
  EXPECT_EQ(bar.messageCount(), 2);
  EXPECT_EQ(bar.currentMessage()->text, QStringLiteral("The disk is nearly full."));
  bar.dismissCurrent();
  EXPECT_EQ(bar.currentMessage()->text, QStringLiteral("The file is not text."));
  bar.dismissCurrent();
  EXPECT_TRUE(bar.isHidden());
  EXPECT_EQ(bar.currentMessage(), nullptr);
  bar.dismissCurrent();
}

TEST(MessageBar, TheSameMessageIsCountedNotRepeated) {
  MessageBar bar;
  bar.showMessage(message(Severity::kWarning, "Same."));
  bar.showMessage(message(Severity::kWarning, "Other."));
  bar.showMessage(message(Severity::kWarning, "Same."));
  EXPECT_EQ(bar.messageCount(), 2);
  EXPECT_EQ(bar.currentRepeats(), 2);
  EXPECT_EQ(bar.currentMessage()->text, QStringLiteral("Same."));
}

TEST(MessageBar, AKeyReplacesAndDismisses) {
  MessageBar bar;
  QSignalSpy dismissed(&bar, &MessageBar::messageDismissed);
  bar.showMessage(message(Severity::kWarning, "12 of 31 pages have no text.", "pages"));
  bar.showMessage(message(Severity::kError, "Something else."));
  bar.showMessage(message(Severity::kWarning, "14 of 31 pages have no text.", "pages"));
  EXPECT_EQ(bar.messageCount(), 2);
  EXPECT_EQ(bar.currentRepeats(), 1);
  bar.dismiss(QStringLiteral("nothing"));
  EXPECT_EQ(bar.messageCount(), 2);
  bar.dismiss(QStringLiteral("pages"));
  EXPECT_EQ(bar.currentMessage()->text, QStringLiteral("Something else."));
  ASSERT_EQ(dismissed.count(), 1);
  EXPECT_EQ(dismissed[0][0].toString(), QStringLiteral("pages"));
}

/// Below a field that has the focus, as in the window: a bar that is a window of its own would get the focus and keep
/// its message for that.
struct BarInWindow {
  BarInWindow() {
    field->setFocus();
    window.move(400, 400);  // away from the pointer
    window.resize(600, 120);
    bar.move(0, 40);
    window.show();
  }
  QWidget window;
  QLineEdit* field = new QLineEdit(&window);
  MessageBar& bar = *new MessageBar(&window);
};

TEST(MessageBar, OnlyInformationLeavesByItself) {
  BarInWindow in;
  MessageBar& bar = in.bar;
  bar.setInformationTime(30);
  bar.showMessage(message(Severity::kError, "Error."));
  bar.showMessage(message(Severity::kInformation, "Saved."));
  EXPECT_TRUE(QTest::qWaitFor([&bar] { return bar.messageCount() == 1; }, 2000));
  QTest::qWait(120);
  EXPECT_EQ(bar.messageCount(), 1);
  EXPECT_EQ(bar.currentMessage()->severity, Severity::kError);
}

TEST(MessageBar, InformationStaysWhileItHasTheFocus) {
  QWidget window;
  auto* bar = new MessageBar(&window);
  auto* elsewhere = new QPushButton(QStringLiteral("elsewhere"), &window);
  window.resize(600, 100);
  window.show();
  window.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&window));
  bar->setInformationTime(40);
  bar->showMessage(message(Severity::kInformation, "Saved."));
  bar->findChild<QToolButton*>()->setFocus();
  QTest::qWait(150);
  EXPECT_EQ(bar->messageCount(), 1);
  elsewhere->setFocus();
  EXPECT_TRUE(QTest::qWaitFor([bar] { return bar->messageCount() == 0; }, 2000));
}

TEST(MessageBar, AMessageLeavesTheFocusWhereItIs) {
  BarInWindow in;
  in.window.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&in.window));
  in.bar.showMessage(message(Severity::kError, "Error."));
  QTest::qWait(20);
  EXPECT_TRUE(in.field->hasFocus());
}

TEST(MessageBar, ButtonsLeaveTheTextItsRoom) {
  BarInWindow in;
  Message full = message(Severity::kError, "The model needs 2.4 GB and there are 1.2 GB, so the reading stopped.");
  full.details = QStringLiteral("details");
  full.actions = {{QStringLiteral("Continue on the CPU"), {}}, {QStringLiteral("Try again"), {}}};
  in.bar.showMessage(full);
  const auto* text = in.bar.findChildren<QLabel*>()[1];
  const QPushButton* copy = button(in.bar, "Copy details");
  ASSERT_EQ(text->text(), full.text);
  ASSERT_NE(copy, nullptr);
  for (const int width : {1600, 640, 1600}) {
    in.bar.resize(width, 200);
    QTest::qWait(20);
    EXPECT_EQ(copy->mapTo(&in.bar, QPoint()).y() > text->geometry().bottom(), width == 640) << width;
    EXPECT_GT(text->width(), 250) << width;
  }
}

TEST(MessageBar, InformationStaysUnderThePointer) {
  BarInWindow in;
  MessageBar& bar = in.bar;
  bar.setInformationTime(40);
  bar.showMessage(message(Severity::kInformation, "Saved."));
  QEnterEvent enter({1, 1}, {1, 1}, {1, 1});
  QCoreApplication::sendEvent(&bar, &enter);
  QTest::qWait(120);
  EXPECT_EQ(bar.messageCount(), 1);
  QEvent leave(QEvent::Leave);
  QCoreApplication::sendEvent(&bar, &leave);
  EXPECT_TRUE(QTest::qWaitFor([&bar] { return bar.messageCount() == 0; }, 2000));
}

TEST(MessageBar, ActionsRunAfterTheMessageHasLeft) {
  MessageBar bar;
  int runs = 0;
  Message offered = message(Severity::kError, "The GPU has no memory left.");
  offered.actions = {{QStringLiteral("Continue on the CPU"),
                      [&] {
                        ++runs;
                        EXPECT_EQ(bar.messageCount(), 0);
                        bar.showMessage(message(Severity::kInformation, "Reading goes on."));
                      }},
                     {QStringLiteral("Stop"), {}}};
  bar.showMessage(offered);
  ASSERT_NE(button(bar, "Stop"), nullptr);
  button(bar, "Continue on the CPU")->click();
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(bar.currentMessage()->text, QStringLiteral("Reading goes on."));
  EXPECT_EQ(button(bar, "Stop"), nullptr);
}

TEST(MessageBar, DetailsAreCopied) {
  MessageBar bar;
  bar.showMessage(message(Severity::kWarning, "No details."));
  EXPECT_EQ(button(bar, "Copy details"), nullptr);
  Message detailed = message(Severity::kError, "Broken.");
  detailed.details = QStringLiteral("line 12");
  bar.showMessage(detailed);
  ASSERT_NE(button(bar, "Copy details"), nullptr);
  button(bar, "Copy details")->click();
  EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("Broken.")));
  EXPECT_TRUE(QApplication::clipboard()->text().contains(QStringLiteral("line 12")));
}

TEST(MessageBar, EachMessageIsAnAlert) {
  QAccessible::setActive(true);
  if (!QAccessible::isActive()) GTEST_SKIP() << "this platform has no accessibility";
  QAccessible::UpdateHandler before = QAccessible::installUpdateHandler(countAlerts);
  g_alerts = 0;
  MessageBar bar;
  bar.showMessage(message(Severity::kError, "One."));
  bar.showMessage(message(Severity::kError, "Two."));
  EXPECT_EQ(g_alerts, 2);
  EXPECT_TRUE(bar.accessibleName().contains(QStringLiteral("Two.")));
  bar.dismissCurrent();
  EXPECT_EQ(g_alerts, 2);
  QAccessible::installUpdateHandler(before);
  QAccessible::setActive(false);
}

}  // namespace
}  // namespace tidemark::ui
