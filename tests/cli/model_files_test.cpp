// Published layouts opened as they are: the state after a read has the same bits as that of the checkpoint in our own.

#include "engine/weights/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cli/open_model.h"
#include "app/cli/trace_run.h"
#include "engine/base/sha256.h"
#include "engine/weights/config_writer.h"
#include "tests/cli/model_copy.h"
#include "tests/unit/torch_builder.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The hash of the memory after three segments.
std::string stateHashOf(const fs::path& directory, const ModelHints& hints = {}) {
  auto files = openModelFiles(directory, hints);
  EXPECT_TRUE(files) << messageOf(files);
  if (!files) return "";
  const ModelConfig config = files->config;
  const auto chosen = cli::openBackend({.backend = "cpu", .threads = 1, .kernels = {}}, config, files->weights);
  EXPECT_TRUE(chosen) << messageOf(chosen);
  std::vector<TokenId> tokens;
  for (int i = 0; i < 3 * config.memory->segmentSize; ++i) tokens.push_back((i * 31 + 7) % config.vocabularySize);
  cli::TraceRequest request;
  request.tokens = tokens;
  const auto trace = cli::runTrace(*chosen->backend, request);
  EXPECT_TRUE(trace) << messageOf(trace);
  return trace ? trace->stateHash : "";
}

std::string errorOf(const fs::path& directory, const ModelHints& hints = {}) {
  return messageOf(openModelFiles(directory, hints));
}

class ModelFilesTest : public ::testing::Test {
 protected:
  [[nodiscard]] const fs::path& path() const { return m_directory.path(); }
  void writeModel(const Tensors& tensors, const json& config) const {
    writeTensors(path() / "model.safetensors", tensors);
    writeConfig(config);
  }
  void writeConfig(const json& config) const { writeFile(path() / "config.json", config.dump()); }

 private:
  TemporaryDirectory m_directory;
};

struct Layout {
  const char* name;
  std::string (*rename)(const std::string& name);
};

std::string peftInside(const std::string& name) {
  const std::string cell = "memory_cell.model.";
  std::string inside = name.starts_with(cell) ? cell + "base_model.model." + name.substr(cell.size()) : name;
  inside = replaced(inside, "q_proj.weight", "q_proj.base_layer.weight");
  return replaced(inside, "c_attn.", "c_attn.base_layer.");
}

std::string soleLayerList(const std::string& name) {
  return replaced(replaced(name, "memory_cell.model.model.layers.", "memory_cell.layers."),
                  "memory_cell.model.transformer.h.", "memory_cell.layers.");
}

const Layout kLayouts[] = {
    {"Module", [](const std::string& name) { return "module." + name; }},
    {"Compiled", [](const std::string& name) { return "_orig_mod." + name; }},
    {"Hub", [](const std::string& name) { return "armt." + name; }},
    {"PeftOutside", [](const std::string& name) { return "base_model.model." + name; }},
    {"PeftInside", peftInside},
    {"SoleLayerList", soleLayerList},
    {"BareDecoder",
     [](const std::string& name) {
       return replaced(replaced(name, "memory_cell.model.model.", "memory_cell.model."), "model.transformer.",
                       "model.");
     }},
};

class LayoutTest : public ModelFilesTest, public ::testing::WithParamInterface<Layout> {};

TEST_P(LayoutTest, HasTheStateOfTheOriginal) {
  for (const char* golden : {"llama-gqa", "gpt2-wrap-pos"}) {
    writeModel(renamed(goldenTensors(golden), GetParam().rename), goldenConfig(golden));
    EXPECT_EQ(stateHashOf(path()), stateHashOf(goldenDirectory() / golden)) << golden;
    const auto files = openModelFiles(path());
    ASSERT_TRUE(files) << messageOf(files);
    EXPECT_THAT(files->notes, Not(IsEmpty()));
    EXPECT_EQ(files->configSha256, sha256Hex(bytesOf(readFile(path() / "config.json"))));
  }
}

