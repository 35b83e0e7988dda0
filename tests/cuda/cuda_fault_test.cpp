// A GPU that has no memory left, fails in a kernel, is lost or never was there: an error value with a sentence, nothing
// left behind, and whatever can go on goes on.

#include <functional>

#include "engine/model/decoder_plan.h"
#include "tests/cuda/cuda_fault_fixture.h"

namespace tidemark {
namespace {

using cuda_emulation::Faults;
using ::testing::HasSubstr;
using testing::RandomModel;

class CudaFaults : public CudaFaultTest, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    CudaFaultTest::SetUp();
    m_model = smallModel(GetParam());
    const auto hash = useModel(m_model);
    ASSERT_TRUE(hash.ok()) << hash.error().message;
    m_hash = *hash;
    m_whole = cuda_emulation::counters();
    expectNothingLeft();
  }

  void expectUsable(Backend& backend) {
    const auto hash = useBackend(backend);
    ASSERT_TRUE(hash.ok()) << hash.error().message;
    EXPECT_EQ(*hash, m_hash);
  }

  RandomModel m_model;
  std::string m_hash;                // of the memory that a use without faults leaves
  cuda_emulation::Counters m_whole;  // what it takes
};
INSTANTIATE_TEST_SUITE_P(Models, CudaFaults, ::testing::Values("llama", "gpt2"),
                         [](const auto& test) { return test.param; });

TEST_P(CudaFaults, EveryAllocationCanFailAndTheBackendGoesOn) {
  const int allocations = static_cast<int>(m_whole.allocations);
  ASSERT_GT(allocations, 50);
  for (int i = 0; i < allocations; ++i) {
    SCOPED_TRACE("allocation " + std::to_string(i) + " of " + std::to_string(allocations));
    cuda_emulation::reset({.failAllocationAt = i});
    {
      auto backend = createCudaBackend(m_model.config, m_model.weights);
      if (!backend) {
        expectSentence(backend.error(), ErrorCode::kOutOfMemory);
      } else {
        const auto failed = useBackend(**backend);
        ASSERT_FALSE(failed.ok());
        expectSentence(failed.error(), ErrorCode::kOutOfMemory);
        if (i % 3 == 0) expectUsable(**backend);  // memory has become free; each time would take too long
      }
    }
    expectNothingLeft();
  }
}

/// Positions among `count`: all of the first ones, then about twenty.
std::vector<int> somePositions(std::uint64_t count) {
  std::vector<int> positions;
  const int all = static_cast<int>(count);
  for (int i = 0; i < all; i += i < 8 ? 1 : std::max(1, all / 21)) positions.push_back(i);
  positions.push_back(all - 1);
  return positions;
}

TEST_P(CudaFaults, AKernelThatFailsEndsTheRun) {
  ASSERT_GT(m_whole.graphLaunches, 0u);  // some of the kernels are replayed ones
  for (const int position : somePositions(m_whole.kernelLaunches)) {
    SCOPED_TRACE("kernel " + std::to_string(position));
    cuda_emulation::reset({.failLaunchAt = position});
    const auto failed = useModel(m_model);
    ASSERT_FALSE(failed.ok());
    expectSentence(failed.error(), ErrorCode::kDeviceLost);
    EXPECT_THAT(failed.error().message, HasSubstr("cudaErrorLaunchFailure"));
    expectNothingLeft();
  }
}

TEST_P(CudaFaults, AKernelOfAReplayedGraphFails) {
  const auto backend = makeBackend(m_model.config, m_model.weights);
  const auto memory = testing::makeMemory(*backend);
  auto executor = makeExecutor(Schedule::kDiagonal, *backend, *memory, 0);
  ASSERT_TRUE(executor.ok());
  const auto tokens = testing::RandomValues(5).tokens(900, m_model.config.vocabularySize);
  testing::VectorSource source(tokens, m_model.config.memory->segmentSize);
  const auto replays = cuda_emulation::counters().graphLaunches;
  while (cuda_emulation::counters().graphLaunches < replays + 3) ASSERT_TRUE((*executor)->step(source).ok());
  cuda_emulation::setFaults({.failLaunchAt = 5});
  const auto failed = (*executor)->step(source);
  EXPECT_EQ(cuda_emulation::counters().graphLaunches, replays + 4);
  ASSERT_FALSE(failed.ok());
  expectSentence(failed.error(), ErrorCode::kDeviceLost);
}

