#include "ui/document/document_layout.h"

#include <gtest/gtest.h>

#include <set>

#include "document_fixture.h"
#include "ui/document/caret_moves.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class LayoutTest : public testing::Test {
 protected:
  void load(const std::string& text, int width = 700, qreal height = 600) {
    m_bytes = text;
    m_text = makeText(text, 20000);
    m_layout.textReset();
    m_layout.setViewportHeight(height);
    setWidth(width);
  }
  void setWidth(int width, int percent = 100) {
    LayoutStyle style = makeLayoutStyle(documentFont(QString(), percent), QApplication::font());
    style.columnWidth = placeColumn(width, style.characterWidth).width;
    m_layout.setStyle(style);
  }
  /// The byte range of the line that is first wholly visible.
  ByteRange topLine() const {
    for (const VisibleParagraph& p : m_layout.visibleParagraphs()) {
      for (int line = 0; line < p.layout->lineCount(); ++line) {
        if (p.y + p.layout->lineTop(line) < -0.5) continue;
        const QTextLine l = p.layout->layout().lineAt(line);
        return {p.layout->byteOf(l.textStart()), p.layout->byteOf(l.textStart() + l.textLength())};
      }
    }
    return {};
  }

  std::string m_bytes;
  DocumentText m_text;
  SegmentList m_segments;
  DocumentLayout m_layout{m_text, m_segments};
};

TEST_F(LayoutTest, AByteThatIsJumpedToIsInTheTopLine) {
  load(randomText(200000, 11));
  for (std::uint64_t byte = 5; byte < 190000; byte += 7919) {
    m_layout.scrollToByte(byte);
    EXPECT_EQ(m_layout.topByte(), m_text.characterStart(byte));
    EXPECT_LE(topLine().begin, byte);
    EXPECT_GE(topLine().end, m_text.characterStart(byte));
  }
}

TEST_F(LayoutTest, ResizingAndZoomingKeepTheTopByte) {
  load(randomText(200000, 12));
  m_layout.scrollToByte(77777);
  const std::uint64_t byte = m_layout.topByte();
  for (const int width : {300, 1200, 500, 90, 700}) {
    for (const int percent : {50, 100, 300}) {
      setWidth(width, percent);
      EXPECT_EQ(m_layout.topByte(), byte) << width << " " << percent;
      EXPECT_LE(topLine().begin, byte);
      EXPECT_GT(topLine().end, byte);
    }
  }
  m_layout.setViewportHeight(200);
  EXPECT_EQ(m_layout.topByte(), byte);
}

TEST_F(LayoutTest, SmallStepsVisitEveryParagraphAndComeBack) {
  load(randomText(30000, 13, 12) + "\n\n\nlast");
  std::set<std::size_t> seen;
  const auto look = [&] {
    for (const auto& p : m_layout.visibleParagraphs()) seen.insert(p.index);
  };
  look();
  std::uint64_t value = m_layout.scrollValue();
  int steps = 0;
  for (; m_layout.scrollBy(40); ++steps) {
    look();
    EXPECT_GE(m_layout.scrollValue(), value);
    value = m_layout.scrollValue();
  }
  EXPECT_EQ(seen.size(), m_text.paragraphCount());
  EXPECT_EQ(m_layout.scrollValue(), m_layout.scrollMaximum());
  EXPECT_EQ(m_layout.visibleParagraphs().back().index, m_text.paragraphCount() - 1);
  int back = 0;
  while (m_layout.scrollBy(-40)) ++back;
  EXPECT_NEAR(back, steps, 1);
  EXPECT_EQ(m_layout.scrollValue(), 0u);
  EXPECT_EQ(m_layout.visibleParagraphs().front().y, m_layout.style().topMargin);
}

TEST_F(LayoutTest, ScrollingMovesParagraphsByThatManyPixels) {
  load(randomText(50000, 14, 12));
  m_layout.scrollToByte(20000);
  const auto before = m_layout.visibleParagraphs();
  m_layout.scrollBy(17);
  for (const auto& now : m_layout.visibleParagraphs()) {
    for (const auto& then : before) {
      if (then.index != now.index) continue;
      EXPECT_DOUBLE_EQ(now.y, then.y - 17);
    }
  }
}

