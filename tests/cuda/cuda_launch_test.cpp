// What a steady diagonal costs besides its arithmetic: one replay of a graph, few kernels, no allocation.

#include "tests/cuda/backend_under_test.h"
#include "tests/executor/test_models.h"
#include "tests/support/vector_source.h"

namespace tidemark {
namespace {

constexpr std::uint64_t kMostKernels = 16;  // besides the products

#ifdef TM_CUDA_EMULATION
using Counters = cuda_emulation::Counters;
Counters countersNow() {
  return cuda_emulation::counters();
}
#endif

class CudaLaunches : public CudaTest, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (IsSkipped()) return;
    m_model = testing::makeRandomModel(GetParam());
    m_tokens = someTokens(m_model.config, m_model.config.layers + 8);
    m_backend = makeBackend(m_model.config, m_model.weights);
    ASSERT_TRUE(m_backend);
    m_memory = testing::makeMemory(*m_backend);
    m_source.emplace(m_tokens, m_model.config.memory->segmentSize);
  }
  /// A read whose next step is a steady one, with the graphs of both parities recorded.
  std::unique_ptr<Executor> startRead() {
    auto executor = makeExecutor(Schedule::kDiagonal, *m_backend, *m_memory, 0);
    EXPECT_TRUE(executor.ok());
    for (int i = 0; i < m_model.config.layers + 1; ++i) step(**executor);
    return std::move(executor).value();
  }
  void step(Executor& executor) {
    const auto report = executor.step(*m_source);
    ASSERT_TRUE(report.ok()) << report.error().message;
    ASSERT_TRUE(report->has_value());
  }
  /// One step of a read, counted.
  CudaTimes countStep(Executor& executor) {
    CudaInstruments& instruments = cudaInstruments(*m_backend);
    EXPECT_TRUE(instruments.start().ok());
    step(executor);
    const auto times = instruments.stop();
    EXPECT_TRUE(times.ok());
    return times.ok() ? *times : CudaTimes{};
  }

  testing::RandomModel m_model;
  std::vector<TokenId> m_tokens;
  std::unique_ptr<Backend> m_backend;
  std::unique_ptr<DeviceMemory> m_memory;
  std::optional<testing::VectorSource> m_source;
};
INSTANTIATE_TEST_SUITE_P(Models, CudaLaunches, ::testing::Values("llama", "gpt2", "llama_two_heads_normalized"),
                         [](const auto& test) { return test.param; });

TEST_P(CudaLaunches, ASteadyDiagonalIsOneGraphOfFewKernels) {
  const auto executor = startRead();
  std::optional<std::uint64_t> products;
  for (int i = 0; i < 4; ++i) {
    SCOPED_TRACE("steady diagonal " + std::to_string(i));
    const CudaTimes times = countStep(*executor);
    EXPECT_EQ(times.groups, 1u);
    EXPECT_EQ(times.graphReplays, 1u);
    EXPECT_GE(times.kernelLaunches, 1u);
    EXPECT_LE(times.kernelLaunches, kMostKernels);
    if (!products) products = times.gemmLaunches;
    EXPECT_EQ(times.gemmLaunches, *products);
  }
  // QKV, output, MLP in, MLP out, memory query, memory in: one each; recalling takes one per memory head.
  EXPECT_EQ(*products, static_cast<std::uint64_t>(6 + m_model.config.memory->heads));
}

#ifdef TM_CUDA_EMULATION
TEST_P(CudaLaunches, TheInstrumentsCountWhatRuns) {
  const auto executor = startRead();
  for (int i = 0; i < 2; ++i) {
    const Counters before = countersNow();
    const CudaTimes times = countStep(*executor);
    const Counters after = countersNow();
    EXPECT_EQ(times.kernelLaunches, after.kernelLaunches - before.kernelLaunches);
    EXPECT_EQ(times.gemmLaunches, after.products - before.products);
    EXPECT_EQ(times.graphReplays, after.graphLaunches - before.graphLaunches);
    EXPECT_EQ(times.deviceBytes, cuda_emulation::deviceBytesInUse());
  }
}

TEST_P(CudaLaunches, SteadyDiagonalsAndTheirCopiesAllocateNothing) {
  const auto executor = startRead();
  std::vector<float> values(m_backend->layerMemoryFloats());
  const Counters before = countersNow();
  for (int i = 0; i < 4; ++i) {
    step(*executor);
    auto copy = m_backend->queueMemoryCopy(*m_memory, 0);
    ASSERT_TRUE(copy.ok());
    const auto written = m_backend->finishMemoryCopy(**copy, values);
    ASSERT_TRUE(written.ok());
    EXPECT_TRUE(*written);
  }
  EXPECT_EQ(countersNow().allocations, before.allocations);
  EXPECT_EQ(countersNow().graphLaunches, before.graphLaunches + 4);
}
#endif

}  // namespace
}  // namespace tidemark
