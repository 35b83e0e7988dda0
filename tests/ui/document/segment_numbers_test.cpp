#include "ui/document/segment_numbers.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QSignalSpy>
#include <QTest>
#include <set>

#include "document_fixture.h"
#include "ui/document/document_view.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

TEST(SegmentNumbers, DenseSegmentsAreNumberedNowAndThen) {
  const struct {
    double lines;
    std::int64_t step;
  } kCases[] = {{60, 1}, {1.5, 1}, {1.4, 2}, {0.75, 2}, {0.4, 5}, {0.2, 10}, {0.1, 20}, {0.004, 500}, {0, 1'000'000}};
  for (const auto& c : kCases) EXPECT_EQ(segmentNumberStep(c.lines), c.step) << c.lines;
}

class NumbersTest : public testing::Test {
 protected:
  void SetUp() override {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, false);
    m_view.setReducedMotion(true);
    m_view.setLocale(QLocale(QLocale::English));
  }
  void load(const std::string& text, std::uint64_t segmentBytes, int width = 900) {
    m_view.resize(width, 700);
    m_view.show();
    m_view.clearText();
    for (auto& piece : makePieces(text)) m_view.appendPiece(piece);
    m_view.finishText();
    std::vector<ByteRange> segments;
    for (std::uint64_t at = 0; at < text.size(); at += segmentBytes) {
      segments.push_back({at, std::min<std::uint64_t>(at + segmentBytes, text.size())});
    }
    m_view.setSegments(std::make_shared<const std::vector<ByteRange>>(std::move(segments)), 0);
  }
  QImage picture() { return m_view.viewport()->grab().toImage(); }

  DocumentView m_view;
};

std::string plainLines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += "There now is your insular city of the Manhattoes, line " + std::to_string(i) + "\n";
  return text;
}

TEST_F(NumbersTest, StandInTheMarginAtTheLineTheirSegmentStartsIn) {
  load(plainLines(400), 550);
  m_view.jumpToByte(6000);
  const auto numbers = m_view.segmentNumbers();
  ASSERT_GE(numbers.size(), 2u);
  qreal bottom = -1e9;
  for (const SegmentNumber& number : numbers) {
    EXPECT_EQ(number.text, QString::number(number.segment));
    const auto caret = m_view.documentLayout().caretRect(static_cast<std::uint64_t>(number.segment) * 550);
    ASSERT_TRUE(caret);
    EXPECT_GE(caret->bottom(), number.box.center().y());
    EXPECT_LE(caret->top(), number.box.center().y());
    EXPECT_LT(number.box.right(), number.hairline.left());
    EXPECT_LT(number.hairline.right(), m_view.column().left);
    EXPECT_GE(number.box.left(), 0);
    EXPECT_GE(number.box.top(), bottom);
    bottom = number.box.bottom();
  }
}

TEST_F(NumbersTest, ShortSegmentsAreTickedAndDoNotOpenRoom) {
  load(plainLines(400), 550);
  const qreal height = m_view.documentLayout().paragraphHeight(50);
  for (std::size_t i = 40; i < 80; ++i) EXPECT_EQ(m_view.documentLayout().paragraphHeight(i), height);
  m_view.showSegmentBoundaries(false);
  const QImage without = picture();
  EXPECT_TRUE(m_view.segmentNumbers().empty());
  m_view.showSegmentBoundaries(true);
  EXPECT_NE(picture(), without);
}

TEST_F(NumbersTest, TheTickInALineIsNoCaret) {
  load(plainLines(400), 550);
  m_view.clearFocus();
  m_view.jumpToByte(5000);
  const QImage with = picture();
  m_view.showSegmentBoundaries(false);
  const QImage without = picture();
  const QRect text(m_view.column().left, 0, m_view.column().width, with.height());
  // No column of pixels changed over more than a third of the height of the letters: a caret takes all of it.
  const int caret = static_cast<int>(m_view.documentLayout().caretRect(m_view.topByte())->height());
  int changed = 0;
  for (int x = text.left(); x < text.right(); ++x) {
    int run = 0;
    for (int y = 0; y < with.height(); ++y) {
      run = with.pixel(x, y) != without.pixel(x, y) ? run + 1 : 0;
      changed += run > 0 ? 1 : 0;
      EXPECT_LE(run, caret / 3) << x << " " << y;
    }
  }
  EXPECT_GT(changed, 0);
}

TEST_F(NumbersTest, LongSegmentsHaveACaptionWhereAParagraphStarts) {
  // Segment 1 starts a paragraph, segment 2 a line in the middle of one.
  std::string text;
  while (text.size() < 3900) text += plainLines(1);
  const std::uint64_t first = text.size() + 1;
  text += "\n" + plainLines(100);
  const std::uint64_t second = text.find('\n', first + 3000) + 1;
  load(text, text.size());
  ASSERT_TRUE(m_view.text().isWrappedByHand());
  const auto heightAt = [&](std::uint64_t byte) {
    return m_view.documentLayout().paragraphHeight(m_view.text().paragraphAt(byte));
  };
  const qreal line = heightAt(first);
  m_view.setSegments(std::make_shared<const std::vector<ByteRange>>(
                         std::vector<ByteRange>{{0, first}, {first, second}, {second, text.size()}}),
                     40);
  EXPECT_GT(heightAt(first), line);
  EXPECT_EQ(heightAt(second), line);
  m_view.jumpToByte(second - 300);
  const auto numbers = m_view.segmentNumbers();
  ASSERT_EQ(numbers.size(), 1u);
  EXPECT_EQ(numbers[0].text, QStringLiteral("42"));
}

