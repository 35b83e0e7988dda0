// Text that is taken out again leaves what a read that never saw it leaves.

#include <gmock/gmock.h>

#include "engine/service/coverage_record.h"
#include "engine/service/document_pages.h"
#include "tests/service/import_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using testing::EventLog;
using ::testing::HasSubstr;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kRemovalBytes = 9000;
#else
constexpr std::size_t kRemovalBytes = 24'000;
#endif

class TextRemovalTest : public ImportTest {
 protected:
  void SetUp() override {
    ImportTest::SetUp();
    m_files = writeThree(kRemovalBytes);
    ReadRequest request = listRequest(m_files);
    request.snapshotSeconds = 0.05;
    ASSERT_TRUE(ImportTest::read("s.tidemark", request));
    m_text = textOf("s.tidemark");
  }

  std::string textOf(const std::string& session) {
    const auto store = stored(session);
    std::string text(store.documents()->back().bytes.end, '\0');
    const auto count = store.readText(0, text);
    EXPECT_TRUE(count && *count == text.size());
    return text;
  }
  std::optional<TextRemoved> remove(const std::string& session, ByteRange bytes) {
    EventLog log;
    auto service = start(session, log);
    return log.wait<TextRemoved>(*service->work(RemoveTextRequest{bytes}));
  }
  std::string refusalOf(ByteRange bytes) {
    EventLog log;
    auto service = start("s.tidemark", log);
    const auto failed = log.wait<RunFailed>(*service->work(RemoveTextRequest{bytes}));
    return failed ? failed->error.message : "";
  }
  /// A fresh read of these texts, one document each.
  std::optional<ReadFinished> fresh(const std::vector<std::string>& texts) {
    std::vector<std::filesystem::path> files;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!texts[i].empty()) files.push_back(write("fresh" + std::to_string(i) + ".txt", texts[i]));
    }
    std::filesystem::remove(m_directory / "fresh.tidemark");
    return ImportTest::read("fresh.tidemark", listRequest(files));
  }
  /// What is left of the three documents.
  std::vector<std::string> without(ByteRange bytes) const {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
      std::string text;
      for (std::size_t at = i * kRemovalBytes; at < (i + 1) * kRemovalBytes; ++at) {
        if (at < bytes.begin || at >= bytes.end) text += m_text[at];
      }
      texts.push_back(text);
    }
    return texts;
  }
  SegmentRecord segment(std::int64_t index) { return stored("s.tidemark").segments(index, index + 1)->front(); }

  std::vector<std::filesystem::path> m_files;
  std::string m_text;
};

TEST_F(TextRemovalTest, EqualsAFreshReadWithoutIt) {
  const std::uint64_t all = 3 * kRemovalBytes;
  const std::vector<ByteRange> ranges = {{kRemovalBytes / 2, kRemovalBytes / 2 + 700},    // inside one document
                                         {0, 1000},                                       // its beginning
                                         {kRemovalBytes, 2 * kRemovalBytes},              // all of one
                                         {kRemovalBytes - 500, 2 * kRemovalBytes + 300},  // over three
                                         {kRemovalBytes / 3, all},                        // everything behind
                                         {all - 1, all}};
  std::filesystem::copy_file(m_directory / "s.tidemark", m_directory / "before.tidemark");
  for (const ByteRange& bytes : ranges) {
    SCOPED_TRACE(std::to_string(bytes.begin) + " .. " + std::to_string(bytes.end));
    std::filesystem::copy_file(m_directory / "before.tidemark", m_directory / "s.tidemark",
                               std::filesystem::copy_options::overwrite_existing);
    const auto removed = remove("s.tidemark", bytes);
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->bytes, bytes);
    expectWhole("s.tidemark");
    const std::string expected = m_text.substr(0, bytes.begin) + m_text.substr(bytes.end);
    EXPECT_EQ(textOf("s.tidemark"), expected);
    const auto finished = ImportTest::read("s.tidemark", ReadRequest{});
    const auto expectation = fresh(without(bytes));
    ASSERT_TRUE(finished && expectation);
    EXPECT_EQ(finished->stateHash, expectation->stateHash);
    EXPECT_EQ(finished->tokens, expectation->tokens);
    EXPECT_EQ(finished->tailTokens, expectation->tailTokens);
    // Only what the text can reach was read again, and what lies behind it.
    EXPECT_EQ(finished->segmentsResumed, removed->segmentsKept);
    EXPECT_GE(removed->segmentsKept + 20, static_cast<std::int64_t>(bytes.begin / 600));
    expectWhole("s.tidemark");
  }
}