INSTANTIATE_TEST_SUITE_P(Published, LayoutTest, ::testing::ValuesIn(kLayouts),
                         [](const auto& layout) { return layout.param.name; });

TEST_F(ModelFilesTest, DoubledLayersAreIgnored) {
  Tensors tensors = goldenTensors("llama-gqa");
  for (auto& [name, tensor] : goldenTensors("llama-gqa")) tensors.emplace(soleLayerList(name), copyOf(tensor));
  writeModel(tensors, goldenConfig("llama-gqa"));
  EXPECT_EQ(stateHashOf(path()), stateHashOf(goldenDirectory() / "llama-gqa"));
  WeightsReport report;
  ASSERT_TRUE(openModelFiles(path(), {}, &report));
  EXPECT_THAT(report.ignored, Contains("memory_cell.layers.0.W_mq.weight"));
  EXPECT_THAT(report.unexpected, IsEmpty());
}

TEST_F(ModelFilesTest, ShardsInAnotherLayout) {
  Tensors first = renamed(goldenTensors("llama-gqa"), peftInside), second;
  while (second.size() < 20) second.insert(first.extract(first.begin()));
  json map;
  for (const auto& [name, tensor] : first) map[name] = "a.safetensors";
  for (const auto& [name, tensor] : second) map[name] = "b.safetensors";
  writeTensors(path() / "a.safetensors", first);
  writeTensors(path() / "b.safetensors", second);
  writeFile(path() / "model.safetensors.index.json", json{{"weight_map", map}}.dump());
  writeConfig(goldenConfig("llama-gqa"));
  EXPECT_EQ(stateHashOf(path()), stateHashOf(goldenDirectory() / "llama-gqa"));
}

TEST_F(ModelFilesTest, ATiedHeadMayBeTheOnlyCopyOfTheEmbedding) {
  Tensors tensors = goldenTensors("llama-tied-rope3");
  tensors["memory_cell.model.lm_head.weight"] = copyOf(tensors.at("memory_cell.model.model.embed_tokens.weight"));
  tensors.erase("memory_cell.model.model.embed_tokens.weight");
  writeModel(tensors, goldenConfig("llama-tied-rope3"));
  EXPECT_EQ(stateHashOf(path()), stateHashOf(goldenDirectory() / "llama-tied-rope3"));
  EXPECT_THAT(openModelFiles(path())->notes, Contains(HasSubstr("tied")));
  // Both, and different: the config decides, and says so.
  Tensors both = goldenTensors("llama-tied-rope3");
  both["memory_cell.model.lm_head.weight"] =
      smallTensor(both.at("memory_cell.model.model.embed_tokens.weight").shape(), 3);
  writeModel(both, goldenConfig("llama-tied-rope3"));
  EXPECT_THAT(openModelFiles(path())->notes, Contains(HasSubstr("differs from the embedding")));
}

TEST_F(ModelFilesTest, EqualTwinsAreOneTensorAndUnequalOnesAnError) {
  Tensors tensors = goldenTensors("llama-gqa");
  const std::string name = "memory_cell.model.model.layers.0.layer.mlp.up_proj.weight";
  tensors["module." + name] = copyOf(tensors.at(name));
  writeModel(tensors, goldenConfig("llama-gqa"));
  EXPECT_EQ(stateHashOf(path()), stateHashOf(goldenDirectory() / "llama-gqa"));
  tensors.at("module." + name).floats()[5] += 1;
  writeModel(tensors, goldenConfig("llama-gqa"));
  EXPECT_THAT(errorOf(path()),
              AllOf(HasSubstr("\"module." + name + "\""), HasSubstr("\"" + name + "\""), HasSubstr("remove the one")));
}

