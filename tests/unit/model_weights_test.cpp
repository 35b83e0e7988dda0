#include "engine/weights/model_weights.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "engine/base/numeric.h"
#include "engine/weights/finite_check.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::messageOf;
using ::testing::SizeIs;
using testing::TemporaryDirectory;
using testing::TensorSet;

constexpr int kVocabulary = 11, kHidden = 8, kIntermediate = 12, kLayers = 2, kPositions = 16;

ModelConfig llamaConfig() {
  ModelConfig config;
  config.vocabularySize = kVocabulary;
  config.hiddenSize = kHidden;
  config.intermediateSize = kIntermediate;
  config.layers = kLayers;
  config.heads = 2;
  config.keyValueHeads = 1;
  config.headDim = 6;  // wider than hidden / heads, as some checkpoints have it
  config.memory = MemoryConfig{.segmentSize = 8, .memoryTokens = 3, .dMem = 4, .heads = 2};
  return config;
}

ModelConfig gpt2Config() {
  ModelConfig config = llamaConfig();
  config.family = ModelFamily::kGpt2;
  config.keyValueHeads = 2;
  config.headDim = 4;
  config.tiedHead = true;
  config.maxPositions = kPositions;
  return config;
}

void addMemory(TensorSet& set, const std::string& layer, const MemoryConfig& memory) {
  const int betas = memory.gating ? kHidden : memory.heads;
  set.add(layer + "W_mq.weight", {memory.dMem, kHidden});
  set.add(layer + "W_mk.weight", {memory.dMem, kHidden});
  set.add(layer + "W_mv.weight", {kHidden, kHidden});
  set.add(layer + "W_mb.weight", {betas, kHidden});
  set.add(layer + "W_mb.bias", {betas});
}

TensorSet llamaTensors(const ModelConfig& config) {
  TensorSet set;
  const std::string model = config.memory ? "memory_cell.model." : "";
  const int queries = config.heads * config.headDim, keys = config.keyValueHeads * config.headDim;
  set.add(model + "model.embed_tokens.weight", {kVocabulary, kHidden});
  set.add(model + "model.norm.weight", {kHidden});
  if (!config.tiedHead) set.add(model + "lm_head.weight", {kVocabulary, kHidden});
  if (config.memory) set.add("memory_cell.memory", {config.memory->memoryTokens, kHidden});
  for (int i = 0; i < kLayers; ++i) {
    std::string layer = model + "model.layers." + std::to_string(i) + ".";
    if (config.memory) {
      addMemory(set, layer, *config.memory);
      layer += "layer.";
    }
    set.add(layer + "input_layernorm.weight", {kHidden});
    set.add(layer + "post_attention_layernorm.weight", {kHidden});
    set.add(layer + "self_attn.q_proj.weight", {queries, kHidden});
    set.add(layer + "self_attn.k_proj.weight", {keys, kHidden});
    set.add(layer + "self_attn.v_proj.weight", {keys, kHidden});
    set.add(layer + "self_attn.o_proj.weight", {kHidden, queries});
    set.add(layer + "mlp.gate_proj.weight", {kIntermediate, kHidden});
    set.add(layer + "mlp.up_proj.weight", {kIntermediate, kHidden});
    set.add(layer + "mlp.down_proj.weight", {kHidden, kIntermediate});
  }
  return set;
}

TensorSet gpt2Tensors(const ModelConfig& config, const std::string& decoder, int positions) {
  TensorSet set;
  set.add(decoder + "wte.weight", {kVocabulary, kHidden});
  set.add(decoder + "wpe.weight", {positions, kHidden});
  if (config.memory) set.add("memory_cell.memory", {config.memory->memoryTokens, kHidden});
  const auto addNorm = [&](const std::string& name) {
    set.add(name + ".weight", {kHidden});
    set.add(name + ".bias", {kHidden});
  };
  const auto addConv = [&](const std::string& name, int in, int out) {
    set.add(name + ".weight", {in, out});
    set.add(name + ".bias", {out});
  };
  addNorm(decoder + "ln_f");
  for (int i = 0; i < kLayers; ++i) {
    std::string layer = decoder + "h." + std::to_string(i) + ".";
    if (config.memory) {
      addMemory(set, layer, *config.memory);
      layer += "layer.";
    }
    addNorm(layer + "ln_1");
    addNorm(layer + "ln_2");
    addConv(layer + "attn.c_attn", kHidden, 3 * kHidden);
    addConv(layer + "attn.c_proj", kHidden, kHidden);
    addConv(layer + "mlp.c_fc", kHidden, kIntermediate);
    addConv(layer + "mlp.c_proj", kIntermediate, kHidden);
  }
  return set;
}

