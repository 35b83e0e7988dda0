// bench on a device, without one: a backend that computes when it is waited for, with instruments that say what a GPU
// might.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "app/cli/bench_device_report.h"
#include "app/cli/bench_model.h"
#include "app/cli/bench_report.h"
#include "app/cli/bench_run.h"
#include "app/cli/flop_count.h"
#include "tests/support/delayed_backend.h"

namespace tidemark::cli {
namespace {

using ::testing::HasSubstr;

constexpr int kSegments = 3;

class FakeInstruments : public CudaInstruments {
 public:
  Status start() override {
    ++starts;
    return {};
  }
  Result<CudaTimes> stop() override {
    CudaTimes times;
    times.seconds = 0.25 * ++stops;
    times.groups = 8;
    times.kernelLaunches = 80;
    times.gemmLaunches = 56;
    times.graphReplays = 2;
    times.deviceBytes = 1 << 20;
    return times;
  }
  int starts = 0;
  int stops = 0;
};

FakeInstruments& fakeInstruments() {
  static FakeInstruments instruments;
  return instruments;
}

/// Every part takes twice as long as predicted.
CudaCeilings fakeCeilings(const ModelConfig& config) {
  CudaCeilings ceilings;
  ceilings.gemmTeraflops = 800;
  ceilings.copyTerabytesPerSecond = 3;
  const auto shape = makeCudaShape(config);
  EXPECT_TRUE(shape.ok());
  const CudaRates rates{800, 800 * kAttentionShareOfGemmRate, 3};
  for (const CudaPart& part : countCudaParts(config, *shape)) {
    const double milliseconds = 2 * predictMilliseconds(part, rates);
    ceilings.parts.push_back({part.name, milliseconds, part.operations() / (milliseconds * 1e9)});
  }
  return ceilings;
}

CudaModule fakeModule() {
  CudaModule module;
  module.instruments = [](Backend&) -> CudaInstruments& { return fakeInstruments(); };
  module.measureCeilings = [](Backend& backend) -> Result<CudaCeilings> { return fakeCeilings(backend.config()); };
  return module;
}

class BenchOnDevice : public ::testing::Test {
 protected:
  void SetUp() override {
    fakeInstruments().starts = 0;
    fakeInstruments().stops = 0;
    m_preset = benchPresets().front();
    m_preset.config.memory->segmentSize = 16;
    const ModelConfig& config = m_preset.config;
    auto inner = createCpuBackend(config, makeRandomWeights(config, 1), {1, ""});
    ASSERT_TRUE(inner.ok()) << inner.error().message;
    m_backend = std::make_unique<testing::DelayedBackend>(std::move(inner).value(),
                                                          testing::DelayedBackend::Options{.precision = "bf16"});
    m_tokens = makeRandomTokens(config.vocabularySize, kSegments * 16, 2);
    m_request.tokens = m_tokens;
    m_request.schedules = {Schedule::kDiagonal, Schedule::kSequential};
    m_request.runs = 2;
    m_request.threads = 1;
    m_request.cuda = &m_module;
    m_request.fullAttention = true;
  }

  [[nodiscard]] BenchReport report(BenchTimes times) const {
    BenchReport report;
    report.preset = m_preset;
    report.segments = kSegments;
    report.tokens = static_cast<std::int64_t>(m_tokens.size());
    report.flops = countReadFlops(m_preset.config, kSegments);
    report.prefillFlops = countPrefillFlops(m_preset.config, report.tokens);
    report.backend = "cuda";
    report.backendDescription = "a GPU, bf16";
    report.precision = "bf16";
    report.times = std::move(times);
    return report;
  }

