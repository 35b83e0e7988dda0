#include "tests/extract/pdf/pdf_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(PdfTest, SaysTitleAuthorLabelsAndHeadings) {
  PdfFile file;
  file.title = "On (some) Tides";
  file.author = "A. Mariner";
  for (int page = 0; page < 4; ++page) {
    file.addPage({{72, 100, "Chapter " + std::to_string(page + 1), 16, true},
                  {72, 130, "The gulf of page " + std::to_string(page + 1) + " is deep and quiet."},
                  {72, 170, "A closer look", 12, true},
                  {72, 190, "Nothing more to say here, by and large."}});
  }
  file.labels = {{0, "r", ""}, {2, "D", "A-"}};
  file.bookmarks = {{"Chapter 1", 0, 1}, {"A closer look", 0, 2}, {"Chapter 3", 2, 1}};
  const CollectedDocument document = readWell(file);
  EXPECT_EQ(document.head.format, DocumentFormat::kPdf);
  EXPECT_EQ(document.head.title, "On (some) Tides");
  EXPECT_EQ(document.head.author, "A. Mariner");
  ASSERT_EQ(document.pages.size(), 4U);
  EXPECT_EQ(document.pages[1].label, "ii");
  EXPECT_EQ(document.pages[2].label, "A-1");
  const std::vector<Heading>& headings = document.pages[0].headings;
  ASSERT_EQ(headings.size(), 2U);
  EXPECT_EQ(headings[0].offset, 0U);
  EXPECT_EQ(headings[1].level, 2);
  EXPECT_EQ(document.pages[0].text.substr(headings[1].offset, 13), "A closer look");
  ASSERT_EQ(document.pages[2].headings.size(), 1U);
  EXPECT_THAT(document.pages[3].headings, IsEmpty());
}

TEST_F(PdfTest, ATitleThatIsNoneIsLeftOut) {
  const std::pair<const char*, const char*> titles[] = {
      {"", ""},
      {"Untitled", ""},
      {"thesis final.DOC", ""},
      {"Microsoft Word - Letter to nobody", ""},
      {"C:/texts/letter", ""},
      {"Untitled Poems", "Untitled Poems"},
      {"On the origin of .doc files", "On the origin of .doc files"},
  };
  for (const auto& [title, expected] : titles) {
    PdfFile file;
    file.title = title;
    file.addPage({{72, 100, "Nothing but a page of text."}});
    EXPECT_EQ(readWell(file).head.title, expected);
  }
}

TEST_F(PdfTest, LeavesLabelsThatOnlyCountEmpty) {
  PdfFile file;
  file.addPage({{72, 100, "Nothing but a page of text."}});
  EXPECT_EQ(readWell(file).pages[0].label, "");
}

TEST_F(PdfTest, TellsPicturesFromEmptyPages) {
  PdfFile file;
  file.addPage({{72, 100, "A page of text, to begin with."}});
  file.addPicturePage();
  file.addContentPage("");
  const CollectedDocument document = readWell(file);
  ASSERT_EQ(document.pages.size(), 3U);
  EXPECT_FALSE(document.pages[0].hasImage);
  EXPECT_EQ(document.pages[1].text, "");
  EXPECT_TRUE(document.pages[1].hasImage);
  EXPECT_EQ(document.pages[2].text, "");
  EXPECT_FALSE(document.pages[2].hasImage);
}

TEST_F(PdfTest, ReadsColumnsOneAfterTheOther) {
  // As some programs write it: row by row, across the gutter.
  PdfFile file;
  std::vector<PdfText> texts;
  for (int line = 0; line < 12; ++line) {
    const double top = 100 + 12 * line;
    texts.push_back({54, top, "left column line number " + std::to_string(line) + " goes on by the"});
    texts.push_back({320, top, "right column line number " + std::to_string(line) + " goes on by its"});
  }
  file.addPage(texts);
  const std::string text = readWell(file).pages[0].text;
  EXPECT_LT(text.find("left column line number 11"), text.find("right column line number 0")) << text;
  EXPECT_THAT(text, HasSubstr("left column line number 0 goes on by the left column line number 1 goes on"));
}

