// kill -9 at any time: a session loses at most the transaction that was running.

#include <gmock/gmock.h>
#include <poll.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "engine/session/session_store.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::IsEmpty;

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
  for (int round = 0; round < 30; ++round) {
    int channel[2];
    ASSERT_EQ(pipe(channel), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) writeForever(path, channel[1]);
    close(channel[1]);
    last = killAfter(child, channel[0], std::chrono::microseconds(random() % 150000), last);
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