TEST_F(ModelFilesTest, ReplacedModulesCount) {
  Tensors tensors = goldenTensors("llama-gqa");
  const std::string head = "memory_cell.model.base_model.model.lm_head.";
  tensors[head + "modules_to_save.default.weight"] = copyOf(tensors.at("memory_cell.model.lm_head.weight"));
  tensors[head + "original_module.weight"] = smallTensor(tensors.at("memory_cell.model.lm_head.weight").shape(), 1);
  tensors.erase("memory_cell.model.lm_head.weight");
  writeModel(tensors, goldenConfig("llama-gqa"));
  const auto files = openModelFiles(path());
  ASSERT_TRUE(files) << messageOf(files);
  const auto own = openModelFiles(goldenDirectory() / "llama-gqa");
  EXPECT_TRUE(std::ranges::equal(files->weights.head.bytes, own->weights.head.bytes));
}

TEST_F(ModelFilesTest, PartsThatAreNotComputedAreRefused) {
  Tensors tensors = goldenTensors("llama-gqa");
  tensors["memory_cell.sink"] = smallTensor({1, 64}, 1);
  writeModel(tensors, goldenConfig("llama-gqa"));
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("memory_cell.sink"), HasSubstr("attention sink")));
}

/// A checkpoint with LoRA pairs, and the same with the pairs merged by hand.
class LoraFilesTest : public ModelFilesTest {
 protected:
  static constexpr int kRank = 4;
  static constexpr float kScale = 8;  // alpha 32 / rank 4

  void makePairs(const std::string& golden, const std::vector<std::string>& modules, const std::string& front) {
    m_golden = golden;
    m_merged = goldenTensors(golden);
    int seed = 0;
    for (auto& [name, weight] : m_merged) {
      for (const std::string& module : modules) {
        if (!name.ends_with("." + module + ".weight")) continue;
        const bool inputMajor = module == "c_attn";
        const auto in = weight.shape()[inputMajor ? 0 : 1], out = weight.shape()[inputMajor ? 1 : 0];
        Tensor a = smallTensor({kRank, in}, ++seed), b = smallTensor({out, kRank}, ++seed);
        mergeByHand(weight, a, b, inputMajor);
        const std::string stored = front + name.substr(0, name.size() - 6);  // less "weight"
        m_pairs[stored + "lora_A.default.weight"] = std::move(a);
        m_pairs[stored + "lora_B.default.weight"] = std::move(b);
      }
    }
    ASSERT_FALSE(m_pairs.empty());
  }
  /// Base weights and pairs in one file.
  [[nodiscard]] Tensors together() const {
    Tensors all = goldenTensors(m_golden);
    for (const auto& [name, tensor] : m_pairs) all.emplace(name, copyOf(tensor));
    return all;
  }
  [[nodiscard]] std::string mergedHash() const {
    const TemporaryDirectory merged;
    writeTensors(merged.path() / "model.safetensors", m_merged);
    writeFile(merged.path() / "config.json", goldenConfig(m_golden).dump());
    return stateHashOf(merged.path());
  }
  [[nodiscard]] Tensors& pairs() { return m_pairs; }

 private:
  static void mergeByHand(Tensor& weight, const Tensor& a, const Tensor& b, bool inputMajor) {
    const auto in = static_cast<std::size_t>(a.shape()[1]), out = static_cast<std::size_t>(b.shape()[0]);
    for (std::size_t o = 0; o < out; ++o) {
      for (std::size_t i = 0; i < in; ++i) {
        float sum = 0;
        for (std::size_t k = 0; k < kRank; ++k) sum += b.floats()[o * kRank + k] * a.floats()[k * in + i];
        weight.floats()[inputMajor ? i * out + o : o * in + i] += kScale * sum;
      }
    }
  }

  std::string m_golden;
  Tensors m_merged, m_pairs;
};

constexpr const char* kAdapterConfig = R"({"peft_type": "LORA", "r": 4, "lora_alpha": 32})";

