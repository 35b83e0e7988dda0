// A GPU that is lost while a session is read: the run fails with a sentence, the session is left at its last snapshot
// and is gone on with, on another GPU to the same bits, or on the CPU.

#include <gmock/gmock.h>

#include "engine/session/session_library.h"
#include "tests/cuda/backend_under_test.h"
#include "tests/service/service_fixture.h"
#include "tests/support/read_log.h"

namespace tidemark {
namespace {

using cuda_emulation::Faults;
using testing::EventLog;

class CudaService : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    cuda_emulation::reset();
    m_model = testing::makeRandomModel(smallConfig());
    m_text = write("text.txt", readWhole(resource("samples/tavern-night.txt")).substr(0, 3000));
  }
  void TearDown() override {
    for (const auto& finding : cuda_emulation::findings()) ADD_FAILURE() << finding;
    EXPECT_EQ(cuda_emulation::liveAllocations(), 0u);
    EXPECT_EQ(cuda_emulation::liveHandles(), 0u);
    ServiceTest::TearDown();
  }

  /// The built-in model's vocabulary and flags, in sizes that the emulation reads quickly.
  static ModelConfig smallConfig() {
    auto config = loadModelConfig(resource("models/mini"));
    EXPECT_TRUE(config.ok());
    config->hiddenSize = 32;
    config->intermediateSize = 64;
    config->layers = 3;
    config->headDim = 8;
    config->memory->segmentSize = 32;
    config->memory->dMem = 8;
    return *config;
  }

  [[nodiscard]] Result<LoadedModel> loadedWith(Result<std::unique_ptr<Backend>> backend) const {
    if (!backend) return backend.error();
    auto tokenizer = loadTokenizer(resource("models/mini"));
    if (!tokenizer) return tokenizer.error();
    const ModelConfig& config = m_model.config;
    LoadedModel model;
    model.tokenizer = std::move(tokenizer).value();
    model.chatTemplate = {"config.json", "", config.prompt.prompt, config.prompt.stop};
    model.backend = std::move(backend).value();
    model.backendNamed = true;
    model.identity.name = "small";
    for (std::string* sha : {&model.identity.configSha256, &model.identity.weightsSha256}) *sha = std::string(64, 'a');
    model.identity.tokenizerSha256 = model.tokenizer->sha256();
    model.identity.precision = model.backend->precision();
    model.identity.segmentSize = config.memory->segmentSize;
    model.identity.memoryTokens = config.memory->memoryTokens;
    model.identity.layers = config.layers;
    model.identity.memoryHeads = config.memory->heads;
    model.identity.keyWidth = config.memory->keyWidth();
    model.identity.hiddenSize = config.hiddenSize;
    return model;
  }
  std::unique_ptr<EngineService> startOnGpu(const std::string& session, EventLog& log) {
    return startWith(loadedWith(createCudaBackend(m_model.config, m_model.weights)), session, log);
  }
  std::unique_ptr<EngineService> startOnCpu(const std::string& session, EventLog& log) {
    return startWith(loadedWith(createCpuBackend(m_model.config, m_model.weights, {1, {}})), session, log);
  }
  [[nodiscard]] ReadRequest request() const {
    ReadRequest request = readRequest(m_text);
    request.snapshotSeconds = 0;  // as many snapshots as can be collected
    return request;
  }

  /// A read without faults, and how much was queued and launched for it.
  struct Whole {
    ReadFinished finished;
    std::uint64_t operations = 0;
    std::uint64_t kernels = 0;
  };
  Whole readWithoutFaults() {
    Whole whole;
    EventLog log;
    auto service = startOnGpu("whole.tidemark", log);
    const auto before = cuda_emulation::counters();
    const auto finished = log.wait<ReadFinished>(*service->read(request()));
    EXPECT_TRUE(finished.has_value());
    const auto after = cuda_emulation::counters();
    if (finished) whole.finished = *finished;
    whole.operations = after.operations - before.operations;
    whole.kernels = after.kernelLaunches - before.kernelLaunches;
    EXPECT_GT(whole.finished.segmentsRead, 10);
    return whole;
  }

