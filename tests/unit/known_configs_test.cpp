#include "engine/weights/known_configs.h"

#include "engine/weights/run_name.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ModelConfig knownConfig(const char* name) {
  const KnownConfig* known = findKnownConfig(name);
  EXPECT_NE(known, nullptr) << name;
  const auto config = parseModelConfig(known->json, name);
  EXPECT_TRUE(config) << testing::messageOf(config);
  return *config;
}

/// The parameters that the published models are known to have.
std::int64_t parametersOf(const ModelConfig& c) {
  const std::int64_t d = c.hiddenSize, f = c.intermediateSize;
  const std::int64_t queries = static_cast<std::int64_t>(c.heads) * c.headDim;
  const std::int64_t keys = static_cast<std::int64_t>(c.keyValueHeads) * c.headDim;
  const std::int64_t table = static_cast<std::int64_t>(c.vocabularySize) * d;
  if (c.family == ModelFamily::kGpt2) {
    return table + c.maxPositions * d + c.layers * (4 * d * d + 2 * d * f + 4 * d + f + d + 4 * d) + 2 * d;
  }
  const std::int64_t layer = 2 * d * queries + 2 * d * keys + 3 * d * f + 2 * d;
  return table * (c.tiedHead ? 1 : 2) + c.layers * layer + d;
}

