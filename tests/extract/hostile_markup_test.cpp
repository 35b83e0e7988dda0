// HTML that is made to take all time and memory: each ends soon, in a text or a sentence.

#include <algorithm>
#include <chrono>

#include "engine/base/split_mix.h"
#include "extract/markup/html_preparation.h"
#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

using test::readHtml;

std::string repeated(std::string_view text, std::size_t count) {
  std::string result;
  result.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

test::ReadDocument readInTime(std::string_view html, const ExtractionLimits& limits = {}) {
  const auto begin = std::chrono::steady_clock::now();
  test::ReadDocument page = readHtml(html, limits);
  // What a document may take; the sanitizers included, which take ten times as long.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10)) << html.substr(0, 60);
  return page;
}

TEST(HostileHtml, MillionsOfNestedTagsLeaveTheText) {
  for (const char* tag : {"<div>",
                          "<b>",
                          "<font color=red>",
                          "<p><b id=x>",
                          "<span hidden=no><i>",
                          "<ul><li>",
                          "<table>",
                          "<table><tr><td>",
                          "<blockquote>",
                          "<h1>",
                          "<q>",
                          "<a href='#x'>",
                          "<svg>",
                          "<math>",
                          "<select>",
                          "<template>",
                          "<title>",
                          "<button>",
                          "<form>",
                          "<ruby><rt>",
                          "<object>",
                          "<nobr>",
                          "<xyz id=q>",
                          "<dl><dt><dd>",
                          "<section><p>",
                          "<pre>",
                          "<caption>",
                          "<td>",
                          "<frameset>",
                          "<li>",
                          "<option>"}) {
    const auto page = readInTime("<p>before</p>" + repeated(tag, 50'000) + "innermost");
    EXPECT_NE((page.text() + page.error()).find(page.status ? "before" : "no text"), std::string::npos) << tag;
  }
  const auto page = readInTime("<p>before</p>" + repeated("<div>", 10'000'000) + "innermost");
  EXPECT_EQ(page.text(), "before\n\ninnermost\n");
  EXPECT_EQ(page.skipped("nested deeper than 400"), 10'000'000 - 400);
}

TEST(HostileHtml, FloodsOfMarkup) {
  for (const char* piece : {"</div>",
                            "<",
                            "<!--",
                            "<!-->",
                            "</",
                            "<a ",
                            "<a b",
                            "<a b='",
                            "&",
                            "&#",
                            "&amp",
                            "<![CDATA[",
                            "<!DOCTYPE [",
                            "<?",
                            "<br>",
                            "<p>",
                            "<hr><p>",
                            "<script>",
                            "</p>",
                            "<title>",
                            "</title>",
                            "<svg>",
                            "</svg>",
                            "<tr>",
                            "<table><td>x</table>",
                            "<p><font size=1><p></font>",
                            "<xmp>",
                            "<plaintext>",
                            "<img>",
                            "\x80",
                            "\0x",
                            "<li>a",
                            "<h1>a</h1>",
                            "<b><i></b></i>",
                            "<table>a<tr>b<td>c",
                            "<a><div></a></div>",
                            "<span id=a><p></span>",
                            "<iframe>",
                            "<q>x</q>",
                            "<dt>a<dd>b"}) {
    const auto page = readInTime("text " + repeated(piece, 100'000));
    EXPECT_TRUE(page.text().starts_with("text")) << piece << ": " << page.error();
  }
}

TEST(HostileHtml, OneTagWithAMillionAttributes) {
  std::string tag = "<p";
  for (int i = 0; i < 1'000'000; ++i) tag += " a" + std::to_string(i) + "=x";
  EXPECT_EQ(readInTime(tag + ">text").text(), "text\n");
  EXPECT_EQ(readInTime("<p id='" + std::string(20'000'000, 'x') + "'>text").text(), "text\n");
  EXPECT_EQ(readInTime("<" + std::string(20'000'000, 'x') + ">text").text(), "text\n");
}

TEST(HostileHtml, EntitiesOfADocumentTypeMeanNothing) {
  std::string page = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a0 'lol'>";
  for (int i = 1; i < 20; ++i) {
    page += "<!ENTITY a" + std::to_string(i) + " '&a" + std::to_string(i - 1) + ";&a" + std::to_string(i - 1) + ";'>";
  }
  page +=
      "<!ENTITY file SYSTEM 'file:///etc/passwd'><!ENTITY loop '&loop;'>]><html><body><p>&a19; &file; "
      "&loop;</p></body></html>";
  EXPECT_EQ(readInTime(page).text(), "&a19; &file; &loop;\n");
}

TEST(HostileHtml, MemoryOfTheTreeIsLimited) {
  ExtractionLimits limits;
  limits.addressSpaceBytes = std::uint64_t{16} << 20;
  const auto page = readInTime(repeated("<ul><li>x", 200'000), limits);
  EXPECT_EQ(page.status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(page.error().find("of memory"), std::string::npos) << page.error();
  const auto large = readInTime(std::string(5'000'000, 'x'), limits);
  EXPECT_EQ(large.status.error().code, ErrorCode::kInvalidArgument);
}

TEST(HostileHtml, AnyBytesAreAnswered) {
  constexpr std::string_view kParts[] = {
      "<p>",   "</p>", "<table>", "<td>", "</table>", "<b id=x>", "</b>",  "<ul>",   "<li>", "</ul>",
      "text",  " ",    "&lt;",    "<",    ">",        "<!--",     "-->",   "<svg>",  "'",    "\"",
      "<pre>", "\n",   "</pre>",  "<h2>", "</h2>",    "<q>",      "<nav>", "</nav>", "\xC3", "</"};
  SplitMix64 random(20261123);
  for (int i = 0; i < 2000; ++i) {
    std::string html;
    for (std::uint64_t parts = random.below(60); parts > 0; --parts) html += kParts[random.below(std::size(kParts))];
    const auto page = readHtml(html);
    EXPECT_TRUE(page.status.ok() || page.status.error().code == ErrorCode::kCorrupt) << html;
  }
}

/// Where a page is cut into pieces changes nothing but the blank line there.
TEST(HostileHtml, PiecesAreWellFormed) {
  SplitMix64 random(7);
  constexpr std::string_view kParts[] = {"<div id=d>",
                                         "</div>",
                                         "<p>word ",
                                         "</p>",
                                         "<table><tr><td>cell ",
                                         "</table>",
                                         "<pre>line\nline ",
                                         "</pre>",
                                         "<b id=b>bold ",
                                         "</b>",
                                         "<ul><li>item ",
                                         "</ul>",
                                         "<br>",
                                         "plain text, a little longer "};
  for (int i = 0; i < 300; ++i) {
    std::string html;
    for (int parts = 0; parts < 60; ++parts) html += kParts[random.below(std::size(kParts))];
    HtmlPreparationOptions options;
    options.pieceBytes = 200;
    HtmlPreparation preparation(html, options);
    std::string piece;
    std::string words;
    int pieces = 0;
    while (preparation.next(piece)) {
      ++pieces;
      ASSERT_LE(pieces, 2000) << html;
      ASSERT_EQ(std::count(piece.begin(), piece.end(), '<'), std::count(piece.begin(), piece.end(), '>'));
      words += piece;
    }
    for (const char* word : {"word ", "cell ", "bold ", "item ", "longer "}) {
      const auto count = [&](const std::string& text) {
        int found = 0;
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
        return found;
      };
      ASSERT_EQ(count(words), count(html)) << html;
    }
  }
}

}  // namespace
}  // namespace tidemark
