// OpenDocument texts.

#include "extract/markup/list_number.h"
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

constexpr const char* kListStyles =
    "<office:automatic-styles xmlns:office='o' xmlns:style='s' xmlns:text='t'><text:list-style style:name='L1'>"
    "<text:list-level-style-number text:level='1' style:num-suffix='.' style:num-format='1'/>"
    "<text:list-level-style-number text:level='2' style:num-prefix='(' style:num-suffix=')' style:num-format='a'/>"
    "<text:list-level-style-number text:level='3' style:num-format='1' text:display-levels='3'/>"
    "<text:list-level-style-bullet text:level='4'/></text:list-style><text:list-style style:name='L2'>"
    "<text:list-level-style-number text:level='1' style:num-suffix='.' style:num-format='I' text:start-value='4'/>"
    "<text:list-level-style-number text:level='2' style:num-format=''/></text:list-style>"
    "<text:outline-style style:name='Outline'><text:outline-level-style text:level='1' style:num-format='1'/>"
    "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/>"
    "<text:outline-level-style text:level='3' style:num-format=''/></text:outline-style></office:automatic-styles>";

std::string numberedText(const std::string& body) {
  ZipFile zip;
  test::addOpenDocument(zip, body);
  zip.add("styles.xml", kListStyles);
  const auto document = readZip(zip.bytes());
  EXPECT_TRUE(document.status.ok()) << document.error();
  return document.text();
}

std::string item(const std::string& content, const std::string& attributes = {}) {
  return "<text:list-item " + attributes + ">" + content + "</text:list-item>";
}

std::string paragraph(const std::string& text) {
  return "<text:p>" + text + "</text:p>";
}

std::string list(const std::string& items, const std::string& attributes = "text:style-name='L1'") {
  return "<text:list " + attributes + ">" + items + "</text:list>";
}

TEST(Odt, ListsAreNumberedAsTheirStylesSay) {
  EXPECT_EQ(numberedText(list(item(paragraph("a") + list(item(paragraph("b")) + item(paragraph("c")), "")) +
                              item(paragraph("d") + list(item(paragraph("e") + list(item(paragraph("f")), "")), "")))),
            "1. a\n(a) b\n(b) c\n2. d\n(a) e\n2.a.1 f\n");
  // Depth alone is no item, and a style may begin with another number, or have none.
  EXPECT_EQ(numberedText(list(item(list(item(paragraph("a")) + item(paragraph("b")), "")) + item(paragraph("c")),
                              "text:style-name='L2'")),
            "a\nb\nIV. c\n");
  EXPECT_EQ(numberedText(list(item(paragraph("a")), "text:style-name='unknown'")), "- a\n");
  EXPECT_EQ(numberedText(list(item(list(item(list(item(list(item(paragraph("a")), "")), "")), "")))), "- a\n");
}

TEST(Odt, ListsBeginAnewUnlessTheyContinueAnother) {
  EXPECT_EQ(numberedText(list(item(paragraph("a")), "text:style-name='L1' xml:id='x'") + paragraph("between") +
                         list(item(paragraph("b")) + item(paragraph("c"))) +
                         list(item(paragraph("d")), "text:style-name='L1' text:continue-numbering='true'") +
                         list(item(paragraph("e")), "text:style-name='L1' text:continue-list='x'") +
                         list(item(paragraph("f")) + item(paragraph("g"), "text:start-value='27'") +
                              item(paragraph("h"), "text:start-value='99999999999'"))),
            "1. a\n\nbetween\n\n1. b\n2. c\n\n3. d\n\n2. e\n\n1. f\n27. g\n28. h\n");
}

TEST(Odt, HeadingsHaveTheNumbersOfTheOutline) {
  EXPECT_EQ(numberedText("<text:h text:outline-level='1'>A</text:h><text:h text:outline-level='2'>B</text:h>"
                         "<text:h text:outline-level='2'>C</text:h><text:h text:outline-level='3'>D</text:h>"
                         "<text:h text:outline-level='1' text:is-list-header='true'>E</text:h>"
                         "<text:h text:outline-level='1'>F</text:h><text:h text:outline-level='2'>G</text:h>" +
                         list(item("<text:h text:outline-level='1'>H</text:h>"))),
            "1 A\n\n1.1 B\n\n1.2 C\n\nD\n\nE\n\n2 F\n\n2.1 G\n\n1. H\n");
}

TEST(Odt, WhatStandsAroundANumberIsOneLineOfText) {
  const std::string prefix = "\x01\n" + std::string(29, 'x');  // and half of what follows
  EXPECT_EQ(odtText("<text:list-style text:name='L1'><text:list-level-style-number text:level='1' text:num-format='1' "
                    "text:num-suffix='&#7;&#9;)&#xA0;' text:num-prefix='" +
                    prefix + "\u00e4y'/></text:list-style>" + list(item(paragraph("a")))),
            std::string(29, 'x') + "\uFFFD1 ) a\n");
}

TEST(ListNumber, LettersAndRomanDigits) {
  EXPECT_EQ(listNumber(NumberFormat::kLowerLetter, 26), "z");
  EXPECT_EQ(listNumber(NumberFormat::kUpperLetter, 28), "BB");
  EXPECT_EQ(listNumber(NumberFormat::kLowerLetter, 28, AfterTheAlphabet::kCounts), "ab");
  EXPECT_EQ(listNumber(NumberFormat::kLowerLetter, 26 * 27, AfterTheAlphabet::kCounts), "zz");
  EXPECT_EQ(listNumber(NumberFormat::kLowerLetter, 26 * 27 + 1, AfterTheAlphabet::kCounts), "aaa");
  EXPECT_EQ(listNumber(NumberFormat::kLowerLetter, 1'000'000), "1000000");
  EXPECT_EQ(listNumber(NumberFormat::kUpperRoman, 1994), "MCMXCIV");
  EXPECT_EQ(listNumber(NumberFormat::kLowerRoman, 4000), "4000");
  EXPECT_EQ(listNumber(NumberFormat::kLowerRoman, 0), "0");
  EXPECT_EQ(listNumber(NumberFormat::kDecimalZero, 7), "07");
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
