// Documents of a session and their text.

#include <gmock/gmock.h>

#include "engine/session/session_store.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::IsEmpty;

class SessionDocumentsTest : public SessionTest {};

TEST_F(SessionDocumentsTest, DocumentsAndTextRoundTrip) {
  const std::string first = sampleText(700001);  // several pieces
  const std::string second = "short";
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "first", first).ok());
    ASSERT_TRUE(storeDocument(store, "empty", "").ok());
    ASSERT_TRUE(storeDocument(store, "second", second).ok());
  }
  const SessionStore store = open(SessionAccess::kRead);
  const auto documents = store.documents();
  ASSERT_TRUE(documents.ok());
  ASSERT_EQ(documents->size(), 3u);
  EXPECT_EQ((*documents)[0].title, "first");
  EXPECT_EQ((*documents)[0].sourcePath, "/books/first");
  EXPECT_EQ((*documents)[0].sourceSha256, "sha of first");
  EXPECT_EQ((*documents)[0].bytes, (ByteRange{0, 700001}));
  EXPECT_EQ((*documents)[0].characters, 700001u);
  EXPECT_EQ((*documents)[2].bytes, (ByteRange{700001, 700006}));
  EXPECT_EQ((*documents)[2].importedAt.size(), std::string("2024-01-01T00:00:00Z").size());

  const std::string all = first + second;
  for (const std::size_t offset :
       {0ul, 1ul, 262143ul, 262144ul, 500000ul, 700000ul, 700001ul, 700005ul, 700006ul, 999999ul}) {
    for (const std::size_t count : {0ul, 1ul, 7ul, 300000ul, 800000ul}) {
      std::string out(count, '?');
      const Result<std::size_t> got = store.readText(offset, out);
      ASSERT_TRUE(got.ok());
      const std::string expected = offset < all.size() ? all.substr(offset, count) : "";
      ASSERT_EQ(*got, expected.size()) << offset << " " << count;
      ASSERT_EQ(out.substr(0, *got), expected) << offset << " " << count;
    }
  }
  std::string out(5, '?');
  EXPECT_EQ(*store.readText(UINT64_MAX, out), 0u);
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionDocumentsTest, LongTextIsCommittedOnTheWayAndUnfinishedTextIsDropped) {
  const std::string text = sampleText(17 * 1024 * 1024);
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "kept", "kept").ok());
    const Result<std::int64_t> id = store.beginDocument("lost", "");
    ASSERT_TRUE(id.ok());
    ASSERT_TRUE(store.appendText(*id, text).ok());
    EXPECT_GT(std::filesystem::file_size(m_folder / "s.tidemark-wal"), 16u * 1024 * 1024);
    EXPECT_EQ(store.documents()->size(), 1u);
    std::string out(10, '?');
    EXPECT_EQ(*store.readText(4, out), 10u);  // for the store that imports it; nobody else sees it
    EXPECT_EQ(store.beginDocument("another", "").error().code, ErrorCode::kInvalidArgument);
    EXPECT_FALSE(store.appendText(*id + 1, "x").ok());
  }
  SessionStore store = open();
  EXPECT_EQ(store.documents()->size(), 1u);
  ASSERT_TRUE(storeDocument(store, "again", text).ok());
  EXPECT_EQ(store.documents()->back().bytes, (ByteRange{4, 4 + text.size()}));
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionDocumentsTest, OnlyUnreadLastDocumentsCanBeDropped) {
  SessionStore store = create();
  ASSERT_TRUE(storeDocument(store, "a", sampleText(30)).ok());
  ASSERT_TRUE(storeDocument(store, "b", sampleText(30)).ok());
  const std::int64_t first = store.documents()->at(0).id;
  const std::int64_t second = store.documents()->at(1).id;
  EXPECT_EQ(store.dropDocument(first).error().code, ErrorCode::kInvalidArgument);
  EXPECT_TRUE(store.dropDocument(second).ok());
  EXPECT_EQ(store.dropDocument(second).error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(storeSegment(store, 0, false).ok());
  EXPECT_EQ(store.dropDocument(first).error().code, ErrorCode::kInvalidArgument);

  const Result<std::int64_t> id = store.beginDocument("c", "");
  ASSERT_TRUE(store.appendText(*id, "text").ok());
  EXPECT_TRUE(store.dropDocument(*id).ok());
  EXPECT_TRUE(storeDocument(store, "d", "text").ok());
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionDocumentsTest, ShortDocumentThatIsAllTailIsNotDropped) {
  SessionStore store = create();
  ASSERT_TRUE(storeDocument(store, "a", "few words").ok());
  ASSERT_TRUE(store.storeTail({0, {{1, 2}, {{0, 3}, {3, 9}}}, {0, 2}}).ok());
  EXPECT_EQ(store.dropDocument(store.documents()->at(0).id).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace tidemark