// What a segment wrote depends on all text before it: behind a change nothing may stay.
TEST_F(TextRemovalTest, TracesAndEvidenceAreThoseOfAFreshReadWithoutIt) {
  const ByteRange bytes{kRemovalBytes + 700, 2 * kRemovalBytes};
  const std::size_t fact = 2 * kRemovalBytes + 40;
  std::vector<std::string> texts = without({fact, fact});
  texts[2].insert(40, "Mary was born in Geneva. ");
  for (std::size_t i = 0; i < 3; ++i) write(m_files[i].filename().string(), texts[i]);
  ReadRequest request = listRequest(m_files);
  request.keepTraces = true;
  request.snapshotSeconds = 0.05;
  ASSERT_TRUE(ImportTest::read("t.tidemark", request));
  ASSERT_TRUE(remove("t.tidemark", bytes));
  {
    const auto store = stored("t.tidemark");
    EXPECT_EQ(store.traces(0, INT64_MAX)->size(), static_cast<std::size_t>(*store.segmentCount()));
  }
  ReadRequest on;
  on.keepTraces = true;
  ASSERT_TRUE(ImportTest::read("t.tidemark", on));
  texts[1].resize(700);
  const auto expectation = fresh(texts);
  ASSERT_TRUE(expectation);
  const auto after = stored("t.tidemark").traces(0, INT64_MAX);
  const auto expected = stored("fresh.tidemark").traces(0, INT64_MAX);
  ASSERT_TRUE(after && expected);
  ASSERT_EQ(after->size(), static_cast<std::size_t>(expectation->segmentsRead));
  ASSERT_EQ(after->size(), expected->size());
  for (std::size_t i = 0; i < after->size(); ++i) EXPECT_EQ((*after)[i].packed, (*expected)[i].packed) << i;
  std::vector<std::string> answers;
  std::vector<std::vector<EvidenceRecord>> evidence;
  for (const char* session : {"t.tidemark", "fresh.tidemark"}) {
    EventLog log;
    auto service = start(session, log);
    AskRequest question = askRequest("Where was Mary born?");
    question.evidence = EvidenceChoice::kStored;
    const auto answered = log.wait<AnswerFinished>(*service->ask(question));
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->question.noEvidence, "");
    answers.push_back(answered->question.answer);
    evidence.push_back(answered->question.evidence);
  }
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(evidence[0], evidence[1]);
  ASSERT_FALSE(evidence[0].empty());
  EXPECT_THAT(evidence[0].front().quote, HasSubstr("was born in " + answers[0]));
}

// Segments that are read again for evidence belong to the text that was there when the answer began.
TEST_F(TextRemovalTest, EvidenceIsNotLookedForInAnotherText) {
  ReadRequest request = listRequest(m_files);
  request.keepTraces = false;
  ASSERT_TRUE(ImportTest::read("t.tidemark", request));
  EventLog log;
  auto service = start("t.tidemark", log);
  AskRequest question = askRequest("Where was Mary born?");
  question.evidence = EvidenceChoice::kReplay;
  const auto asked = service->ask(question);
  const auto removal = service->work(RemoveTextRequest{{kRemovalBytes, 2 * kRemovalBytes}});
  const auto answered = log.wait<AnswerFinished>(*asked);
  ASSERT_TRUE(answered && log.wait<TextRemoved>(*removal));
  EXPECT_EQ(answered->question.state, QuestionState::kDone);
  EXPECT_TRUE(answered->question.evidence.empty());
  EXPECT_THAT(answered->question.noEvidence, HasSubstr("the text was changed"));
  ASSERT_TRUE(log.wait<ReadFinished>(*service->read(ReadRequest{})));
  service.reset();
  expectWhole("t.tidemark");
}