TEST_P(CudaFaults, ALostDeviceEndsTheRun) {
  for (const int position : somePositions(m_whole.operations)) {
    SCOPED_TRACE("operation " + std::to_string(position));
    cuda_emulation::reset({.loseDeviceAt = position});
    const auto failed = useModel(m_model);
    ASSERT_FALSE(failed.ok());
    expectSentence(failed.error(), ErrorCode::kDeviceLost);
    expectNothingLeft();
  }
}

TEST_P(CudaFaults, AfterALossEveryCallSaysSoAtOnce) {
  {
    const auto backend = makeBackend(m_model.config, m_model.weights);
    const auto memory = testing::makeMemory(*backend);
    ASSERT_TRUE(readSegments(*backend, *memory, 2).ok());
    const int rows = m_model.config.memory->segmentSize + m_model.config.memory->memoryTokens;
    auto workspace = backend->createWorkspace({rows, m_model.config.layers});
    auto cache = backend->createCache(4);
    auto copy = backend->queueMemoryCopy(*memory, 0);
    ASSERT_TRUE(workspace.ok() && cache.ok() && copy.ok());
    const LayerPlan plan = makeLayerPlan(m_model.config, CellPurpose::kCommit);
    const CellGroup group{&plan, 0, 1, 0, rows, 0, memory.get(), nullptr};
    const std::vector<TokenId> tokens(static_cast<std::size_t>(m_model.config.memory->segmentSize), 1);
    std::vector<float> values(backend->layerMemoryFloats());
    std::vector<float> logits(static_cast<std::size_t>(m_model.config.vocabularySize));
    CudaInstruments& instruments = cudaInstruments(*backend);

    cuda_emulation::setFaults({.loseDeviceAt = 0});
    const auto embed = [&] { return backend->embed(**workspace, 0, {tokens, true, 0}); };
    const Status first = embed();
    ASSERT_FALSE(first.ok());
    expectSentence(first.error(), ErrorCode::kDeviceLost);
    const auto before = cuda_emulation::counters();
    const std::vector<std::pair<const char*, std::function<Status()>>> calls = {
        {"embed", embed},
        {"submitGroup", [&] { return backend->submitGroup(**workspace, group); }},
        {"awaitGroup", [&] { return backend->awaitGroup(**workspace, {}); }},
        {"computeLogits", [&] { return backend->computeLogits(**workspace, 0, 0, 1, logits); }},
        {"chooseToken", [&] { return statusOf(backend->chooseToken(**workspace, 0, 0, {})); }},
        {"importMemory", [&] { return backend->importMemory(*memory, 0, true, values); }},
        {"start", [&] { return instruments.start(); }},
        {"createWorkspace",
         [&] {
           return statusOf(backend->createWorkspace({1, 1}));
         }},
        {"createMemory", [&] { return statusOf(backend->createMemory()); }},
        {"createCache", [&] { return statusOf(backend->createCache(4)); }},
        {"queueMemoryCopy", [&] { return statusOf(backend->queueMemoryCopy(*memory, 0)); }},
        {"finishMemoryCopy", [&] { return statusOf(backend->finishMemoryCopy(**copy, values)); }},
        {"stop", [&] { return statusOf(instruments.stop()); }},
    };
    for (const auto& [name, call] : calls) {
      SCOPED_TRACE(name);
      const Status later = call();
      ASSERT_FALSE(later.ok());
      expectSentence(later.error(), ErrorCode::kDeviceLost);
    }
    EXPECT_EQ(cuda_emulation::counters().operations, before.operations);
    EXPECT_EQ(cuda_emulation::counters().allocations, before.allocations);
  }
  expectNothingLeft();
}