  /// Reads until the fault; the last segment that a snapshot was stored of, -1 if there is none.
  std::int64_t readUntil(const Faults& fault, const std::string& session) {
    std::int64_t stored = -1;
    EventLog log;
    auto service = startOnGpu(session, log);
    cuda_emulation::setFaults(fault);
    const auto run = service->read(request());
    const auto failed = log.wait<RunFailed>(*run);
    EXPECT_TRUE(failed.has_value());
    if (failed) {
      EXPECT_EQ(failed->error.code, ErrorCode::kDeviceLost);
      EXPECT_THAT(failed->error.message, ::testing::HasSubstr("GPU failed"));
      EXPECT_THAT(failed->error.message, ::testing::HasSubstr("what was stored is safe"));
      EXPECT_THAT(failed->error.message, ::testing::HasSubstr("--backend cpu"));
    }
    EXPECT_FALSE(log.wait<ReadFinished>(*run).has_value());
    for (const Event& event : log.events()) {
      if (const auto* snapshot = std::get_if<SnapshotStored>(&event)) stored = snapshot->segment;
    }
    EXPECT_FALSE(EngineService::stop(std::move(service)).has_value());  // a lost device is of no use to anybody
    EXPECT_EQ(cuda_emulation::liveAllocations(), 0u);
    expectSound(session);
    return stored;
  }
  /// Goes on reading what readUntil() left.
  void goOn(std::unique_ptr<EngineService> service, EventLog& log, std::int64_t stored, const Whole& whole,
            const std::string& session, bool sameBits) {
    const auto finished = log.wait<ReadFinished>(*service->read(request()));
    ASSERT_TRUE(finished.has_value());
    EXPECT_EQ(finished->segmentsResumed, stored + 1);
    EXPECT_EQ(finished->segmentsResumed + finished->segmentsRead, whole.finished.segmentsRead);
    EXPECT_EQ(finished->tokens, whole.finished.tokens);
    EXPECT_EQ(finished->stateHash == whole.finished.stateHash, sameBits);
    EXPECT_TRUE(log.wait<AnswerFinished>(*service->ask(askRequest("Where is Mary?"))).has_value());
    service.reset();
    expectSound(session);
  }
  void expectSound(const std::string& session) {
    const auto report = verifySession(m_directory / session);
    ASSERT_TRUE(report.ok());
    EXPECT_THAT(report->problems, ::testing::IsEmpty());
  }
  std::string storedPrecision(const std::string& session) {
    const auto store = SessionStore::open(m_directory / session, SessionAccess::kRead);
    EXPECT_TRUE(store.ok());
    return store->precision().value();
  }

  testing::RandomModel m_model;
  std::filesystem::path m_text;
};

TEST_F(CudaService, ALostDeviceLeavesASessionToGoOnWith) {
  const Whole whole = readWithoutFaults();
  const auto part = [](std::uint64_t count, double fraction) {
    return static_cast<int>(fraction * static_cast<double>(count));
  };
  struct Case {
    std::string name;
    Faults fault;
    bool hasSnapshot;
  };
  const std::vector<Case> cases = {
      {"at-once", {.loseDeviceAt = 0}, false},
      {"lost-in-the-middle", {.loseDeviceAt = part(whole.operations, 0.5)}, true},
      {"lost-near-the-end", {.loseDeviceAt = part(whole.operations, 0.95)}, true},
      {"a-kernel-failed", {.failLaunchAt = part(whole.kernels, 0.6)}, true},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.name);
    const std::string session = test.name + ".tidemark";
    const std::string copy = test.name + "-copy.tidemark";
    const std::int64_t stored = readUntil(test.fault, session);
    EXPECT_EQ(stored >= 0, test.hasSnapshot);
    std::filesystem::copy_file(m_directory / session, m_directory / copy);
    EventLog cpuLog;
    goOn(startOnCpu(copy, cpuLog), cpuLog, stored, whole, copy, false);
    EXPECT_EQ(storedPrecision(copy), test.hasSnapshot ? "mixed" : "f32");

    cuda_emulation::reset();  // another GPU
    EventLog log;
    goOn(startOnGpu(session, log), log, stored, whole, session, true);
    EXPECT_EQ(storedPrecision(session), "bf16");
  }
}

TEST_F(CudaService, ALostDeviceEndsAQuestion) {
  EventLog log;
  auto service = startOnGpu("asked.tidemark", log);
  ASSERT_TRUE(log.wait<ReadFinished>(*service->read(request())).has_value());
  cuda_emulation::setFaults({.loseDeviceAt = 20});
  const auto failed = log.wait<RunFailed>(*service->ask(askRequest("Where is Mary?")));
  ASSERT_TRUE(failed.has_value());
  EXPECT_EQ(failed->error.code, ErrorCode::kDeviceLost);
  const auto later = log.wait<RunFailed>(*service->ask(askRequest("Where is John?")));
  ASSERT_TRUE(later.has_value());
  EXPECT_EQ(later->error.code, ErrorCode::kDeviceLost);
  service.reset();
  expectSound("asked.tidemark");
  EventLog cpuLog;
  auto onCpu = startOnCpu("asked.tidemark", cpuLog);
  EXPECT_TRUE(cpuLog.wait<AnswerFinished>(*onCpu->ask(askRequest("Where is Mary?"))).has_value());
}

}  // namespace
}  // namespace tidemark
