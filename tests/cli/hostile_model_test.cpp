// Model directories that cannot run: one sentence that names the file, and no session is left behind.

#include <cstring>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;

class HostileModel : public SessionCommands {
 protected:
  void SetUp() override {
    fs::copy(fs::path(TM_SOURCE_DIR) / "resources/models/mini", model(), fs::copy_options::recursive);
  }
  [[nodiscard]] fs::path model() const { return path("model"); }
  void replaceInConfig(const std::string& from, const std::string& to) const {
    std::string config = readFile(model() / "config.json");
    ASSERT_NE(config.find(from), std::string::npos);
    config.replace(config.find(from), from.size(), to);
    writeFile(model() / "config.json", config);
  }
  void expectModelRefused(const Words& parts) const {
    const Words words = readWords("s", {kTavern.string(), "--model", model().string()});
    expectRefused(runProgram(words), parts);
    EXPECT_FALSE(fs::exists(path("s.tidemark")));
  }
  /// Where the first tensor of the name begins in model.safetensors.
  [[nodiscard]] std::size_t offsetOf(const std::string& tensor) const {
    const std::string file = readFile(model() / "model.safetensors");
    std::uint64_t header = 0;
    std::memcpy(&header, file.data(), sizeof header);
    const auto json = nlohmann::json::parse(file.substr(8, header));
    return 8 + header + json[tensor]["data_offsets"][0].get<std::size_t>();
  }
};

TEST_F(HostileModel, NoDirectory) {
  fs::remove_all(model());
  expectModelRefused({"model", "no such model directory"});
}

TEST_F(HostileModel, NoConfig) {
  fs::remove(model() / "config.json");
  expectModelRefused({"config.json"});
}

TEST_F(HostileModel, NoWeights) {
  fs::remove(model() / "model.safetensors");
  expectModelRefused({"model", "model.safetensors"});
}

TEST_F(HostileModel, NoTokenizer) {
  fs::remove(model() / "tokenizer.model");
  expectModelRefused({"model", "tokenizer.model"});
}

TEST_F(HostileModel, DamagedTokenizer) {
  writeFile(model() / "tokenizer.model", "this is not a tokenizer");
  expectModelRefused({"tokenizer.model"});
}

TEST_F(HostileModel, DamagedConfig) {
  writeFile(model() / "config.json", "{\"model_type\": \"llama\",");
  expectModelRefused({"config.json"});
}

TEST_F(HostileModel, TruncatedWeights) {
  const auto weights = model() / "model.safetensors";
  fs::resize_file(weights, fs::file_size(weights) / 2);
  expectModelRefused({"model.safetensors"});
}

TEST_F(HostileModel, NaNIsNamed) {
  const std::string tensor = "memory_cell.memory";
  const std::size_t at = offsetOf(tensor) + 2 * 5;
  std::string weights = readFile(model() / "model.safetensors");
  weights[at] = 0;
  weights[at + 1] = 0x7e;  // half-precision NaN
  writeFile(model() / "model.safetensors", weights);
  expectModelRefused({tensor, "NaN", "5"});
}

TEST_F(HostileModel, WrongShape) {
  replaceInConfig("\"intermediate_size\": 256", "\"intermediate_size\": 272");
  expectModelRefused({"gate_proj", "256", "272"});
}

TEST_F(HostileModel, FewerLayersThanTheWeightsHold) {
  replaceInConfig("\"num_hidden_layers\": 6", "\"num_hidden_layers\": 4");
  expectModelRefused({"asks for 4 layers", "hold 6", "config.json"});
}

TEST_F(HostileModel, MoreMemoryThanThereIs) {
  if (kSanitized) GTEST_SKIP() << "memory is the sanitizer's here";
  // Segments of this size change no weight, only what a run needs.
  replaceInConfig("\"segment_size\": 128", "\"segment_size\": 1000000");
  replaceInConfig("\"max_position_embeddings\": 1024", "\"max_position_embeddings\": 1000100");
  SpawnOptions options;
  options.addressSpace = std::uint64_t{1} << 30;
  const ProgramRun run = runLimited(readWords("s", {kTavern.string(), "--model", model().string()}), options);
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, ::testing::ContainsRegex("needs [0-9.]+ GiB of memory and [0-9.]+ [MK]iB are free; close"));
}

TEST_F(HostileModel, AddressSpaceTooSmallToLoad) {
  if (kSanitized) GTEST_SKIP() << "memory is the sanitizer's here";
  for (const std::uint64_t mebibytes : {24, 32, 48, 64, 96}) {
    SpawnOptions options;
    options.addressSpace = mebibytes << 20;
    const ProgramRun run = runLimited(readWords("small", {kTavern.string(), "--threads", "1"}), options);
    if (run.status == 127) continue;  // not even the program's libraries fitted
    EXPECT_THAT(run.status, ::testing::AnyOf(0, 1)) << mebibytes << ": " << run.err;
    if (run.status == 0) continue;
    EXPECT_THAT(run.err, ::testing::HasSubstr("memory")) << mebibytes;
  }
}

}  // namespace
}  // namespace tidemark::testing
