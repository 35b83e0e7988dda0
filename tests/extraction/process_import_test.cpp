// Documents that a process extracts, with one that does everything wrong.

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <fstream>
#include <thread>

#include "engine/document/text_import.h"
#include "engine/extraction/document_import.h"
#include "tests/extraction/document_log.h"
#include "tests/extraction/fake_extractor.h"

namespace tidemark::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ProcessImport : public FakeExtractor {
 protected:
  ProcessImport() { m_options.limits.silence = seconds(20); }
  Result<ImportedDocument> import(const std::string& orders) {
    m_log = std::make_unique<DocumentLog>();
    return importDocument(document(orders), *m_log, m_options);
  }
  void expectError(const std::string& orders, ErrorCode code, const std::string& part) {
    const auto begin = std::chrono::steady_clock::now();
    const auto imported = import(orders);
    ASSERT_FALSE(imported.ok()) << orders;
    EXPECT_EQ(imported.error().code, code) << orders << imported.error().message;
    EXPECT_THAT(imported.error().message, HasSubstr(part)) << orders;
    EXPECT_THAT(imported.error().message, HasSubstr("book.pdf")) << orders;
    EXPECT_EQ(imported.error().message.find('\n'), std::string::npos);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(10)) << orders;
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a process was left behind by " << orders;
  }
  ImportOptions m_options;
  std::unique_ptr<DocumentLog> m_log = std::make_unique<DocumentLog>();
};

TEST_F(ProcessImport, GivesPagesHeadingsAndAnAccount) {
  const auto imported = import("head The Book\nlabelled i\nscan\nlabelled ii\nblank\npage last\nend\n");
  ASSERT_TRUE(imported.ok()) << imported.error().message;
  EXPECT_EQ(imported->head.title, "The Book");
  EXPECT_EQ(imported->head.author, "A. Writer");
  EXPECT_EQ(m_log->m_head.title, "The Book");
  EXPECT_EQ(m_log->m_text, "text of i\ntext of ii\nlast\n");
  EXPECT_THAT(m_log->m_pages,
              ElementsAre(DocumentLog::Page{0, "i"}, DocumentLog::Page{10, ""}, DocumentLog::Page{10, "ii"},
                          DocumentLog::Page{21, ""}, DocumentLog::Page{21, ""}));
  ASSERT_EQ(m_log->m_headings.size(), 2u);
  EXPECT_EQ(m_log->m_headings[1].offset, 10u);
  EXPECT_EQ(m_log->m_headings[1].title, "Heading ii");
  const Coverage& coverage = imported->coverage;
  EXPECT_EQ(coverage.pages, 5);
  EXPECT_EQ(coverage.characters, 26u);
  EXPECT_THAT(coverage.pagesWithoutText, ElementsAre(PageRange{1, 1}, PageRange{3, 3}));
  EXPECT_EQ(coverage.imagePages, 1);
  EXPECT_EQ(coverage.summary.runningLines, 7u);
  EXPECT_EQ(imported->textBytes, 26u);
  EXPECT_EQ(imported->sourceSha256, *hashFile(m_folder.path() / "book.pdf"));
  EXPECT_EQ(imported->sourceBytes, std::filesystem::file_size(m_folder.path() / "book.pdf"));
}

TEST_F(ProcessImport, MostlyImagesIsRefusedUnlessForced) {
  const std::string orders = "head x\nscan\npage text\nscan\nend\n";
  expectError(orders, ErrorCode::kInvalidArgument, "2 of 3 pages are images without text (1, 3)");
  m_options.force = true;
  const auto forced = import(orders);
  ASSERT_TRUE(forced.ok()) << forced.error().message;
  EXPECT_EQ(m_log->m_text, "text\n");
  expectError("head x\nscan\nend\n", ErrorCode::kCorrupt, "only images");
}

TEST_F(ProcessImport, WithoutTextItIsRefused) {
  expectError("head x\nend\n", ErrorCode::kCorrupt, "no text in it");
  expectError("head x\nblank\nblank\nend\n", ErrorCode::kCorrupt, "no text in it");
}

TEST_F(ProcessImport, SurvivesWhateverTheProcessDoes) {
  expectError("head x\npage a\nsignal 11\n", ErrorCode::kIo, "crashed (signal 11)");
  expectError("signal 6\n", ErrorCode::kIo, "crashed (signal 6)");
  expectError("head x\nexit 4\n", ErrorCode::kIo, "stopped with status 4");
  expectError("exit 70\n", ErrorCode::kIo, "needed more than 2.00 GiB of memory");
  expectError("signal 24\n", ErrorCode::kIo, "more than 900 s of processor time");
  expectError("head x\npage a\n", ErrorCode::kCorrupt, "ended before the end");
  expectError("", ErrorCode::kCorrupt, "ended before the end");
  expectError("garbage\n", ErrorCode::kCorrupt, "no JSON object");
  expectError("head x\ngarbage\nsleep\n", ErrorCode::kCorrupt, "no JSON object");
  expectError("page a\n", ErrorCode::kCorrupt, "first line");
  expectError("long-line\n", ErrorCode::kCorrupt, "16 MiB");
  expectError("head x\npage a\nend\nend\n", ErrorCode::kCorrupt, "more after its end");
  expectError("error book.pdf is encrypted\n", ErrorCode::kCorrupt, "book.pdf is encrypted");
  expectError("head x\npage a\nerror it is broken at byte 7\n", ErrorCode::kCorrupt, "broken at byte 7");
}