std::shared_ptr<const Checkpoint> openTensors(const TensorSet& set) {
  const TemporaryDirectory directory;  // the mapping outlives it
  set.write(directory.path() / "model.safetensors");
  auto checkpoint = Checkpoint::open(directory.path());
  EXPECT_TRUE(checkpoint.ok()) << messageOf(checkpoint);
  return checkpoint.ok() ? *checkpoint : nullptr;
}

Result<ModelWeights> bind(const ModelConfig& config, const TensorSet& set, WeightsReport* report = nullptr) {
  return bindModelWeights(config, openTensors(set), report);
}

TEST(ModelWeights, BindsLlamaWithMemory) {
  const ModelConfig config = llamaConfig();
  WeightsReport report;
  const auto weights = bind(config, llamaTensors(config), &report);
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->embedding.shape, (Shape{kVocabulary, kHidden}));
  EXPECT_EQ(weights->memoryTokens->shape, (Shape{3, kHidden}));
  EXPECT_FALSE(weights->positions.has_value());
  EXPECT_NE(weights->head.bytes.data(), weights->embedding.bytes.data());
  ASSERT_THAT(weights->layers, SizeIs(kLayers));
  const LayerWeights& layer = weights->layers[1];
  EXPECT_EQ(layer.memory->query.weight.shape, (Shape{4, kHidden}));
  EXPECT_EQ(layer.memory->beta.weight.shape, (Shape{2, kHidden}));
  EXPECT_EQ(layer.memory->beta.bias->shape, (Shape{2}));
  EXPECT_FALSE(layer.memory->value.bias.has_value());
  ASSERT_THAT(layer.attentionIn, SizeIs(3));
  EXPECT_EQ(layer.attentionIn[0].weight.shape, (Shape{12, kHidden}));
  EXPECT_EQ(layer.attentionIn[2].weight.shape, (Shape{6, kHidden}));
  EXPECT_FALSE(layer.attentionIn[0].inputMajor);
  EXPECT_EQ(layer.attentionOut.weight.shape, (Shape{kHidden, 12}));
  ASSERT_THAT(layer.mlpIn, SizeIs(2));
  EXPECT_FALSE(layer.mlpNorm.bias.has_value());
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_THAT(report.ignored, IsEmpty());
  EXPECT_THAT(report.unexpected, IsEmpty());
  // The owner keeps the mapping alive: nobody else holds the checkpoint any more.
  std::vector<float> row(kHidden);
  widenToFloat(weights->embedding, 0, row);
  EXPECT_NE(row[0], 0.0f);
}

TEST(ModelWeights, BindsPlainLlamaWithTiedHead) {
  ModelConfig config = llamaConfig();
  config.memory.reset();
  config.tiedHead = true;
  const auto weights = bind(config, llamaTensors(config));
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->head.bytes.data(), weights->embedding.bytes.data());
  EXPECT_FALSE(weights->memoryTokens.has_value());
  EXPECT_FALSE(weights->layers[0].memory.has_value());
}

