// What separates paragraphs, items, rows and pages.

#include "extract/markup/text_builder.h"

#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

struct Built {
  test::ReadDocument document;
  test::CollectingSink sink{document};
  PageWriter writer{sink};
  TextBuilder builder{&writer};

  std::string finish() {
    builder.endPage();
    EXPECT_TRUE(writer.finish().ok());
    return document.text();
  }
};

TEST(TextBuilder, PagesEndWithWhatSeparatesThem) {
  Built built;
  built.builder.beginPage("One");
  built.builder.text("  a ");
  built.builder.beginPage("Two");
  built.builder.image();
  built.builder.beginPage("");
  built.builder.beginHeading(2);
  built.builder.text("Third");
  built.builder.endHeading();
  built.builder.text("c");
  EXPECT_EQ(built.finish(), "a\n\nThird\n\nc\n");
  ASSERT_EQ(built.document.pages.size(), 3u);
  EXPECT_EQ(built.document.pages[0].text, "a\n\n");
  EXPECT_EQ(built.document.pages[1].text, "");
  EXPECT_TRUE(built.document.pages[1].hasImage);
  EXPECT_EQ(built.document.pages[2].label, "Third");
}

TEST(TextBuilder, ContentsNameAPlaceUnlessAHeadingDoes) {
  Built built;
  built.builder.beginPage("");
  built.builder.anchor("From the contents", 1);
  built.builder.text("Chapter text");
  built.builder.endParagraph();
  built.builder.anchor("Not this", 1);
  built.builder.beginHeading(1);
  built.builder.text("A heading");
  built.builder.endHeading();
  built.builder.anchor("Twice", 2);
  built.builder.text("*");
  built.builder.beginHeading(1);
  built.builder.text("Twice");
  built.builder.endHeading();
  built.builder.text("x");
  built.finish();
  EXPECT_THAT(built.document.headings(), ::testing::ElementsAre("1 From the contents", "1 A heading", "1 Twice"));
}

TEST(TextBuilder, OneEndlessParagraphIsCutBetweenWords) {
  Built built;
  built.builder.beginPage("p");
  std::string expected;
  for (int i = 0; i < 400'000; ++i) {
    const std::string word = "w\xC3\xB6rd number " + std::to_string(i) + " ";
    built.builder.text(word);
    expected += word;
  }
  expected.back() = '\n';
  EXPECT_EQ(built.finish(), expected);
  ASSERT_GT(built.document.pages.size(), 1u);
  EXPECT_TRUE(built.document.pages[0].text.ends_with(' '));
}

TEST(TextBuilder, TextWithoutSpacesIsCutToo) {
  Built built;
  built.builder.beginPage("p");
  std::string expected;
  for (int i = 0; i < 20'000; ++i) expected += std::string(1000, 'x');
  built.builder.text(expected);
  EXPECT_EQ(built.finish(), expected + "\n");
  EXPECT_GT(built.document.pages.size(), 2u);
  for (const auto& page : built.document.pages) EXPECT_FALSE(page.text.empty());
}

TEST(TextBuilder, RowsAndCells) {
  Built built;
  TextBuilder& builder = built.builder;
  builder.beginPage("");
  builder.text("before");
  builder.endParagraph();
  for (int row = 0; row < 2; ++row) {
    builder.beginRow();
    for (int cell = 0; cell < 3; ++cell) {
      builder.beginCell();
      if (cell != row) builder.text("c" + std::to_string(row) + std::to_string(cell));
      builder.endParagraph();
      builder.lineBreak();
      builder.tab();
      builder.endCell();
    }
    builder.note("n", "a note");
    builder.endRow();
  }
  builder.endTable();
  builder.text("after");
  EXPECT_EQ(built.finish(), "before\n\n\tc01\tc02\n[n] a note\nc10\t\tc12\n[n] a note\n\nafter\n");
}

TEST(TextBuilder, IllFormedTextAndControlCharactersDoNotPass) {
  Built built;
  built.builder.beginPage("");
  built.builder.text("a\xFFz\x01\x1b[0m\xED\xA0\x80\xE2\x80\x8B\xEF\xBB\xBF.");
  EXPECT_EQ(built.finish(), "a\xEF\xBF\xBDz[0m\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD.\n");
}

}  // namespace
}  // namespace tidemark
