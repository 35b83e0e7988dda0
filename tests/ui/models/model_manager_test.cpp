// The manager with keys only, what it asks for, and that every text fits; TM_PICTURES=FOLDER keeps the pictures.

#include "ui/models/model_manager.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "tests/ui/models/model_samples.h"
#include "tests/ui/models/texts_fit.h"
#include "ui/models/hints_form.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class ModelManagerTest : public ::testing::Test {
 protected:
  void SetUp() override { start(100, false); }
  void start(int percent, bool dark) {
    QLocale::setDefault(QLocale(QLocale::English));
    m_manager.reset();
    applyAppearance(*qApp, {dark ? ThemeChoice::kDark : ThemeChoice::kLight, percent, {}}, dark);
    m_manager = std::make_unique<ModelManager>();
    QObject::connect(m_manager.get(), &ModelManager::selectionChanged, m_manager.get(),
                     [this](const QString& path) { m_manager->showDetails(detailsOf(path)); });
    m_manager->setModels(someModels());
    m_manager->show();
    m_manager->activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(m_manager.get()));
  }
  void TearDown() override {
    m_manager.reset();
    applyAppearance(*qApp, {}, false);
  }
  QPushButton* button(const char* text) {
    for (QPushButton* each : m_manager->findChildren<QPushButton*>()) {
      if (each->text().remove(QLatin1Char('&')) == QString::fromUtf8(text)) return each;
    }
    ADD_FAILURE() << "no button " << text;
    return nullptr;
  }
  template <typename Widget>
  Widget* named(const char* name) {
    for (Widget* each : m_manager->findChildren<Widget*>()) {
      if (each->accessibleName() == QString::fromUtf8(name)) return each;
    }
    ADD_FAILURE() << "nothing is called " << name;
    return nullptr;
  }
  static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    ASSERT_NE(QApplication::focusWidget(), nullptr);
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
  }
  /// Tab until the focus is on `wanted`, at most once around.
  static bool tabTo(const QWidget* wanted) {
    for (int i = 0; i < 60; ++i) {
      if (QApplication::focusWidget() == wanted) return true;
      press(Qt::Key_Tab);
    }
    return false;
  }
  void keepPicture(const char* name) { tidemark::ui::keepPicture(*m_manager, QString::fromUtf8(name)); }
  void expectNoTextIsCut(const char* where) { tidemark::ui::expectNoTextIsCut(*m_manager, where); }

  std::unique_ptr<ModelManager> m_manager;
};

TEST_F(ModelManagerTest, KeysReachEverything) {
  QSignalSpy defaulted(&m_manager->inspectionPage(), &InspectionPage::defaultRequested);
  QSignalSpy removed(&m_manager->inspectionPage(), &InspectionPage::removeRequested);
  QSignalSpy checked(&m_manager->inspectionPage(), &InspectionPage::checkRequested);
  auto* list = named<QListView>("Models");
  ASSERT_TRUE(tabTo(list));
  EXPECT_EQ(m_manager->selected(), kMini);
  press(Qt::Key_Delete);
  EXPECT_EQ(removed.count(), 0) << "the built-in one stays";
  press(Qt::Key_Down);
  EXPECT_EQ(m_manager->selected(), kBig);
  press(Qt::Key_Return);
  ASSERT_EQ(defaulted.count(), 1);
  EXPECT_EQ(defaulted[0][0].toString(), kBig);
  press(Qt::Key_Delete);
  ASSERT_EQ(removed.count(), 1);
  EXPECT_EQ(removed[0][0].toString(), kBig);
  ASSERT_TRUE(tabTo(button("Check again")));
  press(Qt::Key_Space);
  EXPECT_EQ(checked.count(), 1);
  ASSERT_TRUE(tabTo(list));
  press(Qt::Key_Down);
  press(Qt::Key_Return);
  EXPECT_EQ(defaulted.count(), 1) << "what cannot run is no default";
  EXPECT_FALSE(button("Use as default")->isEnabled());
}

