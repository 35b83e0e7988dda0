#include <gtest/gtest.h>

#include <QString>

#include "document_fixture.h"
#include "ui/document/heading_lines.h"

namespace tidemark::ui {
namespace {

std::string joined(const TextPieces& pieces) {
  std::string all;
  for (const auto& piece : pieces) all += piece->bytes;
  return all;
}

std::vector<std::uint64_t> paragraphStarts(const TextPieces& pieces) {
  std::vector<std::uint64_t> starts;
  for (const auto& piece : pieces) {
    for (const std::uint32_t offset : piece->paragraphs) starts.push_back(piece->begin + offset);
  }
  return starts;
}

TEST(TextBuilder, EverySplitGivesTheSamePieces) {
  const std::string text = "CHAPTER 1. One\n\nünd\fso\n" + randomText(30000, 7, 900) + "\n\nend";
  const TextPieces whole = makePieces(text, 9000, text.size());
  ASSERT_EQ(joined(whole), text);
  ASSERT_GT(whole.size(), 2u);
  for (const std::size_t block : {1u, 2u, 3u, 7u, 64u, 1000u, 8192u, 8193u, 20000u}) {
    const TextPieces pieces = makePieces(text, 9000, block);
    ASSERT_EQ(pieces.size(), whole.size()) << block;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      EXPECT_EQ(pieces[i]->begin, whole[i]->begin);
      EXPECT_EQ(pieces[i]->bytes, whole[i]->bytes);
      EXPECT_EQ(pieces[i]->paragraphs, whole[i]->paragraphs);
      EXPECT_EQ(pieces[i]->pageStarts, whole[i]->pageStarts);
      EXPECT_EQ(pieces[i]->outline, whole[i]->outline);
    }
  }
}

TEST(TextBuilder, ParagraphsAreLinesAndPiecesEndWithThem) {
  const std::string text = "one\n\ntwo\nthree";
  const TextPieces pieces = makePieces(text, 5);
  EXPECT_EQ(paragraphStarts(pieces), (std::vector<std::uint64_t>{0, 4, 5, 9}));
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) EXPECT_TRUE(pieces[i]->bytes.ends_with('\n'));
}

TEST(TextBuilder, NoTextMakesNoPiece) {
  EXPECT_TRUE(makePieces("").empty());
}

TEST(TextBuilder, LongLinesAreCutAtBlanks) {
  std::string text;
  while (text.size() < 100000) text += "word ";
  const TextPieces pieces = makePieces(text);
  const auto starts = paragraphStarts(pieces);
  EXPECT_EQ(joined(pieces), text);
  EXPECT_GE(starts.size(), 100000 / TextPieceBuilder::kLongestParagraph);
  for (std::size_t i = 1; i < starts.size(); ++i) {
    EXPECT_EQ(text[starts[i] - 1], ' ');
    EXPECT_LE(starts[i] - starts[i - 1], TextPieceBuilder::kLongestParagraph);
  }
}

TEST(TextBuilder, LengthsAroundTheLongestParagraph) {
  for (std::size_t length = TextPieceBuilder::kLongestParagraph - 3; length < TextPieceBuilder::kLongestParagraph + 9;
       ++length) {
    for (const bool lineEnd : {false, true}) {
      const std::string text = std::string(length, 'x') + (lineEnd ? "\n" : "");
      const std::size_t expected = text.size() <= TextPieceBuilder::kLongestParagraph ? 1 : 2;
      for (const std::size_t block : {1u, 4096u, 100000u}) {
        const TextPieces pieces = makePieces(text, 1 << 20, block);
        EXPECT_EQ(joined(pieces), text);
        EXPECT_EQ(paragraphStarts(pieces).size(), expected) << length << " " << lineEnd << " " << block;
      }
    }
  }
}

TEST(TextBuilder, CharactersAndMarksAreNotTorn) {
  for (int shift = 0; shift < 5; ++shift) {
    std::string text(static_cast<std::size_t>(shift), 'x');
    while (text.size() < 60000) text += "\U0001D49C語e\u0301é";
    const TextPieces pieces = makePieces(text, 10000);
    EXPECT_EQ(joined(pieces), text);
    EXPECT_GT(pieces.size(), 3u);
    for (const std::uint64_t start : paragraphStarts(pieces)) {
      const auto first = static_cast<unsigned char>(text[start]);
      EXPECT_NE(first & 0xC0u, 0x80u) << start;
      EXPECT_NE(first, 0xCC) << "a mark without its letter at " << start;
    }
  }
}