TEST_P(CudaFaults, AModelThatDoesNotFitIsRefusedBeforeAnythingIsAllocated) {
  const auto shape = makeCudaShape(m_model.config);
  ASSERT_TRUE(shape.ok());
  const WorkspaceSpec spec{m_model.config.memory->segmentSize + m_model.config.memory->memoryTokens,
                           m_model.config.layers};
  const std::uint64_t needed = planCudaMemory(m_model.config, *shape, spec).total();
  cuda_emulation::reset({.deviceBytes = needed - 1});
  const auto refused = createCudaBackend(m_model.config, m_model.weights);
  ASSERT_FALSE(refused.ok());
  expectSentence(refused.error(), ErrorCode::kOutOfMemory);
  EXPECT_THAT(refused.error().message, HasSubstr(std::to_string(needed) + " bytes"));
  EXPECT_THAT(refused.error().message, HasSubstr(std::to_string(needed - 1)));
  EXPECT_EQ(cuda_emulation::counters().allocations, 0u);

  cuda_emulation::reset({.deviceBytes = needed});  // a read needs not a byte more
  const auto backend = makeBackend(m_model.config, m_model.weights);
  ASSERT_TRUE(backend);
  const auto memory = testing::makeMemory(*backend);
  EXPECT_TRUE(readSegments(*backend, *memory, m_model.config.layers + 2).ok());
}

TEST_P(CudaFaults, AWorkspaceThatDoesNotFitIsRefusedBeforeAnythingIsAllocated) {
  const auto backend = makeBackend(m_model.config, m_model.weights);
  const WorkspaceSpec spec{200, 1};
  const std::uint64_t needed = backend->workspaceBytes(spec);
  cuda_emulation::setFaults({.deviceBytes = cuda_emulation::deviceBytesInUse() + needed - 1});
  const auto before = cuda_emulation::counters().allocations;
  const auto refused = backend->createWorkspace(spec);
  ASSERT_FALSE(refused.ok());
  expectSentence(refused.error(), ErrorCode::kOutOfMemory);
  EXPECT_THAT(refused.error().message, HasSubstr(std::to_string(needed) + " bytes"));
  EXPECT_THAT(refused.error().message, HasSubstr(std::to_string(needed - 1)));
  EXPECT_EQ(cuda_emulation::counters().allocations, before);
  cuda_emulation::setFaults({});
  EXPECT_TRUE(backend->createWorkspace(spec).ok());
}

class CudaDevice : public CudaFaultTest {};

TEST_F(CudaDevice, NoneIsUnsupported) {
  cuda_emulation::reset({.devices = 0});
  const RandomModel model = smallModel("llama");
  const auto refused = createCudaBackend(model.config, model.weights);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("no GPU can be used"));
  const auto described = describeCudaDevice(0);
  ASSERT_FALSE(described.ok());
  EXPECT_EQ(described.error().code, ErrorCode::kUnsupported);
}

TEST_F(CudaDevice, ANumberThatNoDeviceHasIsUnsupported) {
  const RandomModel model = smallModel("llama");
  const auto refused = createCudaBackend(model.config, model.weights, {.device = 1});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("no GPU can be used"));
}

TEST_F(CudaDevice, AnOldOneIsUnsupported) {
  cuda_emulation::reset({.capabilityMajor = 7, .capabilityMinor = 5});
  const RandomModel model = smallModel("llama");
  const auto refused = createCudaBackend(model.config, model.weights);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("7.5"));
  EXPECT_THAT(refused.error().message, HasSubstr("8.0"));
  EXPECT_THAT(refused.error().message, HasSubstr("--backend cpu"));
  expectNothingLeft();
}

}  // namespace
}  // namespace tidemark