TEST_F(LoraFilesTest, HintsGiveTheStateOfTheMergedCheckpoint) {
  makePairs("llama-gqa", {"q_proj", "v_proj"}, "");
  writeModel(together(), goldenConfig("llama-gqa"));
  const std::string expected = mergedHash();
  EXPECT_NE(expected, stateHashOf(goldenDirectory() / "llama-gqa"));
  EXPECT_EQ(stateHashOf(path(), {.loraAlpha = 32.0}), expected);
  EXPECT_EQ(stateHashOf(path(), {.loraAlpha = 32.0, .loraRank = 4}), expected);
  const auto files = openModelFiles(path(), {.loraAlpha = 32.0});
  EXPECT_THAT(files->notes, Contains(AllOf(HasSubstr("8 LoRA pairs"), HasSubstr("q_proj, v_proj"), HasSubstr("8)"))));
  // The adapter's strength is part of the identity.
  EXPECT_NE(files->configSha256, openModelFiles(path(), {.loraAlpha = 16.0})->configSha256);
}

TEST_F(LoraFilesTest, PeftInsideTheCellWithAdapterConfig) {
  makePairs("llama-gqa", {"q_proj", "v_proj"}, "");
  writeModel(renamed(together(), peftInside), goldenConfig("llama-gqa"));
  writeFile(path() / "adapter_config.json", kAdapterConfig);
  EXPECT_EQ(stateHashOf(path()), mergedHash());
  const std::string identity = openModelFiles(path())->configSha256;
  writeFile(path() / "adapter_config.json", replaced(kAdapterConfig, "32", "31"));
  EXPECT_NE(openModelFiles(path())->configSha256, identity);
  EXPECT_EQ(stateHashOf(path(), {.loraAlpha = 32.0}), mergedHash());  // a hint wins
}

TEST_F(LoraFilesTest, Gpt2WeightsLieTheOtherWayRound) {
  makePairs("gpt2-plain-pos", {"c_attn"}, "");
  writeModel(together(), goldenConfig("gpt2-plain-pos"));
  EXPECT_EQ(stateHashOf(path(), {.loraAlpha = 32.0}), mergedHash());
}

TEST_F(LoraFilesTest, AllOfItAtOnceAsTheAuthorsStoreIt) {
  // Wrapped by PEFT, every layer under the first of its two names, the embedding as the tied head, no config.json.
  makePairs("llama-tied-rope3", {"q_proj", "v_proj"}, "");
  const Tensors stored = renamed(together(), [](const std::string& name) {
    if (name.ends_with("embed_tokens.weight")) return std::string("memory_cell.model.base_model.model.lm_head.weight");
    const std::string adapted = replaced(name, "v_proj.weight", "v_proj.base_layer.weight");
    return name.find(".layers.") == std::string::npos ? peftInside(adapted) : peftInside(soleLayerList(adapted));
  });
  ASSERT_TRUE(stored.contains("memory_cell.layers.0.layer.self_attn.v_proj.base_layer.weight"));
  ASSERT_TRUE(stored.contains("memory_cell.model.base_model.model.model.norm.weight"));
  writeTensors(path() / "model.safetensors", stored);
  json config = goldenConfig("llama-tied-rope3");
  const int segment = config["armt"]["segment_size"];
  config.erase("armt");
  const TemporaryDirectory base;
  writeFile(base.path() / "config.json", config.dump());
  const ModelHints hints{.baseConfig = base.path().string(), .segmentSize = segment, .loraAlpha = 32.0};
  WeightsReport report;
  const auto files = openModelFiles(path(), hints, &report);
  ASSERT_TRUE(files) << messageOf(files);
  EXPECT_THAT(report.unexpected, IsEmpty());
  EXPECT_EQ(stateHashOf(path(), hints), mergedHash());
}