TEST_F(PdfTest, KeepsTablesAsRowsWithTabs) {
  PdfFile file;
  std::vector<PdfText> texts = pdfLines(72, 100, {"The depth of the sea was measured in the following places, and at"});
  const std::array<std::array<const char*, 3>, 4> rows{{{"Place", "Depth", "Date"},
                                                        {"Gulf of Finland", "38", "May 1901"},
                                                        {"Skagerrak", "210", "July 1901"},
                                                        {"Great Belt", "17", "August 1902"}}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < 3; ++column) {
      texts.push_back(
          {72 + 150.0 * static_cast<double>(column), 130 + 14.0 * static_cast<double>(row), rows[row][column]});
    }
  }
  file.addPage(texts);
  EXPECT_THAT(readWell(file).pages[0].text,
              HasSubstr("\n\nPlace\tDepth\tDate\nGulf of Finland\t38\tMay 1901\nSkagerrak\t210\tJuly 1901\n"
                        "Great Belt\t17\tAugust 1902\n"));
}

TEST_F(PdfTest, PutsFootnotesAfterTheirParagraph) {
  PdfFile file;
  std::vector<PdfText> texts = pdfLines(72, 100,
                                        {"The first paragraph of this page is about pilots, who know the gulf",
                                         "by heart and by night, as a saying goes.1 They keep no books of it."});
  texts[1].text = "by heart and by night, as a saying goes.";
  const double markX = 72 + 178;
  texts.push_back({markX, 108, "1", 6});
  texts.push_back({markX + 5, 112, "They keep no books of it."});
  for (const PdfText& text : pdfLines(72, 140,
                                      {"The second paragraph speaks of lamps, of oil and of the long wait for",
                                       "the morning, by which every keeper of a light is happily released."})) {
    texts.push_back(text);
  }
  texts.push_back({72, 700, "1", 5});
  texts.push_back({76, 703, "A saying of the pilots of Gotland, heard by the author.", 7.5});
  file.addPage(texts);
  const std::string text = readWell(file).pages[0].text;
  const std::size_t first = text.find("The first paragraph");
  const std::size_t note = text.find("A saying of the pilots");
  const std::size_t second = text.find("The second paragraph");
  ASSERT_NE(note, std::string::npos) << text;
  EXPECT_TRUE(first < note && note < second) << text;
}

TEST_F(PdfTest, PutsWordsTogetherAcrossPagesAndDropsWhatRuns) {
  PdfFile file;
  const std::array<std::array<const char*, 2>, 4> pages{
      {{"Whoever goes by ship from the gulf to the open sea passes the light",
        "of the keeper, and nobody has ever passed it with-"},
       {"out a greeting by flag or lamp, for the keeper is the govern-",
        "ment of these waters and a happy man, people say, by and by"},
       {"they also say that he is lonely, but nobody has ever asked, as it is",
        "a long way up to the lamp, and the steps are many. The well-"},
       {"known steps of the tower are also very narrow, people say.",
        "Nobody has counted the well-known steps, but many have tried."}}};
  for (int page = 0; page < 4; ++page) {
    std::vector<PdfText> texts =
        pdfLines(72, 100, {pages[static_cast<std::size_t>(page)].begin(), pages[static_cast<std::size_t>(page)].end()});
    texts.push_back({72, 40, "A History of the Light, Chapter 7"});
    texts.push_back({500, 40, std::to_string(page + 211)});
    file.addPage(texts);
  }
  const CollectedDocument document = readWell(file);
  std::string text;
  for (const ExtractedPage& page : document.pages) text += page.text;
  EXPECT_THAT(text, HasSubstr("nobody has ever passed it without a greeting"));
  EXPECT_THAT(text, HasSubstr("the keeper is the government of these waters"));
  EXPECT_THAT(text, HasSubstr("by and by they also say"));
  EXPECT_THAT(text, HasSubstr("The well-known steps of the tower"));
  EXPECT_THAT(text, Not(HasSubstr("History")));
  EXPECT_THAT(text, Not(HasSubstr("212")));
  EXPECT_EQ(document.summary.runningLines, 4U);
}

}  // namespace
}  // namespace tidemark::testing
