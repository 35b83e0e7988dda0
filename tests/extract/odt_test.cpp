// OpenDocument texts.

#include "tests/extract/book_builder.h"
#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

using test::readZip;
using test::ZipFile;
using ::testing::ElementsAre;

std::string odtText(const std::string& body) {
  const auto document = readZip(test::simpleOpenDocument(body));
  EXPECT_TRUE(document.status.ok()) << document.error();
  return document.text();
}

TEST(Odt, ParagraphsSpacesAndBreaks) {
  EXPECT_EQ(odtText("<text:p>One <text:span>two</text:span> <text:span>three</text:span><text:s text:c='3'/>four"
                    "<text:tab/>five<text:line-break/>six</text:p>\n<text:p/><text:p>Seven\n eight</text:p>"),
            "One two three   four\tfive\nsix\n\nSeven eight\n");
}

TEST(Odt, HeadingsAndProperties) {
  ZipFile zip;
  test::addOpenDocument(zip,
                        "<text:h text:outline-level='1'>Top</text:h><text:p>a</text:p>"
                        "<text:h text:outline-level='3'>Deep</text:h><text:p>b</text:p><text:h>Plain</text:h>");
  zip.add("meta.xml",
          "<office:document-meta xmlns:office='o' xmlns:dc='d' xmlns:meta='m'><office:meta>"
          "<dc:creator>Last</dc:creator><meta:initial-creator>First</meta:initial-creator>"
          "<dc:title>Notes</dc:title></office:meta></office:document-meta>");
  const auto document = readZip(zip.bytes());
  EXPECT_EQ(document.head.format, DocumentFormat::kOdt);
  EXPECT_EQ(document.head.title, "Notes");
  EXPECT_EQ(document.head.author, "First");
  EXPECT_THAT(document.headings(), ElementsAre("1 Top", "3 Deep", "1 Plain"));
  EXPECT_EQ(document.text(), "Top\n\na\n\nDeep\n\nb\n\nPlain\n");
}

TEST(Odt, WhatIsNotOfTheTextIsLeftOut) {
  EXPECT_EQ(
      odtText("<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>"
              "</text:changed-region></text:tracked-changes><text:sequence-decls/>"
              "<text:p>kept<text:change text:change-id='1'/><office:annotation><text:p>comment</text:p>"
              "</office:annotation> text</text:p><text:section text:display='none'><text:p>no</text:p>"
              "</text:section><text:table-of-content><text:table-of-content-source><text:index-title-template>no"
              "</text:index-title-template></text:table-of-content-source><text:index-body><text:p>1 Top 3</text:p>"
              "</text:index-body></text:table-of-content>"),
      "kept text\n\n1 Top 3\n");
}

TEST(Odt, ListsTablesNotesAndBoxes) {
  EXPECT_EQ(odtText("<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p>"
                    "</text:list-item></text:list></text:list-item><text:list-item><text:p>c</text:p></text:list-item>"
                    "</text:list><text:p>d</text:p>"),
            "- a\n- b\n- c\n\nd\n");
  EXPECT_EQ(
      odtText("<table:table><table:table-column/><table:table-header-rows><table:table-row><table:table-cell>"
              "<text:p>A</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>B</text:p>"
              "</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell "
              "table:number-columns-repeated='2'/><table:table-cell><text:p>1</text:p><text:p>2</text:p>"
              "</table:table-cell><table:table-cell table:number-columns-repeated='999999999'/></table:table-row>"
              "</table:table><text:p>e</text:p>"),
      "A\t\tB\n\t\t1 2\n\ne\n");
  EXPECT_EQ(odtText("<text:p>Claim<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Proof,"
                    "</text:p><text:p>more.</text:p></text:note-body></text:note> ends.</text:p><text:p>Next</text:p>"),
            "Claim[1] ends.\n[1] Proof, more.\n\nNext\n");
  EXPECT_EQ(odtText("<text:p>Start<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame> end"
                    "</text:p><text:p>Next</text:p>"),
            "Start end\n\nBoxed\n\nNext\n");
}

TEST(Odt, EncryptedIsNamed) {
  ZipFile zip;
  test::addOpenDocument(zip, "");
  zip.add("META-INF/manifest.xml",
          "<manifest:manifest xmlns:manifest='m'><manifest:file-entry manifest:full-path='content.xml'>"
          "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>");
  const auto document = readZip(zip.bytes());
  EXPECT_EQ(document.status.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(document.error(),
            "file.x: it is encrypted; open it with its password and save it without one, then choose it again");
}

}  // namespace
}  // namespace tidemark
