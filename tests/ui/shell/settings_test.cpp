#include "ui/shell/settings.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace tidemark::ui {
namespace {

class SettingsTest : public testing::Test {
 protected:
  [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("sub/tidemark.ini")); }
  void write(const QByteArray& text) {
    ASSERT_TRUE(QDir().mkpath(QFileInfo(path()).path()));
    QFile file(path());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
  }
  QTemporaryDir m_folder;
};

TEST_F(SettingsTest, AMissingFileGivesTheDefaults) {
  const LoadedSettings loaded = loadSettings(path());
  EXPECT_EQ(loaded.settings, Settings());
  EXPECT_TRUE(loaded.problems.isEmpty());
  EXPECT_TRUE(Settings().sessionsFolder.endsWith(QStringLiteral("/tidemark/sessions")));
  EXPECT_EQ(Settings().snapshotBudgetBytes, 2147483648ULL);
}

TEST_F(SettingsTest, EverythingComesBack) {
  Settings s;
  s.modelDirectory = QStringLiteral("/models/a, b");
  s.device = DeviceChoice::kCuda;
  s.threads = 7;
  s.snapshotBudgetBytes = 5000000000ULL;
  s.snapshotSeconds = 2.5;
  s.theme = ThemeChoice::kDark;
  s.fontPercent = 135;
  s.interfaceFont = QStringLiteral("Größe Sans");
  s.documentFont = QStringLiteral("DejaVu Serif");
  s.language = QStringLiteral("de");
  s.sessionsFolder = QStringLiteral("/data/sessions");
  s.reducedMotion = true;
  s.showSegmentBoundaries = false;
  ModelHints hints;
  hints.baseConfig = "llama-3.2-1b";
  hints.segmentSize = 1024;
  hints.memoryTokens = 128;
  hints.loraAlpha = 16.5;
  hints.loraRank = 8;
  hints.chatTemplate = "<q>{question}, please</q>";
  s.models = {{QStringLiteral("/models/a, b"), hints}, {QStringLiteral("/models/c"), {}}};
  EXPECT_EQ(hintsOf(s, QStringLiteral("/models/a, b")), hints);
  EXPECT_TRUE(hintsOf(s, QStringLiteral("/models/x")).empty());
  ASSERT_EQ(saveSettings(path(), s), QString());
  const LoadedSettings loaded = loadSettings(path());
  EXPECT_TRUE(loaded.problems.isEmpty()) << loaded.problems.join(QLatin1Char('\n')).toStdString();
  EXPECT_EQ(loaded.settings, s);
}

TEST_F(SettingsTest, ModelsThatMakeNoSenseAreLeftOut) {
  write(
      "[models]\nsize=4\n1\\directory=/models/a\n1\\segmentSize=-3\n1\\loraAlpha=many\n2\\directory=relative\n"
      "4\\directory=/models/d\n4\\loraRank=8\n");
  const LoadedSettings loaded = loadSettings(path());
  ASSERT_EQ(loaded.settings.models.size(), 2u);
  EXPECT_TRUE(loaded.settings.models[0].hints.empty());
  EXPECT_EQ(loaded.settings.models[1].hints.loraRank, 8);
  EXPECT_EQ(loaded.problems.size(), 3);
}

struct BrokenCase {
  const char* line;
  int problems;
};
class BrokenSettings : public SettingsTest, public testing::WithParamInterface<BrokenCase> {};

TEST_P(BrokenSettings, FallBackAndAreReported) {
  write(QByteArray(GetParam().line) + "\n");
  const LoadedSettings loaded = loadSettings(path());
  EXPECT_EQ(loaded.problems.size(), GetParam().problems) << loaded.problems.join(QLatin1Char('\n')).toStdString();
  EXPECT_EQ(loaded.settings, Settings());
}

INSTANTIATE_TEST_SUITE_P(
    Table, BrokenSettings,
    testing::Values(BrokenCase{"[appearance]\nfontPercent=700", 1}, BrokenCase{"[appearance]\nfontPercent=big", 1},
                    BrokenCase{"[appearance]\ntheme=purple", 1}, BrokenCase{"[model]\nthreads=-1", 1},
                    BrokenCase{"[model]\ndevice=tpu\nthreads=99999", 2},
                    BrokenCase{"[reading]\nsnapshotSeconds=nan", 1}, BrokenCase{"[reading]\nsnapshotSeconds=-inf", 1},
                    BrokenCase{"[reading]\nsnapshotBudgetBytes=99999999999999999999999", 1},
                    BrokenCase{"[reading]\nsnapshotBudgetBytes=1", 1}, BrokenCase{"[sessions]\nfolder=not/absolute", 1},
                    BrokenCase{"[accessibility]\nreducedMotion=perhaps", 1},
                    BrokenCase{"[appearance]\nlanguage=klingon", 1},
                    BrokenCase{"[model]\nthreads=@ByteArray(\\x1\\x2)", 1}, BrokenCase{"[future]\nthing=1", 0}));

TEST_F(SettingsTest, GarbageDoesNotThrowOrHang) {
  for (const QByteArray& text : {QByteArray(100000, '\0'), QByteArray("[[[[\n===\n\xff\xfe"), QByteArray(5000, '[')}) {
    write(text);
    EXPECT_EQ(loadSettings(path()).settings, Settings());
  }
}

TEST_F(SettingsTest, KeysOfAnotherVersionStay) {
  write("[future]\nthing=1\n");
  ASSERT_EQ(saveSettings(path(), Settings()), QString());
  QFile file(path());
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const QByteArray text = file.readAll();
  EXPECT_TRUE(text.contains("thing=1"));
  EXPECT_FALSE(text.contains("[sessions]")) << "the default folder must follow the home folder";
}

TEST_F(SettingsTest, AFolderThatCannotBeWrittenIsSaid) {
  EXPECT_FALSE(saveSettings(QStringLiteral("/proc/nowhere/tidemark.ini"), Settings()).isEmpty());
}

}  // namespace
}  // namespace tidemark::ui
