#include "engine/service/session_host.h"

#include <gmock/gmock.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

/// Collects notices and waits for one that fits.
class NoticeLog {
 public:
  [[nodiscard]] NoticeSink sink() {
    return [this](SessionNotice notice) {
      const std::lock_guard lock(m_mutex);
      m_notices.push_back(std::move(notice));
      m_changed.notify_all();
    };
  }

  template <typename T>
  [[nodiscard]] std::optional<T> wait(SessionToken token) {
    return waitFor<T>([token](const SessionNotice& notice) {
      const T* match = std::get_if<T>(&notice);
      return match != nullptr && match->token == token ? match : nullptr;
    });
  }
  template <typename T>
  [[nodiscard]] std::optional<T> waitEvent(RunId run) {
    return waitFor<T>([run](const SessionNotice& notice) -> const T* {
      const auto* engine = std::get_if<EngineNotice>(&notice);
      const T* match = engine != nullptr ? std::get_if<T>(&engine->event) : nullptr;
      return match != nullptr && match->run == run ? match : nullptr;
    });
  }

 private:
  template <typename T, typename Pick>
  std::optional<T> waitFor(const Pick& pick) {
    std::unique_lock lock(m_mutex);
    std::optional<T> found;
    m_changed.wait_for(lock, std::chrono::minutes(1), [&] {
      for (const SessionNotice& notice : m_notices) {
        if (const T* match = pick(notice)) {
          found = *match;
          return true;
        }
      }
      return false;
    });
    return found;
  }

  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<SessionNotice> m_notices;
};

class SessionHostTest : public ServiceTest {
 protected:
  OpenSessionRequest request(const std::string& name, bool create) {
    return {m_directory / name, create, resource("models/mini"), {BackendChoice::kCpu, 2}};
  }
  NoticeLog m_log;  // outlives every host of a test
};

TEST_F(SessionHostTest, CreatesReadsAndShowsWhatItReadWhenOpenedAgain) {
  SessionHost host(m_log.sink());
  const SessionToken made = host.open(request("a.tidemark", true));
  const auto ready = m_log.wait<SessionReady>(made);
  ASSERT_TRUE(ready);
  EXPECT_EQ(ready->model.stateBytes, 594432u);
  EXPECT_THAT(ready->model.device, HasSubstr("thread"));
  const auto run = host.read(readRequest(resource("samples/tavern-night.txt")));
  ASSERT_TRUE(run.ok());
  ASSERT_TRUE(m_log.waitEvent<ReadFinished>(*run));

  const SessionToken again = host.open(request("a.tidemark", false));
  const auto shown = m_log.wait<SessionShown>(again);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->segments.size(), 38u);
  EXPECT_EQ(shown->metrics.size(), 38u * 6);
  EXPECT_TRUE(shown->overview.size.finished);
  ASSERT_TRUE(m_log.wait<SessionReady>(again));
  const auto asked = host.ask(askRequest("Where was Mary born?"));
  ASSERT_TRUE(asked.ok());
  const auto answer = m_log.waitEvent<AnswerFinished>(*asked);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question.answer, "Geneva");
}

TEST_F(SessionHostTest, AForkIsMadeAndOpenedAndItsParentStaysAsItIs) {
  SessionHost host(m_log.sink());
  const SessionToken made = host.open(request("a.tidemark", true));
  ASSERT_TRUE(m_log.wait<SessionReady>(made));
  const auto run = host.read(readRequest(resource("samples/tavern-night.txt")));
  ASSERT_TRUE(run.ok());
  const auto read = m_log.waitEvent<ReadFinished>(*run);
  ASSERT_TRUE(read);
  host.close();

  // The name that is wished for is taken: by the session itself.
  OpenSessionRequest fork = request("a.tidemark", false);
  fork.fork = ForkOf{m_directory / "a.tidemark", {5'000, 9'000}};
  const SessionToken forked = host.open(fork);
  const auto shown = m_log.wait<SessionShown>(forked);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->path.filename(), "a (2).tidemark");
  EXPECT_LT(shown->segments.size(), 38u);
  ASSERT_TRUE(m_log.wait<SessionReady>(forked));
  ASSERT_TRUE(m_log.waitEvent<ReadFinished>(*host.read({})));

  const SessionToken again = host.open(request("a.tidemark", false));
  const auto parent = m_log.wait<SessionShown>(again);
  ASSERT_TRUE(parent);
  EXPECT_EQ(parent->overview.stateHash, read->stateHash);
  EXPECT_EQ(parent->segments.size(), 38u);
}

