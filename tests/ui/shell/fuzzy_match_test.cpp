#include "ui/shell/fuzzy_match.h"

#include <gtest/gtest.h>

#include <QString>

namespace tidemark::ui {
namespace {

struct OrderCase {
  const char* pattern;
  const char* better;
  const char* worse;  // null: does not match at all
};

class FuzzyOrder : public testing::TestWithParam<OrderCase> {};

TEST_P(FuzzyOrder, TheBetterOneWins) {
  const QString pattern = QString::fromUtf8(GetParam().pattern);
  const auto better = fuzzyMatch(pattern, QString::fromUtf8(GetParam().better));
  ASSERT_TRUE(better.has_value());
  if (GetParam().worse == nullptr) return;
  const auto worse = fuzzyMatch(pattern, QString::fromUtf8(GetParam().worse));
  if (worse) {
    EXPECT_GT(better->score, worse->score);
  }
}

INSTANTIATE_TEST_SUITE_P(Table, FuzzyOrder,
                         testing::Values(OrderCase{"fn", "Find Next", "Confirm nothing"},
                                         OrderCase{"find", "Find", "Find Next"}, OrderCase{"open", "Open…", "Reopen"},
                                         OrderCase{"zi", "Zoom In", "Resize it"},
                                         OrderCase{"gp", "Go to Page", "Group"}, OrderCase{"rs", "readSample", "purse"},
                                         OrderCase{"exp", "Export…", "Read example"},
                                         OrderCase{"ask of", "Ask as of…", "Take snapshot of"},
                                         OrderCase{"ÖFF", "Öffnen", nullptr}, OrderCase{"bm", "Bookmark", "Submit"},
                                         OrderCase{"save", "Save Session As…", "Show a vivid example"}));

TEST(FuzzyMatch, NeedsAllLettersInTheirOrder) {
  EXPECT_FALSE(fuzzyMatch(u"nepo", u"Open"));
  EXPECT_FALSE(fuzzyMatch(u"openx", u"Open"));
  EXPECT_FALSE(fuzzyMatch(u"oo", u"Open"));
  EXPECT_FALSE(fuzzyMatch(u"a", u""));
  EXPECT_TRUE(fuzzyMatch(u"OPEN", u"open"));
}

TEST(FuzzyMatch, AnEmptyPatternFitsEverythingWithNothing) {
  for (const QString& pattern : {QString(), QStringLiteral("  ")}) {
    const auto match = fuzzyMatch(pattern, u"Open");
    ASSERT_TRUE(match);
    EXPECT_EQ(match->score, 0);
    EXPECT_TRUE(match->positions.empty());
  }
}

TEST(FuzzyMatch, PositionsAreThoseOfTheBestReading) {
  EXPECT_EQ(fuzzyMatch(u"zi", u"Zoom In")->positions, (std::vector<qsizetype>{0, 5}));
  EXPECT_EQ(fuzzyMatch(u"nex", u"Find Next")->positions, (std::vector<qsizetype>{5, 6, 7}));
  EXPECT_EQ(fuzzyMatch(u"snap", u"Session: take snapshot")->positions, (std::vector<qsizetype>{14, 15, 16, 17}));
}

TEST(FuzzyMatch, PositionsSpellThePatternWhateverItIs) {
  const QString text = QStringLiteral("Session > Ask as of segment, aaaa sasa");
  for (const QString& pattern : {QStringLiteral("sas"), QStringLiteral("aaaa"), QStringLiteral("sess"),
                                 QStringLiteral("ss"), QStringLiteral("asof")}) {
    const auto match = fuzzyMatch(pattern, text);
    ASSERT_TRUE(match) << pattern.toStdString();
    QString spelled;
    qsizetype before = -1;
    for (const qsizetype position : match->positions) {
      EXPECT_GT(position, before);
      before = position;
      spelled += text[position].toLower();
    }
    EXPECT_EQ(spelled, pattern);
  }
}

}  // namespace
}  // namespace tidemark::ui
