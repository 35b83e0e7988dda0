// HTML pages as text.

#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

using test::readHtml;
using ::testing::ElementsAre;

std::string htmlText(const std::string& body) {
  return readHtml("<!DOCTYPE html><html><body>" + body + "</body></html>").text();
}

TEST(Html, ParagraphsAndWhiteSpace) {
  EXPECT_EQ(htmlText("<p>One\n  two <b>three</b>,<i> four</i>.</p>\n<p>Five&nbsp;six&shy;teen</p>"),
            "One two three, four.\n\nFive sixteen\n");
  EXPECT_EQ(htmlText("a<br>b<br/><br>c<div>d<div>e</div></div>f<hr>g"), "a\nb\n\nc\n\nd\n\ne\n\nf\n\ng\n");
}

TEST(Html, ParagraphsThatAreNeverClosed) {
  EXPECT_EQ(htmlText("<p>One<p>Two<ul><li>a<li>b</ul><p>Three<table><tr><td>1<td>2<tr><td>3<td>4</table>Four"),
            "One\n\nTwo\n\n- a\n- b\n\nThree\n\n1\t2\n3\t4\n\nFour\n");
}

TEST(Html, HeadTitleAndHeadings) {
  const auto page = readHtml(
      "<html><head><title>The &amp; Title</title><style>p{}</style></head>"
      "<body><h1>Part  <em>one</em></h1><p>Text</p><h3>Deeper<br>still</h3><p>More</p></body></html>");
  EXPECT_EQ(page.head.title, "The & Title");
  EXPECT_EQ(page.head.format, DocumentFormat::kHtml);
  EXPECT_EQ(page.text(), "Part one\n\nText\n\nDeeper still\n\nMore\n");
  EXPECT_THAT(page.headings(), ElementsAre("1 Part one", "3 Deeper still"));
  EXPECT_EQ(page.text().substr(page.pages[0].headings[1].offset, 6), "Deeper");
}

TEST(Html, WhatIsNotTextIsLeftOut) {
  EXPECT_EQ(htmlText("a<script>if (x < y) document.write('<p>no</p>')</script>"
                     "<style>no</style><nav>no</nav><!-- no <p>no</p> -->"
                     "<div hidden>no<p>no</p></div><span aria-hidden='true'>no<b>no</b></span>"
                     "<p style='color:red; DISPLAY : none'>no</p><template>no</template>"
                     "<select><option>no</select><textarea>no</textarea>"
                     "<svg><title>no</title><text>no</text></svg>b"),
            "ab\n");
  EXPECT_EQ(htmlText("<span hidden>no <span>no</span> no</span> yes"), "yes\n");
  EXPECT_EQ(htmlText("<b hidden>no<i id='x'>no</b> yes</i>"), "yes\n");
}

TEST(Html, ListsTablesAndPreformattedText) {
  EXPECT_EQ(htmlText("<p>x</p><ol start=3><li>three<ul><li>inner</ul><li>four<li value=9>nine</ol><p>y"),
            "x\n\n3. three\n- inner\n4. four\n9. nine\n\ny\n");
  EXPECT_EQ(htmlText("<table><caption>Cap</caption><thead><tr><th>A<th>B</thead>"
                     "<tr><td> 1 </td><td><p>2</p><p>3</p></td></tr><tr><td></td><td>4</td></tr></table>"),
            "Cap\nA\tB\n1\t2 3\n\t4\n");
  EXPECT_EQ(htmlText("<pre>\nif x:\n    y\n\nz</pre>"), "if x:\n    y\n\nz\n");
  EXPECT_EQ(htmlText("<dl><dt>term<dd>meaning<dt>other<dd>sense</dl>"), "term\nmeaning\nother\nsense\n");
}

TEST(Html, TablesThatArrangeAPageAreBlocks) {
  EXPECT_EQ(htmlText("<table><tr><td>Menu</td><td><h1>Title</h1><p>One</p><p>Two</p></td></tr></table>"),
            "Menu\n\nTitle\n\nOne\n\nTwo\n");
  EXPECT_EQ(htmlText("<table><tr><td><table><tr><td>a<td>b</table></td></tr></table>"), "a\tb\n");
}