TEST_F(SessionHostTest, AForkThatCannotBeMadeLeavesNoFileAndSaysWhy) {
  SessionHost host(m_log.sink());
  const SessionToken made = host.open(request("a.tidemark", true));
  ASSERT_TRUE(m_log.wait<SessionReady>(made));
  ASSERT_TRUE(m_log.waitEvent<ReadFinished>(*host.read(readRequest(resource("samples/tavern-night.txt")))));
  OpenSessionRequest fork = request("fork.tidemark", false);
  fork.fork = ForkOf{m_directory / "a.tidemark", {5'000, 5'000}};  // nothing
  const auto refused = m_log.wait<SessionUnavailable>(host.open(fork));
  ASSERT_TRUE(refused);
  EXPECT_FALSE(refused->shown);
  EXPECT_EQ(refused->error.code, ErrorCode::kInvalidArgument);
  EXPECT_FALSE(std::filesystem::exists(m_directory / "fork.tidemark"));
  fork.fork->session = m_directory / "nowhere.tidemark";
  EXPECT_TRUE(m_log.wait<SessionUnavailable>(host.open(fork)));
}

TEST_F(SessionHostTest, TimelinesPinsAndRemovalsReachTheSessionThatIsOpen) {
  SessionHost host(m_log.sink());
  EXPECT_EQ(host.work(PinRequest{3}).error().code, ErrorCode::kInvalidArgument);  // none is
  const SessionToken made = host.open(request("a.tidemark", true));
  ASSERT_TRUE(m_log.wait<SessionReady>(made));
  ASSERT_TRUE(m_log.waitEvent<ReadFinished>(*host.read(readRequest(resource("samples/tavern-night.txt")))));
  const auto pinned = m_log.waitEvent<SnapshotPinned>(*host.work(PinRequest{3}));
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->snapshot.segment, 3);
  EXPECT_TRUE(pinned->snapshot.pinned);
  const auto timeline = m_log.waitEvent<TimelineFinished>(*host.work(TimelineRequest{"Where was Mary born?", 10, 16}));
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->timeline.points.size(), 4u);  // after segments 9, 19, 29 and the last one
  const std::uint64_t end = std::filesystem::file_size(resource("samples/tavern-night.txt"));
  const auto removed = m_log.waitEvent<TextRemoved>(*host.work(RemoveTextRequest{{9'000, end}}));
  ASSERT_TRUE(removed);
  EXPECT_TRUE(removed->readFinished);
  const auto shown = m_log.wait<SessionShown>(host.open(request("a.tidemark", false)));
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->overview.timelines.size(), 1u);
  EXPECT_EQ(static_cast<std::int64_t>(shown->segments.size()), removed->segmentsKept);
}

TEST_F(SessionHostTest, ASessionIntoWhichNothingCameLeavesNoFile) {
  {
    SessionHost host(m_log.sink());
    const SessionToken made = host.open(request("empty.tidemark", true));
    ASSERT_TRUE(m_log.wait<SessionReady>(made));
    const auto run = host.read(readRequest(m_directory / "missing.txt"));
    ASSERT_TRUE(run.ok());
    ASSERT_TRUE(m_log.waitEvent<RunFailed>(*run));
    const SessionToken closed = host.close();
    ASSERT_TRUE(m_log.wait<SessionClosed>(closed));
  }
  EXPECT_TRUE(std::filesystem::is_empty(m_directory));
}

TEST_F(SessionHostTest, AModelThatFailsLeavesTheSessionReadable) {
  readAll("a.tidemark", resource("samples/tavern-night.txt"));
  SessionHost host(m_log.sink());
  OpenSessionRequest broken = request("a.tidemark", false);
  broken.modelDirectory = m_directory;
  const SessionToken token = host.open(broken);
  const auto shown = m_log.wait<SessionShown>(token);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->overview.documents.size(), 1u);
  const auto unavailable = m_log.wait<SessionUnavailable>(token);
  ASSERT_TRUE(unavailable);
  EXPECT_TRUE(unavailable->shown);
  EXPECT_THAT(unavailable->error.message, HasSubstr("no weights"));
  EXPECT_FALSE(host.ask(askRequest("Where is Mary?")).ok());
  // And with a model that works it is there.
  ASSERT_TRUE(m_log.wait<SessionReady>(host.open(request("a.tidemark", false))));
}

TEST_F(SessionHostTest, AModelThatIsWithheldIsNotLoadedAndTheSessionIsShown) {
  readAll("a.tidemark", resource("samples/tavern-night.txt"));
  const auto notes = std::make_shared<LoadNotes>(m_directory / "loading");
  SessionHost host(m_log.sink(), notes);
  OpenSessionRequest withheld = request("a.tidemark", false);
  withheld.withheld = "it did not end well the last time.";
  const SessionToken token = host.open(withheld);
  ASSERT_TRUE(m_log.wait<SessionShown>(token));
  const auto unavailable = m_log.wait<SessionUnavailable>(token);
  ASSERT_TRUE(unavailable);
  EXPECT_TRUE(unavailable->shown);
  EXPECT_EQ(unavailable->error.message, withheld.withheld);
  EXPECT_FALSE(std::filesystem::exists(m_directory / "loading")) << "nothing was noted: nothing was loaded";
  ASSERT_TRUE(m_log.wait<SessionReady>(host.open(request("a.tidemark", false))));
  EXPECT_TRUE(std::filesystem::is_empty(m_directory / "loading")) << "noted while it was loaded, and no longer";
  OpenSessionRequest broken = request("a.tidemark", false);
  broken.modelDirectory = m_directory;
  ASSERT_TRUE(m_log.wait<SessionUnavailable>(host.open(broken)));
  EXPECT_TRUE(std::filesystem::is_empty(m_directory / "loading")) << "failing in order is no crash";
}

// The same way out as on a disk that cannot be written to.
TEST_F(SessionHostTest, ASessionThatSomebodyElseWritesToCanBeLookedAt) {
  readAll("a.tidemark", resource("samples/tavern-night.txt"));
  const auto other = SessionStore::open(m_directory / "a.tidemark", SessionAccess::kWrite);
  ASSERT_TRUE(other.ok());
  SessionHost host(m_log.sink());
  const SessionToken token = host.open(request("a.tidemark", false));
  const auto shown = m_log.wait<SessionShown>(token);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->segments.size(), 38u);
  const auto unavailable = m_log.wait<SessionUnavailable>(token);
  ASSERT_TRUE(unavailable);
  EXPECT_TRUE(unavailable->shown);
  EXPECT_EQ(unavailable->error.code, ErrorCode::kBusy);
}