TEST_F(ModelManagerTest, FilesAreThrownAwayOnlyWhereTheyWereDownloaded) {
  m_manager->select(kBig);
  EXPECT_TRUE(button("Move files to trash")->isVisible());
  QSignalSpy trashed(&m_manager->inspectionPage(), &InspectionPage::trashRequested);
  button("Move files to trash")->click();
  EXPECT_EQ(trashed.count(), 1);
  m_manager->select(kBroken);
  EXPECT_FALSE(button("Move files to trash")->isVisible());
  EXPECT_TRUE(button("Remove")->isVisible());
  m_manager->select(kMini);
  EXPECT_FALSE(button("Remove")->isVisible());
}

TEST_F(ModelManagerTest, HintsAreAskedForWhereSomethingIsInTheWay) {
  auto* form = m_manager->findChild<HintsForm*>();
  m_manager->select(kBig);
  EXPECT_FALSE(form->isVisible());
  m_manager->select(kBroken);
  ASSERT_TRUE(form->isVisible());
  QSignalSpy applied(&m_manager->inspectionPage(), &InspectionPage::hintsApplied);
  EXPECT_FALSE(button("Apply and check again")->isEnabled());
  EXPECT_GE(named<QComboBox>("Base config")->findText(QStringLiteral("tinyllama-1.1b")), 1);
  named<QComboBox>("Base config")->setFocus();
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("llama-3.2-1b"));
  ASSERT_TRUE(tabTo(named<QSpinBox>("Segment size")));
  press(Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("1024"));
  ASSERT_TRUE(tabTo(named<QLineEdit>("LoRA alpha")));
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("16.5"));
  ASSERT_TRUE(tabTo(button("Apply and check again")));
  press(Qt::Key_Space);
  ASSERT_EQ(applied.count(), 1);
  EXPECT_EQ(applied[0][0].toString(), kBroken);
  const auto hints = applied[0][1].value<ModelHints>();
  EXPECT_EQ(hints.baseConfig, "llama-3.2-1b");
  EXPECT_EQ(hints.segmentSize, 1024);
  EXPECT_EQ(hints.loraAlpha, 16.5);
  EXPECT_FALSE(hints.memoryTokens.has_value());
  // What is typed stays while the same model is looked at again.
  ModelDetails details = detailsOf(kBroken);
  details.isChecking = true;
  details.hints = hints;
  m_manager->showDetails(details);
  EXPECT_EQ(form->hints(), hints);
}

TEST_F(ModelManagerTest, OnlyTheSelectedModelIsShown) {
  m_manager->select(kBig);
  m_manager->showDetails(detailsOf(kBroken));
  EXPECT_TRUE(button("Use as default")->isEnabled());
}

