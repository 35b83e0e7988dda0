// bench on the smallest shape: the figures are there and agree with each other. How large they are is not a test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/backend/cuda_loader/cuda_loader.h"
#include "engine/base/system_memory.h"
#include "tests/cli/run_program.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

TEST(BenchCommand, BothSchedulesLeaveTheSameMemory) {
  const ProgramRun run =
      runProgram({"bench", "--preset", "mini", "--tokens", "2560", "--runs", "1", "--backend", "cpu", "--json"});
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("memory needed: "));
  const auto json = run.json();
  EXPECT_EQ(json["preset"], "mini");
  EXPECT_EQ(json["tokens"], 2560);
  EXPECT_EQ(json["segments"], 20);
  EXPECT_EQ(json["runs"], 1);
  const auto& diagonal = json["schedules"]["diagonal"];
  const auto& sequential = json["schedules"]["sequential"];
  EXPECT_EQ(diagonal["state_hash"], sequential["state_hash"]);
  EXPECT_EQ(json["state_hash"], diagonal["state_hash"]);
  EXPECT_EQ(diagonal["launches"], 20 + 6 - 1);
  EXPECT_EQ(sequential["launches"], 20 * 6);
  for (const auto* times : {&diagonal, &sequential}) {
    const double seconds = (*times)["seconds"].get<double>();
    EXPECT_GT(seconds, 0);
    EXPECT_NEAR((*times)["gflops"].get<double>() * seconds, json["flops"].get<double>() * 1e-9, 1e-3);
    EXPECT_GT((*times)["fraction_of_gemm_rate"].get<double>(), 0);
  }
  EXPECT_NEAR(json["ratio"].get<double>(), sequential["seconds"].get<double>() / diagonal["seconds"].get<double>(),
              1e-9);
}

TEST(BenchCommand, TakesOneScheduleAndOtherSegments) {
  const ProgramRun run = runProgram({"bench", "--schedule", "sequential", "--segment", "50", "--memory-tokens", "3",
                                     "--tokens", "120", "--runs", "2", "--threads", "1", "--backend", "cpu", "--json"});
  ASSERT_EQ(run.status, 0) << run.err;
  const auto json = run.json();
  EXPECT_EQ(json["tokens"], 100);
  EXPECT_EQ(json["runs"], 2);
  EXPECT_EQ(json["schedule"], "sequential");
  EXPECT_TRUE(json["ratio"].is_null());
  EXPECT_FALSE(json["schedules"].contains("diagonal"));
}

TEST(BenchCommand, TakesFullAttentionBesides) {
  const std::vector<std::string> arguments = {"bench",  "--schedule", "diagonal",  "--tokens", "512",
                                              "--runs", "1",          "--backend", "cpu",      "--full-attention"};
  const ProgramRun run = runProgram(arguments);
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("full attention over the same tokens: "));
  std::vector<std::string> withJson = arguments;
  withJson.push_back("--json");
  const ProgramRun again = runProgram(withJson);
  ASSERT_EQ(again.status, 0) << again.err;
  const auto json = again.json();
  EXPECT_GT(json["full_attention"]["seconds"].get<double>(), 0);
  EXPECT_GT(json["full_attention"]["flops"], json["flops"].get<double>() / 4);
  EXPECT_FALSE(json.contains("cuda"));
  EXPECT_GT(json["peak_gflops"].get<double>(), 0);
}

TEST(BenchCommand, RefusesWhatDoesNotFit) {
  // 17 cells of 131,072 rows need about 150 GiB.
  if (availableMemoryBytes() > (std::uint64_t{100} << 30)) GTEST_SKIP() << "this machine is too large to refuse it";
  const ProgramRun run = runProgram({"bench", "--preset", "llama-1b", "--segment", "65536", "--memory-tokens", "65536",
                                     "--threads", "1024", "--backend", "cpu"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("memory needed: "));
  EXPECT_THAT(run.err, HasSubstr("are free"));
}

// Where there is no GPU: one sentence that says why not, before anything large is made.
TEST(BenchCommand, NeedsABackendThatIsThere) {
  if (loadCudaModule().ok()) GTEST_SKIP() << "there is a GPU";
  const ProgramRun cuda = runProgram({"bench", "--backend", "cuda", "--preset", "llama-1b"});
  EXPECT_EQ(cuda.status, 1);
  EXPECT_TRUE(cuda.hasOneLineError()) << cuda.err;
  EXPECT_THAT(cuda.err, HasSubstr("use --backend cpu"));
}

}  // namespace
}  // namespace tidemark::testing
