// Steps with bookmarks, done and undone across text that goes out of the session.

#include "ui/window/bookmark_controller.h"

#include <gtest/gtest.h>

#include <QTest>

#include "tests/ui/support/fake_engine.h"

namespace tidemark::ui {
namespace {

using testing::FakeEngineLog;

class BookmarkControllerTest : public ::testing::Test {
 protected:
  BookmarkControllerTest()
      : m_bridge(testing::makerOf(m_log)), m_controller(m_bridge, m_loader), m_bookmarks(m_controller, m_stack) {}

  void open(const char* path, std::vector<BookmarkRecord> bookmarks = {}) {
    m_controller.openSession(QString::fromLatin1(path));
    becomeReady(path, std::move(bookmarks));
  }
  void becomeReady(const char* path, std::vector<BookmarkRecord> bookmarks) {
    SessionShown shown{m_log->token(), path, {}, {}, {}};
    shown.overview.size = {10, 100, 100, true, 3};
    shown.overview.bookmarks = std::move(bookmarks);
    m_log->sink(shown);
    m_log->sink(SessionReady{m_log->token(), {}, 0.01});
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_controller.facts().state == ReadingState::kFinished; }));
  }
  /// Text goes out, and the session is opened anew with these bookmarks.
  void removeText(ByteRange bytes, std::vector<BookmarkRecord> left) {
    const auto opened = m_log->opened.size();
    m_controller.removeText(bytes);
    TextRemoved removed;
    removed.run = m_log->run();
    removed.bytes = bytes;
    removed.readFinished = true;
    m_log->event(removed);
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_log->opened.size() > opened; }));
    becomeReady(kPath, std::move(left));
  }
  /// What the engine was asked last; it says that it did so.
  template <typename Request>
  Request answered(std::int64_t id, std::vector<BookmarkRecord> now) {
    const auto* request = m_log->bookmarks.empty() ? nullptr : std::get_if<Request>(&m_log->bookmarks.back());
    EXPECT_NE(request, nullptr);
    m_log->event(BookmarksChanged{m_log->run(), id, now});
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_controller.bookmarks() == now; }));
    return request == nullptr ? Request{} : *request;
  }

  static constexpr const char* kPath = "/books/whale.tidemark";
  std::shared_ptr<FakeEngineLog> m_log = std::make_shared<FakeEngineLog>();
  TextLoader m_loader;
  EngineBridge m_bridge;
  SessionController m_controller;
  QUndoStack m_stack;
  BookmarkController m_bookmarks;
};

TEST_F(BookmarkControllerTest, ARemovedBookmarkComesBackWhereItsTextIsNow) {
  const BookmarkRecord mark{3, 80, "whale", "then"};
  open(kPath, {mark});
  m_bookmarks.remove(3);
  EXPECT_EQ(answered<RemoveBookmark>(3, {}).id, 3);
  removeText({20, 50}, {});
  EXPECT_TRUE(m_stack.canUndo());
  m_stack.undo();
  BookmarkRecord moved = mark;
  moved.byte = 50;
  EXPECT_EQ(answered<AddBookmark>(3, {moved}).bookmark, moved);
  m_stack.redo();
  EXPECT_EQ(answered<RemoveBookmark>(3, {}).id, 3);
  removeText({40, 60}, {});  // around it: where the text was, as with bookmarks that are there
  m_stack.undo();
  moved.byte = 40;
  EXPECT_EQ(answered<AddBookmark>(3, {moved}).bookmark, moved);
}

TEST_F(BookmarkControllerTest, AnAddedOneIsTakenBackAndAddedAgainBehindARewind) {
  open(kPath);
  m_bookmarks.add(30, QStringLiteral("here"));
  (void)answered<AddBookmark>(1, {{1, 30, "here", "now"}});
  removeText({60, 100}, {{1, 30, "here", "now"}});
  m_stack.undo();
  EXPECT_EQ(answered<RemoveBookmark>(1, {}).id, 1);
  m_stack.redo();
  EXPECT_EQ(answered<AddBookmark>(1, {{1, 30, "here", "now"}}).bookmark.byte, 30u);
}

TEST_F(BookmarkControllerTest, ALabelComesBackAndThePlaceStays) {
  open(kPath, {{3, 80, "old", "then"}});
  m_bookmarks.rename(3, QStringLiteral("new"));
  (void)answered<UpdateBookmark>(3, {{3, 80, "new", "then"}});
  removeText({20, 50}, {{3, 50, "new", "then"}});
  m_stack.undo();
  const BookmarkRecord expected{3, 50, "old", "then"};
  EXPECT_EQ(answered<UpdateBookmark>(3, {expected}).bookmark, expected);
}

TEST_F(BookmarkControllerTest, TextThatGoesOutOfAnotherSessionMovesNothingHere) {
  const BookmarkRecord mark{3, 80, "whale", "then"};
  open("/books/other.tidemark", {mark});
  m_bookmarks.remove(3);
  (void)answered<RemoveBookmark>(3, {});
  open(kPath);
  removeText({20, 50}, {});
  open("/books/other.tidemark");
  m_stack.undo();
  EXPECT_EQ(answered<AddBookmark>(3, {mark}).bookmark, mark);
}

}  // namespace
}  // namespace tidemark::ui