TEST_F(TextRemovalTest, RewoundToASegmentItIsAsOfThatSegment) {
  const std::int64_t last = *stored("s.tidemark").segmentCount() / 2;
  const std::uint64_t end = segment(last).bytes.end;
  const auto removed = remove("s.tidemark", {end, m_text.size()});
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->segmentsKept, last + 1);
  EXPECT_TRUE(removed->readFinished);
  const auto expectation = fresh(without({end, m_text.size()}));
  ASSERT_TRUE(expectation);
  EXPECT_EQ(removed->stateHash, expectation->stateHash);
  EXPECT_EQ(expectation->segmentsRead, last + 1);
  // Nothing is read again, and reading on costs what comes behind.
  EXPECT_EQ(ImportTest::read("s.tidemark", ReadRequest{})->segmentsRead, 0);
  const auto more = write("more.txt", m_text.substr(end, 5000));
  const auto appended = ImportTest::read("s.tidemark", listRequest({more}, true));
  ASSERT_TRUE(appended);
  EXPECT_EQ(appended->segmentsResumed, last + 1);
}

TEST_F(TextRemovalTest, PagesHeadingsAndBookmarksMoveAlong) {
  const std::string page = sampleText(0, 2000);
  std::string text;
  for (int i = 0; i < 6; ++i) text += (i > 0 ? "\f" : "") + page;
  write("pages.txt", text);
  ASSERT_TRUE(ImportTest::read("p.tidemark", listRequest({m_directory / "pages.txt"})));
  const std::uint64_t length = page.size() + 1;
  {
    EventLog log;
    auto service = start("p.tidemark", log);
    for (const std::uint64_t byte : {length, 2 * length + 7, 5 * length}) {
      ASSERT_TRUE(log.wait<BookmarksChanged>(*service->addBookmark({0, byte, "mark", ""})));
    }
  }
  ASSERT_TRUE(remove("p.tidemark", {2 * length, 4 * length}));  // pages 3 and 4
  const auto store = stored("p.tidemark");
  const auto pages = loadPages(store);
  ASSERT_TRUE(pages.ok());
  const PageMap& map = pages->front().pages;
  ASSERT_EQ(map.pageCount(), 4);
  EXPECT_EQ(map.nameOf(1), "2");
  EXPECT_EQ(map.nameOf(2), "5");  // still called what it was
  EXPECT_EQ(map.bytesOf(2).begin, 2 * length);
  std::vector<std::uint64_t> marks;
  const auto bookmarks = store.bookmarks();
  for (const BookmarkRecord& bookmark : *bookmarks) marks.push_back(bookmark.byte);
  EXPECT_THAT(marks, ElementsAre(length, 2 * length, 3 * length));
  const auto coverage = parseCoverageRecord(store.contents()->front().source.coverageJson);
  ASSERT_TRUE(coverage.ok());
  const auto characters = [](const std::string& each) {
    return static_cast<std::uint64_t>(std::count_if(
        each.begin(), each.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
  };
  EXPECT_EQ(coverage->removedCharacters, 2 * (characters(page) + 1));
  EXPECT_EQ(store.documents()->front().characters, characters(text) - 2 * (characters(page) + 1));
}

TEST_F(TextRemovalTest, CharactersStayWhole) {
  std::string text;
  for (int i = 0; i < 600; ++i) text += "\xC3\xA4\xE2\x82\xAC word ";
  write("wide.txt", text);
  ASSERT_TRUE(ImportTest::read("w.tidemark", listRequest({m_directory / "wide.txt"})));
  const auto removed = remove("w.tidemark", {1, 1101});
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->bytes, (ByteRange{2, 1102}));
  expectWhole("w.tidemark");
}

TEST_F(TextRemovalTest, WhatCannotBeTakenOutIsSaid) {
  EXPECT_THAT(refusalOf({0, m_text.size()}), HasSubstr("nothing would be left"));
  EXPECT_THAT(refusalOf({10, 10}), HasSubstr("nothing to take out"));
  EXPECT_THAT(refusalOf({10, m_text.size() + 1}), HasSubstr("bytes"));
  EXPECT_EQ(textOf("s.tidemark"), m_text);
}

TEST_F(TextRemovalTest, CancelledItChangesNothing) {
  EventLog log;
  auto service = start("s.tidemark", log);
  const auto run = service->work(RemoveTextRequest{{kRemovalBytes, 2 * kRemovalBytes}});
  service->cancel(*run);
  const auto cancelled = log.wait<RunCancelled>(*run);
  service.reset();
  EXPECT_EQ(textOf("s.tidemark").size(), cancelled ? m_text.size() : 2 * kRemovalBytes);
  expectWhole("s.tidemark");
}

}  // namespace
}  // namespace tidemark