TEST(ModelWeights, BindsGpt2WithMemory) {
  const ModelConfig config = gpt2Config();
  const auto weights = bind(config, gpt2Tensors(config, "memory_cell.model.transformer.", kPositions));
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->positions->shape, (Shape{kPositions, kHidden}));
  EXPECT_EQ(weights->head.bytes.data(), weights->embedding.bytes.data());
  const LayerWeights& layer = weights->layers[0];
  ASSERT_THAT(layer.attentionIn, SizeIs(1));
  EXPECT_TRUE(layer.attentionIn[0].inputMajor);
  EXPECT_EQ(layer.attentionIn[0].weight.shape, (Shape{kHidden, 3 * kHidden}));
  EXPECT_EQ(layer.attentionIn[0].bias->shape, (Shape{3 * kHidden}));
  EXPECT_EQ(layer.mlpOut.weight.shape, (Shape{kIntermediate, kHidden}));
  EXPECT_TRUE(layer.mlpNorm.bias.has_value());
  EXPECT_TRUE(weights->finalNorm.bias.has_value());
}

TEST(ModelWeights, WrappedPositionsOwnRowsOfTheTable) {
  ModelConfig config = gpt2Config();
  config.memory->wrapPositions = true;
  const std::string decoder = "memory_cell.model.transformer.";
  EXPECT_TRUE(bind(config, gpt2Tensors(config, decoder, kPositions + 3)).ok());
  EXPECT_THAT(messageOf(bind(config, gpt2Tensors(config, decoder, kPositions))),
              AllOf(HasSubstr("wpe.weight"), HasSubstr("[16, 8]"), HasSubstr("[19, 8]")));
}

TEST(ModelWeights, BindsPlainGpt2UnderBothNames) {
  ModelConfig config = gpt2Config();
  config.memory.reset();
  for (const char* decoder : {"transformer.", ""}) {
    TensorSet set = gpt2Tensors(config, decoder, kPositions);
    set.add(std::string(decoder) + "h.0.attn.bias", {1, 1, kPositions, kPositions});
    WeightsReport report;
    const auto weights = bind(config, set, &report);
    ASSERT_TRUE(weights) << weights.error().message;
    EXPECT_THAT(report.ignored, ElementsAre(std::string(decoder) + "h.0.attn.bias"));
  }
  config.tiedHead = false;
  TensorSet set = gpt2Tensors(config, "transformer.", kPositions);
  EXPECT_THAT(messageOf(bind(config, set)), HasSubstr("no tensor \"lm_head.weight\""));
  set.add("lm_head.weight", {kVocabulary, kHidden});
  EXPECT_TRUE(bind(config, set).ok());
}

TEST(ModelWeights, GatedWritesHaveOneBetaPerChannel) {
  ModelConfig config = llamaConfig();
  config.memory->gating = true;
  const auto weights = bind(config, llamaTensors(config));
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_EQ(weights->layers[0].memory->beta.weight.shape, (Shape{kHidden, kHidden}));
  EXPECT_THAT(messageOf(bind(llamaConfig(), llamaTensors(config))),
              AllOf(HasSubstr("W_mb.weight"), HasSubstr("[8, 8]"), HasSubstr("[2, 8]")));
}

TEST(ModelWeights, SortsWhatNobodyAskedFor) {
  ModelConfig config = llamaConfig();
  config.tiedHead = true;
  TensorSet set = llamaTensors(config);
  const std::string layer = "memory_cell.model.model.layers.0.";
  const std::vector<std::string> known = {"memory_cell.layers.0.W_mq.weight", "memory_cell.model.lm_head.weight",
                                          layer + "W_mem", layer + "layer.self_attn.rotary_emb.inv_freq", layer + "z"};
  for (const std::string& name : known) set.add(name, {2});
  set.add(layer + "layer.self_attn.q_proj.bias", {12});
  set.add(layer + "layer.attn.bias", {1});  // a mask in GPT-2, nothing that Llama knows
  WeightsReport report;
  ASSERT_TRUE(bind(config, set, &report).ok());
  EXPECT_EQ(report.ignored, known);
  EXPECT_THAT(report.unexpected, ElementsAre(layer + "layer.attn.bias", layer + "layer.self_attn.q_proj.bias"));
}

