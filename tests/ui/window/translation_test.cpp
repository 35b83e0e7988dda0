// German is complete, and what is shown is German; English knows its plural forms.

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QMainWindow>
#include <QRegularExpression>
#include <QTranslator>

#include "tests/ui/models/model_samples.h"
#include "tests/ui/models/texts_fit.h"
#include "ui/document/document_panel.h"
#include "ui/models/model_manager.h"
#include "ui/shell/welcome_page.h"
#include "ui/theme/theme.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/window_actions.h"

namespace tidemark::ui {
namespace {

class TranslationTest : public ::testing::Test {
 protected:
  void install(const char* language) {
    ASSERT_TRUE(m_translator.load(QStringLiteral(":/i18n/tidemark_%1.qm").arg(QString::fromLatin1(language))));
    ASSERT_TRUE(QApplication::installTranslator(&m_translator));
  }
  void TearDown() override { QApplication::removeTranslator(&m_translator); }
  static QString source(const char* language) {
    QFile file(QStringLiteral(TM_SOURCE_DIR "/resources/i18n/tidemark_%1.ts").arg(QString::fromLatin1(language)));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return QString::fromUtf8(file.readAll());
  }
  QTranslator m_translator;
};

TEST_F(TranslationTest, NothingIsUnfinished) {
  EXPECT_EQ(source("de").count(QStringLiteral("type=\"unfinished\"")), 0);
  EXPECT_EQ(source("en").count(QStringLiteral("type=\"unfinished\"")), 0);
}

TEST_F(TranslationTest, PlaceholdersAreKept) {
  const QRegularExpression message(QStringLiteral("<source>(.*?)</source>.*?<translation>(.*?)</translation>"),
                                   QRegularExpression::DotMatchesEverythingOption);
  const QRegularExpression placeholder(QStringLiteral("%(?:L?n|L?[1-9])"));
  const auto used = [&](const QString& text) {
    QSet<QString> all;
    for (auto each = placeholder.globalMatch(text); each.hasNext();) all << each.next().captured(0);
    return all;
  };
  for (auto each = message.globalMatch(source("de")); each.hasNext();) {
    const QRegularExpressionMatch match = each.next();
    EXPECT_EQ(used(match.captured(1)), used(match.captured(2))) << match.captured(1).toStdString();
  }
}

TEST_F(TranslationTest, TheWindowSpeaksGerman) {
  const auto texts = [] {
    QStringList all;
    QMainWindow window;
    const WindowActions actions(&window);
    const WavefrontPanel wavefront;
    for (const QAction* action : window.actions()) all << action->text();
    for (const QAction* action : wavefront.commandActions()) all << action->text();
    return all;
  };
  const QStringList english = texts();
  install("de");
  const QStringList german = texts();
  ASSERT_EQ(german.size(), english.size());
  for (qsizetype i = 0; i < german.size(); ++i) EXPECT_NE(german[i], english[i]) << german[i].toStdString();
}

TEST_F(TranslationTest, TheManagerOfModelsFitsInGerman) {
  install("de");
  QLocale::setDefault(QLocale(QLocale::German));
  for (const int percent : {100, 200}) {
    applyAppearance(*qApp, {ThemeChoice::kLight, percent, {}}, false);
    ModelManager manager;
    manager.setModels(someModels());
    manager.show();
    for (const QString& path : {kMini, kBig, kBroken}) {
      manager.select(path);
      manager.showDetails(detailsOf(path));
      expectNoTextIsCut(manager, "model");
      keepPicture(manager, QStringLiteral("german-%1-%2").arg(path.section(QLatin1Char('/'), -1)).arg(percent));
    }
    manager.openDownloadPage();
    DownloadShown shown;
    shown.state = DownloadState::kPlanned;
    shown.plan.source = QStringLiteral("lab/tiny");
    shown.plan.folder = QStringLiteral("/home/mary/.local/share/tidemark/models/tiny");
    shown.plan.files = {{QStringLiteral("config.json"), {}, 812, {}},
                        {QStringLiteral("model.safetensors"), {}, 2'500'000'000, {}}};
    shown.plan.knownBytes = 2'500'000'812;
    shown.plan.freeBytes = 90'000'000'000;
    manager.showDownload(shown);
    expectNoTextIsCut(manager, "plan");
    keepPicture(manager, QStringLiteral("german-plan-%1").arg(percent));
    shown.state = DownloadState::kPaused;
    shown.progress = {QStringLiteral("model.safetensors"), 2, 2, 625'000'000, 2'500'000'812, 0};
    shown.reason =
        ModelDownload::tr("%1 could not be reached: %2. What came is kept; go on when the connection is back.")
            .arg(QStringLiteral("huggingface.co"), ModelDownload::tr("the connection ended too early"));
    manager.showDownload(shown);
    expectNoTextIsCut(manager, "paused");
    keepPicture(manager, QStringLiteral("german-paused-%1").arg(percent));
  }
  QLocale::setDefault(QLocale::system());
  applyAppearance(*qApp, {}, false);
}

TEST_F(TranslationTest, EnglishCounts) {
  install("en");
  const auto questions = [](int count) {
    return QCoreApplication::translate("tidemark::ui::SessionPresenter", "finished · %Ln question(s)", nullptr, count);
  };
  EXPECT_EQ(questions(1), QStringLiteral("finished · 1 question"));
  EXPECT_EQ(questions(3), QStringLiteral("finished · 3 questions"));
}

}  // namespace
}  // namespace tidemark::ui
