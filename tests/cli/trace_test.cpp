// trace against what the golden checkpoints must answer, and the same bits for every thread count and schedule.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "engine/backend/cuda_loader/cuda_loader.h"
#include "tests/cli/run_program.h"
#include "tests/support/golden_case.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

class TraceCommand : public ::testing::Test {
 protected:
  /// Arguments that trace a golden case into file("out.safetensors").
  std::vector<std::string> arguments(const std::string& name) {
    m_golden = loadGolden(name);
    writeFile(file("ids.json"), nlohmann::json(m_golden.tokens("input_ids")).dump());
    writeFile(file("question.json"), nlohmann::json(m_golden.tokens("question_ids")).dump());
    return {"trace",
            "--model",
            (goldenDirectory() / name).string(),
            "--tokens",
            file("ids.json"),
            "--question",
            file("question.json"),
            "--max-tokens",
            std::to_string(m_golden.tokens("generated_ids").size()),
            "--full-attention",
            "--json",
            "--out",
            file("out.safetensors")};
  }
  [[nodiscard]] std::string file(const std::string& name) const { return (m_directory.path() / name).string(); }
  [[nodiscard]] const GoldenCase& golden() const { return m_golden; }

  /// Compares every expected tensor. `wholeList`: also that there are no others.
  void compareWithExpected(bool wholeList) {
    const auto mapped = MappedFile::open(file("out.safetensors"));
    ASSERT_TRUE(mapped.ok()) << mapped.error().message;
    const auto written = parseSafetensors(mapped->bytes(), "out");
    ASSERT_TRUE(written.ok()) << written.error().message;
    GoldenCase got;
    got.expected = *written;
    for (const auto& [name, expected] : m_golden.expected.tensors) {
      ASSERT_TRUE(got.expected.tensors.contains(name)) << name;
      const TensorView& view = got.expected.tensors.at(name);
      EXPECT_EQ(view.dtype, expected.dtype) << name;
      EXPECT_EQ(view.shape, expected.shape) << name;
      if (expected.dtype == DType::kI32) {
        EXPECT_EQ(got.tokens(name), m_golden.tokens(name)) << name;
      } else {
        const double tolerance = m_golden.config.memory->heads > 1 ? 1e-3 : 2e-5;  // tests/data/golden/README.md
        EXPECT_LE(relativeError(got.floats(name), m_golden.floats(name)), tolerance) << name;
      }
    }
    if (wholeList) {
      EXPECT_EQ(got.expected.tensors.size(), m_golden.expected.tensors.size());
    }
  }

 private:
  TemporaryDirectory m_directory;
  GoldenCase m_golden;
};

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST_F(TraceCommand, GroupedQueriesAgreeWithTheReference) {
  const ProgramRun run = runProgram(arguments("llama-gqa"));
  ASSERT_EQ(run.status, 0) << run.err;
  compareWithExpected(true);
  const auto json = run.json();
  EXPECT_EQ(json["tensors"].size(), golden().expected.tensors.size());
  EXPECT_EQ(json["state_hash"].get<std::string>().size(), 64u);
}

TEST_F(TraceCommand, TorchFileGivesTheBitsOfItsSafetensorsTwin) {
  auto words = arguments("llama-gqa");
  const ProgramRun twin = runProgram(words);
  ASSERT_EQ(twin.status, 0) << twin.err;
  const std::string expected = readFile(file("out.safetensors"));
  // The directory as it was published: every layer twice in pytorch_model.bin, and no safetensors file.
  std::filesystem::create_directory(file("model"));
  for (const char* name : {"config.json", "pytorch_model.bin"}) {
    std::filesystem::copy_file(goldenDirectory() / "llama-gqa" / name, file(std::string("model/") + name));
  }
  *std::next(std::find(words.begin(), words.end(), "--model")) = file("model");
  const ProgramRun run = runProgram(words);
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.json()["state_hash"], twin.json()["state_hash"]);
  EXPECT_EQ(readFile(file("out.safetensors")), expected);
}

TEST_F(TraceCommand, MemoryHeadsHaveAnAxisOfTheirOwn) {
  ASSERT_EQ(runProgram(arguments("llama-two-memory-heads")).status, 0);
  compareWithExpected(false);
}

TEST_F(TraceCommand, Gpt2BaselineEndsWithItsPositions) {
  ASSERT_EQ(runProgram(arguments("gpt2-wrap-pos")).status, 0);
  compareWithExpected(false);
}

TEST_F(TraceCommand, BitsDependOnNeitherThreadsNorScheduleNorKernels) {
  const auto base = arguments("llama-gqa");
  std::set<std::string> hashes;
  std::set<std::string> files;
  for (const char* threads : {"1", "2", "7"}) {
    for (const char* schedule : {"diagonal", "sequential"}) {
      const ProgramRun run = runProgram(with(base, {"--threads", threads, "--schedule", schedule}));
      ASSERT_EQ(run.status, 0) << run.err;
      hashes.insert(run.json()["state_hash"].get<std::string>());
      files.insert(readFile(file("out.safetensors")));
    }
  }
  hashes.insert(runProgram(with(base, {"--kernels", "plain"})).json()["state_hash"].get<std::string>());
  files.insert(readFile(file("out.safetensors")));
  EXPECT_EQ(hashes.size(), 1u);
  EXPECT_EQ(files.size(), 1u);
}

TEST_F(TraceCommand, TextNamesTensorsAndHash) {
  auto words = arguments("llama-gqa");
  std::erase(words, "--json");
  const ProgramRun run = runProgram(words);
  EXPECT_THAT(run.out, HasSubstr("input_ids I32 ["));
  EXPECT_THAT(run.out, HasSubstr("state_hash "));
}

TEST_F(TraceCommand, FailuresAreOneLineAndLeaveNoFile) {
  const auto base = arguments("llama-gqa");
  const auto expect = [&](const std::vector<std::string>& words, const std::string& part) {
    const ProgramRun run = runProgram(words);
    EXPECT_EQ(run.status, 1) << run.out;
    EXPECT_TRUE(run.hasOneLineError()) << run.err;
    EXPECT_THAT(run.err, HasSubstr(part));
    EXPECT_FALSE(std::filesystem::exists(file("out.safetensors")));
  };
  if (!loadCudaModule().ok()) expect(with(base, {"--backend", "cuda"}), "CUDA cannot be used: ");
  expect(with(base, {"--kernels", "abacus"}), "kernels 'abacus'");
  expect(with(base, {"--model", "/nowhere"}), "/nowhere: no such model directory");
  expect(with(base, {"--tokens", "/nowhere"}), "/nowhere");
  expect(with(base, {"--out", file("no/such/folder")}), "no/such/folder");
  const std::vector<std::pair<std::string, std::string>> lists = {
      {"[1, 2, 320]", "element 2 is 320, outside the model's vocabulary of 320"},
      {"[-1]", "element 0 is -1"},
      {"[1, 18446744073709551615]", "element 1 is 18446744073709551615"},
      {"[1, 2.5]", "element 1 is 2.5, not a whole number"},
      {"[1, \"2\"]", "not a whole number"},
      {"{}", "must hold a list"},
      {"[]", "empty list"},
      {"[1, 2", "is not JSON"}};
  for (const auto& [list, part] : lists) {
    writeFile(file("ids.json"), list);
    expect(base, part);
  }
}

}  // namespace
}  // namespace tidemark::testing
