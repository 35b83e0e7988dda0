// DOCX as text.

#include "tests/extract/book_builder.h"
#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

using test::readZip;
using test::wordParagraph;
using test::ZipFile;
using ::testing::ElementsAre;

std::string docxText(const std::string& body) {
  const auto document = readZip(test::simpleWordDocument(body));
  EXPECT_TRUE(document.status.ok()) << document.error();
  return document.text();
}

TEST(Docx, ParagraphsRunsTabsAndBreaks) {
  EXPECT_EQ(docxText("<w:p><w:r><w:t xml:space='preserve'>One </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>two</w:t>"
                     "<w:t xml:space='preserve'> </w:t><w:tab/><w:t>three</w:t><w:br/><w:t>four</w:t>"
                     "<w:noBreakHyphen/><w:t>five&amp;</w:t></w:r></w:p><w:p/>" +
                     wordParagraph("Six")),
            "One two\tthree\nfour-five&\n\nSix\n");
}

TEST(Docx, HeadingsByStyleAndTitle) {
  ZipFile zip;
  test::addWordDocument(zip, wordParagraph("Top", "<w:pStyle w:val='H'/>") +
                                 wordParagraph("Body", "<w:pStyle w:val='B'/>") +
                                 wordParagraph("Based", "<w:pStyle w:val='Sub'/>") +
                                 wordParagraph("Direct", "<w:outlineLvl w:val='4'/>") +
                                 wordParagraph("Circle", "<w:pStyle w:val='C1'/>"));
  zip.add("word/styles.xml",
          test::wordPart("styles",
                         "<w:style w:styleId='H'><w:name w:val='heading 1'/></w:style>"
                         "<w:style w:styleId='B'><w:name w:val='Body'/></w:style>"
                         "<w:style w:styleId='O'><w:name w:val='X'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
                         "<w:style w:styleId='Sub'><w:name w:val='Y'/><w:basedOn w:val='O'/></w:style>"
                         "<w:style w:styleId='C1'><w:basedOn w:val='C2'/></w:style>"
                         "<w:style w:styleId='C2'><w:basedOn w:val='C1'/></w:style>"));
  zip.add("docProps/core.xml",
          "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:title>The  Report</dc:title><dc:creator>Eve</dc:creator>"
          "</cp:coreProperties>");
  const auto document = readZip(zip.bytes());
  EXPECT_EQ(document.head.format, DocumentFormat::kDocx);
  EXPECT_EQ(document.head.title, "The Report");
  EXPECT_EQ(document.head.author, "Eve");
  EXPECT_EQ(document.head.pageCount, 0);
  EXPECT_EQ(document.pages.size(), 1u);
  EXPECT_THAT(document.headings(), ElementsAre("1 Top", "3 Based", "5 Direct"));
  EXPECT_EQ(document.text(), "Top\n\nBody\n\nBased\n\nDirect\n\nCircle\n");
}

TEST(Docx, ChangesFieldsAndHiddenText) {
  EXPECT_EQ(
      docxText("<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText> deleted</w:delText></w:r></w:del>"
               "<w:ins><w:r><w:t xml:space='preserve'> inserted</w:t></w:r></w:ins>"
               "<w:moveFrom><w:r><w:t> away</w:t></w:r></w:moveFrom>"
               "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGEREF x \\h </w:instrText></w:r>"
               "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t xml:space='preserve'> 12</w:t></w:r>"
               "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
               "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
               "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t xml:space='preserve'> shown</w:t></w:r></w:p>"),
      "kept inserted 12 shown\n");
}

TEST(Docx, TablesAreRowsWithTabs) {
  EXPECT_EQ(docxText(wordParagraph("Before") + "<w:tbl><w:tblPr/><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" +
                     wordParagraph("A") + "</w:tc><w:tc>" + wordParagraph("B") + "</w:tc></w:tr><w:tr><w:tc>" +
                     wordParagraph("1") + wordParagraph("one") + "</w:tc><w:tc><w:p/></w:tc><w:tc>" +
                     wordParagraph("2") + "</w:tc></w:tr></w:tbl>" + wordParagraph("After")),
            "Before\n\nA\t\tB\n1 one\t\t2\n\nAfter\n");
}

