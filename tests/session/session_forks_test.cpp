// Forks that are being made: the beginning of a session, held while it is made, and gone when its maker was killed.

#include "engine/session/session_forks.h"

#include <gmock/gmock.h>
#include <poll.h>

#include <csignal>

#include "engine/session/schema.h"
#include "engine/session/session_leftovers.h"
#include "engine/session/session_library.h"
#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
namespace fs = std::filesystem;

class SessionForksTest : public SessionTest {
 protected:
  /// Eight segments with a snapshot after every second one, traces, a timeline over them, a question and a tail.
  [[nodiscard]] SessionStore full() const {
    SessionStore store = create();
    EXPECT_TRUE(storeDocument(store, "a", sampleText(800)).ok());
    for (std::int64_t segment = 0; segment < 8; ++segment) {
      EXPECT_TRUE(storeSegment(store, segment, segment % 2 == 1).ok());
      const std::vector<TraceRecord> traces = {{segment, std::vector<std::byte>(9, std::byte{3})}};
      EXPECT_TRUE(store.storeTraces(traces).ok());
    }
    EXPECT_TRUE(store.storeTail({8, {{71, 72}, {{160, 164}, {164, 168}}}, {168, 0}}).ok());
    const auto timeline = store.beginTimeline("Where?");
    for (const std::int64_t segment : {1, 3, 5, 7}) {
      EXPECT_TRUE(store.addTimelinePoint(timeline->id, {segment, "here", {1}, -0.5}).ok());
    }
    QuestionRecord question;
    question.question = "Who?";
    question.asOfSegment = 7;
    EXPECT_TRUE(store.beginQuestion(question).ok());
    EXPECT_TRUE(store.addBookmark({0, 90, "mark", ""}).ok());
    return store;
  }
  [[nodiscard]] std::vector<std::string> forkFiles() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(m_folder.path())) {
      const std::string name = entry.path().filename().string();
      if (name.find("-fork") != std::string::npos) found.push_back(name);
    }
    return found;
  }
  const fs::path m_target = m_folder / "child.tidemark";
};

TEST_F(SessionForksTest, ABeginningHoldsWhatItsSegmentsLeft) {
  const SessionStore store = full();
  ASSERT_TRUE(store.copyBeginningTo(m_target, 4).ok());
  EXPECT_EQ(store.copyBeginningTo(m_target, 4).error().code, ErrorCode::kInvalidArgument);
  const auto copy = SessionStore::open(m_target, SessionAccess::kWrite);
  ASSERT_TRUE(copy.ok()) << copy.error().message;
  EXPECT_THAT(problemsOf(*copy), IsEmpty());
  EXPECT_EQ(*copy->segmentCount(), 4);
  EXPECT_EQ(copy->traces(0, 9)->size(), 4u);
  EXPECT_EQ(copy->metrics(0, 9)->size(), store.metrics(0, 4)->size());
  ASSERT_EQ(copy->snapshots()->size(), 2u);
  expectEqual(*copy->loadSnapshot(copy->snapshots()->back().id), *store.loadSnapshot((*store.snapshots())[1].id));
  EXPECT_EQ(copy->timelines()->front().points.size(), 2u);
  EXPECT_FALSE(copy->loadTail(4)->has_value());
  EXPECT_EQ(copy->documents()->front().bytes, store.documents()->front().bytes);
  EXPECT_EQ(copy->questions()->front().question, "Who?");
  EXPECT_EQ(*copy->bookmarks(), *store.bookmarks());
  // All of it is the same as a copy.
  ASSERT_TRUE(store.copyBeginningTo(m_folder / "whole.tidemark", 8).ok());
  const auto whole = SessionStore::open(m_folder / "whole.tidemark", SessionAccess::kRead);
  EXPECT_EQ(whole->snapshots()->size(), 4u);
  EXPECT_TRUE(whole->loadTail(8)->has_value());
  EXPECT_THAT(problemsOf(*whole), IsEmpty());
}

TEST_F(SessionForksTest, ABeginningOfAnOlderFormatIsBroughtUpToDateWithoutABackup) {
  { (void)full(); }
  {
    const auto database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database->execute(kBackToVersion1, "go back").ok());
  }
  {
    const SessionStore store = open(SessionAccess::kRead);
    ASSERT_TRUE(store.copyBeginningTo(m_target, 4).ok());
  }
  const auto copy = SessionStore::open(m_target, SessionAccess::kRead);
  ASSERT_TRUE(copy.ok()) << copy.error().message;
  EXPECT_EQ(*copy->segmentCount(), 4);
  EXPECT_THAT(problemsOf(*copy), IsEmpty());
  EXPECT_EQ(*Database::open(m_target, DatabaseMode::kRead)->integer("PRAGMA user_version", "read"),
            sessionMigrations().back().version);
  for (const auto& entry : fs::directory_iterator(m_folder.path())) EXPECT_NE(entry.path().extension(), ".bak");
}