TEST_F(SessionHostTest, WhatIsNoSessionIsRefusedInWords) {
  SessionHost host(m_log.sink());
  const SessionToken token = host.open({write("no.tidemark", "not a session"), false, resource("models/mini"), {}});
  const auto unavailable = m_log.wait<SessionUnavailable>(token);
  ASSERT_TRUE(unavailable);
  EXPECT_FALSE(unavailable->shown);
  EXPECT_FALSE(unavailable->error.message.empty());
}

TEST_F(SessionHostTest, ClosingDuringAReadStoresItAndItGoesOnToTheSameState) {
  const ReadFinished whole = readAll("whole.tidemark", longText());
  SessionHost host(m_log.sink());
  ASSERT_TRUE(m_log.wait<SessionReady>(host.open(request("b.tidemark", true))));
  ReadRequest reading = readRequest(longText());
  reading.snapshotSeconds = 0;
  const auto run = host.read(reading);
  ASSERT_TRUE(run.ok());
  const auto stored = m_log.waitEvent<SnapshotStored>(*run);
  ASSERT_TRUE(stored);
  EXPECT_GE(stored->sessionBytes, std::filesystem::file_size(m_directory / "b.tidemark"));
  ASSERT_TRUE(m_log.wait<SessionClosed>(host.close()));

  const SessionToken again = host.open(request("b.tidemark", false));
  const auto shown = m_log.wait<SessionShown>(again);
  ASSERT_TRUE(shown);
  EXPECT_GT(shown->segments.size(), 0u);
  ASSERT_TRUE(m_log.wait<SessionReady>(again));
  const auto rest = host.read({});
  ASSERT_TRUE(rest.ok());
  const auto finished = m_log.waitEvent<ReadFinished>(*rest);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, whole.stateHash);
}

TEST_F(SessionHostTest, OnlyTheNewestOfSeveralOpensCounts) {
  readAll("a.tidemark", resource("samples/tavern-night.txt"));
  SessionHost host(m_log.sink());
  for (int i = 0; i < 20; ++i) host.open(request("a.tidemark", false));
  const SessionToken last = host.open(request("a.tidemark", false));
  ASSERT_TRUE(m_log.wait<SessionReady>(last));
}

}  // namespace
}  // namespace tidemark
