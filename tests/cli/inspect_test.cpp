// inspect, on the built-in model and on models that cannot run.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/run_program.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path kModel = fs::path(TM_SOURCE_DIR) / "resources" / "models" / "mini";

class Inspect : public ::testing::Test {
 protected:
  /// A copy of the built-in model that may be damaged.
  Inspect() {
    for (const char* file : {"config.json", "model.safetensors"}) fs::copy_file(kModel / file, copy() / file);
  }
  [[nodiscard]] const fs::path& copy() const { return m_directory.path(); }

 private:
  TemporaryDirectory m_directory;
};

TEST_F(Inspect, BuiltInModelIsTheDefaultAndRuns) {
  const ProgramRun run = runProgram({"inspect"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("(built in)"));
  EXPECT_THAT(run.out, HasSubstr("demonstration model"));
  EXPECT_THAT(run.out, HasSubstr("can run:     yes"));
  EXPECT_THAT(run.out, HasSubstr("GPU:         "));
  EXPECT_THAT(run.out, Not(HasSubstr("memory_cell.memory")));
  EXPECT_THAT(runProgram({"inspect", "--tensors"}).out, HasSubstr("memory_cell.memory F16 [8, 128]"));
}

TEST_F(Inspect, JsonNamesConfigTensorsAndMemory) {
  const auto json = runProgram({"inspect", kModel.string(), "--json"}).json();
  EXPECT_TRUE(json["builtin"].get<bool>());
  EXPECT_TRUE(json["can_run"].get<bool>());
  EXPECT_EQ(json["config"]["armt"]["segment_size"], 128);
  EXPECT_EQ(json["config"]["num_hidden_layers"], 6);
  EXPECT_TRUE(json["problems"].empty());
  EXPECT_EQ(json["tokenizer"], "tokenizer.model");
  EXPECT_TRUE(json["cuda"]["usable"].is_boolean());
  EXPECT_FALSE(json["cuda"]["detail"].get<std::string>().empty());
  // 6 layers of W_mem [192, 128] and z [192], float32.
  EXPECT_EQ(json["snapshot_bytes"], 6 * 192 * 129 * 4);
  EXPECT_GT(json["memory_bytes"].get<std::uint64_t>(), json["memory_parts"]["weights"].get<std::uint64_t>());
  std::uint64_t parameters = 0;
  for (const auto& tensor : json["tensors"]) {
    std::uint64_t elements = 1;
    for (const auto& axis : tensor["shape"]) elements *= axis.get<std::uint64_t>();
    EXPECT_EQ(tensor["bytes"], 2 * elements) << tensor["name"];
    if (tensor["use"] == "used") parameters += elements;
  }
  EXPECT_EQ(json["parameters"], parameters);
}

TEST_F(Inspect, WithoutTokenizerItRunsAndSaysSo) {
  const ProgramRun run = runProgram({"inspect", copy().string()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("no tokenizer.model"));
  EXPECT_THAT(run.out, Not(HasSubstr("built in")));
}

TEST_F(Inspect, TruncatedWeightsCannotRun) {
  fs::resize_file(copy() / "model.safetensors", fs::file_size(copy() / "model.safetensors") / 2);
  const ProgramRun run = runProgram({"inspect", copy().string(), "--json"});
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(run.hasOneLineError()) << run.err;
  const auto json = run.json();
  EXPECT_FALSE(json["can_run"].get<bool>());
  ASSERT_EQ(json["problems"].size(), 1u);
  EXPECT_THAT(json["problems"][0].get<std::string>(), HasSubstr("model.safetensors"));
  EXPECT_EQ(json["config"]["num_hidden_layers"], 6);
}

TEST_F(Inspect, EveryMisshapenTensorIsListed) {
  std::string config = readFile(copy() / "config.json");
  const std::string from = "\"intermediate_size\": 256";
  config.replace(config.find(from), from.size(), "\"intermediate_size\": 272");
  writeFile(copy() / "config.json", config);
  const ProgramRun run = runProgram({"inspect", copy().string(), "--json"});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.json()["problems"].size(), 18u);  // gate, up and down of six layers
  EXPECT_THAT(run.err, HasSubstr("and 17 more"));
}

TEST_F(Inspect, BrokenConfigStillShowsTheTensors) {
  writeFile(copy() / "config.json", "{\"model_type\": \"llama\"");
  const ProgramRun run = runProgram({"inspect", copy().string(), "--json"});
  EXPECT_EQ(run.status, 1);
  const auto json = run.json();
  EXPECT_TRUE(json["config"].is_null());
  EXPECT_EQ(json["tensors"].size(), 87u);
  EXPECT_EQ(json["problems"].size(), 1u);
}

TEST_F(Inspect, MissingDirectoryIsOneLine) {
  const ProgramRun run = runProgram({"inspect", "/nowhere/at/all"});
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(run.hasOneLineError()) << run.err;
  EXPECT_TRUE(run.out.empty());
}

TEST_F(Inspect, FullDiskIsAFailure) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const std::string command = std::string("'") + TM_CLI_PROGRAM + "' inspect >/dev/full 2>/dev/null";
  EXPECT_EQ(std::system(command.c_str()), 256);
}

TEST_F(Inspect, MissingResourcesNameThePlaces) {
  const ProgramRun run = runProgram({"inspect"}, "TIDEMARK_RESOURCES=/nowhere");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("/nowhere/models/mini"));
}

}  // namespace
}  // namespace tidemark::testing
