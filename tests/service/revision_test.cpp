// A document whose file has changed is read again from the first segment that the change reaches.

#include <gmock/gmock.h>

#include "engine/service/source_check.h"
#include "tests/service/import_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using testing::EventLog;
using ::testing::HasSubstr;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kBytes = 6000;
#else
constexpr std::size_t kBytes = 12'000;
#endif

class RevisionTest : public ImportTest {
 protected:
  void SetUp() override {
    ImportTest::SetUp();
    m_files = writeThree(kBytes);
    ReadRequest request = listRequest(m_files);
    request.snapshotSeconds = 0;  // many places to go back to
    m_before = read("s.tidemark", request);
    ASSERT_TRUE(m_before);
    m_document = stored("s.tidemark").documents()->at(1);
  }

  /// Gives b.txt another text and reads it again.
  std::optional<ReadFinished> revise(const std::string& text, EventLog& log, bool delayed = false) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // another time than before
    write("b.txt", text);
    ReadRequest request;
    request.revise = {m_document.id};
    return read("s.tidemark", request, log, delayed);
  }
  ReadFinished fresh() { return read("fresh.tidemark", listRequest(m_files)).value_or(ReadFinished{}); }
  static DocumentImported imported(EventLog& log) {
    for (const Event& event : log.events()) {
      if (const auto* found = std::get_if<DocumentImported>(&event)) return *found;
    }
    ADD_FAILURE() << "nothing was imported";
    return {};
  }

  std::vector<std::filesystem::path> m_files;
  std::optional<ReadFinished> m_before;
  DocumentRecord m_document;  // b.txt
};

TEST_F(RevisionTest, AChangeInTheMiddleOfThreeDocuments) {
  for (const bool delayed : {false, true}) {
    SCOPED_TRACE(delayed);
    const std::string before = readWhole(m_files[1]);
    std::string text = before;
    text.insert(text.size() / 2, delayed ? " Another one. " : " A new sentence stands here. ");
    m_document = stored("s.tidemark").documents()->at(1);
    EventLog log;
    const auto finished = revise(text, log, delayed);
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->stateHash, fresh().stateHash);
    EXPECT_EQ(finished->tokens, fresh().tokens);
    const DocumentImported event = imported(log);
    EXPECT_TRUE(event.revised);
    const auto same = std::mismatch(before.begin(), before.end(), text.begin()).first - before.begin();
    EXPECT_EQ(event.firstChangedByte, m_document.bytes.begin + static_cast<std::uint64_t>(same));
    // The first document was not read again, nor was the second before the change, give or take a snapshot or two.
    const auto store = stored("s.tidemark");
    std::int64_t firstChanged = 0;
    while (store.segments(firstChanged, firstChanged + 1)->front().bytes.end <= event.firstChangedByte) ++firstChanged;
    EXPECT_LE(finished->segmentsResumed, firstChanged);
    EXPECT_GE(finished->segmentsResumed, firstChanged - 12);
    EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt", "c.txt"));
    expectWhole("s.tidemark");
    std::filesystem::remove(m_directory / "fresh.tidemark");
  }
}

TEST_F(RevisionTest, AnswersAreThoseOfANewRead) {
  EventLog log;
  ASSERT_TRUE(revise(readWhole(resource("samples/tavern-night.txt")), log));
  auto service = start("s.tidemark", log);
  const auto answer = log.wait<AnswerFinished>(*service->ask(askRequest("Where was Mary born?")));
  (void)fresh();
  EventLog freshLog;
  auto freshService = start("fresh.tidemark", freshLog);
  const auto expected = freshLog.wait<AnswerFinished>(*freshService->ask(askRequest("Where was Mary born?")));
  ASSERT_TRUE(answer && expected);
  EXPECT_EQ(answer->question.tokens, expected->question.tokens);
}

TEST_F(RevisionTest, ChangesAtTheEdges) {
  const std::string text = readWhole(m_files[1]);
  const std::vector<std::string> editions = {"A new beginning. " + text,
                                             text + " A new end.",
                                             text.substr(0, text.size() - 40),
                                             text.substr(50),
                                             "short",
                                             text};
  for (const std::string& edition : editions) {
    SCOPED_TRACE(edition.substr(0, 20) + " .. " + std::to_string(edition.size()));
    m_document = stored("s.tidemark").documents()->at(1);
    EventLog log;
    const auto finished = revise(edition, log);
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->stateHash, fresh().stateHash);
    EXPECT_EQ(finished->tokens, fresh().tokens);
    EXPECT_GT(finished->segmentsResumed, 5);
    expectWhole("s.tidemark");
    std::filesystem::remove(m_directory / "fresh.tidemark");
  }
}

