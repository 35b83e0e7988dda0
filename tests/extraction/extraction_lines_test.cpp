#include "engine/extraction/extraction_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace tidemark {
namespace {

using ::testing::HasSubstr;

class Recorder : public ExtractionSink {
 public:
  Status head(DocumentHead head) override {
    m_head = std::move(head);
    ++m_calls;
    return {};
  }
  Status page(ExtractedPage page) override {
    m_pages.push_back(std::move(page));
    return m_refuse ? Status(makeError(ErrorCode::kBusy, "full")) : Status();
  }
  Status end(ExtractionSummary summary) override {
    m_summary = std::move(summary);
    ++m_calls;
    return {};
  }
  DocumentHead m_head;
  std::vector<ExtractedPage> m_pages;
  ExtractionSummary m_summary;
  int m_calls = 0;
  bool m_refuse = false;
};

const std::string kHead = toLine(DocumentHead{DocumentFormat::kPdf, "A \"title\"", "\u00c9mile, Bob", 2});
const std::string kEnd = toLine(ExtractionSummary{3, 4, {{"tables", 5}}, "UTF-8"});

ExtractedPage samplePage() {
  return {"xii", "first\nsecond \u4e2d\u00e9\"\\\t\n", {{0, 1, "first"}, {6, 2, "second"}}, true};
}

Status readAll(const std::string& lines, Recorder& sink, std::size_t step = 1'000'000) {
  ExtractionLineReader reader("a.pdf", sink);
  for (std::size_t at = 0; at < lines.size(); at += step) {
    if (Status status = reader.push(std::string_view(lines).substr(at, step)); !status) return status;
  }
  return reader.finish();
}

TEST(ExtractionLines, WhatIsWrittenIsReadBackHoweverItIsCut) {
  const std::string lines = kHead + toLine(1, samplePage()) + toLine(2, ExtractedPage{}) + kEnd;
  for (const std::size_t step : {1u, 2u, 7u, 64u, 100'000u}) {
    Recorder sink;
    const Status status = readAll(lines, sink, step);
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_EQ(sink.m_head.format, DocumentFormat::kPdf);
    EXPECT_EQ(sink.m_head.title, "A \"title\"");
    EXPECT_EQ(sink.m_head.author, "\u00c9mile, Bob");
    EXPECT_EQ(sink.m_head.pageCount, 2);
    ASSERT_EQ(sink.m_pages.size(), 2u);
    EXPECT_EQ(sink.m_pages[0].label, "xii");
    EXPECT_EQ(sink.m_pages[0].text, samplePage().text);
    ASSERT_EQ(sink.m_pages[0].headings.size(), 2u);
    EXPECT_EQ(sink.m_pages[0].headings[1].offset, 6u);
    EXPECT_EQ(sink.m_pages[0].headings[1].level, 2);
    EXPECT_EQ(sink.m_pages[0].headings[1].title, "second");
    EXPECT_TRUE(sink.m_pages[0].hasImage);
    EXPECT_FALSE(sink.m_pages[1].hasImage);
    EXPECT_EQ(sink.m_summary, (ExtractionSummary{3, 4, {{"tables", 5}}, "UTF-8"}));
    EXPECT_EQ(sink.m_calls, 2);
  }
}

TEST(ExtractionLines, EachIsOneLine) {
  ExtractedPage page = samplePage();
  page.text = "a\nb\xff\n";  // and what is no UTF-8 does not break the writer
  const std::string line = toLine(1, page);
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_TRUE(line.ends_with("\n"));
}

TEST(ExtractionLines, WhateverDoesNotFollowTheFormatIsRefused) {
  const std::string page = R"({"page":1,"label":"","text":"abc","headings":[],"image":false})";
  const struct {
    std::string lines;
    const char* part;
  } cases[] = {
      {"", "ended before the end"},
      {kHead, "ended before the end"},
      {kHead + "x", "ended before the end"},
      {"\x01\x02\n", "no JSON object"},
      {"[]\n", "no JSON object"},
      {"{}\n", "first line"},
      {page + "\n", "first line"},
      {R"({"extraction":2,"format":"pdf","title":"","author":"","pages":0})"
       "\n",
       "first line"},
      {R"({"extraction":1,"format":"exe","title":"","author":"","pages":0})"
       "\n",
       "first line"},
      {R"({"extraction":1,"format":"pdf","title":"","author":"","pages":-1})"
       "\n",
       "first line"},
      {kHead + kHead, "page 1"},
      {kHead + "{\"page\":1}\n", "page 1"},
      {kHead + page + "\n" + page + "\n", "page 2"},  // the same number again
      {kHead + R"({"page":1,"label":"","text":"abc","headings":[[4,1,"t"]],"image":false})" + "\n", "page 1"},
      {kHead + R"({"page":1,"label":"","text":"\u4e2d","headings":[[1,1,"t"]],"image":false})" + "\n", "page 1"},
      {kHead + R"({"page":1,"label":"","text":"abc","headings":[[2,1,"t"],[1,1,"t"]],"image":false})" + "\n", "page 1"},
      {kHead + R"({"page":1,"label":"","text":"abc","headings":[[2,10,"t"]],"image":false})" + "\n", "page 1"},
      {kHead + R"({"page":1,"label":"","text":"a\u0000b","headings":[],"image":false})" + "\n", "page 1"},
      {kHead + R"({"page":1,"label":"","text":"a\r\n","headings":[],"image":false})" + "\n", "page 1"},
      {kHead + "{\"page\":1,\"label\":\"\",\"text\":\"\xff\",\"headings\":[],\"image\":false}\n", "no JSON object"},
      {kHead + "{\"end\":true}\n", "last line"},
      {kHead + kEnd + kEnd, "more after its end"},
      {kHead + kEnd + "x", "before the end"},
  };
  for (const auto& c : cases) {
    Recorder sink;
    const Status status = readAll(c.lines, sink);
    ASSERT_FALSE(status.ok()) << c.lines;
    EXPECT_EQ(status.error().code, ErrorCode::kCorrupt) << c.lines;
    EXPECT_THAT(status.error().message, HasSubstr("a.pdf")) << c.lines;
    EXPECT_THAT(status.error().message, HasSubstr(c.part)) << c.lines;
  }
}

TEST(ExtractionLines, ALineThatNeverEndsIsNotKept) {
  Recorder sink;
  ExtractionLineReader reader("a.pdf", sink);
  const std::string piece(1 << 20, 'x');
  std::size_t pushed = 0;
  Status status;
  while (status && pushed <= 2 * ExtractionLineReader::kLongestLine) {
    status = reader.push(piece);
    pushed += piece.size();
  }
  ASSERT_FALSE(status.ok());
  EXPECT_LE(pushed, ExtractionLineReader::kLongestLine + piece.size());
  EXPECT_THAT(status.error().message, HasSubstr("16 MiB"));
}

TEST(ExtractionLines, AnErrorLineIsPassedOnWithItsCodeAndTheFile) {
  Recorder sink;
  Status status = readAll(kHead + toLine(makeError(ErrorCode::kUnsupported, "a.pdf is encrypted")), sink);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(status.error().message, "a.pdf is encrypted");
  status = readAll("{\"error\":\"?\",\"message\":\"line\\n\\u001b[31m two\"}\n", sink);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kInternal);
  EXPECT_EQ(status.error().message, "a.pdf: line  [31m two");
}

TEST(ExtractionLines, NamesAreOneLineAndNotLonger) {
  Recorder sink;
  const std::string title = std::string(5000, 'a') + "\n\x1b";
  ASSERT_TRUE(readAll(toLine(DocumentHead{DocumentFormat::kEpub, title, "a\nb\x1b", 0}) + kEnd, sink).ok());
  EXPECT_LE(sink.m_head.title.size(), 2000u);
  EXPECT_EQ(sink.m_head.author, "a b ");
}

TEST(ExtractionLines, AnErrorOfTheSinkComesBack) {
  Recorder sink;
  sink.m_refuse = true;
  const Status status = readAll(kHead + toLine(1, samplePage()) + kEnd, sink);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kBusy);
  EXPECT_EQ(sink.m_pages.size(), 1u);
}

}  // namespace
}  // namespace tidemark
