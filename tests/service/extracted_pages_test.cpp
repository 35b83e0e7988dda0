// Pages of documents that tidemark-extract reads, from tokens back to what was extracted.

#include <cstdlib>

#include "tests/extract/book_builder.h"
#include "tests/service/page_property.h"
#ifdef TM_WITH_PDF_FILES
#include "tests/support/pdf_file.h"
#endif

namespace tidemark {
namespace {

class ExtractedPages : public PageProperty {
 protected:
  ExtractedPages() { ::setenv("TIDEMARK_EXTRACT", TM_EXTRACT_PROGRAM, 1); }
  ~ExtractedPages() override { ::unsetenv("TIDEMARK_EXTRACT"); }

  /// Paragraphs of a sample without characters that mean something to markup, and no longer than a line.
  static std::vector<std::string> lines(std::size_t count) {
    std::vector<std::string> all;
    std::string line;
    for (const char c : readWhole(resource("samples/harbor-notes.txt"))) {
      if (all.size() == count) break;
      if (c != '\n') {
        if (c != '<' && c != '&' && static_cast<unsigned char>(c) < 0x80) line += c;
        continue;
      }
      if (line.size() > 20) all.push_back(line);
      line.clear();
    }
    return all;
  }
};

TEST_F(ExtractedPages, OfBooksAndOfficeDocuments) {
  const std::vector<std::string> texts = lines(240);
  std::vector<test::Chapter> chapters;
  std::string html = "<html><head><title>Notes</title></head><body>";
  std::string word;
  std::string office;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i % 20 == 0) {
      const std::string number = std::to_string(i / 20 + 1);
      chapters.push_back({"c" + number + ".xhtml", "<h1>Chapter " + number + "</h1>"});
      html += "<h2>Chapter " + number + "</h2>";
    }
    chapters.back().body += "<p>" + texts[i] + "</p>";
    html += "<p>" + texts[i] + "</p>";
    word += test::wordParagraph(texts[i]);
    office += "<text:p>" + texts[i] + "</text:p>";
  }
  expectPages({write("book.epub", test::simpleBook(chapters)), write("page.html", html + "</body></html>"),
               write("letter.docx", test::simpleWordDocument(word)),
               write("text.odt", test::simpleOpenDocument(office))});
  EXPECT_GT(m_spansOverPages, 5u);
}

#ifdef TM_WITH_PDF_FILES
TEST_F(ExtractedPages, OfAPdf) {
  testing::PdfFile pdf;
  const std::vector<std::string> texts = lines(900);
  for (std::size_t page = 0; page < 30; ++page) {
    if (page % 7 == 3) pdf.addPicturePage();
    std::vector<std::string> body(texts.begin() + static_cast<long>(page) * 30,
                                  texts.begin() + static_cast<long>(page + 1) * 30);
    pdf.addPage(testing::pdfLines(72, 90, body));
  }
  pdf.labels = {{0, "r", ""}, {4, "D", ""}};
  pdf.title = "Notes";
  expectPages({write("notes.pdf", pdf.bytes())});
  EXPECT_GT(m_spansOverPages, 20u);
}
#endif

}  // namespace
}  // namespace tidemark