TEST_F(LoraFilesTest, AnAdapterFileBesideTheBase) {
  makePairs("llama-gqa", {"q_proj", "up_proj"}, "");
  writeModel(goldenTensors("llama-gqa"), goldenConfig("llama-gqa"));
  // As PEFT stores it: the decoder's own names, without the adapter's.
  writeTensors(path() / "adapter_model.safetensors", renamed(std::move(pairs()), [](const std::string& name) {
                 const std::string own = replaced(replaced(name, "memory_cell.model.", ""), ".layer.", ".");
                 return "base_model.model." + replaced(own, ".default.", ".");
               }));
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("alpha"), HasSubstr("--lora-alpha")));
  writeFile(path() / "adapter_config.json", kAdapterConfig);
  EXPECT_EQ(stateHashOf(path()), mergedHash());
  writeFile(path() / "adapter_config.json", R"({"r": 4, "lora_alpha": 32, "init_lora_weights": "pissa"})");
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("pissa"), HasSubstr("base weights")));
}

/// A torch file of F32 tensors; the first is stored by columns, so that it is no view of the file.
std::string torchFileOf(const Tensors& tensors) {
  PickleBuilder pickle;
  pickle.raw("}(");
  Storages storages;
  for (const auto& [name, tensor] : tensors) {
    const std::int64_t rows = tensor.shape()[0];
    const std::int64_t columns = tensor.shape()[1];
    const bool isFirst = storages.empty();
    std::vector<float> values(tensor.floats().begin(), tensor.floats().end());
    if (isFirst) {
      for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t column = 0; column < columns; ++column) {
          values[column * rows + row] = tensor.floats()[row * columns + column];
        }
      }
    }
    const std::string key = std::to_string(storages.size());
    pickle.text(name).tensor("FloatStorage", key, rows * columns, 0, {rows, columns},
                             isFirst ? std::vector<std::int64_t>{1, rows} : std::vector<std::int64_t>{columns, 1});
    storages.emplace_back(key, bytesOfValues(values));
  }
  return torchFile(pickle.raw("u").stopped(), storages);
}

TEST_F(LoraFilesTest, AnAdapterAsATorchFile) {
  makePairs("llama-gqa", {"q_proj", "up_proj"}, "");
  writeModel(goldenTensors("llama-gqa"), goldenConfig("llama-gqa"));
  writeFile(path() / "adapter_config.json", kAdapterConfig);
  writeFile(path() / "adapter_model.bin", torchFileOf(pairs()));
  EXPECT_EQ(stateHashOf(path()), mergedHash());
  const auto files = openModelFiles(path());
  ASSERT_TRUE(files) << messageOf(files);
  EXPECT_THAT(files->notes, Contains(HasSubstr("adapter_model.bin")));
  writeFile(path() / "adapter_model.bin", "no archive");
  EXPECT_THAT(errorOf(path()), HasSubstr("adapter_model.bin"));
}

TEST_F(LoraFilesTest, RankPatternsAndStabilisedRanks) {
  makePairs("llama-gqa", {"q_proj"}, "");
  writeModel(together(), goldenConfig("llama-gqa"));
  // 16 / sqrt(4) = 8, with the rank of the module itself.
  writeFile(path() / "adapter_config.json",
            R"({"r": 64, "lora_alpha": 16, "use_rslora": true, "rank_pattern": {"q_proj": 4}})");
  EXPECT_EQ(stateHashOf(path()), mergedHash());
}

