// Broken files end in a sentence or in text, soon.

#include "tests/extract/pdf/pdf_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

PdfFile fewPages() {
  PdfFile file;
  for (int page = 0; page < 5; ++page) {
    file.addPage({{72, 300, "The gulf of page " + std::to_string(page) + " is deep and quiet by night."}});
  }
  return file;
}

class HostilePdfTest : public PdfTest {
 protected:
  /// The text, or the sentence it ended with; in time either way.
  std::string outcome(const std::string& bytes) {
    const auto started = std::chrono::steady_clock::now();
    CollectedDocument document;
    const Status status = read(bytes, document);
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
    if (!status) {
      EXPECT_THAT(status.error().message, HasSubstr("file.pdf"));
      return status.error().message;
    }
    std::string text;
    for (const ExtractedPage& page : document.pages) text += page.text;
    return text;
  }
};

TEST_F(HostilePdfTest, SaysThatAFileIsEncrypted) {
  PdfFile file = fewPages();
  file.encrypted = true;
  EXPECT_THAT(outcome(file.bytes()), HasSubstr("file.pdf is encrypted with a password"));
}

TEST_F(HostilePdfTest, NamesFilesThatAreNone) {
  EXPECT_THAT(outcome("%PDF-1.7\n"), HasSubstr("file.pdf is damaged"));
  EXPECT_THAT(outcome("%PDF-1.7\n" + std::string(100'000, 'x')), HasSubstr("file.pdf is damaged"));
}

TEST_F(HostilePdfTest, NamesAFileWithoutPages) {
  EXPECT_THAT(outcome(PdfFile().bytes()), HasSubstr("file.pdf is damaged"));
}

TEST_F(HostilePdfTest, ReadsTruncatedFilesAsFarAsTheyGoOrNamesThem) {
  const std::string whole = fewPages().bytes();
  for (const std::size_t part : {1U, 5U, 9U}) {
    const std::string text = outcome(whole.substr(0, whole.size() * part / 10));
    EXPECT_TRUE(text.find("damaged") != std::string::npos || text.find("no pages") != std::string::npos ||
                text.find("The gulf of page 0") != std::string::npos)
        << part << ": " << text;
  }
}

TEST_F(HostilePdfTest, ReadsAFileWhoseCrossReferencesAreWrong) {
  PdfFile file = fewPages();
  file.crossReferenceShift = 7;
  EXPECT_THAT(outcome(file.bytes()), HasSubstr("The gulf of page 4"));
}

TEST_F(HostilePdfTest, ComesToAnEndInAPageTreeThatContainsItself) {
  PdfFile file = fewPages();
  file.pageTreeLoop = true;
  EXPECT_THAT(outcome(file.bytes()), HasSubstr("file.pdf is damaged: its pages lead in circles"));
}

TEST_F(HostilePdfTest, ReadsPagesBesideABrokenFont) {
  PdfFile file = fewPages();
  file.brokenFont = true;
  file.addPage({{72, 100, "This one is in another font, though.", 10, true}});
  EXPECT_THAT(outcome(file.bytes()), HasSubstr("This one is in another font"));
}

TEST_F(HostilePdfTest, ComesToAnEndInBookmarksThatLeadInCircles) {
  PdfFile file = fewPages();
  file.bookmarks = {{"One", 0, 1}, {"Two", 1, 1}, {"Three", 2, 1}};
  file.bookmarkLoop = true;
  EXPECT_THAT(outcome(file.bytes()), HasSubstr("file.pdf is damaged: its bookmarks lead in circles"));
}

TEST_F(HostilePdfTest, ReadsAPageOfManyTinyPieces) {
  PdfFile file;
  std::vector<PdfText> texts;
  for (int piece = 0; piece < 20'000; ++piece) {
    texts.push_back({10.0 + (piece * 37) % 580, 20.0 + (piece * 53) % 750, std::to_string(piece), 3});
  }
  file.addPage(texts);
  CollectedDocument document;
  ASSERT_TRUE(read(file.bytes(), document).ok());
  EXPECT_TRUE(document.pages.at(0).text.find("9999") != std::string::npos);
  // QtPdf gives no more of a page; that is said.
  EXPECT_EQ(document.summary.skipped.at(0), (SkippedPart{"pages with more than 65,535 characters, beyond those", 1}));
}

}  // namespace
}  // namespace tidemark::testing