TEST(TextBuilder, NothingButMarksEnds) {
  std::string text;
  while (text.size() < 30000) text += "\u0301";
  EXPECT_EQ(joined(makePieces(text)), text);
}

TEST(DocumentText, FindsParagraphsByByteAndIndex) {
  const std::string text = randomText(50000, 3, 8);
  const DocumentText document = makeText(text, 4000);
  ASSERT_GT(document.pieces().size(), 5u);
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < document.paragraphCount(); ++i) {
    const ByteRange range = document.paragraph(i);
    EXPECT_EQ(range.begin, expected);
    EXPECT_EQ(document.paragraphAt(range.begin), i);
    EXPECT_EQ(document.paragraphAt(range.end - 1), i);
    expected = range.end;
  }
  EXPECT_EQ(expected, text.size());
  EXPECT_EQ(document.paragraphAt(text.size() + 5), document.paragraphCount() - 1);
  EXPECT_EQ(document.bytes({3990, 4100}), text.substr(3990, 110));
  EXPECT_EQ(document.bytes({0, text.size() + 100}), text);
}

TEST(DocumentText, TextNeverHoldsPartsOfCharacters) {
  const std::string text = "aé語\U0001D49Cb";
  const DocumentText document = makeText(text);
  for (std::uint64_t begin = 0; begin <= text.size(); ++begin) {
    for (std::uint64_t end = begin; end <= text.size(); ++end) {
      const std::string part = document.text({begin, end});
      EXPECT_EQ(QString::fromStdString(part).toStdString(), part);
      EXPECT_FALSE(QString::fromStdString(part).contains(QChar(0xFFFD)));
    }
  }
}

TEST(DocumentText, PagesStartBehindFormFeeds) {
  const DocumentText none = makeText("no pages");
  EXPECT_EQ(none.pageCount(), 0u);
  EXPECT_EQ(none.pageAt(3), 0u);
  const DocumentText document = makeText("one\n\ftwo\n\fthree", 4);
  EXPECT_EQ(document.pageCount(), 3u);
  EXPECT_EQ(document.pageStart(1), 0u);
  EXPECT_EQ(document.pageStart(2), 5u);
  EXPECT_EQ(document.pageStart(3), 10u);
  EXPECT_FALSE(document.pageStart(4));
  EXPECT_FALSE(document.pageStart(0));
  EXPECT_EQ(document.pageAt(4), 1u);
  EXPECT_EQ(document.pageAt(5), 2u);
  EXPECT_EQ(document.pageAt(12), 3u);
}

struct HeadingCase {
  const char* line;
  bool afterBlank;
  const char* title;
};

class Headings : public testing::TestWithParam<HeadingCase> {};

TEST_P(Headings, AreFoundWhereALineLooksLikeOne) {
  EXPECT_EQ(headingTitle(GetParam().line, GetParam().afterBlank), GetParam().title) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, Headings,
    testing::Values(HeadingCase{"CHAPTER 3. The Spouter-Inn.", true, "CHAPTER 3. The Spouter-Inn."},
                    HeadingCase{"CHAPTER 3. The Spouter-Inn.", false, ""},
                    HeadingCase{"\fCHAPTER 3", false, "CHAPTER 3"}, HeadingCase{"  Chapter IV  ", true, "Chapter IV"},
                    HeadingCase{"Part One: Morning", true, "Part One: Morning"},
                    HeadingCase{"EPILOGUE", true, "EPILOGUE"}, HeadingCase{"Epilogue.", true, "Epilogue."},
                    HeadingCase{"## Method", true, "Method"}, HeadingCase{"#hash", true, ""},
                    HeadingCase{"Chapter 3 of the book says that,", true, ""},
                    HeadingCase{"Chapter 3 of the book says it", true, ""}, HeadingCase{"chapter 3", true, ""},
                    HeadingCase{"Part of the crew left.", true, ""}, HeadingCase{"Introduction of guests", true, ""},
                    HeadingCase{"", true, ""}, HeadingCase{"###", true, ""}));

