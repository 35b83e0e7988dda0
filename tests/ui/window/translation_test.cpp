// German is complete, and what is shown is German; English knows its plural forms.

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QMainWindow>
#include <QRegularExpression>
#include <QTranslator>

#include "ui/document/document_panel.h"
#include "ui/shell/welcome_page.h"
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
