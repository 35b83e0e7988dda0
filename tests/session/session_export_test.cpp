// A memory without its text, and sessions that came from elsewhere.

#include "engine/session/session_export.h"

#include <gmock/gmock.h>

#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class SessionExportTest : public SessionTest {
 protected:
  /// Four segments with two snapshots, a tail, and everything that has no business on another machine.
  [[nodiscard]] SessionStore full() const {
    SessionStore store = create();
    const auto id = store.beginDocument("Secret plans", "/home/ahab/plans.txt");
    EXPECT_TRUE(store.appendText(*id, "the white whale is off Nantucket; " + sampleText(60)).ok());
    DocumentContents contents;
    contents.source = {"text", 1, "Ahab", R"({"pages":2})", 7, 94};
    contents.pages = {{0, "i"}, {50, "ii"}};
    contents.headings = {{0, 1, "Where the whale is"}};
    EXPECT_TRUE(store.finishDocument(*id, "sha", 94, 0, contents).ok());
    for (std::int64_t segment = 0; segment < 4; ++segment) {
      EXPECT_TRUE(storeSegment(store, segment, segment % 2 == 1).ok());
    }
    EXPECT_TRUE(store.storeTail({4, {{71, 72}, {{80, 84}, {84, 88}}}, {88, 0}}).ok());
    QuestionRecord question;
    question.question = "Where is the whale?";
    question.asOfSegment = 3;
    EXPECT_TRUE(store.beginQuestion(question).ok());
    EXPECT_TRUE(store.addBookmark({0, 5, "whale", ""}).ok());
    return store;
  }
  const std::filesystem::path m_target = m_folder / "memory.tidemark";
};

TEST_F(SessionExportTest, HoldsTheMemoryAndNothingThatWasSaid) {
  const SessionStore session = full();
  ASSERT_TRUE(exportMemory(session, m_target).ok());
  const auto memory = SessionStore::open(m_target, SessionAccess::kRead);
  ASSERT_TRUE(memory.ok()) << memory.error().message;
  EXPECT_TRUE(*memory->textIsLeftOut());
  EXPECT_FALSE(*session.textIsLeftOut());
  EXPECT_TRUE(memory->requireModel(smallModel()).ok());
  EXPECT_EQ(*memory->segmentCount(), 4);
  ASSERT_EQ(memory->snapshots()->size(), 1u);
  expectEqual(*memory->loadSnapshot(memory->snapshots()->back().id),
              *session.loadSnapshot(session.snapshots()->back().id));
  EXPECT_EQ((*memory->loadTail(4))->tokens.ids, (std::vector<TokenId>{71, 72}));
  EXPECT_EQ(memory->contents()->front().pages, session.contents()->front().pages);
  EXPECT_EQ(memory->metrics(0, 9)->size(), 12u);
  EXPECT_THAT(problemsOf(*memory), IsEmpty());
  EXPECT_THAT(*memory->questions(), IsEmpty());
  EXPECT_THAT(*memory->bookmarks(), IsEmpty());
  const auto segments = memory->segments(0, 4);
  for (const SegmentRecord& segment : *segments) EXPECT_THAT(segment.tokens, IsEmpty());
  for (const char* said : {"whale", "Nantucket", "ahab", "tide came in"}) {
    EXPECT_EQ(fileBytes(m_target).find(said), std::string::npos) << said;
  }
  EXPECT_FALSE(std::filesystem::exists(m_folder / "memory.tidemark-export"));
  EXPECT_FALSE(std::filesystem::exists(m_folder / "memory.tidemark-export-lock"));
}

