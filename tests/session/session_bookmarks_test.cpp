#include <gmock/gmock.h>

#include "engine/session/session_overview.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SessionBookmarksTest : public SessionTest {
 protected:
  [[nodiscard]] SessionStore createWithText() const {
    SessionStore store = create();
    EXPECT_TRUE(storeDocument(store, "a", sampleText(1000)).ok());
    return store;
  }
};

TEST_F(SessionBookmarksTest, AreKeptInTheOrderOfTheText) {
  {
    SessionStore store = createWithText();
    EXPECT_THAT(*store.bookmarks(), IsEmpty());
    EXPECT_EQ(*store.addBookmark({0, 900, "späť \"x\" '; --\n", ""}), 1);
    EXPECT_EQ(*store.addBookmark({0, 0, "", "2026-01-02T03:04:05Z"}), 2);
  }
  const SessionStore store = open(SessionAccess::kRead);
  const auto bookmarks = store.bookmarks();
  ASSERT_TRUE(bookmarks.ok());
  ASSERT_THAT(*bookmarks, SizeIs(2));
  EXPECT_EQ((*bookmarks)[0], (BookmarkRecord{2, 0, "", "2026-01-02T03:04:05Z"}));
  EXPECT_EQ((*bookmarks)[1].label, "späť \"x\" '; --\n");
  EXPECT_THAT((*bookmarks)[1].createdAt, SizeIs(20));
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionBookmarksTest, ChangeMoveAndGo) {
  SessionStore store = createWithText();
  ASSERT_EQ(*store.addBookmark({0, 10, "a", "then"}), 1);
  ASSERT_TRUE(store.updateBookmark({1, 20, "b", "ignored"}).ok());
  EXPECT_THAT(*store.bookmarks(), ElementsAre(BookmarkRecord{1, 20, "b", "then"}));
  ASSERT_TRUE(store.removeBookmark(1).ok());
  EXPECT_THAT(*store.bookmarks(), IsEmpty());
  EXPECT_EQ(store.removeBookmark(1).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(store.updateBookmark({1, 20, "b", ""}).error().code, ErrorCode::kNotFound);
}

TEST_F(SessionBookmarksTest, ARemovedOneComesBackAsItWasAndItsNumberIsNeverReused) {
  SessionStore store = createWithText();
  ASSERT_EQ(*store.addBookmark({0, 10, "a", "then"}), 1);
  const BookmarkRecord before = store.bookmarks()->front();
  ASSERT_TRUE(store.removeBookmark(1).ok());
  EXPECT_EQ(*store.addBookmark({0, 30, "other", ""}), 2);
  EXPECT_EQ(*store.addBookmark(before), 1);
  EXPECT_EQ(store.bookmarks()->front(), before);
  const auto twice = store.addBookmark(before);
  EXPECT_EQ(twice.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(twice.error().message, HasSubstr("already"));
}

TEST_F(SessionBookmarksTest, RefusesWhatCannotBe) {
  {
    SessionStore store = createWithText();
    EXPECT_TRUE(store.addBookmark({0, 1000, "end", ""}).ok());
    const auto behind = store.addBookmark({0, 1001, "", ""});
    EXPECT_EQ(behind.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(behind.error().message, HasSubstr("1001"));
    EXPECT_FALSE(store.addBookmark({0, UINT64_MAX, "", ""}).ok());
    EXPECT_FALSE(store.addBookmark({-1, 0, "", ""}).ok());
    EXPECT_FALSE(store.addBookmark({0, 0, std::string(4097, 'x'), ""}).ok());
    EXPECT_FALSE(store.updateBookmark({1, 1001, "", ""}).ok());
    EXPECT_THAT(*store.bookmarks(), SizeIs(1));
  }
  SessionStore reader = open(SessionAccess::kRead);
  EXPECT_EQ(reader.addBookmark({0, 0, "", ""}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_FALSE(reader.updateBookmark({1, 0, "", ""}).ok());
  EXPECT_FALSE(reader.removeBookmark(1).ok());
}

TEST_F(SessionBookmarksTest, TheOverviewHasEverything) {
  SessionStore store = createWithText();
  const auto empty = gatherOverview(store);
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(empty->size.textBytes, 1000u);
  EXPECT_EQ(empty->size.readBytes, 0u);
  EXPECT_EQ(empty->stateBytes, 0u);
  ASSERT_TRUE(storeSegment(store, 0, true).ok());
  ASSERT_TRUE(storeSegment(store, 1, true).ok());
  ASSERT_TRUE(store.storeTail({2, {{1, 2}, {{40, 41}, {41, 42}}}, {42, 0}}).ok());
  ASSERT_TRUE(store.beginQuestion(QuestionRecord()).ok());
  ASSERT_TRUE(store.addBookmark({0, 5, "here", ""}).ok());
  const auto overview = gatherOverview(store);
  ASSERT_TRUE(overview.ok()) << overview.error().message;
  EXPECT_EQ(overview->path, m_path);
  EXPECT_EQ(overview->model, smallModel());
  EXPECT_EQ(overview->size.segments, 2);
  EXPECT_EQ(overview->size.tailTokens, 2);
  EXPECT_EQ(overview->size.readBytes, 42u);
  EXPECT_FALSE(overview->size.finished);
  EXPECT_THAT(overview->documents, SizeIs(1));
  EXPECT_THAT(overview->snapshots, SizeIs(2));
  EXPECT_THAT(overview->questions, SizeIs(1));
  EXPECT_THAT(overview->bookmarks, SizeIs(1));
  EXPECT_EQ(overview->stateHash, "state of 1");
  EXPECT_EQ(overview->stateBytes, 2u * 12 * 17 * sizeof(float));
}

}  // namespace
}  // namespace tidemark
