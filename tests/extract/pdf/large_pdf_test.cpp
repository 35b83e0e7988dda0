// A book of 3,000 pages: every quote on its page, in little memory, and the first page long before the last.

#include "tests/extract/pdf/pdf_fixture.h"

namespace tidemark::testing {
namespace {

constexpr int kPages = 3000;
constexpr int kQuotes = 200;

/// Words that differ from page to page and line to line.
std::string filler(int page, int line) {
  static constexpr std::array<const char*, 16> kWords = {"harbour", "lantern", "quiet",  "gather", "spring", "molten",
                                                         "glyph",   "yonder",  "pebble", "query",  "jungle", "plough",
                                                         "fathom",  "gypsum",  "bright", "dapple"};
  std::string text;
  std::uint64_t state = static_cast<std::uint64_t>(page) * 64 + static_cast<std::uint64_t>(line) + 1;
  for (int word = 0; word < 12; ++word) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    text += (word > 0 ? " " : "") + std::string(kWords[(state >> 40) % kWords.size()]);
  }
  return text;
}

int pageOfQuote(int quote) {
  return quote * 2999 / (kQuotes - 1);
}

/// Long enough for two lines, with a word divided between them.
std::array<std::string, 2> quoteLines(int quote) {
  const std::string number = std::to_string(quote);
  return {"the keeper of tower " + number + " wrote that the light had to be extin-",
          "guished " + number + " times before the ships of the night came by"};
}

#if defined(__SANITIZE_ADDRESS__)
constexpr std::int64_t kMostKibibytes = 1024 * 1024;  // what is freed is kept for a while
#else
constexpr std::int64_t kMostKibibytes = 300 * 1024;
#endif

TEST_F(PdfTest, FindsTwoHundredQuotesInThreeThousandPages) {
  PdfFile file;
  file.title = "The Keepers";
  for (int page = 0; page < kPages; ++page) {
    std::vector<std::string> lines;
    for (int line = 0; line < 40; ++line) lines.push_back(filler(page, line));
    for (int quote = 0; quote < kQuotes; ++quote) {
      if (pageOfQuote(quote) != page) continue;
      const auto at = static_cast<std::size_t>(quote % 38);
      lines[at] = quoteLines(quote)[0];
      lines[at + 1] = quoteLines(quote)[1];
    }
    std::vector<PdfText> texts = pdfLines(72, 100, lines);
    texts.push_back({72, 50, "The Keepers of the Light"});
    texts.push_back({300, 760, std::to_string(page + 1)});
    file.addPage(texts);
  }
  file.bookmarks = {{"Part One", 0, 1}, {"Part Two", 1500, 1}};
  const auto started = std::chrono::steady_clock::now();
  const CollectedDocument document = readWell(file);
  ASSERT_EQ(document.pages.size(), static_cast<std::size_t>(kPages));
  EXPECT_EQ(document.head.pageCount, kPages);
  for (int quote = 0; quote < kQuotes; ++quote) {
    const std::string number = std::to_string(quote);
    EXPECT_THAT(document.pages[static_cast<std::size_t>(pageOfQuote(quote))].text,
                ::testing::HasSubstr("the keeper of tower " + number + " wrote that the light had to be extinguished " +
                                     number + " times before the ships of the night came by"));
  }
  EXPECT_EQ(document.summary.runningLines, 2U * kPages);
  EXPECT_EQ(document.pages[7].text.find("Keepers of the Light"), std::string::npos);

  ASSERT_FALSE(document.summary.skipped.empty());
  EXPECT_LT(document.summary.skipped.back().count, kMostKibibytes) << "KiB of memory";
  const auto first = document.arrivals.front() - started;
  const auto last = document.arrivals.back() - started;
  EXPECT_LT(first * 4, last) << "it does not stream";
}

}  // namespace
}  // namespace tidemark::testing