TEST_F(SessionForksTest, AForkIsThereOnceItIsPublishedAndOtherwiseLeavesNothing) {
  const SessionStore store = full();
  {
    auto fork = UnfinishedFork::begin(m_target);
    ASSERT_TRUE(fork.ok()) << fork.error().message;
    ASSERT_TRUE(store.copyBeginningTo(fork->path(), 2).ok());
    removeUnfinishedForks(m_folder.path());
    EXPECT_TRUE(fs::exists(fork->path())) << "it is being made";
    EXPECT_EQ(UnfinishedFork::begin(m_target).error().code, ErrorCode::kBusy);
  }
  EXPECT_THAT(forkFiles(), IsEmpty());
  EXPECT_FALSE(fs::exists(m_target));
  {
    auto fork = UnfinishedFork::begin(m_target);
    ASSERT_TRUE(fork.ok() && store.copyBeginningTo(fork->path(), 2).ok());
    ASSERT_TRUE(fork->publish().ok());
  }
  EXPECT_THAT(forkFiles(), IsEmpty());
  EXPECT_EQ(*SessionStore::open(m_target, SessionAccess::kRead)->segmentCount(), 2);
  EXPECT_EQ(UnfinishedFork::begin(m_target).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SessionForksTest, WhatAKilledForkLeftGoesAndNothingElse) {
  { (void)full(); }
  int channel[2];
  ASSERT_EQ(pipe(channel), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // makes a fork, opens it, and never ends
    const auto store = SessionStore::open(m_path, SessionAccess::kRead);
    auto made = UnfinishedFork::begin(m_target);
    if (!store || !made || !store->copyBeginningTo(made->path(), 4)) _exit(1);
    std::ofstream(made->path().string() + "-new") << "half a copy";
    const auto opened = SessionStore::open(made->path(), SessionAccess::kWrite);
    if (!opened || write(channel[1], "x", 1) != 1) _exit(2);
    pause();
  }
  pollfd made{channel[0], POLLIN, 0};
  ASSERT_EQ(poll(&made, 1, 20'000), 1);
  const std::vector<std::string> during = forkFiles();
  EXPECT_GE(during.size(), 4u);  // with log, locks and the copy
  removeUnfinishedForks(m_folder.path());
  EXPECT_EQ(forkFiles().size(), during.size()) << "somebody is making it";
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  close(channel[0]);
  close(channel[1]);

  std::ofstream(m_folder / "my-fork.tidemark") << "not ours";
  std::ofstream(m_folder / "notes.tidemark-forks") << "not ours";
  removeUnfinishedForks(m_folder.path());
  EXPECT_THAT(forkFiles(), testing::UnorderedElementsAre("my-fork.tidemark", "notes.tidemark-forks"));
  EXPECT_THAT(problemsOf(open(SessionAccess::kRead)), IsEmpty());
  removeUnfinishedForks(m_folder / "nowhere");
}

TEST_F(SessionForksTest, CopiesThatNobodyWritesToAreRemovedAfterADay) {
  const auto make = [this](const std::string& name, int hours) {
    std::ofstream(m_folder / name) << "half";
    fs::last_write_time(m_folder / name, fs::file_time_type::clock::now() - std::chrono::hours(hours));
  };
  for (const char* name : {"a.tidemark-new", "a.tidemark-new-journal", "b.tidemark-export", "b.tidemark-export-wal"}) {
    make(name, 25);
  }
  const std::vector<std::string> kept = {"c.tidemark-new", "d.tidemark",    "e.tidemark-wal",
                                         "f-new",          ".tidemark-new", "g.tidemark-news"};
  make(kept[0], 23);
  for (std::size_t i = 1; i < kept.size(); ++i) make(kept[i], 2500);
  fs::create_directory(m_folder / "h.tidemark-new");
  removeLeftovers(m_folder.path());
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(m_folder.path())) {
    if (entry.is_regular_file()) left.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(left, testing::UnorderedElementsAreArray(kept));
  EXPECT_TRUE(fs::exists(m_folder / "h.tidemark-new"));
  removeLeftovers(m_folder / "nowhere");
}

}  // namespace
}  // namespace tidemark