  CudaModule m_module = fakeModule();
  BenchPreset m_preset;
  std::unique_ptr<testing::DelayedBackend> m_backend;
  std::vector<TokenId> m_tokens;
  BenchRequest m_request;
};

TEST_F(BenchOnDevice, TheDevicesClockAndRatesCount) {
  const auto times = runBenchmark(*m_backend, m_request);
  ASSERT_TRUE(times.ok()) << times.error().message;
  EXPECT_GT(m_backend->mostUnderWay(), 1);  // groups were submitted ahead
  // Each of three (two schedules, full attention) once unmeasured, then twice; runs take turns.
  EXPECT_EQ(fakeInstruments().starts, 9);
  EXPECT_EQ(fakeInstruments().stops, 9);
  EXPECT_EQ(times->schedules[0].seconds, (std::vector<double>{0.75, 1.25}));
  EXPECT_EQ(times->schedules[1].seconds, (std::vector<double>{1.0, 1.5}));
  ASSERT_TRUE(times->fullAttention.has_value());
  EXPECT_EQ(times->fullAttention->seconds, (std::vector<double>{2.0, 2.25}));
  EXPECT_EQ(times->schedules[0].stateHash, times->schedules[1].stateHash);
  ASSERT_TRUE(times->ceilings.has_value());
  EXPECT_EQ(times->rates.gemmGflops, 0);  // nobody asked the CPU
  ASSERT_TRUE(times->schedules[0].device.has_value());
  EXPECT_EQ(times->schedules[0].device->kernelLaunches, 80u);
}

TEST_F(BenchOnDevice, JsonHasTheFieldsThatOthersRelyOn) {
  auto times = runBenchmark(*m_backend, m_request);
  ASSERT_TRUE(times.ok()) << times.error().message;
  const BenchReport r = report(std::move(times).value());
  const Json json = benchJson(r);
  EXPECT_EQ(json["preset"], "mini");
  EXPECT_EQ(json["tokens"], kSegments * 16);
  EXPECT_EQ(json["seconds"], 1.0);
  EXPECT_EQ(json["runs"], 2);
  EXPECT_EQ(json["launches"], kSegments + 6 - 1);
  EXPECT_EQ(json["gemm_rate_gflops"], 800e3);
  EXPECT_NEAR(json["gflops"].get<double>(), json["flops"].get<double>() * 1e-9, 1e-9);
  EXPECT_NEAR(json["fraction_of_gemm_rate"].get<double>(), json["gflops"].get<double>() / 800e3, 1e-12);
  EXPECT_EQ(json["state_hash"], json["schedules"]["sequential"]["state_hash"]);
  EXPECT_EQ(json["schedules"]["diagonal"]["device"]["kernels_per_group"], 10);
  EXPECT_EQ(json["schedules"]["diagonal"]["device"]["products_per_group"], 7);
  EXPECT_EQ(json["full_attention"]["seconds"], 2.125);
  const Json& cuda = json["cuda"];
  EXPECT_EQ(cuda["parts"].size(), 13u);
  EXPECT_NEAR(cuda["parts_milliseconds"].get<double>(), 2 * cuda["predicted_milliseconds"].get<double>(), 1e-12);
  EXPECT_NEAR(cuda["predicted_seconds"].get<double>(), 1e-3 * kSegments * cuda["predicted_milliseconds"].get<double>(),
              1e-15);
  EXPECT_GT(cuda["planned_bytes"]["diagonal"], cuda["planned_bytes"]["sequential"]);
  EXPECT_GT(cuda["planned_bytes"]["full_attention"], 0);
}

TEST_F(BenchOnDevice, TextFitsIntoAHundredColumns) {
  auto times = runBenchmark(*m_backend, m_request);
  ASSERT_TRUE(times.ok()) << times.error().message;
  const std::string text = benchText(report(std::move(times).value()));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
  for (const char* row : {"diagonal ", "sequential ", "full attention ", "QKV product ", "SwiGLU ", "sum ", "2.00\n"}) {
    EXPECT_THAT(text, HasSubstr(row));
  }
  EXPECT_THAT(text, HasSubstr("GPU memory: diagonal 1.00 MiB of "));
}

TEST_F(BenchOnDevice, FullAttentionThatWasNotPossibleSaysWhy) {
  m_request.fullAttention = false;
  auto times = runBenchmark(*m_backend, m_request);
  ASSERT_TRUE(times.ok()) << times.error().message;
  times->fullAttention.emplace().failure = "it needs 3 bytes and 2 are free";
  const BenchReport r = report(std::move(times).value());
  EXPECT_THAT(benchText(r), HasSubstr("it needs 3 bytes and 2 are free\n"));
  EXPECT_EQ(benchJson(r)["full_attention"]["failure"], "it needs 3 bytes and 2 are free");
}

// A part whose kind of launches a backend does not have is done by another part.
TEST_F(BenchOnDevice, PartsThatWereNotMeasuredAreLeftOut) {
  CudaCeilings ceilings = fakeCeilings(m_preset.config);
  const double all = deviceFloorOf(m_preset.config, ceilings).milliseconds;
  const double first = ceilings.parts.front().milliseconds;
  ceilings.parts.erase(ceilings.parts.begin());
  const DeviceFloor floor = deviceFloorOf(m_preset.config, ceilings);
  EXPECT_EQ(floor.rows.size(), ceilings.parts.size());
  EXPECT_NEAR(floor.milliseconds, all - first, 1e-12);
  EXPECT_NEAR(floor.predictedMilliseconds, all / 2, 1e-12);
}

}  // namespace
}  // namespace tidemark::cli