TEST_F(ModelManagerTest, TheDownloadPageFollowsTheDownload) {
  QSignalSpy look(&m_manager->downloadPage(), &DownloadPage::lookRequested);
  QSignalSpy started(&m_manager->downloadPage(), &DownloadPage::startRequested);
  QSignalSpy paused(&m_manager->downloadPage(), &DownloadPage::pauseRequested);
  QSignalSpy resumed(&m_manager->downloadPage(), &DownloadPage::resumeRequested);
  QSignalSpy cancelled(&m_manager->downloadPage(), &DownloadPage::cancelRequested);
  button("Download…")->click();
  EXPECT_EQ(QApplication::focusWidget(), named<QLineEdit>("Where from"));
  EXPECT_FALSE(button("Look what is there")->isEnabled());
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("lab/tiny"));
  press(Qt::Key_Return);
  ASSERT_EQ(look.count(), 1);
  EXPECT_EQ(look[0][0].toString(), QStringLiteral("lab/tiny"));
  DownloadShown shown;
  shown.state = DownloadState::kPlanned;
  shown.plan = {QStringLiteral("lab/tiny"),
                QStringLiteral("/m/tiny"),
                {{QStringLiteral("model.safetensors"), {}, 5'000'000'000, {}}},
                5'000'000'000,
                true,
                0,
                9'000'000'000,
                {}};
  m_manager->showDownload(shown);
  expectNoTextIsCut("plan");
  keepPicture("download-plan");
  button("Download")->click();
  EXPECT_EQ(started.count(), 1);
  shown.plan.obstacle = QStringLiteral("no room");
  m_manager->showDownload(shown);
  EXPECT_FALSE(button("Download")->isEnabled());
  shown.state = DownloadState::kFetching;
  shown.progress = {QStringLiteral("model.safetensors"), 2, 3, 1'250'000'000, 5'000'000'000, 12'500'000};
  m_manager->showDownload(shown);
  auto* bar = m_manager->findChild<QProgressBar*>();
  EXPECT_EQ(bar->value(), 250);
  EXPECT_TRUE(bar->accessibleDescription().contains(QStringLiteral("5 minute")))
      << bar->accessibleDescription().toStdString();
  expectNoTextIsCut("fetching");
  keepPicture("download-fetching");
  button("Pause")->click();
  EXPECT_EQ(paused.count(), 1);
  shown.state = DownloadState::kPaused;
  shown.reason = QStringLiteral(
      "huggingface.co could not be reached: the connection ended too early. What came is kept; go on when the "
      "connection is back.");
  m_manager->showDownload(shown);
  expectNoTextIsCut("paused");
  button("Resume")->click();
  EXPECT_EQ(resumed.count(), 1);
  button("Stop")->click();
  EXPECT_EQ(cancelled.count(), 1);
  m_manager->showDownload({});
  button("Back to the models")->click();
  EXPECT_TRUE(m_manager->inspectionPage().isVisible());
  EXPECT_EQ(QApplication::focusWidget(), named<QListView>("Models"));
}

TEST_F(ModelManagerTest, EveryWidgetThatTakesTheFocusHasAName) {
  m_manager->select(kBroken);
  for (const bool onDownload : {false, true}) {
    if (onDownload) m_manager->openDownloadPage();
    for (QWidget* each : m_manager->findChildren<QWidget*>()) {
      if (!each->isVisible() || (each->focusPolicy() & Qt::TabFocus) == 0) continue;
      QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(each);
      EXPECT_TRUE(spoken != nullptr && !spoken->text(QAccessible::Name).isEmpty())
          << each->metaObject()->className() << " " << each->objectName().toStdString();
    }
  }
}

TEST_F(ModelManagerTest, TheThemeMayChangeWhileItIsOpen) {
  m_manager->select(kBroken);
  for (const int percent : {150, 100, 200}) {
    for (const bool dark : {true, false}) {
      applyAppearance(*qApp, {dark ? ThemeChoice::kDark : ThemeChoice::kLight, percent, {}}, dark);
      QTest::qWait(20);
    }
  }
  EXPECT_TRUE(button("Check again")->isVisible());
}

TEST_F(ModelManagerTest, TextsFitInBothThemesAndSizes) {
  for (const int percent : {100, 200}) {
    for (const bool dark : {false, true}) {
      start(percent, dark);
      const std::string suffix = std::string(dark ? "-dark-" : "-light-") + std::to_string(percent);
      m_manager->select(kBig);
      expectNoTextIsCut(("good" + suffix).c_str());
      keepPicture(("models-good" + suffix).c_str());
      m_manager->select(kBroken);
      expectNoTextIsCut(("broken" + suffix).c_str());
      keepPicture(("models-broken" + suffix).c_str());
      m_manager->openDownloadPage();
      expectNoTextIsCut(("download" + suffix).c_str());
      keepPicture(("models-download" + suffix).c_str());
    }
  }
}

}  // namespace
}  // namespace tidemark::ui
