// kill -9 at any time: a session loses at most the transaction that was running.

#include <gmock/gmock.h>
#include <poll.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "engine/session/schema.h"
#include "engine/session/session_export.h"
#include "engine/session/session_store.h"
#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::IsEmpty;

constexpr int kRounds = 50;

struct Acknowledged {
  std::int64_t segments = 0;
  std::int64_t questions = 0;
};

/// Adds segments, snapshots, questions and the tail for ever; says after each transaction what is in the file.
[[noreturn]] void writeForever(const std::filesystem::path& path, int acknowledge) {
  Result<SessionStore> store = SessionStore::open(path, SessionAccess::kWrite);
  if (!store) _exit(1);
  Acknowledged done{*store->segmentCount(), static_cast<std::int64_t>(store->questions()->size())};
  while (true) {
    const std::vector<SegmentRecord> segments = {smallSegment(done.segments)};
    const SnapshotRecord snapshot = smallSnapshot(done.segments, 0, 50000);
    if (!store->storeProgress({segments, {}, done.segments % 3 == 0 ? &snapshot : nullptr})) _exit(2);
    ++done.segments;
    if (write(acknowledge, &done, sizeof(done)) != sizeof(done)) _exit(3);

    QuestionRecord question;
    question.question = "question " + std::to_string(done.questions);
    question.answer = "answer " + std::to_string(done.questions);
    question.state = QuestionState::kDone;
    if (!store->beginQuestion(question)) _exit(4);
    ++done.questions;
    if (write(acknowledge, &done, sizeof(done)) != sizeof(done)) _exit(3);
    if (!store->thinSnapshots(20 * 400000)) _exit(5);
  }
}

/// Reads what the child says until it has been killed after `delay`; returns the last word.
Acknowledged killAfter(pid_t child, int acknowledgements, std::chrono::microseconds delay, Acknowledged last) {
  pollfd first{acknowledgements, POLLIN, 0};
  poll(&first, 1, 10000);  // it is at work
  std::this_thread::sleep_for(delay);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
  Acknowledged said;
  while (read(acknowledgements, &said, sizeof(said)) == sizeof(said)) last = said;
  return last;
}

TEST(SessionKill, LosesAtMostTheRunningTransaction) {
  TemporaryFolder folder;
  const std::filesystem::path path = folder / "s.tidemark";
  {
    Result<SessionStore> store = SessionStore::create(path, smallModel());
    ASSERT_TRUE(store.ok());
    ASSERT_TRUE(storeDocument(*store, "a", sampleText(4 * 1024 * 1024)).ok());
  }
  std::mt19937 random(11);
  Acknowledged last;
  for (int round = 0; round < kRounds; ++round) {
    int channel[2];
    ASSERT_EQ(pipe(channel), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) writeForever(path, channel[1]);
    close(channel[1]);
    last = killAfter(child, channel[0], std::chrono::microseconds(random() % 90000), last);
    close(channel[0]);

    const Result<SessionStore> store = SessionStore::open(path, SessionAccess::kWrite);
    ASSERT_TRUE(store.ok()) << store.error().message;
    ASSERT_THAT(problemsOf(*store), IsEmpty());
    const std::int64_t segments = *store->segmentCount();
    EXPECT_GE(segments, last.segments);
    EXPECT_LE(segments, last.segments + 1);  // committed, but killed before it could say so
    const auto questions = store->questions();
    ASSERT_TRUE(questions.ok()) << questions.error().message;
    EXPECT_GE(static_cast<std::int64_t>(questions->size()), last.questions);
    EXPECT_LE(static_cast<std::int64_t>(questions->size()), last.questions + 1);
    for (std::size_t i = 0; i < questions->size(); ++i) {
      ASSERT_EQ((*questions)[i].answer, "answer " + std::to_string(i));
      ASSERT_EQ((*questions)[i].state, QuestionState::kDone);
    }
    last = {segments, static_cast<std::int64_t>(questions->size())};
  }
  EXPECT_GT(last.segments, 100);
}

/// Runs `work` in a child and kills that after `delay`.
void killWhile(const std::function<bool()>& work, std::chrono::microseconds delay) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) _exit(work() ? 0 : 1);
  std::this_thread::sleep_for(delay);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "the child failed by itself";
}

/// Delays of which some are too short and a few too long for `work`.
class Delays {
 public:
  explicit Delays(const std::function<bool()>& work) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_TRUE(work());
    const auto whole = std::chrono::steady_clock::now() - start;
    m_longest = std::max<std::int64_t>(std::chrono::duration_cast<std::chrono::microseconds>(whole).count() * 5 / 4, 1);
  }
  std::chrono::microseconds next() {
    return std::chrono::microseconds(static_cast<std::int64_t>(m_random()) % m_longest);
  }

 private:
  std::mt19937 m_random{13};
  std::int64_t m_longest = 1;
};