TEST(Outline, LeavesOutTheTableOfContents) {
  const DocumentText document =
      makeText("Contents\n\nCHAPTER 1. Loomings.\n\nCHAPTER 2. The Bag.\n\nCall me.\n\nCHAPTER 1. Loomings.\n\n" +
               std::string(400, 'a') + "\n\nCHAPTER 2. The Bag.\n\nI stuffed a shirt.\n");
  const auto outline = document.outline();
  ASSERT_EQ(outline.size(), 2u);
  EXPECT_EQ(outline[0].title, "CHAPTER 1. Loomings.");
  EXPECT_GT(outline[0].byte, 60u);
  EXPECT_EQ(outline[1].title, "CHAPTER 2. The Bag.");
  EXPECT_TRUE(document.isHeading(document.paragraphAt(outline[1].byte)));
  EXPECT_FALSE(document.isHeading(0));
}

TEST(Outline, KeepsEqualTitlesOfDifferentParts) {
  const std::string body = "\n\n" + std::string(200, 'a') + "\n\n";
  const DocumentText document =
      makeText("PART I\n\nChapter 1" + body + "Chapter 2" + body + "PART II\n\nChapter 1" + body);
  EXPECT_EQ(document.outline().size(), 5u);
}

/// Two documents, as a session holds them: pages and headings that their files tell, in pieces of a few bytes.
DocumentText withStoredPages(std::size_t pieceBytes) {
  DocumentText document;
  const auto sink = [&document](std::shared_ptr<const TextPiece> piece) { document.append(std::move(piece)); };
  TextPieceBuilder first(sink, pieceBytes);
  first.addPage(0, "i");
  first.addHeading(0, 1, "One");
  first.feed("One\n\fstill i\n");  // 14 bytes; the form feed is none of its pages
  first.addPage(14, "ii");         // without text
  first.addPage(14, "3");
  first.addHeading(14, 2, "Two");
  first.feed("Chapter 7\n\nthree\n");  // 17 bytes
  first.addPage(31, "4");              // without text, behind all
  first.finish();
  TextPieceBuilder plain(sink, pieceBytes, 31);
  plain.feed("no pages\n");
  plain.finish();
  TextPieceBuilder last(sink, pieceBytes, 40);
  last.addPage(40, "");
  last.addPage(45, "I");
  last.feed("page\ntwo\n");
  last.finish();
  return document;
}

TEST(DocumentText, PagesOfFilesHaveTheirLabelsAndCountInTheirDocument) {
  for (const std::size_t pieceBytes : {std::size_t{1}, std::size_t{1} << 20}) {
    const DocumentText document = withStoredPages(pieceBytes);
    EXPECT_EQ(document.pageCount(), 6u);
    EXPECT_EQ(document.pageAt(5), 1u);
    EXPECT_EQ(document.pageAt(14), 3u);  // not the one without text
    EXPECT_EQ(document.pageAt(30), 3u);
    EXPECT_EQ(document.pageAt(33), 0u);  // a document without pages
    EXPECT_EQ(document.pageAt(41), 5u);
    EXPECT_EQ(document.pageAt(46), 6u);
    EXPECT_EQ(document.pageName(2), "ii");
    EXPECT_EQ(document.pageName(5), "1");
    EXPECT_EQ(document.pageName(6), "I");
    EXPECT_EQ(document.pageStart(2), 14u);
  }
}

TEST(DocumentText, PagesAreFoundByLabelThenByNumberAndHereFirst) {
  const DocumentText document = withStoredPages(8);
  EXPECT_EQ(document.findPage("ii", 0), 2u);
  EXPECT_EQ(document.findPage("i", 0), 1u);
  EXPECT_EQ(document.findPage("i", 44), 6u);  // "I", in the document that is looked at
  EXPECT_EQ(document.findPage("3", 0), 3u);   // the label
  EXPECT_EQ(document.findPage("2", 0), 2u);   // no such label: the number
  EXPECT_EQ(document.findPage("1", 42), 5u);
  EXPECT_EQ(document.findPage("ii", 42), 2u);  // elsewhere
  EXPECT_FALSE(document.findPage("", 0));
  EXPECT_FALSE(document.findPage("99", 0));
  EXPECT_FALSE(document.findPage("99999999999999999999", 0));
  EXPECT_FALSE(DocumentText().findPage("1", 0));
}

TEST(Outline, WhatAFileSaysReplacesWhatLinesLookLike) {
  const DocumentText document = withStoredPages(4);
  const auto outline = document.outline();
  ASSERT_EQ(outline.size(), 2u);
  EXPECT_EQ(outline[0].title, "One");
  EXPECT_EQ(outline[1].level, 2);
  EXPECT_TRUE(document.isHeading(0));
  EXPECT_FALSE(document.isHeading(document.paragraphAt(14)));  // the line says something else
}

}  // namespace
}  // namespace tidemark::ui