TEST_F(SessionExportTest, SnapshotsAndTailAreChosen) {
  SessionStore session = full();
  ASSERT_TRUE(exportMemory(session, m_target, {.keepTail = false, .allSnapshots = true}).ok());
  const auto memory = SessionStore::open(m_target, SessionAccess::kRead);
  EXPECT_EQ(memory->snapshots()->size(), 2u);
  EXPECT_THAT((*memory->loadTail(4))->tokens.ids, IsEmpty());

  ASSERT_TRUE(session.pinSnapshot(1, true).ok());
  ASSERT_TRUE(exportMemory(session, m_folder / "pinned.tidemark").ok());
  const auto pinned = SessionStore::open(m_folder / "pinned.tidemark", SessionAccess::kRead);
  ASSERT_EQ(pinned->snapshots()->size(), 2u);
  EXPECT_TRUE(pinned->snapshots()->front().pinned);
  ASSERT_TRUE(session.pinSnapshot(1, false).ok());
  EXPECT_EQ(session.pinSnapshot(2, true).error().code, ErrorCode::kNotFound);
}

TEST_F(SessionExportTest, WhatCannotBeExportedIsRefused) {
  SessionStore session = create();
  EXPECT_THAT(exportMemory(session, m_target).error().message, HasSubstr("holds no memory"));
  ASSERT_TRUE(storeDocument(session, "a", sampleText(100)).ok());
  ASSERT_TRUE(storeSegment(session, 0, true).ok());
  EXPECT_THAT(exportMemory(session, m_target).error().message, HasSubstr("not read to its end"));
  ASSERT_TRUE(session.storeTail({1, {}, {20, 0}}).ok());
  writeFile(m_target, "mine");
  EXPECT_EQ(exportMemory(session, m_target).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(fileBytes(m_target), "mine");
  EXPECT_FALSE(exportMemory(session, m_folder / "nowhere" / "x.tidemark").ok());
}

TEST_F(SessionExportTest, ImportTakesWhatIsWhole) {
  ASSERT_TRUE(exportMemory(full(), m_target).ok());
  const std::filesystem::path imported = m_folder / "imported.tidemark";
  ASSERT_TRUE(importSession(m_target, imported).ok());
  EXPECT_THAT(problemsOf(*SessionStore::open(imported, SessionAccess::kRead)), IsEmpty());
  EXPECT_EQ(importSession(m_target, imported).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SessionExportTest, TamperedAndTruncatedFilesAreRefusedBeforeAnythingIsMade) {
  ASSERT_TRUE(exportMemory(full(), m_target).ok());
  const std::filesystem::path imported = m_folder / "imported.tidemark";
  const std::string whole = fileBytes(m_target);
  const std::filesystem::path bad = m_folder / "bad.tidemark";
  for (const char* sql :
       {"UPDATE snapshot_layers SET payload = zeroblob(length(payload)) WHERE layer = 1", "DELETE FROM properties",
        "UPDATE properties SET value = 'there'", "UPDATE tail SET tokens = x'01000000'",
        "UPDATE model SET precision = 'bf16'", "UPDATE documents SET title = 'Harmless'",
        "UPDATE segments SET byte_end = byte_end + 1 WHERE idx = 2", "DELETE FROM segments WHERE idx = 1"}) {
    writeFile(bad, whole);
    ASSERT_TRUE(Database::open(bad, DatabaseMode::kWrite)->execute(sql, "tamper").ok()) << sql;
    const Status done = importSession(bad, imported);
    ASSERT_FALSE(done.ok()) << sql;
    EXPECT_EQ(done.error().code, ErrorCode::kCorrupt) << sql << ": " << done.error().message;
    EXPECT_FALSE(std::filesystem::exists(imported)) << sql;
    std::filesystem::remove(bad);
  }
  // The last page is that of an empty table, whose last bytes are zeros: it must go as a whole to be missed.
  for (const std::size_t bytes :
       {std::size_t{0}, std::size_t{100}, std::size_t{40'000}, whole.size() / 2, whole.size() - 32'768}) {
    writeFile(bad, whole.substr(0, bytes));
    const Status done = importSession(bad, imported);
    ASSERT_FALSE(done.ok()) << bytes;
    EXPECT_THAT(done.error().message, HasSubstr("bad.tidemark")) << bytes;
    EXPECT_FALSE(std::filesystem::exists(imported)) << bytes;
  }
}

}  // namespace
}  // namespace tidemark
