// A read on a device that computes by itself: the same events, snapshots and hashes as on the CPU, and a session that
// can be gone on with when the device is lost.

#include <map>
#include <tuple>

#include "engine/session/session_library.h"
#include "tests/service/service_fixture.h"
#include "tests/support/delayed_backend.h"

namespace tidemark {
namespace {

using testing::DelayedBackend;
using testing::EventLog;

class LookAheadService : public ServiceTest {
 protected:
  std::unique_ptr<EngineService> startDelayed(const std::string& session, EventLog& log,
                                              const DelayedBackend::Options& options = {}) {
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
    EXPECT_TRUE(model.ok()) << model.error().message;
    model->backend = std::make_unique<DelayedBackend>(std::move(model->backend), options);
    return startWith(std::move(model), session, log);
  }

  /// State hashes of all snapshots in a session file, by segment.
  std::map<std::int64_t, std::string> snapshotHashes(const std::string& session) {
    std::map<std::int64_t, std::string> hashes;
    const auto store = SessionStore::open(m_directory / session, SessionAccess::kRead);
    EXPECT_TRUE(store.ok());
    const auto infos = store->snapshots();
    EXPECT_TRUE(infos.ok());
    for (const SnapshotInfo& info : *infos) {
      auto record = store->loadSnapshot(info.id);
      EXPECT_TRUE(record.ok());
      const std::string hash = hashMemory(toMemorySnapshot(std::move(record).value()));
      EXPECT_EQ(hash, info.stateHash);
      hashes[info.segment] = hash;
    }
    return hashes;
  }

  /// What the groups of a log told, without their times.
  static std::vector<std::tuple<std::int64_t, int, std::int64_t, std::uint64_t, std::vector<float>>> groups(
      EventLog& log) {
    std::vector<std::tuple<std::int64_t, int, std::int64_t, std::uint64_t, std::vector<float>>> all;
    for (const Event& event : log.events()) {
      const auto* group = std::get_if<GroupFinished>(&event);
      if (group == nullptr) continue;
      std::vector<float> cells;
      for (const CellMetrics& cell : group->cells) {
        cells.insert(cells.end(), {cell.novelty, cell.writeStrength, cell.relativeChange});
      }
      all.emplace_back(group->index, group->firstLayer, group->firstSegment, group->bytesRead, std::move(cells));
    }
    return all;
  }
};

TEST_F(LookAheadService, ReadsWithTheSameEventsHashesAndSnapshots) {
  // Two documents: what was read so far does not run ahead over the border between them.
  const std::string text = readWhole(resource("samples/tavern-night.txt"));
  ReadRequest request;
  request.files = {write("first.txt", text.substr(0, 7000)), write("second.txt", text.substr(7000))};
  request.snapshotSeconds = 0;  // as many snapshots as can be collected
  for (Schedule schedule : {Schedule::kDiagonal, Schedule::kSequential}) {
    const std::string suffix = schedule == Schedule::kDiagonal ? "-d.tidemark" : "-s.tidemark";
    SCOPED_TRACE(suffix);
    request.schedule = schedule;
    EventLog plainLog;
    EventLog log;
    std::optional<ReadFinished> plain;
    std::optional<ReadFinished> finished;
    {
      auto service = start("plain" + suffix, plainLog);
      plain = plainLog.wait<ReadFinished>(*service->read(request));
      auto delayed = startDelayed("delayed" + suffix, log);
      finished = log.wait<ReadFinished>(*delayed->read(request));
    }
    ASSERT_TRUE(plain && finished);
    EXPECT_EQ(finished->stateHash, plain->stateHash);
    EXPECT_EQ(finished->tokens, plain->tokens);
    EXPECT_EQ(finished->segmentsRead, plain->segmentsRead);
    EXPECT_FALSE(groups(log).empty());
    EXPECT_EQ(groups(log), groups(plainLog));
  }
  // Read cell by cell, a snapshot of every segment could be taken: what there is of the others is equal to it.
  const auto expected = snapshotHashes("plain-s.tidemark");
  for (const char* session : {"plain-d.tidemark", "delayed-d.tidemark", "delayed-s.tidemark"}) {
    SCOPED_TRACE(session);
    int compared = 0;
    for (const auto& [segment, hash] : snapshotHashes(session)) {
      const auto found = expected.find(segment);
      if (found == expected.end()) continue;
      EXPECT_EQ(hash, found->second) << "segment " << segment;
      ++compared;
    }
    EXPECT_GE(compared, 5);
  }
}

TEST_F(LookAheadService, AsksWhileItReads) {
  const auto file = resource("samples/tavern-night.txt");
  const std::string hash = readAll("plain.tidemark", file).stateHash;
  EventLog log;
  auto service = startDelayed("busy.tidemark", log);
  ReadRequest request = readRequest(file);
  request.snapshotSeconds = 0;
  const auto run = service->read(request);
  while (log.count<SnapshotStored>() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto early = log.wait<AnswerFinished>(*service->ask(askRequest("Where is Mary?")));
  ASSERT_TRUE(early);
  EXPECT_GE(early->question.asOfSegment, 0);
  const auto finished = log.wait<ReadFinished>(*run);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, hash);
  const auto answer = log.wait<AnswerFinished>(*service->ask(askRequest("Where is Mary?")));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question.answer, "bedroom");
}

TEST_F(LookAheadService, ALostDeviceIsNotGivenBack) {
  EventLog log;
  auto service = startDelayed("lost.tidemark", log, {.lookAhead = 3, .lostAtGroup = 2});
  ASSERT_TRUE(log.wait<RunFailed>(*service->read(readRequest(resource("samples/tavern-night.txt")))));
  EXPECT_FALSE(EngineService::stop(std::move(service)).has_value());
}

TEST_F(LookAheadService, ALostDeviceLeavesASessionToGoOnWith) {
  const auto file = resource("samples/tavern-night.txt");
  const ReadFinished whole = readAll("whole.tidemark", file);
  for (std::int64_t lostAt : {0, 3, 20, 41}) {
    SCOPED_TRACE("lost at group " + std::to_string(lostAt));
    const std::string session = "lost-" + std::to_string(lostAt) + ".tidemark";
    std::int64_t stored = -1;
    {
      EventLog log;
      auto service = startDelayed(session, log, {.lookAhead = 3, .lostAtGroup = lostAt});
      ReadRequest request = readRequest(file);
      request.snapshotSeconds = 0;
      const auto failed = log.wait<RunFailed>(*service->read(request));
      ASSERT_TRUE(failed);
      EXPECT_EQ(failed->error.code, ErrorCode::kDeviceLost);
      EXPECT_NE(failed->error.message.find("GPU"), std::string::npos) << failed->error.message;
      EXPECT_EQ(log.count<GroupFinished>(), static_cast<std::size_t>(lostAt));
      for (const Event& event : log.events()) {
        if (const auto* snapshot = std::get_if<SnapshotStored>(&event)) stored = snapshot->segment;
      }
    }
    const auto report = verifySession(m_directory / session);
    ASSERT_TRUE(report.ok());
    EXPECT_TRUE(report->problems.empty());
    EventLog log;
    auto service = start(session, log);
    const auto finished = log.wait<ReadFinished>(*service->read(readRequest(file)));
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->segmentsResumed, stored + 1);
    EXPECT_EQ(finished->stateHash, whole.stateHash);
    EXPECT_EQ(finished->tokens, whole.tokens);
  }
}

}  // namespace
}  // namespace tidemark