TEST_F(ProcessImport, ACompleteDocumentCountsEvenIfTheProcessThenFails) {
  for (const char* end : {"signal 11\n", "exit 3\n", "close\nsleep\n"}) {
    EXPECT_TRUE(import(std::string("head x\npage a\nend\n") + end).ok()) << end;
  }
}

TEST_F(ProcessImport, SilenceIsEnded) {
  m_options.limits.silence = milliseconds(300);
  expectError("sleep\n", ErrorCode::kIo, "nothing came out of it for");
  expectError("head x\npage a\nsleep\n", ErrorCode::kIo, "nothing came out of it for");
  expectError("head x\ndrip\n", ErrorCode::kIo, "nothing came out of it for");  // bytes are no pages
}

TEST_F(ProcessImport, AFloodIsCutOff) {
  m_options.limits.outputBytes = 3 << 20;
  expectError("head x\nflood\n", ErrorCode::kIo, "more than 3.00 MiB");
}

TEST_F(ProcessImport, EachPumpIsBoundedAndTheProcessWaits) {
  const auto path = document("head x\nflood\n");
  auto import = DocumentImport::open(path, *m_log, m_options);
  ASSERT_TRUE(import.ok());
  std::size_t before = 0;
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(import->pump(seconds(5)).ok());
    EXPECT_LE(m_log->m_text.size() - before, std::size_t{2} << 20);
    before = m_log->m_text.size();
  }
  EXPECT_GT(before, 100'000u);
  EXPECT_EQ(import->progress().textBytes, before);
}

TEST_F(ProcessImport, TimeInWhichNobodyAsksIsNotSilence) {
  m_options.limits.silence = milliseconds(300);
  const auto path = document("head x\npages 3\nend\n");
  auto import = DocumentImport::open(path, *m_log, m_options);
  ASSERT_TRUE(import.ok());
  std::this_thread::sleep_for(milliseconds(700));
  for (;;) {
    const auto step = import->pump(milliseconds(50));
    ASSERT_TRUE(step.ok()) << step.error().message;
    if (*step == DocumentImport::Step::kDone) break;
  }
  EXPECT_EQ(import->result().coverage.pages, 3);
}

TEST_F(ProcessImport, ReadingMayBeginWhenEnoughPagesHaveText) {
  const auto looks = [&](const std::string& orders) {
    DocumentLog log;
    auto import = DocumentImport::open(document(orders), log, m_options);
    EXPECT_TRUE(import.ok());
    EXPECT_FALSE(import->looksReadable());
    const auto last = std::chrono::steady_clock::now() + seconds(1);
    while (std::chrono::steady_clock::now() < last && !import->looksReadable()) {
      const auto step = import->pump(milliseconds(20));
      if (!step || *step == DocumentImport::Step::kDone) break;
    }
    return import->looksReadable();
  };
  EXPECT_TRUE(looks("head x\npages 20\nsleep\n"));
  EXPECT_FALSE(looks("head x\npages 19\nsleep\n"));
  EXPECT_TRUE(looks("head x\npages 3\nend\n"));
  std::string scans;
  for (int i = 0; i < 20; ++i) scans += "scan\n";
  EXPECT_FALSE(looks("head x\n" + scans + "pages 15\nsleep\n"));
  EXPECT_TRUE(looks("head x\n" + scans + "pages 30\nsleep\n"));
}

TEST_F(ProcessImport, AChangeWhileItIsReadIsNoticed) {
  const auto path = document("head x\npages 3\nend\n");
  auto import = DocumentImport::open(path, *m_log, m_options);
  ASSERT_TRUE(import.ok());
  std::this_thread::sleep_for(milliseconds(300));  // the process has read its orders
  std::ofstream(path, std::ios::app) << "more";
  for (;;) {
    const auto step = import->pump(milliseconds(100));
    if (!step) {
      EXPECT_THAT(step.error().message, HasSubstr("changed while"));
      break;
    }
    ASSERT_EQ(*step, DocumentImport::Step::kMore) << "the change went unseen";
  }
}

TEST_F(ProcessImport, AnErrorOfTheSinkComesBack) {
  m_log->m_refusal = makeError(ErrorCode::kBusy, "full");
  const auto imported = importDocument(document("head x\nflood\n"), *m_log, m_options);
  ASSERT_FALSE(imported.ok());
  EXPECT_EQ(imported.error().message, "full");
}

TEST_F(ProcessImport, WithoutTheProgramItIsSaid) {
  ::setenv("TIDEMARK_EXTRACT", "/no/such/program", 1);
  expectError("", ErrorCode::kUnsupported, "/no/such/program");
}

TEST_F(ProcessImport, ACancelledImportLeavesNoProcess) {
  std::stop_source stop;
  const std::jthread later([&] {
    std::this_thread::sleep_for(milliseconds(200));
    stop.request_stop();
  });
  const auto imported =
      importDocument(document("head x\nsleep\n"), *m_log, m_options, [&] { return stop.stop_requested(); });
  ASSERT_FALSE(imported.ok());
  EXPECT_EQ(imported.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

}  // namespace
}  // namespace tidemark::test