TEST(Html, NotesFollowTheirParagraph) {
  EXPECT_EQ(htmlText("<p>A claim<sup><a role='doc-noteref' href='#n1'>1</a></sup> stands.</p><p>Next.</p>"
                     "<aside role='doc-footnote' id='n1'><p><a href='#r1'>1.</a> The evidence.</p></aside><p>End.</p>"),
            "A claim[1] stands.\n[1] The evidence.\n\nNext.\n\nEnd.\n");
}

TEST(Html, CharacterReferencesAndStrayMarkup) {
  EXPECT_EQ(htmlText("1 &lt; 2 &amp;&amp; 3 < 4 &copy; &#8212; &#x1F600; &bogus; a&b"),
            "1 < 2 && 3 < 4 \xC2\xA9 \xE2\x80\x94 \xF0\x9F\x98\x80 &bogus; a&b\n");
  EXPECT_EQ(htmlText("</p></div></table><p>still</p></body></html>here<td>x</td><td>y</td>"),
            "still\n\nhere\n\nx\n\ny\n");
}

TEST(Html, EncodingsAreTold) {
  const std::string latin = "<p>caf\xE9 \x93quoted\x94</p>";
  const std::string asUtf8 = "caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D\n";
  EXPECT_EQ(readHtml(latin).text(), asUtf8);
  EXPECT_EQ(readHtml(latin).summary.encoding, "windows-1252");
  EXPECT_EQ(readHtml("<meta charset=\"iso-8859-1\">" + latin).text(), asUtf8);
  EXPECT_EQ(readHtml("<meta charset=iso-8859-1><p>caf\xC3\xA9").text(), "caf\xC3\xA9\n") << "a stale declaration";
  EXPECT_EQ(
      readHtml("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>\xCC\xE8\xF0").text(),
      "\xD0\x9C\xD0\xB8\xD1\x80\n");
  EXPECT_EQ(readHtml("<meta charset='Shift_JIS'><p>\x93\xFA\x96{").text(), "\xE6\x97\xA5\xE6\x9C\xAC\n");
  EXPECT_EQ(readHtml(std::string("\xFF\xFE<\0p\0>\0\xE9\0", 10)).text(), "\xC3\xA9\n");
  const auto broken = readHtml("<meta charset=utf-8><p>a\xFF\xE2\x82z\xC3\xA9");
  EXPECT_EQ(broken.text(), "a\xEF\xBF\xBD\xEF\xBF\xBDz\xC3\xA9\n");
  EXPECT_EQ(broken.summary.replacedBytes, 3u);
  EXPECT_EQ(readHtml("<meta charset='klingon'><p>\xE9").skipped("character set"), 1);
}

TEST(Html, XhtmlClosesItself) {
  const auto page = readHtml(
      "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><script src='x'/></head>"
      "<body><p/><p>One <a id='x'/>two<![CDATA[ <three> & ]]></p><h:p>four</h:p></body></html>");
  EXPECT_EQ(page.text(), "One two <three> &\n\nfour\n");
}

TEST(Html, NoTextIsAnError) {
  EXPECT_EQ(readHtml("<p> <br></p>").error(), "file.x: it holds no text");
  EXPECT_EQ(readHtml("<p><img src=x></p>").error(), "file.x: it holds no text, only pictures");
  EXPECT_EQ(readHtml("").status.error().code, ErrorCode::kCorrupt);
}

TEST(Html, PicturesAreNoted) {
  EXPECT_TRUE(readHtml("<p>a<img src=x></p>").pages[0].hasImage);
  EXPECT_FALSE(readHtml("<p>a</p>").pages[0].hasImage);
  EXPECT_EQ(readHtml("<p>a<iframe src='other.html'>x</iframe></p>").skipped("frames"), 1);
}

TEST(Html, LongPagesAreCutAtParagraphs) {
  std::string html = "<div id=a><h1>Long</h1>";
  std::string expected = "Long";
  for (int i = 0; i < 120'000; ++i) {
    const std::string paragraph =
        "Paragraph number " + std::to_string(i) + " of many, with some more words to fill it.";
    html += "<p>" + paragraph + "</p>";
    expected += "\n\n" + paragraph;
  }
  const auto page = readHtml(html + "</div>");
  ASSERT_GT(page.pages.size(), 1u);
  EXPECT_EQ(page.text(), expected + "\n");
  for (const auto& part : page.pages) {
    EXPECT_LT(part.text.size(), std::size_t{7} << 20);
    EXPECT_EQ(part.label, page.pages[0].label);
  }
}

}  // namespace
}  // namespace tidemark