TEST(KnownConfigs, HaveThePublishedNumbersOfParameters) {
  EXPECT_EQ(parametersOf(knownConfig("llama-3.2-1b")), 1'235'814'400);
  EXPECT_EQ(parametersOf(knownConfig("llama-3.2-3b")), 3'212'749'824);
  EXPECT_EQ(parametersOf(knownConfig("llama-3.1-8b")), 8'030'261'248);
  EXPECT_EQ(parametersOf(knownConfig("tinyllama-1.1b")), 1'100'048'384);
  EXPECT_EQ(parametersOf(knownConfig("llama-160m")), 162'417'408);
  EXPECT_EQ(parametersOf(knownConfig("gpt2")), 124'439'808);
}

TEST(KnownConfigs, RotaryScalingAndSpecialTokens) {
  const ModelConfig small = knownConfig("llama-3.2-1b"), large = knownConfig("llama-3.1-8b");
  EXPECT_EQ(small.rotary.scaling, RotaryScaling::kLlama3);
  EXPECT_EQ(small.rotary.factor, 32);
  EXPECT_EQ(large.rotary.factor, 8);
  EXPECT_EQ(large.rotary.originalMaxPositions, 8192);
  EXPECT_EQ(small.rotary.theta, 500000);
  EXPECT_EQ(small.bos, 128000);
  EXPECT_EQ(knownConfig("llama-160m").rotary.theta, 10000);
  EXPECT_EQ(knownConfig("llama-160m").normEpsilon, 1e-6);
  EXPECT_EQ(knownConfig("gpt2").eos, 50256);
  EXPECT_TRUE(knownConfig("gpt2").tiedHead);
}

TEST(KnownConfigs, AreFoundByTheNamesOfTheirRepositories) {
  EXPECT_EQ(findKnownConfig("unsloth/Llama-3.2-1B-Instruct"), findKnownConfig("llama-3.2-1b"));
  EXPECT_EQ(findKnownConfig("meta-llama/Meta-Llama-3.1-8B"), findKnownConfig("llama-3.1-8b"));
  EXPECT_EQ(findKnownConfig("JackFram/llama-160m"), findKnownConfig("llama-160m"));
  EXPECT_EQ(findKnownConfig("TinyLlama/TinyLlama-1.1B-Chat-v1.0"), findKnownConfig("tinyllama-1.1b"));
  EXPECT_NE(findKnownConfig("openai-community/gpt2"), nullptr);
  for (const char* other : {"", "/", "gpt2-medium", "llama-3.2-1b/", "llama-3-8b"}) {
    EXPECT_EQ(findKnownConfig(other), nullptr) << other;
  }
  EXPECT_THAT(knownConfigNames(), HasSubstr("llama-3.2-1b, llama-3.2-3b"));
}

/// Tensors of a shape, without bytes.
class Shapes {
 public:
  Shapes& add(const std::string& name, Shape shape) {
    m_tensors[name] = {DType::kF32, std::move(shape), {}, Device::kHost};
    return *this;
  }
  [[nodiscard]] const std::map<std::string, TensorView>& get() const { return m_tensors; }

 private:
  std::map<std::string, TensorView> m_tensors;
};

TEST(DecoderShapes, OfAMemoryModelFitItsBase) {
  Shapes shapes;
  const std::string model = "memory_cell.model.";
  shapes.add("memory_cell.memory", {16, 2048}).add(model + "lm_head.weight", {128256, 2048});
  shapes.add(model + "model.layers.0.layer.self_attn.k_proj.weight", {512, 2048});
  shapes.add(model + "model.layers.0.layer.mlp.gate_proj.weight", {8192, 2048});
  shapes.add(model + "model.layers.15.W_mq.weight", {64, 2048});
  const DecoderShape shape = decoderShapeOf(shapes.get());
  EXPECT_EQ(toString(shape), "llama, vocabulary 128256, width 2048, 16 layers, feed-forward 8192, keys 512 wide");
  EXPECT_THAT(fittingConfigs(shape), ElementsAre("llama-3.2-1b"));
  shapes.add(model + "model.layers.16.W_mq.weight", {64, 2048});
  EXPECT_THAT(fittingConfigs(decoderShapeOf(shapes.get())), IsEmpty());
}

TEST(DecoderShapes, OfGpt2WithRowsForTheMemory) {
  Shapes shapes;
  const std::string model = "memory_cell.model.transformer.";
  shapes.add("memory_cell.memory", {10, 768}).add(model + "wte.weight", {50257, 768});
  shapes.add(model + "wpe.weight", {1034, 768}).add(model + "h.11.W_mq.weight", {64, 768});
  EXPECT_THAT(fittingConfigs(decoderShapeOf(shapes.get())), ElementsAre("gpt2"));
  Shapes plain;
  plain.add("transformer.wte.weight", {50257, 768}).add("transformer.wpe.weight", {1034, 768});
  plain.add("transformer.h.11.ln_1.weight", {768});
  EXPECT_THAT(fittingConfigs(decoderShapeOf(plain.get())), IsEmpty());
  EXPECT_THAT(fittingConfigs(decoderShapeOf({})), IsEmpty());
}

TEST(RunName, OnlyWhatIsBeyondDoubtIsASegmentSize) {
  struct Case {
    const char* name;
    std::optional<int> size;
  };
  for (const Case& c :
       {Case{"armt-seg512", 512}, Case{"segm_1024", 1024}, Case{"x_segment_size_256_y", 256},
        Case{"x-segment-size=2048", 2048}, Case{"ARMT_Seg_1024_mem16", 1024}, Case{"segment128-lr3e-4", 128},
        Case{"seg512_and_seg512", 512}, Case{"segsize64", 64},
        // Counts, indices, two answers, parts of words.
        Case{"seg8", std::nullopt}, Case{"seg512_seg1024", std::nullopt}, Case{"8segments", std::nullopt},
        Case{"segments_512", std::nullopt}, Case{"mysegm512", std::nullopt}, Case{"seg512k", std::nullopt},
        Case{"seg", std::nullopt}, Case{"llama_1024_mem16", std::nullopt}, Case{"8x1024-mem16", std::nullopt},
        Case{"seg-1024-5e-4", 1024}, Case{"seg--512", std::nullopt}, Case{"seg99999999999999999999", std::nullopt},
        Case{"", std::nullopt}}) {
    EXPECT_EQ(segmentSizeOfRunName(c.name), c.size) << c.name;
  }
}

TEST(RunName, GridsAreSegmentsTimesTokens) {
  const auto grid = segmentGridOfRunName("RMT-Llama-3.2-1B-Instruct-8x1024-mem16-lora-babilong-qa1-5_ct-v3.1");
  ASSERT_TRUE(grid);
  EXPECT_EQ(grid->segments, 8);
  EXPECT_EQ(grid->tokens, 1024);
  EXPECT_TRUE(segmentGridOfRunName("lr1e-04_linear_adamw_wd1e-03_32x512_mem10_bs64_bptt--1"));
  for (const char* none : {"", "8x", "x1024", "a8x1024", "8x1024b", "8x8", "2x512-4x512", "0x512"}) {
    EXPECT_FALSE(segmentGridOfRunName(none)) << none;
  }
}

}  // namespace
}  // namespace tidemark
