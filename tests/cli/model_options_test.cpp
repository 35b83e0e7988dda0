// Published checkpoints on the command line: inspect, trace, read and ask with what the directory does not say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/model_copy.h"
#include "tests/cli/run_program.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Words = std::vector<std::string>;

class ModelOptions : public ::testing::Test {
 protected:
  /// A golden checkpoint without its armt block, and without config.json where `config` is false.
  void writeIncomplete(const std::string& golden) {
    m_config = goldenConfig(golden);
    m_config.erase("armt");
    fs::create_directory(model());
    fs::copy_file(goldenDirectory() / golden / "model.safetensors", model() / "model.safetensors");
    writeFile(base(), m_config.dump());
  }
  [[nodiscard]] fs::path path(const std::string& name) const { return m_directory.path() / name; }
  [[nodiscard]] fs::path model() const { return path("model"); }
  [[nodiscard]] fs::path base() const { return path("base.json"); }
  [[nodiscard]] Words hints(Words words) const {
    for (const std::string& word :
         {std::string("--base-config"), base().string(), std::string("--segment-size"), std::string("32")}) {
      words.push_back(word);
    }
    return words;
  }
  /// What trace says of a directory.
  [[nodiscard]] ProgramRun trace(const fs::path& directory, Words more = {}) const {
    writeFile(path("ids.json"), nlohmann::json(loadGolden("llama-gqa").tokens("input_ids")).dump());
    Words words = {"trace",
                   "--model",
                   directory.string(),
                   "--tokens",
                   path("ids.json").string(),
                   "--json",
                   "--out",
                   path("out.safetensors").string(),
                   "--backend",
                   "cpu"};
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(words);
  }

 private:
  TemporaryDirectory m_directory;
  nlohmann::json m_config;
};

TEST_F(ModelOptions, InspectSaysWhatIsMissingAndWhatWasAssumed) {
  writeIncomplete("llama-gqa");
  const ProgramRun bare = runProgram({"inspect", model().string(), "--json"});
  EXPECT_EQ(bare.status, 1);
  EXPECT_TRUE(bare.hasOneLineError()) << bare.err;
  EXPECT_THAT(bare.err, AllOf(HasSubstr("no config.json"), HasSubstr("--base-config")));
  EXPECT_FALSE(bare.json()["tensors"].empty());

  const ProgramRun run = runProgram(hints({"inspect", model().string(), "--json"}));
  EXPECT_EQ(run.status, 0) << run.err;
  const auto json = run.json();
  EXPECT_EQ(json["config"]["armt"]["num_mem_tokens"], 8);
  EXPECT_EQ(json["config"]["armt"]["d_mem"], 16);
  EXPECT_THAT(json["notes"].get<Words>(), Contains(HasSubstr("assumed")));
  ASSERT_EQ(json["dtypes"].size(), 1u);
  EXPECT_EQ(json["dtypes"][0]["dtype"], "F32");
  EXPECT_EQ(json["dtypes"][0]["bytes"], 4 * json["parameters"].get<std::uint64_t>());
  EXPECT_GT(json["gpu_memory_bytes"].get<std::uint64_t>(), 0u);
  EXPECT_THAT(runProgram(hints({"inspect", model().string()})).out,
              AllOf(HasSubstr("stored as:   F32"), HasSubstr("GPU:         needs "), HasSubstr("note:")));
}

TEST_F(ModelOptions, TraceWithHintsIsTraceOfTheWholeModel) {
  writeIncomplete("llama-gqa");
  const ProgramRun run = trace(model(), hints({}));
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.json()["state_hash"], trace(goldenDirectory() / "llama-gqa").json()["state_hash"]);
  EXPECT_THAT(run.err, HasSubstr("assumed"));
  EXPECT_THAT(trace(goldenDirectory() / "llama-gqa").err, Not(HasSubstr("assumed")));
}

TEST_F(ModelOptions, AWrittenConfigMakesHintsUnnecessary) {
  writeIncomplete("llama-gqa");
  const std::string hash = trace(model(), hints({})).json()["state_hash"];
  const ProgramRun written = runProgram(hints({"inspect", model().string(), "--write-config"}));
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_THAT(written.err, HasSubstr("wrote"));
  EXPECT_EQ(trace(model()).json()["state_hash"], hash);
  EXPECT_THAT(runProgram({"inspect", model().string(), "--json"}).json()["notes"].get<Words>(),
              Not(Contains(HasSubstr("assumed"))));
  const std::string before = readFile(model() / "config.json");
  const ProgramRun again = runProgram(hints({"inspect", model().string(), "--write-config"}));
  EXPECT_EQ(again.status, 1);
  EXPECT_TRUE(again.hasOneLineError()) << again.err;
  EXPECT_THAT(again.err, HasSubstr("not replaced"));
  EXPECT_EQ(readFile(model() / "config.json"), before);
}

TEST_F(ModelOptions, NothingIsWrittenForAModelThatCannotRun) {
  writeIncomplete("llama-gqa");
  const ProgramRun run = runProgram({"inspect", model().string(), "--base-config", base().string(), "--write-config"});
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("--segment-size"));
  EXPECT_FALSE(fs::exists(model() / "config.json"));
}