TEST_F(LayoutTest, HeightsFollowFromLinesAndAreFilledWithoutGaps) {
  load(randomText(40000, 15, 20));
  m_layout.scrollToByte(10000);
  qreal y = m_layout.visibleParagraphs().front().y;
  for (const auto& p : m_layout.visibleParagraphs()) {
    EXPECT_DOUBLE_EQ(p.y, y);
    EXPECT_DOUBLE_EQ(p.layout->height(), p.layout->lineCount() * p.layout->lineHeight());
    EXPECT_GT(m_layout.estimatedHeight(p.index), 0.3 * p.layout->height());
    EXPECT_LT(m_layout.estimatedHeight(p.index), 3 * p.layout->height() + 1);
    y += p.layout->height();
  }
  EXPECT_GE(y, m_layout.viewportHeight());
}

TEST_F(LayoutTest, LongWaysLayOutLittle) {
  load(randomText(2000000, 16, 12));
  const std::uint64_t before = m_layout.layoutsMade();
  m_layout.scrollBy(400000);
  EXPECT_GT(m_layout.topByte(), 100000u);
  m_layout.scrollToByte(1500000);
  EXPECT_LT(m_layout.layoutsMade() - before, 600u);
}

TEST_F(LayoutTest, ScrollBarValuesReachBothEnds) {
  load(randomText(100000, 17));
  m_layout.setScrollValue(m_layout.scrollMaximum());
  EXPECT_FALSE(m_layout.scrollBy(1));
  m_layout.setScrollValue(0);
  EXPECT_FALSE(m_layout.scrollBy(-1));
  for (std::uint64_t value = 100; value < 90000; value += 4999) {
    m_layout.setScrollValue(value);
    const ByteRange line = topLine();
    EXPECT_NEAR(static_cast<double>(m_layout.scrollValue()), static_cast<double>(value),
                static_cast<double>(line.end - line.begin));
  }
}

TEST_F(LayoutTest, PositionsAndBytesCorrespond) {
  load("aé語\U0001D49Cb ſ\te\u0301\x01\f\n");
  const auto p = m_layout.paragraph(0);
  for (std::uint64_t byte = 0; byte + 1 < m_bytes.size(); ++byte) {
    EXPECT_EQ(p->byteOf(p->positionOf(byte)), m_text.characterStart(byte)) << byte;
  }
  EXPECT_EQ(p->text().size(), QString::fromStdString(m_bytes).size() - 1);
}

TEST_F(LayoutTest, RightToLeftTextSitsAtTheRight) {
  load("שלום עולם\nleft\n");
  const auto p = m_layout.paragraph(0);
  const auto rects = p->rangeRects(0, static_cast<int>(p->text().size()));
  ASSERT_EQ(rects.size(), 1u);
  EXPECT_NEAR(rects[0].right(), m_layout.style().columnWidth, 1);
  EXPECT_GT(rects[0].left(), m_layout.style().columnWidth / 2);
  EXPECT_GT(p->caretRect(0).left(), p->caretRect(4).left());
  EXPECT_EQ(m_layout.paragraph(1)->rangeRects(0, 4).front().left(), 0);
  // The point in the middle of a letter leads back to it.
  const QRectF second = p->rangeRects(1, 2).front();
  EXPECT_NEAR(p->positionAt(0, second.center().x()), 1.5, 0.6);
}

TEST_F(LayoutTest, AMixedRangeHasABoxPerDirection) {
  load("abc שלום def\n");
  const auto p = m_layout.paragraph(0);
  EXPECT_EQ(p->rangeRects(0, static_cast<int>(p->text().size())).size(), 1u);
  // Half of the Latin word and half of the Hebrew one do not touch.
  EXPECT_EQ(p->rangeRects(1, 6).size(), 2u);
}

