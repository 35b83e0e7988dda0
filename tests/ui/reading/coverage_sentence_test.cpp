#include "ui/reading/coverage_sentence.h"

#include <gtest/gtest.h>

#include <QLocale>

namespace tidemark::ui {
namespace {

class CoverageSentenceTest : public ::testing::Test {
 protected:
  CoverageSentenceTest() { QLocale::setDefault(QLocale::c()); }
  ~CoverageSentenceTest() override { QLocale::setDefault(QLocale::system()); }
};

TEST_F(CoverageSentenceTest, RangesCountFromOneAndEndAfterAFew) {
  EXPECT_EQ(CoverageSentence::ranges({}), QString());
  EXPECT_EQ(CoverageSentence::ranges({{2, 199}}), QStringLiteral("3–200"));
  EXPECT_EQ(CoverageSentence::ranges({{2, 6}, {11, 11}}), QStringLiteral("3–7, 12"));
  std::vector<PageRange> many;
  for (int page = 0; page < 40; page += 4) many.push_back({page, page});
  EXPECT_TRUE(CoverageSentence::ranges(many).startsWith(QStringLiteral("1, 5, 9, 13, 17, 21 and ")))
      << CoverageSentence::ranges(many).toStdString();
}

TEST_F(CoverageSentenceTest, WhatIsMissingIsSaidWithItsPages) {
  Coverage scan;
  scan.pages = 311;
  scan.imagePages = 198;
  scan.pagesWithoutText = {{2, 199}};
  EXPECT_TRUE(hasGaps(scan));
  const QString sentence = CoverageSentence::gaps(scan);
  EXPECT_TRUE(sentence.startsWith(QStringLiteral("198 of 311 page"))) << sentence.toStdString();
  EXPECT_TRUE(sentence.endsWith(QStringLiteral("are images without text (3–200)")));
  scan.imagePages = 3;
  EXPECT_TRUE(CoverageSentence::gaps(scan).contains(QStringLiteral("3 of them show an image")));
}

TEST_F(CoverageSentenceTest, BlankPagesAreNoGapAndAreNamedAmongWhatWasLeftOut) {
  Coverage book;
  book.pages = 20;
  book.pagesWithoutText = {{1, 1}};
  book.summary.runningLines = 40;
  book.summary.skipped = {{"tables inside tables", 2}};
  EXPECT_FALSE(hasGaps(book));
  EXPECT_TRUE(CoverageSentence::gaps(book).isEmpty());
  const QString leftOut = CoverageSentence::leftOut(book);
  EXPECT_TRUE(leftOut.contains(QStringLiteral("40")));
  EXPECT_TRUE(leftOut.contains(QStringLiteral("skipped: tables inside tables (2)")));
  EXPECT_TRUE(leftOut.contains(QStringLiteral("blank pages: 2")));
}

TEST_F(CoverageSentenceTest, BytesOfAnotherEncodingAreAGap) {
  Coverage text;
  text.summary.replacedBytes = 7;
  text.summary.encoding = "UTF-8";
  EXPECT_TRUE(hasGaps(text));
  EXPECT_TRUE(CoverageSentence::gaps(text).contains(QStringLiteral("could not be read as UTF-8")));
  EXPECT_TRUE(CoverageSentence::leftOut(text).isEmpty());
}

TEST_F(CoverageSentenceTest, EveryFormatHasAName) {
  QStringList names;
  for (const DocumentFormat format :
       {DocumentFormat::kPlainText, DocumentFormat::kMarkdown, DocumentFormat::kHtml, DocumentFormat::kPdf,
        DocumentFormat::kEpub, DocumentFormat::kDocx, DocumentFormat::kOdt}) {
    names << CoverageSentence::format(format);
  }
  EXPECT_FALSE(names.contains(QString()));
  EXPECT_EQ(names.removeDuplicates(), 0);
}

}  // namespace
}  // namespace tidemark::ui
