#include "ui/document/line_widths.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "document_fixture.h"
#include "ui/document/layout_style.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

/// Words in lines of at most `width` characters, as a book that was wrapped by hand has them.
std::string wrapped(int lines, std::size_t width) {
  static constexpr const char* kWords[] = {"the", "whale", "of", "Nantucket", "and", "harpooneer", "a", "sea"};
  std::mt19937 random(3);
  std::string text;
  for (int i = 0; i < lines; ++i) {
    std::string line;
    for (std::string word = "Call"; line.size() + word.size() + 1 <= width; word = kWords[random() % 8]) {
      line += (line.empty() ? "" : " ") + word;
    }
    text += line + (i % 9 == 8 ? "\n\n" : "\n");
  }
  return text;
}

LineWidths widthsOf(const std::string& text) {
  LineWidths widths;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    widths.add(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  return widths;
}

TEST(LineWidths, KeepsTheWidestOfAWrappedText) {
  const std::string text = wrapped(400, 60);
  const auto widest = widthsOf(text).widest();
  ASSERT_EQ(widest.size(), LineWidths::kMostKept);
  double most = 0;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    most = std::max(most, LineWidths::estimate(std::string_view(text).substr(at, end - at)));
  }
  for (const std::string& line : widest) EXPECT_NE(text.find(line + '\n'), std::string::npos);
  EXPECT_NEAR(LineWidths::estimate(widest.front()), most, 1);
  // A few lines that stick out do not make the block wider, and do not make it a text of long lines either.
  EXPECT_EQ(widthsOf(text + wrapped(4, 90) + wrapped(4, 200)).widest(), widest);
}

TEST(LineWidths, ATextOfLongLinesHasNone) {
  EXPECT_TRUE(widthsOf(wrapped(200, 300)).widest().empty());
  // One line in ten is enough, one in a hundred is not.
  std::string some;
  for (int i = 0; i < 20; ++i) some += wrapped(9, 60) + wrapped(1, 200);
  EXPECT_TRUE(widthsOf(some).widest().empty());
  EXPECT_FALSE(widthsOf(wrapped(99, 60) + wrapped(1, 200)).widest().empty());
  EXPECT_TRUE(widthsOf("a few\nshort\nlines\n").widest().empty()) << "too few to tell";
  EXPECT_TRUE(widthsOf("").widest().empty());
}

TEST(LineWidths, TheFirstPieceTellsHoweverTheTextIsSplit) {
  const std::string text = wrapped(2000, 66) + wrapped(500, 400);
  const auto widest = makePieces(text, 40000, 1 << 16).front()->widestLines;
  EXPECT_FALSE(widest.empty());
  EXPECT_EQ(makePieces(text, 40000, 7).front()->widestLines, widest);
  EXPECT_TRUE(makePieces(text, 40000).back()->widestLines.empty());
  EXPECT_TRUE(makeText(text, 40000).isWrappedByHand());
  // Lines too long for one paragraph are long, whatever is left of them at their end.
  std::string cut;
  for (int i = 0; i < 20; ++i) cut += std::string(TextPieceBuilder::kLongestParagraph + 30, 'a') + "\n";
  EXPECT_FALSE(makeText(cut).isWrappedByHand());
}

TEST(LineWidths, TheColumnIsAsWideAsTheText) {
  const LayoutStyle style = makeLayoutStyle(documentFont(QString(), 100), QApplication::font());
  const TextColumn full = placeColumn(1600, style.characterWidth);
  const DocumentText text = makeText(wrapped(400, 60));
  const NaturalWidths natural{widestOf(text.widestLines(), style.font), widestOf(text.usualLines(), style.font)};
  ASSERT_LT(natural.usual, natural.widest);
  const TextColumn narrow = placeColumn(1600, style.characterWidth, natural);
  EXPECT_GT(narrow.width, natural.widest);
  EXPECT_LT(narrow.width, natural.widest + 2 * style.characterWidth);
  EXPECT_LT(narrow.width, full.width);
  EXPECT_NEAR(narrow.left + natural.usual / 2, 800, 1);
  EXPECT_EQ(placeColumn(300, style.characterWidth, natural).width, placeColumn(300, style.characterWidth).width);
  EXPECT_EQ(placeColumn(1600, style.characterWidth, {1e6, 1e6}).width, full.width);
  EXPECT_GT(placeColumn(1600, style.characterWidth, {1, 1}).width, 20 * style.characterWidth);
}

}  // namespace
}  // namespace tidemark::ui