/// A session that was read to its end.
void writeSession(const std::filesystem::path& path) {
  Result<SessionStore> store = SessionStore::create(path, smallModel());
  ASSERT_TRUE(store.ok());
  ASSERT_TRUE(storeDocument(*store, "a", sampleText(1024 * 1024)).ok());
  for (std::int64_t segment = 0; segment < 40; ++segment) ASSERT_TRUE(storeSegment(*store, segment, true).ok());
  ASSERT_TRUE(store->storeTail(TailRecord{40, {{7}, {{800, 803}}}, {800, 9}}).ok());
}

void expectCopiesWholeOrAbsent(const std::function<Status(const SessionStore&, const std::filesystem::path&)>& copy) {
  TemporaryFolder folder;
  const std::filesystem::path path = folder / "s.tidemark";
  const std::filesystem::path target = folder / "copy.tidemark";
  writeSession(path);
  const std::string before = fileBytes(path);
  const auto work = [&] {
    const auto store = SessionStore::open(path, SessionAccess::kRead);
    return store.ok() && copy(*store, target).ok();
  };
  Delays delays(work);
  int absent = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::filesystem::remove(target);
    killWhile(work, delays.next());
    EXPECT_EQ(fileBytes(path), before) << round;
    if (!std::filesystem::exists(target)) {
      ++absent;
      continue;
    }
    const auto made = SessionStore::open(target, SessionAccess::kRead);
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_THAT(problemsOf(*made), IsEmpty());
    EXPECT_EQ(*made->segmentCount(), 40);
  }
  EXPECT_GT(absent, 0);
  std::filesystem::remove(target);
  EXPECT_TRUE(work()) << "what a killed copy left is in the way";
}

TEST(SessionKill, CopiesAreThereWholeOrNotAtAll) {
  expectCopiesWholeOrAbsent(
      [](const SessionStore& store, const std::filesystem::path& target) { return store.copyTo(target); });
}

TEST(SessionKill, ExportedMemoriesAreThereWholeOrNotAtAll) {
  expectCopiesWholeOrAbsent([](const SessionStore& store, const std::filesystem::path& target) {
    return exportMemory(store, target, MemoryExport{});
  });
}

TEST(SessionKill, AnOlderFormatIsBroughtUpToDateOrStaysAsItWas) {
  TemporaryFolder folder;
  const std::filesystem::path path = folder / "s.tidemark";
  writeSession(path);
  {
    const auto database = Database::open(path, DatabaseMode::kWrite);
    ASSERT_TRUE(database->execute(kBackToVersion1, "go back").ok());
    ASSERT_TRUE(checkSchema(*database, sessionMigrations().first(1)).ok());
  }
  const std::string before = fileBytes(path);
  const auto work = [&] { return SessionStore::open(path, SessionAccess::kWrite).ok(); };
  Delays delays(work);
  int older = 0;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) std::filesystem::remove(entry.path());
    writeFile(path, before);
    killWhile(work, delays.next());
    {
      const auto looked = SessionStore::open(path, SessionAccess::kRead);
      ASSERT_TRUE(looked.ok()) << looked.error().message;
      EXPECT_THAT(problemsOf(*looked), IsEmpty());
      EXPECT_EQ(*looked->segmentCount(), 40);
    }
    const std::filesystem::path backup = folder / "s.tidemark.v1.bak";
    if (std::filesystem::exists(backup)) {
      const auto kept = SessionStore::open(backup, SessionAccess::kRead);
      ASSERT_TRUE(kept.ok()) << kept.error().message;
      EXPECT_THAT(problemsOf(*kept), IsEmpty());
    } else {
      ++older;
    }
    const auto store = SessionStore::open(path, SessionAccess::kWrite);
    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_THAT(problemsOf(*store), IsEmpty());
  }
  EXPECT_GT(older, 0);
  EXPECT_LT(older, kRounds);
}

TEST(SessionKill, InterruptedCreationLeavesNoHalfSession) {
  std::mt19937 random(12);
  for (int round = 0; round < 20; ++round) {
    TemporaryFolder folder;
    const std::filesystem::path path = folder / "s.tidemark";
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(SessionStore::create(path, smallModel()).ok() ? 0 : 1);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 30000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    const bool exists = std::filesystem::exists(path);
    const Result<SessionStore> store =
        exists ? SessionStore::open(path, SessionAccess::kWrite) : SessionStore::create(path, smallModel());
    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_THAT(problemsOf(*store), IsEmpty());
  }
}

}  // namespace
}  // namespace tidemark
