// A text of the size of a book in every format: all of it comes back, in order.

#include "engine/base/split_mix.h"
#include "tests/extract/book_builder.h"
#include "tests/extract/document_fixture.h"

namespace tidemark {
namespace {

struct Book {
  std::vector<std::vector<std::string>> chapters;  // paragraphs

  [[nodiscard]] std::string text() const {
    std::string text;
    for (std::size_t i = 0; i < chapters.size(); ++i) {
      text += (i == 0 ? "" : "\n\n") + std::string("Chapter ") + std::to_string(i + 1);
      for (const std::string& paragraph : chapters[i]) text += "\n\n" + paragraph;
    }
    return text + "\n";
  }
};

Book makeBook(std::size_t chapters, std::size_t paragraphs) {
  constexpr std::string_view kWords[] = {"the",   "tide", "came",  "in",     "na\xC3\xAFve", "harbour", "\xE2\x80\x94",
                                         "whale", "&",    "<sea>", "\"so\"", "\xE6\xB5\xB7", "ship's",  "3,14"};
  SplitMix64 random(1851);
  Book book;
  for (std::size_t c = 0; c < chapters; ++c) {
    std::vector<std::string>& chapter = book.chapters.emplace_back();
    for (std::size_t p = 0; p < paragraphs; ++p) {
      std::string paragraph = std::to_string(c) + "." + std::to_string(p);
      for (std::uint64_t words = 20 + random.below(120); words > 0; --words) {
        paragraph += ' ';
        paragraph += kWords[random.below(std::size(kWords))];
      }
      chapter.push_back(paragraph);
    }
  }
  return book;
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else {
      result += c;
    }
  }
  return result;
}

template <typename Heading, typename Paragraph>
std::string markup(const Book& book, const Heading& heading, const Paragraph& paragraph) {
  std::string result;
  for (std::size_t i = 0; i < book.chapters.size(); ++i) {
    result += heading("Chapter " + std::to_string(i + 1));
    for (const std::string& text : book.chapters[i]) result += paragraph(escaped(text));
  }
  return result;
}

void expectWhole(const test::ReadDocument& document, const Book& book) {
  ASSERT_TRUE(document.status.ok()) << document.error();
  EXPECT_TRUE(document.text() == book.text());  // a difference of megabytes is no use printed
  EXPECT_TRUE(document.summary.skipped.empty());
  EXPECT_EQ(document.summary.replacedBytes, 0u);
  EXPECT_EQ(document.headings().size(), book.chapters.size());
}

const Book& wholeBook() {
  static const Book made = makeBook(60, 50);
  return made;
}

TEST(WholeBook, Html) {
  const std::string html = markup(
      wholeBook(), [](const std::string& title) { return "<h1>" + title + "</h1>\n"; },
      [](const std::string& text) { return "<p>" + text + "</p>\n"; });
  expectWhole(test::readHtml("<!DOCTYPE html><html><head><meta charset=utf-8></head><body>" + html), wholeBook());
}

TEST(WholeBook, Epub) {
  std::vector<test::Chapter> chapters;
  for (std::size_t i = 0; i < wholeBook().chapters.size(); ++i) {
    std::string body = "<h1>Chapter " + std::to_string(i + 1) + "</h1>";
    for (const std::string& text : wholeBook().chapters[i]) body += "<p>" + escaped(text) + "</p>";
    chapters.push_back({std::to_string(i) + ".xhtml", body});
  }
  const auto document = test::readZip(test::simpleBook(chapters));
  expectWhole(document, wholeBook());
  EXPECT_EQ(document.pages.size(), 60u);
  EXPECT_EQ(document.pages[41].label, "Chapter 42");
}

TEST(WholeBook, Docx) {
  test::ZipFile zip;
  test::addWordDocument(
      zip, markup(
               wholeBook(),
               [](const std::string& title) { return test::wordParagraph(title, "<w:pStyle w:val='Heading1'/>"); },
               [](const std::string& text) { return test::wordParagraph(text); }));
  zip.add("word/styles.xml",
          test::wordPart("styles", "<w:style w:styleId='Heading1'><w:name w:val='heading 1'/></w:style>"));
  expectWhole(test::readZip(zip.bytes()), wholeBook());
}

TEST(WholeBook, Odt) {
  expectWhole(
      test::readZip(test::simpleOpenDocument(markup(
          wholeBook(), [](const std::string& title) { return "<text:h text:outline-level='1'>" + title + "</text:h>"; },
          [](const std::string& text) { return "<text:p>" + text + "</text:p>"; }))),
      wholeBook());
}

}  // namespace
}  // namespace tidemark
