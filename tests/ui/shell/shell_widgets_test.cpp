// The welcome page, the status line and the about dialog.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>
#include <cmath>
#include <limits>

#include "ui/shell/about_dialog.h"
#include "ui/shell/key_label.h"
#include "ui/shell/status_line.h"
#include "ui/shell/used_libraries.h"
#include "ui/shell/welcome_page.h"
#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

TEST(WelcomePage, ThreeChoicesWorkWithKeysAlone) {
  WelcomePage page;
  QSignalSpy opened(&page, &WelcomePage::openRequested);
  QSignalSpy sample(&page, &WelcomePage::sampleRequested);
  QSignalSpy resumed(&page, &WelcomePage::resumeRequested);
  page.setLastSession(QStringLiteral("Moby-Dick"), QStringLiteral("14 questions"));
  page.resize(1000, 600);
  page.show();
  page.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
  const auto cards = page.findChildren<WelcomeCard*>();
  ASSERT_EQ(cards.size(), 3);
  page.setFocus();
  EXPECT_TRUE(cards[0]->hasFocus());
  QTest::keyClick(cards[0], Qt::Key_Space);
  EXPECT_EQ(opened.count(), 1);
  QTest::keyClick(cards[0], Qt::Key_Right);
  EXPECT_TRUE(cards[1]->hasFocus());
  QTest::keyClick(cards[1], Qt::Key_Return);
  EXPECT_TRUE(QTest::qWaitFor([&sample] { return sample.count() == 1; }, 1000));
  QTest::keyClick(cards[1], Qt::Key_Down);
  EXPECT_TRUE(cards[2]->hasFocus());
  QTest::keyClick(cards[2], Qt::Key_Space);
  EXPECT_EQ(resumed.count(), 1);
  QTest::keyClick(cards[2], Qt::Key_Down);
  EXPECT_TRUE(cards[2]->hasFocus());
  EXPECT_EQ(cards[2]->accessibleDescription(), QStringLiteral("Moby-Dick: 14 questions"));
}

TEST(WelcomePage, TheFirstCardHasTheFocusWhenThePageAppears) {
  QStackedWidget centre;
  auto* page = new WelcomePage;
  auto* field = new QLineEdit;
  centre.addWidget(page);
  centre.addWidget(field);
  centre.resize(900, 600);
  centre.show();
  centre.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&centre));
  EXPECT_TRUE(page->findChildren<WelcomeCard*>()[0]->hasFocus());
  centre.setCurrentWidget(field);
  field->setFocus();
  centre.setCurrentWidget(page);
  EXPECT_TRUE(page->findChildren<WelcomeCard*>()[0]->hasFocus());
}

TEST(WelcomePage, WithoutASessionThereIsNothingToResume) {
  WelcomePage page;
  QSignalSpy resumed(&page, &WelcomePage::resumeRequested);
  WelcomeCard* card = page.findChildren<WelcomeCard*>()[2];
  EXPECT_FALSE(card->isEnabled());
  card->click();
  EXPECT_EQ(resumed.count(), 0);
  EXPECT_FALSE(card->accessibleDescription().isEmpty());
}

TEST(WelcomePage, TheCardsStandBelowEachOtherWhenThereIsNoRoom) {
  WelcomePage page;
  page.resize(1200, 700);
  page.show();
  QTest::qWait(20);
  const auto cards = page.findChildren<WelcomeCard*>();
  EXPECT_EQ(cards[0]->y(), cards[1]->y());
  EXPECT_EQ(cards[0]->height(), cards[1]->height());
  page.resize(420, 900);
  QTest::qWait(20);
  EXPECT_LT(cards[0]->geometry().bottom(), cards[1]->y());
}

TEST(StatusLine, ShowsWhatIsSetAndHidesTheRest) {
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  StatusLine line;
  EXPECT_TRUE(line.summary().isEmpty());
  line.setDevice(QStringLiteral("CPU · 2 threads"), QStringLiteral("no GPU: driver not found"));
  line.setTokensPerSecond(3214.4);
  line.setMemoryBytes(590000);
  line.setTailTokens(214);
  line.setSnapshots(31);
  line.setSessionBytes(18000000);
  const QString all = line.summary();
  for (const char* part : {"CPU · 2 threads", "no GPU: driver not found", "3,214 tokens/s", "memory 590 kB",
                           "214 token", "31 snapshot", "18 MB saved"}) {
    EXPECT_TRUE(all.contains(QString::fromUtf8(part))) << part << " in " << all.toStdString();
  }
  line.setTokensPerSecond(std::numeric_limits<double>::quiet_NaN());
  EXPECT_FALSE(line.summary().contains(QStringLiteral("tokens/s")));
  line.clearSession();
  EXPECT_EQ(line.summary(), QStringLiteral("CPU · 2 threads · no GPU: driver not found"));
  QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
  line.setTokensPerSecond(3214.4);
  EXPECT_TRUE(line.summary().contains(QStringLiteral("3.214 tokens/s")));
  QLocale::setDefault(QLocale::c());
}

TEST(StatusLine, ALongReasonGivesWayAndCanBeReadInTheTooltip) {
  StatusLine line;
  const QString reason = QStringLiteral("no GPU: ") + QString(400, QLatin1Char('x'));
  line.setDevice(QStringLiteral("CPU"), reason);
  line.setSessionBytes(1);
  line.resize(500, line.sizeHint().height());
  line.show();
  QTest::qWait(10);
  const auto labels = line.findChildren<ElidedLabel*>();
  EXPECT_FALSE(labels[0]->isElided());
  EXPECT_TRUE(labels[1]->isElided());
  EXPECT_FALSE(labels.back()->isElided());
  EXPECT_LE(labels.back()->geometry().right(), line.width());
  EXPECT_EQ(labels[1]->accessibleName(), reason);
  EXPECT_LT(line.minimumSizeHint().width(), 400) << "a reason must not keep the window wide";
}

TEST(ByteText, IsShortAndInTheLocale) {
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  EXPECT_EQ(byteText(0), QStringLiteral("0 bytes"));
  EXPECT_EQ(byteText(87000), QStringLiteral("87 kB"));
  EXPECT_EQ(byteText(1500000), QStringLiteral("1.5 MB"));
  EXPECT_EQ(byteText(412000000), QStringLiteral("412 MB"));
  EXPECT_EQ(byteText(30500000000), QStringLiteral("31 GB"));
  EXPECT_FALSE(byteText(std::numeric_limits<quint64>::max()).isEmpty());
  QLocale::setDefault(QLocale(QLocale::German));
  EXPECT_EQ(byteText(1500000), QStringLiteral("1,5 MB"));
  QLocale::setDefault(QLocale::c());
}

TEST(AboutDialog, CanBeCopiedIntoABugReport) {
  AboutInfo info;
  info.version = QStringLiteral("0.1.0");
  info.commit = QStringLiteral("abc1234");
  info.features = {QStringLiteral("CPU with AVX2"), QStringLiteral("no CUDA backend in this build")};
  AboutDialog dialog(info);
  for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
    if (button->text() == QStringLiteral("&Copy")) button->click();
  }
  const QString copied = QApplication::clipboard()->text();
  for (const char* part : {"0.1.0", "abc1234", "CPU with AVX2", "SQLite: public domain", "Qt 6", "LGPL"}) {
    EXPECT_TRUE(copied.contains(QString::fromUtf8(part))) << part;
  }
  for (const LibraryInfo& library : usedLibraries()) EXPECT_TRUE(copied.contains(library.address));
}

}  // namespace
}  // namespace tidemark::ui