TEST(ModelWeights, CollectsEveryProblem) {
  const ModelConfig config = llamaConfig();
  TensorSet set = llamaTensors(config);
  const std::string layer = "memory_cell.model.model.layers.1.";
  set.remove(layer + "W_mk.weight");
  set.add(layer + "layer.mlp.up_proj.weight", {kHidden, kIntermediate});
  set.add("memory_cell.memory", Tensor(DType::kI32, {3, kHidden}));
  WeightsReport report;
  const auto weights = bind(config, set, &report);
  ASSERT_FALSE(weights.ok());
  EXPECT_EQ(weights.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(weights.error().message,
              AllOf(HasSubstr("\"memory_cell.memory\" has dtype I32"), HasSubstr("and 2 more")));
  ASSERT_THAT(report.problems, SizeIs(3));
  EXPECT_THAT(report.problems, Contains(AllOf(HasSubstr("no tensor \"" + layer + "W_mk.weight\""),
                                              HasSubstr("expected with shape [4, 8]"))));
  EXPECT_THAT(report.problems,
              Contains(AllOf(HasSubstr("up_proj.weight\" has shape [8, 12]"), HasSubstr("asks for [12, 8]"))));
}

TEST(ModelWeights, OneProblemWhenConfigAndWeightsDisagreeOnTheMemory) {
  const ModelConfig config = llamaConfig();
  ModelConfig plain = config;
  plain.memory.reset();
  EXPECT_THAT(messageOf(bind(plain, llamaTensors(config))),
              AllOf(HasSubstr("hold a memory"), HasSubstr("no armt block"), ::testing::Not(HasSubstr("more"))));
  WeightsReport report;
  EXPECT_THAT(messageOf(bind(config, llamaTensors(plain), &report)), HasSubstr("plain decoder without memory"));
  EXPECT_THAT(report.problems, SizeIs(1));
}

TEST(ModelWeights, MoreLayersThanConfigCountsAreOneProblem) {
  ModelConfig config = llamaConfig();
  TensorSet set = llamaTensors(config);  // layers 0 and 1
  for (const char* layer : {"2", "10"}) {
    set.add("memory_cell.model.model.layers." + std::string(layer) + ".W_mq.weight", {4, kHidden});
  }
  WeightsReport report;
  const auto weights = bind(config, set, &report);
  ASSERT_FALSE(weights.ok());
  EXPECT_EQ(weights.error().code, ErrorCode::kMismatch);
  EXPECT_THAT(weights.error().message, AllOf(HasSubstr("asks for 2 layers"), HasSubstr("hold 11"),
                                             HasSubstr("layers.10.W_mq.weight"), HasSubstr("config.json")));
  EXPECT_THAT(report.problems, SizeIs(1));
}

TEST(ModelWeights, LayersAreCountedInEveryFamily) {
  ModelConfig plain = llamaConfig();
  plain.memory.reset();
  plain.layers = 1;
  EXPECT_THAT(messageOf(bind(plain, llamaTensors(plain))), AllOf(HasSubstr("asks for 1 layers"), HasSubstr("hold 2")));
  ModelConfig gpt2 = gpt2Config();
  gpt2.layers = 1;
  EXPECT_THAT(messageOf(bind(gpt2, gpt2Tensors(gpt2, "memory_cell.model.transformer.", kPositions))),
              AllOf(HasSubstr("asks for 1 layers"), HasSubstr("hold 2")));
}

TEST(ModelWeights, NamesThatOnlyLookLikeLayersAreNotCounted) {
  const ModelConfig config = llamaConfig();
  TensorSet set = llamaTensors(config);
  const std::string layers = "memory_cell.model.model.layers.";
  const std::vector<std::string> strange = {layers + "7", layers + "99999999999999999999.x", layers + "-3.x",
                                            layers + "extra.9.x", "memory_cell.layers.9.W_mq.weight"};
  for (const std::string& name : strange) set.add(name, {2});
  const auto weights = bind(config, set);
  EXPECT_TRUE(weights.ok()) << messageOf(weights);
}

TEST(ModelWeights, BindsTheBuiltInModel) {
  const auto directory = std::filesystem::path(TM_SOURCE_DIR) / "resources/models/mini";
  const auto config = loadModelConfig(directory);
  const auto checkpoint = Checkpoint::open(directory);
  ASSERT_TRUE(config) << config.error().message;
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  WeightsReport report;
  const auto weights = bindModelWeights(*config, *checkpoint, &report);
  ASSERT_TRUE(weights) << weights.error().message;
  EXPECT_THAT(report.unexpected, IsEmpty());
  EXPECT_TRUE(checkWeightsFinite(**checkpoint));
}

TEST(WeightsFinite, NamesTensorIndexAndKind) {
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  struct Case {
    float value;
    const char* kind;
  };
  for (const std::size_t index : {0u, 1023u, 1024u, 2999u}) {
    for (const Case& bad :
         {Case{nan, " NaN "}, Case{-nan, " NaN "}, Case{infinity, " infinity "}, Case{-infinity, " -infinity "}}) {
      TensorSet set;
      set.add("a.fine", {3000});
      set.add("b.broken", {3000});
      set.at("b.broken").floats()[index] = bad.value;
      EXPECT_THAT(
          messageOf(checkWeightsFinite(*openTensors(set))),
          AllOf(HasSubstr("\"b.broken\""), HasSubstr("element " + std::to_string(index) + " "), HasSubstr(bad.kind)));
    }
  }
}

TEST(WeightsFinite, KnowsEveryBitPatternOfTheShortTypes) {
  for (const DType dtype : {DType::kF16, DType::kBF16}) {
    for (std::uint32_t bits = 0; bits < 65536; bits += 1) {
      const float value = dtype == DType::kF16 ? f16ToFloat(static_cast<std::uint16_t>(bits))
                                               : bf16ToFloat(static_cast<std::uint16_t>(bits));
      if (std::isfinite(value)) continue;
      // One bad value in a block of fine ones; a stride keeps the test short and still visits both signs.
      if (bits % 97 != 0 && (bits & 0x7f) != 0) continue;
      Tensor tensor(dtype, {2048});
      const auto word = static_cast<std::uint16_t>(bits);
      std::memcpy(tensor.bytes().data() + 2 * 1500, &word, sizeof word);
      TensorSet set;
      set.add("w", std::move(tensor));
      EXPECT_THAT(messageOf(checkWeightsFinite(*openTensors(set))), HasSubstr("element 1500 ")) << bits;
    }
  }
}

TEST(WeightsFinite, CanBeGivenUpInTheMiddleOfATensor) {
  TensorSet set;
  set.add("large", {std::int64_t{5} << 20});  // 20 MiB
  set.at("large").floats()[(std::size_t{5} << 20) - 7] = std::numeric_limits<float>::infinity();
  const auto checkpoint = openTensors(set);
  int asked = 0;
  const Status stopped = checkWeightsFinite(*checkpoint, [&] { return ++asked == 3; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(asked, 3);
  const Status whole = checkWeightsFinite(*checkpoint, [&] { return ++asked < 0; });
  EXPECT_THAT(messageOf(whole), HasSubstr("element " + std::to_string((5 << 20) - 7) + " "));
  EXPECT_LE(asked, 3 + 6);
}

TEST(WeightsFinite, AcceptsEveryFiniteShortValueAndIntegers) {
  TensorSet set;
  for (const DType dtype : {DType::kF16, DType::kBF16}) {
    Tensor tensor(dtype, {65536});
    for (std::uint32_t bits = 0; bits < 65536; ++bits) {
      const auto word = static_cast<std::uint16_t>(bits);
      const float value = dtype == DType::kF16 ? f16ToFloat(word) : bf16ToFloat(word);
      if (std::isfinite(value)) std::memcpy(tensor.bytes().data() + 2 * bits, &word, sizeof word);
    }
    set.add(std::string(name(dtype)), std::move(tensor));
  }
  Tensor integers(DType::kI32, {4});
  integers.ints()[1] = -1;  // all ones: a NaN if it were a float
  set.add("integers", std::move(integers));
  set.add("largest", {1});
  set.at("largest").floats()[0] = std::numeric_limits<float>::max();
  const Status finite = checkWeightsFinite(*openTensors(set));
  EXPECT_TRUE(finite) << messageOf(finite);
}

}  // namespace
}  // namespace tidemark