TEST_F(RevisionTest, WhatDidNotChangeIsNotReadAgain) {
  EventLog log;
  const auto finished = revise(readWhole(m_files[1]), log);  // another time, the same bytes
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->segmentsRead, 0);
  EXPECT_EQ(finished->stateHash, m_before->stateHash);
  EXPECT_EQ(log.count<DocumentImported>(), 0u);
  // Other bytes, but the same text: a byte order mark.
  EventLog other;
  const auto marked = revise("\xEF\xBB\xBF" + readWhole(m_files[1]), other);
  ASSERT_TRUE(marked);
  EXPECT_EQ(marked->segmentsRead, 0);
  EXPECT_EQ(marked->stateHash, m_before->stateHash);
  EXPECT_EQ(imported(other).firstChangedByte, m_document.bytes.end);
  expectWhole("s.tidemark");
}

TEST_F(RevisionTest, AnEditionThatCannotBeReadLeavesTheOldOne) {
  EventLog log;
  const auto finished = revise("", log);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, m_before->stateHash);
  EXPECT_EQ(finished->segmentsRead, 0);
  EXPECT_EQ(log.count<DocumentRefused>(), 1u);
  EXPECT_EQ(stored("s.tidemark").documents()->at(1).id, m_document.id);
}

TEST_F(RevisionTest, InterruptedItIsEitherEdition) {
  // Extraction stands still: what is killed here has the old edition, whole.
  const auto never = m_directory / "never";
  const std::string file = Script().pages(sampleText(0, 6000), 1).await(never).file();
  write("b.txt", file);  // told by its first bytes
  {
    EventLog log;
    auto service = start("s.tidemark", log);
    ReadRequest request;
    request.revise = {m_document.id};
    const auto run = service->read(request);
    ASSERT_TRUE(waitUntil([&] { return log.count<DocumentProgress>() > 0; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::filesystem::copy_file(m_directory / "s.tidemark", m_directory / "killed.tidemark");
    service->cancel(*run);
    ASSERT_TRUE(log.wait<RunCancelled>(*run));
  }
  for (const char* session : {"s.tidemark", "killed.tidemark"}) {
    expectWhole(session);
    EventLog log;
    const auto finished = read(session, ReadRequest{}, log);
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->segmentsRead, 0);
    EXPECT_EQ(finished->stateHash, m_before->stateHash);
    EXPECT_THAT(titles(session), ElementsAre("a.txt", "b.txt", "c.txt"));
  }
}

TEST_F(RevisionTest, TheListThatWasReadIsStillTheSameList) {
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  write("b.txt", sampleText(5000, kBytes));
  ReadRequest request = listRequest(m_files);
  EXPECT_THAT(refusal("s.tidemark", request), HasSubstr("--revise"));
  request.revise = {m_document.id};
  EventLog log;
  const auto finished = read("s.tidemark", request, log);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, fresh().stateHash);
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt", "c.txt"));
  EXPECT_EQ(read("s.tidemark", listRequest(m_files))->segmentsRead, 0);
}

TEST_F(RevisionTest, OnlyDocumentsWithFilesCanBeRevised) {
  ReadRequest request;
  request.revise = {999};
  EXPECT_THAT(refusal("s.tidemark", request), HasSubstr("999"));
  ReadRequest pasted;
  pasted.append = true;
  pasted.pasted = {{"note", "A pasted text."}};
  ASSERT_TRUE(read("s.tidemark", pasted));
  request.revise = {stored("s.tidemark").documents()->back().id};
  EXPECT_THAT(refusal("s.tidemark", request), HasSubstr("pasted"));
}

TEST_F(RevisionTest, SourcesAreChecked) {
  const auto states = [&] {
    std::vector<SourceState> all;
    const auto checks = checkSources(stored("s.tidemark"));
    EXPECT_TRUE(checks.ok());
    for (const SourceCheck& check : *checks) {
      all.push_back(check.state);
      EXPECT_FALSE(check.olderExtraction);
      EXPECT_EQ(check.problem.empty(), check.state == SourceState::kUnchanged || check.state == SourceState::kChanged ||
                                           check.state == SourceState::kNoSource);
    }
    return all;
  };
  EXPECT_THAT(states(), ::testing::Each(SourceState::kUnchanged));
  // Another time with the same bytes is no change; other bytes of the same length are.
  std::filesystem::last_write_time(m_files[0], std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_THAT(states(), ::testing::Each(SourceState::kUnchanged));
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  write("b.txt", sampleText(7, kBytes));
  std::filesystem::remove(m_files[2]);
  EXPECT_THAT(states(), ElementsAre(SourceState::kUnchanged, SourceState::kChanged, SourceState::kMissing));
  std::filesystem::create_directory(m_files[2]);
  EXPECT_THAT(states(), ElementsAre(SourceState::kUnchanged, SourceState::kChanged, SourceState::kUnreadable));
}

}  // namespace
}  // namespace tidemark
