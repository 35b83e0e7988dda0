// EPUB 2 and 3 as text, chapter by chapter.

#include "tests/extract/book_builder.h"
#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

using test::Chapter;
using test::readZip;
using test::ZipFile;
using ::testing::ElementsAre;

std::vector<std::string> labels(const test::ReadDocument& book) {
  std::vector<std::string> result;
  for (const ExtractedPage& page : book.pages) result.push_back(page.label);
  return result;
}

TEST(Epub, ChaptersInTheOrderOfTheSpine) {
  const auto book = readZip(test::simpleBook({{"z.xhtml", "<h1>Second name first</h1><p>One.</p>"},
                                              {"notes.xhtml", "<p>Aside.</p>", false},
                                              {"a.xhtml", "<h2>Then</h2><p>Two.</p>"}}));
  ASSERT_TRUE(book.status.ok()) << book.error();
  EXPECT_EQ(book.head.format, DocumentFormat::kEpub);
  EXPECT_EQ(book.head.title, "A Small Book");
  EXPECT_EQ(book.head.author, "Ada One, Ben Two");
  EXPECT_EQ(book.head.pageCount, 3);
  EXPECT_EQ(book.text(), "Second name first\n\nOne.\n\nThen\n\nTwo.\n\nAside.\n");
  EXPECT_THAT(labels(book), ElementsAre("Second name first", "Then", ""));
  EXPECT_EQ(book.pages[0].text, "Second name first\n\nOne.\n\n");
}

TEST(Epub, ContentsOfEpub3) {
  const std::vector<Chapter> chapters{{"1.xhtml", "<p>1</p><p>First text.</p>"},
                                      {"2.xhtml", "<h1>Own heading</h1><p id='s1'>Section text.</p>"}};
  ZipFile zip;
  test::addBook(zip, chapters,
                test::packageDocument(
                    chapters, "<item id='n' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>"));
  zip.add("OEBPS/nav.xhtml",
          test::xhtml("<nav epub:type='landmarks'><ol><li><a href='text/1.xhtml'>Not this</a></li></ol></nav>"
                      "<nav epub:type='toc'><ol><li><a href='text/1.xhtml'>The <i>First</i></a></li>"
                      "<li><a href='text/2.xhtml'>The Second</a><ol><li><a href='text/2.xhtml#s1'>A section</a></li>"
                      "</ol></li></ol></nav>"));
  const auto book = readZip(zip.bytes());
  EXPECT_THAT(labels(book), ElementsAre("The First", "The Second"));
  EXPECT_THAT(book.headings(), ElementsAre("1 The First", "1 Own heading", "2 A section"));
  EXPECT_EQ(book.text(), "1\n\nFirst text.\n\nOwn heading\n\nSection text.\n");
  EXPECT_EQ(book.pages[1].text.substr(book.pages[1].headings[1].offset, 7), "Section");
}

TEST(Epub, ContentsOfEpub2) {
  const std::vector<Chapter> chapters{{"1.xhtml", "<p>First.</p>"}, {"2.xhtml", "<p>Second.</p>"}};
  ZipFile zip;
  test::addBook(zip, chapters,
                test::packageDocument(chapters, "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>",
                                      " toc='ncx'"));
  zip.add("OEBPS/toc.ncx",
          "<!DOCTYPE ncx PUBLIC '-//NISO//DTD ncx 2005-1//EN' 'http://example.org/ncx.dtd'><ncx><navMap>"
          "<navPoint><navLabel><text>Part I</text></navLabel><content src='text/1.xhtml'/>"
          "<navPoint><navLabel><text>Chapter 2</text></navLabel><content src='text/2.xhtml#top'/></navPoint></navPoint>"
          "</navMap></ncx>");
  const auto book = readZip(zip.bytes());
  EXPECT_THAT(labels(book), ElementsAre("Part I", "Chapter 2"));
  EXPECT_THAT(book.headings(), ElementsAre("1 Part I"));
}

TEST(Epub, NotesOfAChapter) {
  const auto book = readZip(test::simpleBook({{"1.xhtml",
                                               "<p>Word<a epub:type='noteref' href='#f1'>*</a> goes on.</p><p>Next.</p>"
                                               "<aside epub:type='footnote' id='f1'><p>Said <i>so</i>.</p></aside>"}}));
  EXPECT_EQ(book.text(), "Word[*] goes on.\n[*] Said so.\n\nNext.\n");
}