TEST_F(LoraFilesTest, WhatIsMissingOrWrongIsSaid) {
  makePairs("llama-gqa", {"q_proj"}, "");
  const json config = goldenConfig("llama-gqa");
  writeModel(together(), config);
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("lora_A.default.weight"), HasSubstr("--lora-alpha")));
  EXPECT_THAT(errorOf(path(), {.loraAlpha = 32.0, .loraRank = 8}), AllOf(HasSubstr("rank 8"), HasSubstr("[4, 64]")));

  const std::string module = "memory_cell.model.model.layers.0.layer.self_attn.q_proj.";
  Tensors broken = together();
  broken.erase(module + "lora_B.default.weight");
  writeModel(broken, config);
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr(module + "lora_A"), HasSubstr("no lora_B")));

  broken = together();
  broken[module + "lora_A.other.weight"] = copyOf(broken.at(module + "lora_A.default.weight"));
  broken[module + "lora_B.other.weight"] = copyOf(broken.at(module + "lora_B.default.weight"));
  writeModel(broken, config);
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("\"default\" and \"other\""), HasSubstr("two adapters")));

  broken = together();
  broken[module + "lora_magnitude_vector.default.weight"] = smallTensor({64}, 1);
  writeModel(broken, config);
  EXPECT_THAT(errorOf(path()), HasSubstr("DoRA"));

  broken = together();
  broken[module + "lora_B.default.weight"] = smallTensor({63, 4}, 1);
  writeModel(broken, config);
  EXPECT_THAT(errorOf(path(), {.loraAlpha = 1.0}), AllOf(HasSubstr("[63, 4]"), HasSubstr("[64, 64]")));

  broken = together();
  broken.erase(module + "weight");
  writeModel(broken, config);
  EXPECT_THAT(errorOf(path(), {.loraAlpha = 1.0}), AllOf(HasSubstr(module), HasSubstr("base model")));

  writeModel(goldenTensors("llama-gqa"), config);
  EXPECT_THAT(errorOf(path(), {.loraAlpha = 1.0}), HasSubstr("no LoRA matrices"));
}

TEST_F(LoraFilesTest, AnAdapterAloneIsNoModel) {
  makePairs("llama-gqa", {"q_proj"}, "");
  writeTensors(path() / "adapter_model.safetensors", pairs());
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("adapter alone"), HasSubstr("model.safetensors")));
}

/// Every flag that tensors tell, from golden checkpoints without their armt block.
TEST_F(ModelFilesTest, TheMemoryIsReadOffTheTensors) {
  for (const char* golden : {"llama-gqa", "gpt2-wrap-pos", "gpt2-plain-pos", "llama-tied-rope3"}) {
    json config = goldenConfig(golden);
    const int segment = config["armt"]["segment_size"];
    config.erase("armt");
    writeModel(goldenTensors(golden), config);
    EXPECT_EQ(stateHashOf(path(), {.segmentSize = segment}), stateHashOf(goldenDirectory() / golden)) << golden;
    EXPECT_THAT(openModelFiles(path(), {.segmentSize = segment})->notes, Contains(HasSubstr("assumed")));
  }
  for (const char* golden : {"llama-two-memory-heads", "llama-gated-write"}) {
    json config = goldenConfig(golden);
    config.erase("armt");
    writeModel(goldenTensors(golden), config);
    const auto files = openModelFiles(path(), {.segmentSize = 32});
    ASSERT_TRUE(files) << messageOf(files);
    const MemoryConfig expected = *openModelFiles(goldenDirectory() / golden)->config.memory;
    // Gated writes have a value per channel, whatever the heads.
    EXPECT_EQ(files->config.memory->heads, expected.gating ? 1 : expected.heads) << golden;
    EXPECT_EQ(files->config.memory->gating, expected.gating) << golden;
    EXPECT_EQ(files->config.memory->dMem, expected.dMem) << golden;
    EXPECT_EQ(files->config.memory->memoryTokens, expected.memoryTokens) << golden;
  }
}

TEST_F(ModelFilesTest, SegmentSizesComeFromNamesOrHints) {
  json config = goldenConfig("llama-gqa");
  config.erase("armt");
  writeModel(goldenTensors("llama-gqa"), config);
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("--segment-size"), Not(HasSubstr("which may be"))));
  const std::string expected = stateHashOf(goldenDirectory() / "llama-gqa");
  for (const char* name : {"armt_seg32", "runs_segm_32/run_1"}) {
    fs::create_directories((path() / name).parent_path());
    fs::create_directories(path() / name);
    for (const char* file : {"config.json", "model.safetensors"}) fs::copy_file(path() / file, path() / name / file);
    EXPECT_EQ(stateHashOf(path() / name), expected) << name;
    EXPECT_EQ(stateHashOf(path() / name / ""), expected) << name;
    EXPECT_THAT(openModelFiles(path() / name)->notes, Contains(HasSubstr("taken from the name")));
  }
  fs::rename(path() / "armt_seg32", path() / "ARMT-4x40-mem8");
  EXPECT_THAT(errorOf(path() / "ARMT-4x40-mem8"), AllOf(HasSubstr("40 or 32"), HasSubstr("--segment-size")));
}