TEST_F(ModelOptions, ContradictionsNameBothValues) {
  writeIncomplete("llama-gqa");
  const ProgramRun run = trace(model(), hints({"--memory-tokens", "9"}));
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(run.hasOneLineError()) << run.err;
  EXPECT_THAT(run.err, AllOf(HasSubstr("9 memory tokens"), HasSubstr("8 rows")));
  EXPECT_EQ(runProgram({"inspect", "--segment-size", "0"}).status, 2);
  EXPECT_EQ(runProgram({"inspect", "--lora-alpha", "many"}).status, 2);
}

TEST_F(ModelOptions, LoraAlphaIsAskedFor) {
  Tensors tensors = goldenTensors("llama-gqa");
  const std::string module = "memory_cell.model.model.layers.0.layer.self_attn.q_proj.";
  tensors[module + "lora_A.default.weight"] = smallTensor({4, 64}, 1);
  tensors[module + "lora_B.default.weight"] = smallTensor({64, 4}, 2);
  fs::create_directory(model());
  writeTensors(model() / "model.safetensors", tensors);
  fs::copy_file(goldenDirectory() / "llama-gqa" / "config.json", model() / "config.json");
  const ProgramRun without = trace(model());
  EXPECT_EQ(without.status, 1);
  EXPECT_THAT(without.err, HasSubstr("--lora-alpha"));
  const ProgramRun with = trace(model(), {"--lora-alpha", "8", "--lora-rank", "4"});
  EXPECT_EQ(with.status, 0) << with.err;
  EXPECT_NE(with.json()["state_hash"], trace(goldenDirectory() / "llama-gqa").json()["state_hash"]);
  const auto json = runProgram({"inspect", model().string(), "--lora-alpha", "8", "--json"}).json();
  EXPECT_THAT(json["notes"].get<Words>(), Contains(HasSubstr("1 LoRA pair was merged")));
}

TEST_F(ModelOptions, ListsAreCutInTextAndWholeInJson) {
  Tensors tensors = goldenTensors("llama-gqa");
  std::erase_if(tensors, [](const auto& entry) { return entry.first.find("self_attn") != std::string::npos; });
  for (int i = 0; i < 12; ++i) tensors["strange." + std::to_string(i)] = smallTensor({1}, i);
  fs::create_directory(model());
  writeTensors(model() / "model.safetensors", tensors);
  fs::copy_file(goldenDirectory() / "llama-gqa" / "config.json", model() / "config.json");
  const auto json = runProgram({"inspect", model().string(), "--json"}).json();
  EXPECT_EQ(json["missing"].size(), 16u);
  EXPECT_EQ(json["extra"].size(), 12u);
  EXPECT_THAT(json["misshapen"], IsEmpty());
  const std::string text = runProgram({"inspect", model().string()}).out;
  EXPECT_THAT(text, AllOf(HasSubstr("missing:     16: "), HasSubstr("and 6 more"), HasSubstr("extra:       12: ")));
  EXPECT_THAT(text, Not(HasSubstr("strange.9")));  // after 0, 1, 10, 11, 2 .. 8 come ten of them
}

TEST_F(ModelOptions, HelpNamesTheBaseConfigs) {
  for (const char* command : {"inspect", "trace", "read", "ask"}) {
    EXPECT_THAT(runProgram({command, "--help"}).out,
                AllOf(HasSubstr("--base-config"), HasSubstr("llama-3.2-1b"), HasSubstr("--lora-alpha")))
        << command;
  }
}

/// read and ask, which need a tokenizer: the built-in model without its armt block.
TEST_F(ModelOptions, ReadAndAskTakeTheSameHints) {
  if (!TM_HAVE_SQLITE || !TM_HAVE_SENTENCEPIECE) GTEST_SKIP() << "needs SQLite and SentencePiece";
  const fs::path mini = fs::path(TM_SOURCE_DIR) / "resources" / "models" / "mini";
  fs::create_directory(model());
  for (const char* file : {"model.safetensors", "tokenizer.model"}) fs::copy_file(mini / file, model() / file);
  const std::string text = (fs::path(TM_SOURCE_DIR) / "resources" / "samples" / "tavern-night.txt").string();
  Words words = {"read", text, "--session", path("s").string(), "--model", model().string(), "--json"};
  EXPECT_THAT(runProgram(words).err, HasSubstr("--base-config"));
  // The built-in config is complete, so this only names it; the segment size is said again.
  const Words given = {"--base-config", (mini / "config.json").string(), "--segment-size", "128"};
  words.insert(words.end(), given.begin(), given.end());
  const ProgramRun read = runProgram(words);
  ASSERT_EQ(read.status, 0) << read.err;
  Words own = {"read", text, "--session", path("own").string(), "--json"};
  EXPECT_EQ(read.json()["state_hash"], runProgram(own).json()["state_hash"]);

  Words ask = {"ask", "Where was Mary born?", "--session", path("s").string(), "--model", model().string(), "--json"};
  EXPECT_EQ(runProgram(ask).status, 1);
  ask.insert(ask.end(), given.begin(), given.end());
  const ProgramRun answer = runProgram(ask);
  EXPECT_EQ(answer.status, 0) << answer.err;
  ask[ask.size() - 1] = "64";
  const ProgramRun other = runProgram(ask);
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err, HasSubstr("belongs to model"));
}

}  // namespace
}  // namespace tidemark::testing
