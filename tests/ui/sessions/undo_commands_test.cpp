#include "ui/sessions/undo_commands.h"

#include <QStringList>
#include <QUndoStack>
#include <deque>

#include "tests/ui/sessions/sessions_fixture.h"

namespace tidemark::ui {
namespace {

/// Does nothing until told to, like a worker thread.
struct FakeWorker {
  QStringList log;
  std::deque<std::function<void(bool ok)>> waiting;

  void finish(bool ok = true) {
    ASSERT_FALSE(waiting.empty());
    const auto next = std::move(waiting.front());
    waiting.pop_front();
    next(ok);
  }
  [[nodiscard]] QString takeLog() { return std::exchange(log, {}).join(QStringLiteral(", ")); }

  RenameSession rename() {
    return [this](const QString& path, const QString& name, const PathDone& done) {
      log << QStringLiteral("%1->%2").arg(path, name);
      waiting.push_back([=](bool ok) { done(ok ? std::optional(QStringLiteral("/") + name) : std::nullopt); });
    };
  }
  MoveSession move(const QString& folder) {
    return [this, folder](const QString& path, const PathDone& done) {
      log << QStringLiteral("%1 to %2").arg(path, folder);
      waiting.push_back([=](bool ok) { done(ok ? std::optional(folder) : std::nullopt); });
    };
  }
  ChangeBookmark change(const QString& verb, qint64 newId) {
    return [this, verb, newId](const BookmarkRecord& bookmark, const BookmarkDone& done) {
      log << QStringLiteral("%1 %2 %3").arg(verb).arg(bookmark.id).arg(QString::fromStdString(bookmark.label));
      const qint64 id = bookmark.id != 0 ? bookmark.id : newId;
      waiting.push_back([=](bool ok) { done(ok ? std::optional(id) : std::nullopt); });
    };
  }
};

QString text(const char* words) {
  return QString::fromUtf8(words);
}

TEST(UndoCommands, RenamingGoesBackAndForth) {
  FakeWorker worker;
  QUndoStack stack;
  stack.push(new RenameSessionCommand(text("/a"), text("a"), text("b"), worker.rename()));
  EXPECT_EQ(stack.undoText(), text("rename “a” to “b”"));
  worker.finish();
  stack.undo();
  worker.finish();
  stack.redo();
  worker.finish();
  EXPECT_EQ(worker.takeLog(), text("/a->b, /b->a, /a->b"));
}

TEST(UndoCommands, UndoneWhileItIsBeingDoneItIsUndoneAfterwards) {
  FakeWorker worker;
  QUndoStack stack;
  stack.push(new RenameSessionCommand(text("/a"), text("a"), text("b"), worker.rename()));
  stack.undo();
  EXPECT_EQ(worker.takeLog(), text("/a->b"));
  worker.finish();
  EXPECT_EQ(worker.takeLog(), text("/b->a"));
  stack.redo();
  stack.undo();
  worker.finish();
  EXPECT_EQ(worker.takeLog(), QString()) << "asked for both meanwhile: it is as wanted already";
  EXPECT_TRUE(worker.waiting.empty());
}

TEST(UndoCommands, WhatFailedLeavesTheStack) {
  FakeWorker worker;
  QUndoStack stack;
  stack.push(new RenameSessionCommand(text("/a"), text("a"), text("b"), worker.rename()));
  worker.finish(false);
  stack.undo();
  EXPECT_EQ(stack.count(), 0);
  EXPECT_EQ(worker.takeLog(), text("/a->b"));
  stack.push(new RenameSessionCommand(text("/a"), text("a"), text("b"), worker.rename()));
  worker.finish();
  stack.undo();
  worker.finish(false);
  stack.redo();
  EXPECT_EQ(stack.count(), 0);
}

TEST(UndoCommands, TheStackMayGoBeforeTheWorkIsDone) {
  FakeWorker worker;
  {
    QUndoStack stack;
    stack.push(new TrashSessionCommand(text("/a"), text("a"), worker.move(text("T")), worker.move(text("R"))));
  }
  worker.finish();
  EXPECT_EQ(worker.takeLog(), text("/a to T"));
}

TEST(UndoCommands, TrashIsRestoredFromWhereItWentAndThrownAwayFromWhereItCame) {
  FakeWorker worker;
  QUndoStack stack;
  stack.push(new TrashSessionCommand(text("/a"), text("a"), worker.move(text("T")), worker.move(text("/a (2)"))));
  EXPECT_EQ(stack.undoText(), text("move “a” to the trash"));
  worker.finish();
  stack.undo();
  worker.finish();
  stack.redo();
  EXPECT_EQ(worker.takeLog(), text("/a to T, T to /a (2), /a (2) to T"));
}

TEST(UndoCommands, BookmarksKeepTheirNumbers) {
  FakeWorker worker;
  QUndoStack stack;
  const BookmarkRecord added{0, 10, "here", ""};
  stack.push(new AddBookmarkCommand(added, worker.change(text("add"), 7), worker.change(text("remove"), 0)));
  worker.finish();
  stack.undo();
  worker.finish();
  stack.redo();
  worker.finish();
  EXPECT_EQ(worker.takeLog(), text("add 0 here, remove 7 here, add 7 here"));
  const BookmarkRecord removed{3, 10, "there", "then"};
  stack.push(new RemoveBookmarkCommand(removed, worker.change(text("add"), 9), worker.change(text("remove"), 0)));
  worker.finish();
  stack.undo();
  worker.finish();
  EXPECT_EQ(worker.takeLog(), text("remove 3 there, add 3 there"));
}

TEST(UndoCommands, BookmarksGetTheirLabelsBack) {
  FakeWorker worker;
  QUndoStack stack;
  stack.push(new RenameBookmarkCommand({3, 10, "old", "then"}, text("new"), worker.change(text("update"), 0)));
  worker.finish();
  stack.undo();
  worker.finish();
  EXPECT_EQ(worker.takeLog(), text("update 3 new, update 3 old"));
  EXPECT_EQ(stack.redoText(), text("rename a bookmark"));
}

}  // namespace
}  // namespace tidemark::ui