TEST(Docx, NotesFollowTheirParagraph) {
  ZipFile zip;
  test::addWordDocument(
      zip,
      "<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>, more</w:t></w:r>"
      "<w:r><w:endnoteReference w:id='7'/></w:r><w:r><w:footnoteReference w:id='99'/></w:r></w:p>" +
          wordParagraph("Next"));
  zip.add("word/footnotes.xml",
          test::wordPart("footnotes", "<w:footnote w:type='separator' w:id='0'>" + wordParagraph("---") +
                                          "</w:footnote><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r>"
                                          "<w:t xml:space='preserve'> See</w:t></w:r></w:p>" +
                                          wordParagraph("there.") + "</w:footnote>"));
  zip.add("word/endnotes.xml",
          test::wordPart("endnotes", "<w:endnote w:id='7'>" + wordParagraph("At the end.") + "</w:endnote>"));
  const auto document = readZip(zip.bytes());
  EXPECT_EQ(document.text(), "Claim[1], more[e1]\n[1] See there.\n[e1] At the end.\n\nNext\n");
  EXPECT_EQ(document.skipped("notes that are missing"), 1);
}

TEST(Docx, TextBoxesComeOnceAndAfterTheirParagraph) {
  const std::string box = "<w:txbxContent>" + wordParagraph("Boxed") + "</w:txbxContent>";
  EXPECT_EQ(docxText("<w:p><w:r><w:t>Start</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                     "<wps:txbx>" +
                     box + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" + box +
                     "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                     "<w:r><w:t xml:space='preserve'> end</w:t></w:r></w:p>" +
                     wordParagraph("Next")),
            "Start end\n\nBoxed\n\nNext\n");
  EXPECT_EQ(docxText("<w:p><w:r><w:pict><v:textbox>" + box + "</v:textbox></w:pict></w:r></w:p>"), "Boxed\n");
}

TEST(Docx, NumbersOfLists) {
  ZipFile zip;
  const auto item = [](const std::string& text, int level, int list) {
    return wordParagraph(text, "<w:numPr><w:ilvl w:val='" + std::to_string(level) + "'/><w:numId w:val='" +
                                   std::to_string(list) + "'/></w:numPr>");
  };
  test::addWordDocument(zip, item("a", 0, 1) + item("b", 1, 1) + item("c", 1, 1) + item("d", 0, 1) + item("e", 1, 1) +
                                 wordParagraph("Between") + item("f", 0, 2) + item("g", 0, 9));
  zip.add(
      "word/numbering.xml",
      test::wordPart("numbering",
                     "<w:abstractNum w:abstractNumId='5'><w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt "
                     "w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt "
                     "w:val='lowerLetter'/><w:lvlText w:val='%1(%2)'/></w:lvl></w:abstractNum>"
                     "<w:abstractNum w:abstractNumId='6'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText "
                     "w:val='*'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>"
                     "<w:num w:numId='2'><w:abstractNumId w:val='6'/></w:num>"));
  EXPECT_EQ(readZip(zip.bytes()).text(), "3. a\n3(a) b\n3(b) c\n4. d\n4(a) e\n\nBetween\n\n- f\n\ng\n");
}

TEST(Docx, PartsAreWhereTheRelationshipsSay) {
  ZipFile zip;
  zip.add("[Content_Types].xml", "<Types/>");
  zip.add("_rels/.rels",
          "<Relationships><Relationship Type='http://x/relationships/officeDocument' Target='/word/other.xml'/>"
          "<Relationship Type='http://x/relationships/officeDocument' TargetMode='External' Target='http://evil'/>"
          "</Relationships>");
  zip.add("word/other.xml",
          "<d:document xmlns:d='http://purl.oclc.org/ooxml/wordprocessingml/main'><d:body><d:p><d:r><d:t>Strict</d:t>"
          "</d:r></d:p></d:body></d:document>");
  EXPECT_EQ(readZip(zip.bytes()).text(), "Strict\n");
}

TEST(Docx, NoTextIsAnError) {
  EXPECT_EQ(readZip(test::simpleWordDocument("<w:p/>")).error(), "file.x: it holds no text");
  EXPECT_EQ(readZip(test::simpleWordDocument("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>")).error(),
            "file.x: it holds no text, only pictures");
}

}  // namespace
}  // namespace tidemark
