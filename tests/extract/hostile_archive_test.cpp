// Archives that are broken, locked, or made to harm whoever opens them.

#include <chrono>

#include "engine/base/split_mix.h"
#include "tests/extract/book_builder.h"
#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

using test::Chapter;
using test::readZip;
using test::ZipFile;
using ::testing::HasSubstr;

const std::vector<Chapter> kChapters{{"1.xhtml", "<h1>One</h1><p>Text.</p>"}, {"2.xhtml", "<p>More.</p>"}};

TEST(HostileArchive, OtherArchivesAreCalledByName) {
  const auto error = [](std::initializer_list<std::pair<const char*, const char*>> entries) {
    ZipFile zip;
    for (const auto& [name, content] : entries) zip.add(name, content);
    const auto document = readZip(zip.bytes());
    EXPECT_EQ(document.status.error().code, ErrorCode::kCorrupt);
    return document.error();
  };
  EXPECT_THAT(error({{"[Content_Types].xml", "<x/>"}, {"xl/workbook.xml", "<x/>"}}),
              HasSubstr("an Excel workbook (XLSX)"));
  EXPECT_THAT(error({{"[Content_Types].xml", "<x/>"}, {"ppt/x.xml", "<x/>"}}),
              HasSubstr("PowerPoint presentation (PPTX)"));
  EXPECT_THAT(error({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), HasSubstr("spreadsheet (ODS)"));
  EXPECT_THAT(error({{"META-INF/MANIFEST.MF", "x"}, {"A.class", "x"}}), HasSubstr("a Java archive (JAR)"));
  EXPECT_THAT(error({{"a.txt", "x"}, {"b.epub", "PK\3\4"}}), HasSubstr("a ZIP archive of 2 files, which is none"));
  ZipFile inner;
  inner.add("deep.txt", "x");
  EXPECT_THAT(error({{"inner.zip", inner.bytes().c_str()}}), HasSubstr("a ZIP archive of 1 file,"));
}

TEST(HostileArchive, BombsAreRefused) {
  for (const char* name : {"OEBPS/book.opf", "OEBPS/text/1.xhtml", "META-INF/encryption.xml"}) {
    ZipFile zip;
    zip.add("mimetype", "application/epub+zip");
    zip.add("META-INF/container.xml", test::kContainer);
    zip.add(name, "<p>" + std::string(20'000'000, ' '));
    if (std::string_view(name) != "OEBPS/book.opf") zip.add("OEBPS/book.opf", test::packageDocument(kChapters));
    const auto book = readZip(zip.bytes());
    EXPECT_EQ(book.status.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(book.error(), HasSubstr("400 times its size")) << name;
    EXPECT_THAT(book.error(), HasSubstr(name));
  }
}

TEST(HostileArchive, ManySmallBombsAreOneLargeOne) {
  std::vector<Chapter> chapters;
  for (int i = 0; i < 24; ++i) chapters.push_back({std::to_string(i), "<p>x</p>" + std::string(900'000, ' ')});
  EXPECT_THAT(readZip(test::simpleBook(chapters)).error(), HasSubstr("400 times its size"));
}

TEST(HostileArchive, TooManyEntries) {
  ZipFile zip;
  test::addBook(zip, kChapters, test::packageDocument(kChapters));
  for (int i = 0; i < 70'000; ++i) zip.add("e" + std::to_string(i), "", ZipFile::Entry::kStored);
  const auto book = readZip(zip.bytes());  // more than fit into 16 bits: a ZIP64 directory
  EXPECT_EQ(book.error(), "file.x: it is an archive of 70005 files; a document has at most 20000");
  EXPECT_EQ(book.status.error().code, ErrorCode::kInvalidArgument);
  ExtractionLimits limits;
  limits.archiveEntries = 4;
  EXPECT_THAT(readZip(test::simpleBook(kChapters), limits).error(), HasSubstr("it is an archive of 5 files"));
}

TEST(HostileArchive, NamesThatLeadOutAreNeverOpened) {
  ZipFile zip;
  zip.add("../../etc/passwd", "outside");
  zip.add("/etc/passwd", "outside");
  zip.add("OEBPS/../../x.xhtml", test::xhtml("<p>outside</p>"));
  zip.add("mimetype", "application/epub+zip");
  zip.add("META-INF/container.xml", test::kContainer);
  zip.add("OEBPS/book.opf", test::packageDocument({kChapters[0]},
                                                  "<item id='a' href='../../etc/passwd' media-type='text/html'/>"
                                                  "<item id='b' href='../../x.xhtml' media-type='text/html'/>"
                                                  "<item id='c' href='file:///etc/passwd' media-type='text/html'/>",
                                                  "", "<itemref idref='a'/><itemref idref='b'/><itemref idref='c'/>"));
  zip.add("OEBPS/text/1.xhtml", test::xhtml("<p>inside</p>"));
  const auto book = readZip(zip.bytes());
  EXPECT_EQ(book.text(), "inside\n");
  EXPECT_EQ(book.skipped("outside of the archive"), 3);
  ZipFile container;
  container.add("META-INF/container.xml", "<container><rootfile full-path='../../../etc/passwd'/></container>");
  container.add("../../../etc/passwd", "<package/>");
  EXPECT_THAT(readZip(container.bytes()).error(), HasSubstr("leads out of the archive"));
}

TEST(HostileArchive, LinksAreNotFollowed) {
  ZipFile zip;
  zip.add("META-INF/container.xml", test::kContainer);
  zip.add("OEBPS/book.opf", test::packageDocument(kChapters));
  zip.add("OEBPS/text/1.xhtml", "/etc/passwd", ZipFile::Entry::kLink);
  zip.add("OEBPS/text/2.xhtml", test::xhtml("<p>fine</p>"));
  const auto book = readZip(zip.bytes());
  EXPECT_EQ(book.text(), "fine\n");
  EXPECT_EQ(book.skipped("damaged"), 1);
}

TEST(HostileArchive, EncryptedEntries) {
  for (const char* locked : {"META-INF/container.xml", "OEBPS/book.opf", "OEBPS/text/2.xhtml"}) {
    ZipFile zip;
    const auto kind = [&](std::string_view name) {
      return name == locked ? ZipFile::Entry::kEncrypted : ZipFile::Entry::kDeflated;
    };
    zip.add("META-INF/container.xml", test::kContainer, kind("META-INF/container.xml"));
    zip.add("OEBPS/book.opf", test::packageDocument(kChapters), kind("OEBPS/book.opf"));
    for (const Chapter& chapter : kChapters) {
      zip.add("OEBPS/text/" + chapter.name, test::xhtml(chapter.body), kind("OEBPS/text/" + chapter.name));
    }
    const auto book = readZip(zip.bytes());
    EXPECT_EQ(book.error(), "file.x: it is encrypted; unlock it with its password first") << locked;
    EXPECT_EQ(book.status.error().code, ErrorCode::kCorrupt);
  }
}

TEST(HostileArchive, CutOffAtEveryPlace) {
  const std::string whole = test::simpleBook(kChapters);
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    const auto book = readZip(std::string_view(whole).substr(0, size));
    EXPECT_EQ(book.status.error().code, ErrorCode::kCorrupt) << size;
    EXPECT_THAT(book.error(), HasSubstr("damaged or cut off"));
  }
}

TEST(HostileArchive, AnyByteMayBeWrong) {
  ZipFile word;
  test::addWordDocument(word, test::wordParagraph("Text") + "<w:tbl><w:tr><w:tc>" + test::wordParagraph("cell") +
                                  "</w:tc></w:tr></w:tbl>");
  const std::string documents[] = {test::simpleBook(kChapters), word.bytes(),
                                   test::simpleOpenDocument("<text:h>Head</text:h><text:p>Text</text:p>")};
  SplitMix64 random(6);
  for (const std::string& whole : documents) {
    for (int i = 0; i < 1500; ++i) {
      std::string bytes = whole;
      for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
        bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
      }
      const auto document = readZip(bytes);
      if (!document.status) {
        EXPECT_GT(document.error().size(), 15u);
      }
    }
  }
}

TEST(HostileArchive, MissingAndBrokenParts) {
  const auto error = [](const char* name, const std::string& content) {
    ZipFile zip;
    zip.add("META-INF/container.xml", test::kContainer);
    if (*name != '\0') zip.add(name, content);
    return readZip(zip.bytes()).error();
  };
  EXPECT_THAT(error("", ""), HasSubstr("\"OEBPS/book.opf\" is missing from it"));
  EXPECT_THAT(error("OEBPS/book.opf", "<package><spine>"), HasSubstr("no well-formed XML"));
  EXPECT_THAT(error("OEBPS/book.opf", "<package/>"), HasSubstr("lists no chapters"));
  EXPECT_THAT(error("OEBPS/book.opf", ""), HasSubstr("no well-formed XML"));
  EXPECT_THAT(error("OEBPS/book.opf", test::packageDocument(kChapters)),
              HasSubstr("it holds no text (2 chapters that are missing from the file)"));
  ZipFile word;
  word.add("[Content_Types].xml", "<Types/>").add("word/styles.xml", "<x/>");
  EXPECT_THAT(readZip(word.bytes()).error(), HasSubstr("\"word/document.xml\" is missing"));
  ZipFile open;
  open.add("mimetype", "application/vnd.oasis.opendocument.text");
  EXPECT_THAT(readZip(open.bytes()).error(), HasSubstr("\"content.xml\" is missing"));
  ZipFile container;
  container.add("mimetype", "application/epub+zip");
  EXPECT_THAT(readZip(container.bytes()).error(), HasSubstr("\"META-INF/container.xml\" is missing"));
}

TEST(HostileArchive, ContentsThatGoInCircles) {
  const std::vector<Chapter> chapters{{"nav.xhtml",
                                       "<nav epub:type='toc'><ol><li><a href='nav.xhtml'>Self</a><ol><li>"
                                       "<a href='nav.xhtml#x'>Self again</a></li><li><a href='../book.opf'>Package"
                                       "</a></li></ol></li></ol></nav><p id='x'>Text.</p>"}};
  ZipFile zip;
  test::addBook(zip, chapters,
                test::packageDocument(chapters,
                                      "<item id='n' href='text/nav.xhtml' properties='nav'/>"
                                      "<item id='ncx' href='book.opf' media-type='application/x-dtbncx+xml'/>",
                                      " toc='ncx'"));
  const auto book = readZip(zip.bytes());
  EXPECT_EQ(book.text(), "1. Self\n1. Self again\n2. Package\n\nText.\n");
  EXPECT_EQ(book.pages[0].label, "Self");
}

std::string entityBomb(const std::string& root) {
  std::string xml = "<?xml version='1.0'?><!DOCTYPE " + root + " [<!ENTITY a0 'lol'>";
  for (int i = 1; i < 30; ++i) {
    xml += "<!ENTITY a" + std::to_string(i) + " '&a" + std::to_string(i - 1) + ";&a" + std::to_string(i - 1) + ";'>";
  }
  return xml + "<!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY loop '&loop;'>]>";
}

TEST(HostileArchive, EntitiesAreNotExpanded) {
  ZipFile word;
  word.add("[Content_Types].xml", "<Types/>");
  const std::string part =
      test::wordPart("document", "<w:body>" + test::wordParagraph("&a29; &file; &loop;") + "</w:body>");
  word.add("word/document.xml", entityBomb("w:document") + part.substr(part.find("?>") + 2));
  EXPECT_EQ(readZip(word.bytes()).text(), "&a29; &file; &loop;\n");
  ZipFile open;
  const std::string content = test::openDocumentContent("<text:p>&a29; &file; &loop;</text:p>");
  open.add("mimetype", "application/vnd.oasis.opendocument.text");
  open.add("content.xml", entityBomb("office:document-content") + content.substr(content.find("?>") + 2));
  EXPECT_EQ(readZip(open.bytes()).text(), "&a29; &file; &loop;\n");
}

std::string nested(const std::string& name, std::size_t count, const std::string& inner) {
  std::string xml;
  for (std::size_t i = 0; i < count; ++i) xml += "<" + name + ">";
  xml += inner;
  for (std::size_t i = 0; i < count; ++i) xml += "</" + name + ">";
  return xml;
}

TEST(HostileArchive, DeepXmlIsRefused) {
  // Poorly compressible between the tags: it is the depth that is refused, not the ratio.
  ExtractionLimits limits;
  limits.compressionRatio = 1'000'000;
  const auto begin = std::chrono::steady_clock::now();
  const auto word = readZip(test::simpleWordDocument(nested("w:sdt", 1'000'000, test::wordParagraph("x"))), limits);
  EXPECT_EQ(word.error(), "file.x: \"word/document.xml\" has elements nested deeper than 400");
  EXPECT_EQ(word.status.error().code, ErrorCode::kInvalidArgument);
  const auto open = readZip(test::simpleOpenDocument(nested("text:section", 1'000'000, "<text:p>x</text:p>")), limits);
  EXPECT_EQ(open.error(), "file.x: \"content.xml\" has elements nested deeper than 400");
  const auto book = readZip(test::simpleBook({{"1.xhtml", nested("div", 1'000'000, "<p>x</p>")}}), limits);
  EXPECT_EQ(book.text(), "x\n");
  EXPECT_GT(book.skipped("nested deeper"), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(readZip(test::simpleWordDocument(nested("w:sdt", 300, test::wordParagraph("x")))).text(), "x\n");
}

TEST(HostileArchive, XmlThatNeedsMoreMemoryThanThereIs) {
  ExtractionLimits limits;
  limits.addressSpaceBytes = std::uint64_t{32} << 20;
  limits.compressionRatio = 1'000'000;
  std::string runs;
  for (int i = 0; i < 200'000; ++i) runs += "<w:r/>";
  const auto document = readZip(test::simpleWordDocument("<w:p>" + runs + "</w:p>"), limits);
  EXPECT_EQ(document.status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(document.error(), HasSubstr("of memory"));
}

TEST(HostileArchive, NotesReferredToAThousandTimesComeOnce) {
  ZipFile zip;
  std::string body;
  for (int i = 0; i < 1000; ++i) body += "<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='1'/></w:r></w:p>";
  test::addWordDocument(zip, body);
  zip.add("word/footnotes.xml",
          test::wordPart("footnotes",
                         "<w:footnote w:id='1'>" + test::wordParagraph(std::string(100'000, 'n')) + "</w:footnote>"));
  EXPECT_LT(readZip(zip.bytes()).text().size(), 120'000u);
}

}  // namespace
}  // namespace tidemark