TEST_F(NumbersTest, DenseNumbersKeepApartAndStayTheSameWhileScrolling) {
  load(plainLines(2000), 20);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 40; ++i) {
    m_view.scrollByPixels(13);
    qreal bottom = -1e9;
    for (const SegmentNumber& number : m_view.segmentNumbers()) {
      if (number.text.isEmpty()) continue;
      EXPECT_GE(number.box.top(), bottom);
      bottom = number.box.bottom();
      seen.insert(number.segment);
    }
  }
  ASSERT_GT(seen.size(), 5u);
  for (const std::int64_t segment : seen) EXPECT_EQ(segment % 5, 0) << segment;
}

TEST_F(NumbersTest, KeepClearOfBookmarksAndOfTheEdge) {
  load(plainLines(400), 550);
  m_view.jumpToByte(6000);
  const SegmentNumber before = m_view.segmentNumbers().at(1);
  m_view.setBookmarks({{1, static_cast<quint64>(before.segment) * 550, QStringLiteral("here")}});
  const SegmentNumber after = m_view.segmentNumbers().at(1);
  EXPECT_LT(after.box.right(), before.box.right());
  EXPECT_FALSE(after.text.isEmpty());
  EXPECT_GT(after.hairline.left(), after.box.right() + 6) << "behind the ribbon";
  m_view.resize(120, 700);
  for (const SegmentNumber& number : m_view.segmentNumbers()) EXPECT_GE(number.box.left(), 0);
}

TEST_F(NumbersTest, TellWhatTheySumUp) {
  const std::string text = plainLines(400);
  load(text, 550);
  m_view.jumpToByte(6000);
  const SegmentNumber number = m_view.segmentNumbers().at(1);
  const QString tip = m_view.toolTipAt(number.box.center());
  EXPECT_TRUE(tip.startsWith(QStringLiteral("segment %1\n").arg(number.segment))) << tip.toStdString();
  EXPECT_TRUE(tip.contains(QLocale(QLocale::English).toString(number.segment * 550))) << tip.toStdString();
  const QString share = QLocale(QLocale::English).toString(55000.0 / static_cast<double>(text.size()), 'f', 1);
  EXPECT_TRUE(tip.endsWith(share + QStringLiteral(" % of the document"))) << tip.toStdString();
  EXPECT_TRUE(m_view.toolTipAt(QPointF(m_view.column().left + 50, number.box.center().y())).isEmpty());
}

TEST_F(NumbersTest, EvidenceIsOfTheMemoryTrace) {
  load(plainLines(40), 550);
  m_view.setEvidence({{{5, 30}, 0.71f}});
  const auto caret = m_view.documentLayout().caretRect(12);
  EXPECT_EQ(m_view.toolTipAt(QPointF(m_view.column().left + caret->left() + 1, caret->center().y())),
            QStringLiteral("memory trace, 71 %"));
}

TEST_F(NumbersTest, ALongSelectionIsCopiedInTheBackground) {
  std::string text;
  while (text.size() < 3 * DocumentView::kMostCopiedAtOnce) text += "wörter 語 und \U0001D49C mehr davon\n";
  load(text, text.size());
  QApplication::clipboard()->setText(QStringLiteral("before"));
  QSignalSpy messages(&m_view, &DocumentView::messageRaised);
  m_view.selectAll();
  m_view.copySelection();
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("before")) << "not at once";
  ASSERT_TRUE(messages.wait(5000));
  EXPECT_EQ(QApplication::clipboard()->text().toStdString(), text);
  // A short copy behind a long one wins.
  m_view.copySelection();
  m_view.select({0, 7});
  m_view.copySelection();
  QTest::qWait(300);
  EXPECT_EQ(messages.size(), 1);
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("wörter"));
}

TEST_F(NumbersTest, ATextOfShortLinesStandsInTheMiddle) {
  load(plainLines(400), 550, 1400);
  const TextColumn column = m_view.column();
  qreal widest = 0;
  for (const auto& paragraph : m_view.documentLayout().visibleParagraphs()) {
    EXPECT_EQ(paragraph.layout->lineCount(), 1);
    widest = std::max(widest, paragraph.layout->layout().lineAt(0).naturalTextWidth());
  }
  EXPECT_NEAR(column.left + widest / 2, m_view.viewport()->width() / 2.0, 12);
  m_view.setZoom(2);
  EXPECT_GT(m_view.column().width, column.width * 3 / 2);
  for (const auto& paragraph : m_view.documentLayout().visibleParagraphs()) {
    EXPECT_EQ(paragraph.layout->lineCount(), 1);
  }
  m_view.setZoom(1);
  EXPECT_EQ(m_view.column().width, column.width);
  load(std::string(9000, 'a') + "\n" + plainLines(2), 550, 1400);
  EXPECT_GT(m_view.column().width, column.width) << "nothing is left of the text before";
}

}  // namespace
}  // namespace tidemark::ui