TEST_F(ModelFilesTest, HintsThatTheTensorsContradict) {
  writeModel(goldenTensors("llama-gqa"), goldenConfig("llama-gqa"));
  EXPECT_THAT(errorOf(path(), {.memoryTokens = 9}), AllOf(HasSubstr("9 memory tokens"), HasSubstr("has 8 rows")));
  EXPECT_THAT(errorOf(path(), {.baseConfig = "llama-160m"}),
              AllOf(HasSubstr("width 768"), HasSubstr("width 64"), HasSubstr("does not fit")));
  EXPECT_THAT(errorOf(path(), {.baseConfig = "no-such-config"}),
              AllOf(HasSubstr("no-such-config"), HasSubstr("llama-3.2-1b")));
  EXPECT_EQ(stateHashOf(path(), {.memoryTokens = 8}), stateHashOf(path()));
}

TEST_F(ModelFilesTest, MissingConfigsAreNamedOrGiven) {
  writeTensors(path() / "model.safetensors", goldenTensors("llama-gqa"));
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("no config.json"), HasSubstr("vocabulary 320, width 64, 4 layers"),
                                     HasSubstr("tinyllama-1.1b"), HasSubstr("--base-config")));
  json config = goldenConfig("llama-gqa");
  config.erase("armt");
  const TemporaryDirectory base;
  writeFile(base.path() / "config.json", config.dump());
  for (const fs::path& given : {base.path(), base.path() / "config.json"}) {
    EXPECT_EQ(stateHashOf(path(), {.baseConfig = given.string(), .segmentSize = 32}),
              stateHashOf(goldenDirectory() / "llama-gqa"));
  }
}

TEST_F(ModelFilesTest, AShippedConfigThatFitsIsProposed) {
  // A GPT-2 of the published shape whose layers are nearly empty: enough to be told what it is.
  Tensors tensors;
  tensors["transformer.wte.weight"] = Tensor(DType::kF16, {50257, 768});
  tensors["transformer.h.11.ln_1.weight"] = Tensor(DType::kF16, {768});
  writeTensors(path() / "model.safetensors", tensors);
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("fit the base config gpt2"), HasSubstr("pass --base-config gpt2")));
}

TEST_F(ModelFilesTest, TheAuthorsOwnConfigIsUnderstood) {
  json base = goldenConfig("llama-normalized-keys");
  json config = base["armt"];
  base.erase("armt");
  config.erase("normalize_keys");
  config["model_type"] = "armt";
  config["base_model_config"] = base;
  config["layers_attr"] = "model.layers";
  config["segment_alignment"] = "left";
  config["sliding_window"] = false;
  const Tensors tensors = renamed(goldenTensors("llama-normalized-keys"), kLayouts[2].rename);
  writeModel(tensors, config);
  EXPECT_EQ(stateHashOf(path()), stateHashOf(goldenDirectory() / "llama-normalized-keys"));
  EXPECT_THAT(openModelFiles(path())->notes, Contains(HasSubstr("unit-length keys are assumed")));
  config["sliding_window"] = true;
  writeConfig(config);
  EXPECT_THAT(errorOf(path()), HasSubstr("armt.sliding_window = true is not supported"));
  config["sliding_window"] = false;
  config.erase("base_model_config");
  config["base_model_name"] = "/etc";  // never opened
  writeConfig(config);
  EXPECT_THAT(errorOf(path()), AllOf(HasSubstr("\"/etc\""), HasSubstr("--base-config")));
}

