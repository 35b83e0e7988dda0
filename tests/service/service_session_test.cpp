// Bookmarks while other runs go on, and one loaded model for several sessions.

#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using testing::EventLog;

class ServiceSessionTest : public ServiceTest {
 protected:
  Result<SessionStore> openOrCreate(const std::string& session, const ModelIdentity& model) {
    const auto path = m_directory / session;
    return std::filesystem::exists(path) ? SessionStore::open(path, SessionAccess::kWrite)
                                         : SessionStore::create(path, model);
  }
};

TEST_F(ServiceSessionTest, BookmarksAreChangedWhileAReadGoesOn) {
  const auto file = longText();
  EventLog log;
  auto service = start("a.tidemark", log);
  const auto run = service->read(readRequest(file));
  while (log.count<GroupFinished>() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto added = log.wait<BookmarksChanged>(*service->addBookmark({0, 30, "here", ""}));
  ASSERT_TRUE(added);
  EXPECT_EQ(added->bookmarkId, 1);
  ASSERT_EQ(added->bookmarks.size(), 1u);
  EXPECT_EQ(log.count<ReadFinished>(), 0u);
  // Also while nothing else moves.
  service->pause(*run);
  ASSERT_TRUE(log.wait<RunPaused>(*run));
  const auto updated = log.wait<BookmarksChanged>(*service->updateBookmark({1, 40, "there", ""}));
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->bookmarks.front().label, "there");
  const BookmarkRecord before = updated->bookmarks.front();
  const auto removed = log.wait<BookmarksChanged>(*service->removeBookmark(1));
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->bookmarkId, 1);
  EXPECT_TRUE(removed->bookmarks.empty());
  const auto back = log.wait<BookmarksChanged>(*service->addBookmark(before));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->bookmarks.front(), before);
  EXPECT_EQ(log.count<ReadFinished>(), 0u);
  const auto failedRun = service->removeBookmark(7);
  const auto failed = log.wait<RunFailed>(*failedRun);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->error.code, ErrorCode::kNotFound);
  service->resume(*run);
  EXPECT_TRUE(log.wait<ReadFinished>(*run));
}

TEST_F(ServiceSessionTest, ABookmarkSentBeforeTheStopIsKept) {
  for (int round = 0; round < 20; ++round) {
    const std::string name = std::to_string(round) + ".tidemark";
    EventLog log;
    auto service = start(name, log, 1);
    ASSERT_TRUE(service->addBookmark({0, 0, "here", ""}).ok());
    service.reset();
    EXPECT_EQ(log.count<BookmarksChanged>(), 1u) << round;
  }
}

TEST_F(ServiceSessionTest, TheModelOfAStoppedServiceReadsAnotherSession) {
  const auto file = resource("samples/tavern-night.txt");
  const std::string fresh = readAll("fresh.tidemark", file).stateHash;
  const auto interrupted = longText();

  EventLog log;
  auto service = start("first.tidemark", log);
  const auto run = service->read(readRequest(interrupted));
  while (log.count<GroupFinished>() < 3) std::this_thread::sleep_for(std::chrono::milliseconds(1));

  LoadedModel model = EngineService::stop(std::move(service)).value();
  const Backend* const backend = model.backend.get();
  ASSERT_NE(backend, nullptr);
  EXPECT_TRUE(log.wait<RunCancelled>(*run));
  // The session is closed: it can be moved, opened by others, or opened again.
  ASSERT_TRUE(SessionStore::open(m_directory / "first.tidemark", SessionAccess::kWrite).ok());

  EventLog second;
  auto store = openOrCreate("second.tidemark", model.identity);
  ASSERT_TRUE(store.ok());
  auto restarted = EngineService::start(std::move(model), std::move(*store), second.sink());
  ASSERT_TRUE(restarted.ok()) << restarted.error().message;
  const auto finished = second.wait<ReadFinished>(*(*restarted)->read(readRequest(file)));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, fresh);
  EXPECT_EQ(finished->segmentsResumed, 0);

  // Back to the first: it goes on where it was, with the same model again.
  model = EngineService::stop(std::move(*restarted)).value();
  EXPECT_EQ(model.backend.get(), backend);
  const std::string whole = readAll("whole.tidemark", interrupted).stateHash;
  EventLog third;
  store = openOrCreate("first.tidemark", model.identity);
  ASSERT_TRUE(store.ok());
  auto resumed = EngineService::start(std::move(model), std::move(*store), third.sink());
  ASSERT_TRUE(resumed.ok());
  const auto end = third.wait<ReadFinished>(*(*resumed)->read(readRequest(interrupted)));
  ASSERT_TRUE(end);
  EXPECT_EQ(end->stateHash, whole);
}

TEST_F(ServiceSessionTest, StoppingAPausedServiceCancelsItsRuns) {
  EventLog log;
  auto service = start("a.tidemark", log);
  const auto file = longText();  // once: writing it again would empty it under the first read
  const auto run = service->read(readRequest(file));
  const auto waiting = service->read(readRequest(file));
  service->pause(*run);
  const LoadedModel model = EngineService::stop(std::move(service)).value();
  EXPECT_NE(model.tokenizer, nullptr);
  EXPECT_EQ(log.count<RunCancelled>() + log.count<ReadFinished>(), 2u);
  EXPECT_TRUE(log.wait<RunCancelled>(*waiting));
}

}  // namespace
}  // namespace tidemark
