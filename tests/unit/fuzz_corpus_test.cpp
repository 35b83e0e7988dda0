// Replays the seeds of tests/fuzz/corpus, and whatever a fuzzer once found, without a fuzzer.

#include "engine/weights/adapter_config.h"
#include "engine/weights/model_config.h"
#include "engine/weights/tensor_names.h"
#include "engine/weights/torch/torch_file.h"
#include "engine/weights/weight_index.h"
#include "tests/unit/torch_builder.h"
#include "tests/unit/torch_seeds.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

/// Files whose name starts with "valid" must be accepted, all others refused; none may crash.
template <typename Parse>
void replay(const char* folder, const Parse& parse) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(TM_SOURCE_DIR) / "tests/fuzz/corpus" / folder)) {
    const std::string name = entry.path().filename().string();
    const std::string bytes = testing::readFile(entry.path());
    const std::string message = parse(bytes);
    EXPECT_EQ(message == "(no error)", name.starts_with("valid")) << name << ": " << message;
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST(FuzzCorpus, Safetensors) {
  replay("safetensors",
         [](const std::string& bytes) { return testing::messageOf(parseSafetensors(testing::bytesOf(bytes), "x")); });
}

TEST(FuzzCorpus, TorchFile) {
  replay("torch_file", [](const std::string& bytes) {
    return testing::messageOf(parseTorchFile(testing::bytesOf(testing::fuzzedTorchFile(bytes)), "x"));
  });
}

// A seed that is changed in torch_seeds.h is written again with --gtest_also_run_disabled_tests.
TEST(FuzzCorpus, DISABLED_WriteTorchSeeds) {
  for (const auto& [name, bytes] : testing::torchSeeds()) {
    testing::writeFile(std::filesystem::path(TM_SOURCE_DIR) / "tests/fuzz/corpus/torch_file" / name, bytes);
  }
}

TEST(FuzzCorpus, ModelConfig) {
  replay("model_config", [](const std::string& bytes) { return testing::messageOf(parseModelConfig(bytes, "x")); });
}

TEST(FuzzCorpus, AdapterConfig) {
  replay("adapter_config", [](const std::string& bytes) { return testing::messageOf(parseAdapterConfig(bytes, "x")); });
}

TEST(FuzzCorpus, WeightIndex) {
  replay("weight_index", [](const std::string& bytes) { return testing::messageOf(parseWeightIndex(bytes, "x")); });
}

TEST(FuzzCorpus, TensorNames) {
  // Every string has a name; the seeds are names that layouts really have, behind a byte that chooses the context.
  replay("tensor_names", [](const std::string& bytes) {
    return tensorNameOf(bytes.substr(1), {}).part == TensorPart::kUnsupported ? "unsupported" : "(no error)";
  });
}

}  // namespace
}  // namespace tidemark