TEST(Epub, WhatIsMissingIsCounted) {
  std::vector<Chapter> chapters{{"1.xhtml", "<p>Here.</p>"}};
  std::vector<Chapter> named = chapters;
  named.push_back({"gone.xhtml", ""});
  ZipFile zip;
  test::addBook(
      zip, chapters,
      test::packageDocument(named,
                            "<item id='out' href='../../etc/passwd' media-type='text/html'/>"
                            "<item id='pdf' href='x.pdf' media-type='application/pdf'/>",
                            "", "<itemref idref='nowhere'/><itemref idref='1.xhtml'/><itemref idref='pdf'/>"));
  const auto book = readZip(zip.bytes());
  EXPECT_EQ(book.text(), "Here.\n");
  EXPECT_EQ(book.head.pageCount, 1);
  EXPECT_EQ(book.skipped("missing from the file"), 1);
  EXPECT_EQ(book.skipped("outside of the archive"), 1);
  EXPECT_EQ(book.skipped("say the place of"), 1);
  EXPECT_EQ(book.skipped("a second time"), 1);
  EXPECT_EQ(book.skipped("holds no text"), 1);
}

TEST(Epub, PicturePagesAreEmptyPages) {
  const auto book =
      readZip(test::simpleBook({{"cover.xhtml", "<svg><image href='c.jpg'/></svg>"}, {"1.xhtml", "<p>Text.</p>"}}));
  ASSERT_EQ(book.pages.size(), 2u);
  EXPECT_TRUE(book.pages[0].hasImage);
  EXPECT_TRUE(book.pages[0].text.empty());
  EXPECT_EQ(readZip(test::simpleBook({{"1.xhtml", "<p><img src='1.jpg'/></p>"}})).error(),
            "file.x: it holds no text, only pictures; choose an edition with text, or recognise it first (OCR)");
}

std::string lockedBook(const std::string& algorithm, const std::string& target, const std::string& more) {
  ZipFile zip;
  const std::vector<Chapter> chapters{{"1.xhtml", "<p>Text.</p>"}, {"2.xhtml", "<p>Text.</p>"}};
  test::addBook(zip, chapters, test::packageDocument(chapters));
  zip.add("META-INF/encryption.xml",
          "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' "
          "xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData><enc:EncryptionMethod Algorithm='" +
              algorithm + "'/><enc:CipherData><enc:CipherReference URI='" + target +
              "'/></enc:CipherData></enc:EncryptedData></encryption>");
  if (!more.empty()) zip.add(more, "<x/>");
  return zip.bytes();
}

TEST(Epub, CopyProtectionIsNamed) {
  const std::string aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
  const auto adobe = readZip(lockedBook(aes, "OEBPS/text/2.xhtml", "META-INF/rights.xml"));
  EXPECT_EQ(adobe.status.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(adobe.error(),
            "file.x: it is encrypted: 1 of its 2 chapters are locked by Adobe ADEPT; choose an edition without copy "
            "protection");
  EXPECT_NE(readZip(lockedBook(aes, "OEBPS/text/2.xhtml", "META-INF/license.lcpl")).error().find("Readium LCP"),
            std::string::npos);
  EXPECT_EQ(readZip(lockedBook(aes, "OEBPS/font.otf", "")).text(), "Text.\n\nText.\n");
  EXPECT_EQ(readZip(lockedBook("http://www.idpf.org/2008/embedding", "OEBPS/text/2.xhtml", "")).text(),
            "Text.\n\nText.\n");
}

TEST(Epub, MimetypeMayBeMissingOrWrong) {
  for (const char* type : {"", "application/zip", "text/plain"}) {
    ZipFile zip;
    if (*type != '\0') zip.add("mimetype", type);
    zip.add("META-INF/container.xml", test::kContainer);
    zip.add("OEBPS/book.opf", test::packageDocument({{"1.xhtml", ""}}));
    zip.add("OEBPS/text/1.xhtml", test::xhtml("<p>Text.</p>"));
    EXPECT_EQ(readZip(zip.bytes()).text(), "Text.\n") << type;
  }
}

TEST(Epub, LongChaptersBecomeSeveralPages) {
  std::string body;
  for (int i = 0; i < 100'000; ++i)
    body += "<p>Paragraph " + std::to_string(i) + " with words, words, words, words.</p>";
  const auto book = readZip(test::simpleBook({{"1.xhtml", body}, {"2.xhtml", "<h1>Short</h1>"}}));
  ASSERT_TRUE(book.status.ok()) << book.error();
  EXPECT_EQ(book.head.pageCount, 0);
  ASSERT_GE(book.pages.size(), 3u);
  EXPECT_EQ(book.pages.back().text, "Short\n");
  EXPECT_NE(book.text().find("\n\nParagraph 99999 with words, words, words, words.\n\nShort\n"), std::string::npos);
}

}  // namespace
}  // namespace tidemark