TEST_F(LayoutTest, SegmentBoundariesOpenRoomAboveTheirLine) {
  load(std::string(3000, 'a') + "\n\n" + std::string(500, 'b') + "\n");
  const qreal first = m_layout.paragraphHeight(0);
  const qreal third = m_layout.paragraph(2)->height();
  // The second segment starts with the blank line, the third inside the last paragraph.
  m_segments.set(std::make_shared<const std::vector<ByteRange>>(std::vector<ByteRange>{{0, 3000}, {3000, 3502}}), 40);
  m_layout.segmentsChanged();
  EXPECT_EQ(m_layout.paragraphHeight(0), first);
  ASSERT_EQ(m_layout.paragraph(2)->boundaries().size(), 1u);
  EXPECT_EQ(m_layout.paragraph(2)->boundaries()[0], (SegmentBoundary{41, 3002, true}));
  EXPECT_EQ(m_layout.paragraph(2)->height(), third + m_layout.style().boundaryHeight);
  EXPECT_EQ(m_layout.paragraph(2)->lineTop(0), m_layout.style().boundaryHeight);
  m_segments.setShown(false);
  m_layout.segmentsChanged();
  EXPECT_EQ(m_layout.paragraph(2)->height(), third);
}

TEST_F(LayoutTest, GrowingSegmentsKeepTheTopByte) {
  load(randomText(100000, 18));
  m_layout.scrollToByte(50000);
  const std::uint64_t byte = m_layout.topByte();
  std::vector<ByteRange> more;
  for (std::uint64_t at = 0; at < 60000; at += 1000) more.push_back({at, at + 1000});
  m_segments.append(more);
  m_layout.segmentsChanged();
  EXPECT_EQ(m_layout.topByte(), byte);
}

TEST_F(LayoutTest, TheCaretWalksThroughTheWholeTextAndBack) {
  load("ab é\n\n\U0001D49Ce\u0301 שלום\nlast");
  std::uint64_t byte = 0;
  std::vector<std::uint64_t> places{0};
  for (int i = 0; i < 100 && byte < m_bytes.size(); ++i) {
    byte = movedCaret(m_text, m_layout, byte, CaretMove::kNextCharacter);
    EXPECT_EQ(byte, m_text.characterStart(byte));
    EXPECT_GT(byte, places.back());
    places.push_back(byte);
  }
  EXPECT_EQ(byte, m_bytes.size());
  for (; places.size() > 1; byte = places.back()) {
    places.pop_back();
    EXPECT_EQ(movedCaret(m_text, m_layout, byte, CaretMove::kPreviousCharacter), places.back());
  }
}

TEST_F(LayoutTest, TheCaretPassesLongLinesThatWereCut) {
  std::string line;
  while (line.size() < 40000) line += "word ";
  load(line);
  std::uint64_t byte = 0;
  for (int i = 0; i < 20000 && byte < m_bytes.size(); ++i) {
    const std::uint64_t next = movedCaret(m_text, m_layout, byte, CaretMove::kNextWord);
    ASSERT_GT(next, byte);
    byte = next;
  }
  for (int i = 0; i < 20000 && byte > 0; ++i) {
    const std::uint64_t before = movedCaret(m_text, m_layout, byte, CaretMove::kPreviousWord);
    ASSERT_LT(before, byte);
    byte = before;
  }
  EXPECT_EQ(lineAround(m_text, 20000), (ByteRange{0, m_bytes.size()}));
}

TEST_F(LayoutTest, WordsAreFound) {
  load("One two-three, wörld.\n");
  const auto word = [&](std::uint64_t byte) { return m_text.text(wordAt(m_text, m_layout, byte)); };
  EXPECT_EQ(word(0), "One");
  EXPECT_EQ(word(2), "One");
  EXPECT_EQ(word(5), "two");
  EXPECT_EQ(word(17), "wörld");
}

TEST_F(LayoutTest, NoTextIsNoTrouble) {
  load("");
  EXPECT_FALSE(m_layout.scrollBy(10));
  EXPECT_TRUE(m_layout.visibleParagraphs().empty());
  EXPECT_EQ(m_layout.scrollMaximum(), 0u);
  m_layout.scrollToByte(5);
  EXPECT_EQ(m_layout.byteAt({3, 3}), 0u);
}

}  // namespace
}  // namespace tidemark::ui