TEST_F(ModelFilesTest, IdentityIsThatOfTheConfigThatSaysTheSame) {
  json config = goldenConfig("llama-gqa");
  writeModel(goldenTensors("llama-gqa"), config);
  const std::string whole = sha256Hex(bytesOf(readFile(path() / "config.json")));
  EXPECT_EQ(openModelFiles(path())->configSha256, whole);
  EXPECT_EQ(openModelFiles(path(), {.segmentSize = 32})->configSha256, whole);  // says nothing new
  EXPECT_EQ(openModelFiles(path(), {.chatTemplate = "{question}"})->configSha256, whole);
  const std::string other = openModelFiles(path(), {.segmentSize = 16})->configSha256;
  EXPECT_NE(other, whole);
  EXPECT_EQ(openModelFiles(path(), {.segmentSize = 16})->configSha256, other);
}

TEST_F(LoraFilesTest, AWrittenConfigSaysAllThatWasHinted) {
  makePairs("llama-gqa", {"q_proj"}, "");
  json config = goldenConfig("llama-gqa");
  config.erase("armt");
  const TemporaryDirectory base;
  writeFile(base.path() / "config.json", config.dump());
  writeTensors(path() / "model.safetensors", together());
  const ModelHints hints{
      .baseConfig = base.path().string(), .segmentSize = 32, .memoryTokens = 8, .loraAlpha = 32.0, .loraRank = 4};
  const auto files = openModelFiles(path(), hints);
  ASSERT_TRUE(files) << messageOf(files);
  ASSERT_TRUE(writeConfigFile(path(), files->configText));
  EXPECT_EQ(readFile(path() / "config.json"), files->configText);
  EXPECT_EQ(openModelFiles(path())->configSha256, files->configSha256);
  EXPECT_EQ(stateHashOf(path()), mergedHash());
  EXPECT_EQ(std::distance(fs::directory_iterator(path()), {}), 2);  // nothing temporary is left
}

TEST_F(ModelFilesTest, AConfigIsNeverReplaced) {
  writeFile(path() / "config.json", "mine");
  EXPECT_THAT(messageOf(writeConfigFile(path(), "yours")),
              AllOf(HasSubstr("not replaced"), HasSubstr("--base-config")));
  EXPECT_EQ(readFile(path() / "config.json"), "mine");
  fs::remove(path() / "config.json");
  fs::create_symlink("nowhere", path() / "config.json");
  EXPECT_FALSE(writeConfigFile(path(), "yours"));
  EXPECT_FALSE(fs::exists(path() / "nowhere"));
  EXPECT_EQ(writeConfigFile(path() / "missing", "x").error().code, ErrorCode::kIo);
}

TEST_F(ModelFilesTest, PlainDecodersOpenForTheBaseline) {
  Tensors tensors = renamed(goldenTensors("llama-gqa"), [](const std::string& name) {
    return replaced(replaced(name, "memory_cell.model.", ""), ".layer.", ".");
  });
  std::erase_if(tensors, [](const auto& entry) {
    return entry.first.find("W_m") != std::string::npos || entry.first == "memory_cell.memory";
  });
  json config = goldenConfig("llama-gqa");
  config.erase("armt");
  writeModel(tensors, config);
  WeightsReport report;
  auto files = openModelFiles(path(), {}, &report);
  ASSERT_TRUE(files) << messageOf(files);
  EXPECT_THAT(files->notes, Contains(HasSubstr("full-attention baseline only")));
  EXPECT_THAT(report.unexpected, IsEmpty());
  EXPECT_THAT(errorOf(path(), {.segmentSize = 32}), HasSubstr("plain decoder without memory"));
  // Without its "model.": what a decoder without head is stored as.
  writeModel(renamed(std::move(tensors),
                     [](const std::string& name) { return name.starts_with("model.") ? name.substr(6) : name; }),
             config);
  EXPECT_TRUE(openModelFiles(path())) << errorOf(path());
}

}  // namespace
}  // namespace tidemark::testing
