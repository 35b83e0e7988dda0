#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "engine/document/text_import.h"
#include "engine/extraction/document_import.h"
#include "tests/extraction/document_log.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark::test {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PlainText : public ::testing::Test {
 protected:
  ImportedDocument import(const std::string& bytes, const std::string& name = "a.txt") {
    m_log = std::make_unique<DocumentLog>();
    const Result<ImportedDocument> imported = importDocument(m_folder.write(name, bytes), *m_log);
    EXPECT_TRUE(imported.ok()) << imported.error().message;
    return imported.ok() ? *imported : ImportedDocument{};
  }
  std::vector<std::uint64_t> pageOffsets() const {
    std::vector<std::uint64_t> offsets;
    for (const DocumentLog::Page& page : m_log->m_pages) offsets.push_back(page.offset);
    return offsets;
  }
  TemporaryFolder m_folder;
  std::unique_ptr<DocumentLog> m_log = std::make_unique<DocumentLog>();
};

TEST_F(PlainText, IsWhatItWasBeforeByteForByte) {
  std::string bytes = "\xEF\xBB\xBF";
  for (int i = 0; i < 30'000; ++i)
    bytes += "line " + std::to_string(i) + " \u4e2d\u6587\r\n" + (i % 1000 == 7 ? "\f" : "");
  bytes += "\xFF the end \xE4\xB8";
  const ImportedDocument document = import(bytes);
  std::string expected;
  const auto report = importTextFile(m_folder.path() / "a.txt", [&](std::string_view piece) {
    expected += piece;
    return Status();
  });
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(m_log->m_text == expected);
  EXPECT_EQ(document.sourceSha256, report->sourceSha256);
  EXPECT_EQ(document.sourceBytes, report->sourceBytes);
  EXPECT_EQ(document.textBytes, report->textBytes);
  EXPECT_EQ(document.coverage.characters, report->characters);
  EXPECT_EQ(document.coverage.summary.replacedBytes, report->replacedBytes);
  EXPECT_EQ(document.coverage.summary.encoding, "UTF-8");
  EXPECT_EQ(document.coverage.pages, 31);
  struct stat info = {};
  ASSERT_EQ(::stat((m_folder.path() / "a.txt").c_str(), &info), 0);
  EXPECT_EQ(document.sourceModified, info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec);
}

TEST_F(PlainText, WithoutFormFeedsHasNoPages) {
  const ImportedDocument document = import("some text\n");
  EXPECT_EQ(document.coverage.pages, 0);
  EXPECT_THAT(document.coverage.pagesWithoutText, ElementsAre());
  EXPECT_THAT(pageOffsets(), ElementsAre());
  EXPECT_EQ(document.head.format, DocumentFormat::kPlainText);
}

TEST_F(PlainText, PagesBeginBehindFormFeeds) {
  const ImportedDocument document = import("one\n\ftwo\f\f \ffive\n\f");
  EXPECT_THAT(pageOffsets(), ElementsAre(0, 5, 9, 10, 12));
  EXPECT_EQ(m_log->pageText(1), "two\f");
  EXPECT_EQ(m_log->pageText(4), "five\n\f");
  EXPECT_EQ(document.coverage.pages, 5);
  EXPECT_THAT(document.coverage.pagesWithoutText, ElementsAre(PageRange{2, 3}));
  EXPECT_EQ(document.coverage.imagePages, 0);
  import("\fa");
  EXPECT_THAT(pageOffsets(), ElementsAre(0, 1));
  import("only one\f");  // what stands behind it is no page
  EXPECT_THAT(pageOffsets(), ElementsAre());
}

TEST_F(PlainText, PagesAreCountedTheSameHoweverTheFileIsRead) {
  std::string text;
  std::vector<std::uint64_t> expected = {0};
  while (text.size() < 3'000'000) {  // several reads and several calls of pump
    text += std::string(997, 'x') + "\n\f";
    expected.push_back(text.size());
  }
  text += "end";
  const ImportedDocument document = import(text);
  EXPECT_EQ(pageOffsets(), expected);
  EXPECT_EQ(document.coverage.pages, static_cast<std::int64_t>(expected.size()));
}

TEST_F(PlainText, OtherEncodings) {
  EXPECT_EQ(import("\xFF\xFEh\0i\0\xE9\0"s).coverage.summary.encoding, "UTF-16LE");
  EXPECT_EQ(m_log->m_text, "hi\u00e9");
  EXPECT_EQ(import("d\xE9j\xE0 vu").coverage.summary.encoding, "windows-1252");
  EXPECT_EQ(m_log->m_text, "d\u00e9j\u00e0 vu");
}

TEST_F(PlainText, AFirstAccentFarFromTheBeginningDecides) {
  const std::string plain(300'000, 'x');
  EXPECT_EQ(import(plain + " d\xE9j\xE0 vu\r\n").coverage.summary.encoding, "windows-1252");
  EXPECT_EQ(m_log->m_text, plain + " d\u00e9j\u00e0 vu\n");
  const ImportedDocument document = import(plain + " d\u00e9j\u00e0 vu");
  EXPECT_EQ(document.coverage.summary.encoding, "UTF-8");
  EXPECT_EQ(document.coverage.summary.replacedBytes, 0u);
  EXPECT_EQ(m_log->m_text, plain + " d\u00e9j\u00e0 vu");
}

TEST_F(PlainText, MarkdownHasHeadings) {
  const std::string text =
      "# One #\n\n####### seven\n   ## Two ##x\n    # code\n```c\n# not\n~~~\n```\n#hash\n~~~~\n# not\n~~~\n# "
      "nor\n~~~~\n"
      "\f### \u4e2d *x* ##\n#\n###### Six";
  const ImportedDocument document = import(text, "a.MD");
  EXPECT_EQ(document.head.format, DocumentFormat::kMarkdown);
  EXPECT_EQ(m_log->m_text, text);
  std::vector<std::string> seen;
  for (const Heading& heading : m_log->m_headings) {
    seen.push_back(std::to_string(heading.level) + " " + heading.title);
    const std::string line = text.substr(heading.offset, text.find('\n', heading.offset) - heading.offset);
    EXPECT_THAT(line, HasSubstr(heading.title));
    EXPECT_EQ(line.substr(0, line.find_first_not_of(' ')).size() + static_cast<std::size_t>(heading.level),
              line.find_first_not_of(" #") - 1);
  }
  EXPECT_THAT(seen, ElementsAre("1 One", "2 Two ##x", "3 \u4e2d *x*", "6 Six"));
  import(text, "a.txt");
  EXPECT_TRUE(m_log->m_headings.empty());
}

TEST_F(PlainText, HeadingsOfALongTextAreWhereTheyAre) {
  std::string text;
  std::vector<std::uint64_t> expected;
  for (int i = 0; text.size() < 200'000; ++i) {
    expected.push_back(text.size());
    text += "## Chapter " + std::to_string(i) + "\n" + std::string(static_cast<std::size_t>(i % 97), 'x') + "\n";
  }
  import(text, "a.md");
  std::vector<std::uint64_t> offsets;
  for (const Heading& heading : m_log->m_headings) offsets.push_back(heading.offset);
  EXPECT_EQ(offsets, expected);
}

TEST_F(PlainText, RefusesInOneSentence) {
  const struct {
    std::filesystem::path path;
    ErrorCode code;
    const char* part;
  } cases[] = {
      {m_folder.path() / "absent.txt", ErrorCode::kNotFound, "no such file"},
      {m_folder.write("empty.txt", ""), ErrorCode::kInvalidArgument, "empty (0 bytes)"},
      {m_folder.write("mark.txt", "\xEF\xBB\xBF"), ErrorCode::kInvalidArgument, "byte order mark only"},
      {m_folder.write("blank.txt", " \n\f\n"), ErrorCode::kInvalidArgument, "white space"},
      {m_folder.write("late.txt", std::string(100'000, 'a') + "\0"s), ErrorCode::kInvalidArgument, "byte 100000"},
      {m_folder.write("nul.txt", "a\0\0b"s), ErrorCode::kInvalidArgument, "NUL at byte 1"},
      {m_folder.write("photo.txt", "\x89PNG\r\n\x1A\n"), ErrorCode::kInvalidArgument, "PNG image"},
      {m_folder.path(), ErrorCode::kInvalidArgument, "directory"},
      {"/dev/zero", ErrorCode::kInvalidArgument, "device"},
  };
  for (const auto& c : cases) {
    DocumentLog log;
    const auto imported = importDocument(c.path, log);
    ASSERT_FALSE(imported.ok()) << c.path;
    EXPECT_EQ(imported.error().code, c.code) << c.path;
    EXPECT_THAT(imported.error().message, HasSubstr(c.part));
    EXPECT_THAT(imported.error().message, HasSubstr(c.path.filename().string()));
  }
}

TEST_F(PlainText, AChangeWhileItIsReadIsNoticed) {
  const auto path = m_folder.write("a.txt", std::string(3'000'000, 'a'));
  auto import = DocumentImport::open(path, *m_log);
  ASSERT_TRUE(import.ok());
  ASSERT_TRUE(import->pump({}).ok());
  EXPECT_EQ(import->progress().sourceBytesTotal, 3'000'000u);
  EXPECT_GT(import->progress().sourceBytes, 900'000u);
  EXPECT_LT(import->progress().sourceBytes, 1'100'000u);
  std::ofstream(path, std::ios::app) << "more";
  for (;;) {
    const auto step = import->pump({});
    if (!step) {
      EXPECT_EQ(step.error().code, ErrorCode::kIo);
      EXPECT_THAT(step.error().message, HasSubstr("a.txt changed while"));
      break;
    }
    ASSERT_EQ(*step, DocumentImport::Step::kMore) << "the change went unseen";
  }
}

TEST_F(PlainText, StopsWhenAskedAndPassesErrorsOfTheSinkOn) {
  const auto path = m_folder.write("a.txt", std::string(3'000'000, 'a'));
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = importDocument(path, *m_log, {}, [&] { return stop.stop_requested(); });
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  m_log->m_refusal = makeError(ErrorCode::kBusy, "full");
  const auto refused = importDocument(path, *m_log);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message, "full");
  EXPECT_EQ(m_log->m_pieces, 1u);
}

}  // namespace
}  // namespace tidemark::test
