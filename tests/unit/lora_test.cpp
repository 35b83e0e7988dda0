#include <array>
#include <cmath>
#include <cstring>

#include "engine/base/numeric.h"
#include "engine/weights/adapter_config.h"
#include "engine/weights/lora_merge.h"
#include "tests/support/random_values.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::messageOf;

Result<AdapterConfig> parseAdapter(const std::string& json) {
  return parseAdapterConfig(json, "adapter_config.json");
}

TEST(AdapterConfig, ReadsWhatPeftWrites) {
  const auto config = parseAdapter(R"({"alpha_pattern": {}, "auto_mapping": null, "base_model_name_or_path": "x",
    "bias": "none", "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
    "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {},
    "lora_alpha": 32, "lora_bias": false, "lora_dropout": 0.1, "megatron_config": null,
    "megatron_core": "megatron.core", "modules_to_save": null, "peft_type": "LORA", "r": 8, "rank_pattern": {},
    "revision": null, "target_modules": ["q_proj", "v_proj"], "task_type": "CAUSAL_LM", "use_dora": false,
    "use_rslora": false, "trainable_token_indices": null, "corda_config": null, "eva_config": null,
    "qalora_group_size": 16, "use_qalora": false, "peft_version": "0.18.0"})");
  ASSERT_TRUE(config) << messageOf(config);
  EXPECT_EQ(config->rank, 8);
  EXPECT_EQ(config->alpha, 32);
  EXPECT_EQ(adapterScale(*config, 32, 8), 4);
  EXPECT_EQ(config->changedBase, "");
}

TEST(AdapterConfig, RankStabilisedScale) {
  const auto config = parseAdapter(R"({"r": 16, "lora_alpha": 8, "use_rslora": true})");
  ASSERT_TRUE(config) << messageOf(config);
  EXPECT_EQ(adapterScale(*config, 8, 16), 2);
}

TEST(AdapterConfig, PatternsNameTheEndsOfModules) {
  const auto config =
      parseAdapter(R"({"r": 8, "lora_alpha": 16, "rank_pattern": {"q_proj": 4, "layers.1.mlp.up_proj": 2},
    "alpha_pattern": {"model.layers.1.self_attn.v_proj": 64.5}})");
  ASSERT_TRUE(config) << messageOf(config);
  const std::string cell = "memory_cell.model.model.layers.1.layer.";
  EXPECT_EQ(rankOf(*config, cell + "self_attn.q_proj"), 4);
  EXPECT_EQ(rankOf(*config, cell + "mlp.up_proj"), 2);
  EXPECT_EQ(rankOf(*config, "memory_cell.model.model.layers.11.layer.mlp.up_proj"), 8);
  EXPECT_EQ(rankOf(*config, cell + "self_attn.own_q_proj"), 8);
  EXPECT_EQ(alphaOf(*config, cell + "self_attn.v_proj"), 64.5);
  EXPECT_EQ(alphaOf(*config, cell + "self_attn.q_proj"), 16);
  EXPECT_EQ(alphaOf(*config, "model.layers.1.self_attn.v_proj"), 64.5);
  EXPECT_EQ(rankOf(AdapterConfig{}, cell), std::nullopt);
}

TEST(AdapterConfig, WhatChangesTheArithmeticIsRefusedByName) {
  struct Case {
    const char* json;
    const char* named;
    ErrorCode code = ErrorCode::kUnsupported;
  };
  for (const Case& c : {
           Case{R"({"use_dora": true})", "use_dora = true"},
           Case{R"({"bias": "lora_only"})", "bias = \"lora_only\""},
           Case{R"({"peft_type": "IA3"})", "peft_type = \"IA3\""},
           Case{R"({"lora_bias": true})", "lora_bias = true"},
           Case{R"({"layer_replication": [[0, 4]]})", "layer_replication"},
           Case{R"({"loftq_config": {"bits": 4}})", "loftq_config"},
           Case{R"({"some_new_option": 0.5})", "some_new_option = 0.5"},
           Case{R"({"rank_pattern": {".*q_proj": 3}})", ".*q_proj"},
           Case{R"({"rank_pattern": {"^q_proj": 3}})", "^q_proj"},
           Case{R"({"r": 8.5})", "r must be a whole number", ErrorCode::kCorrupt},
           Case{R"({"r": 0})", "r must be a whole number", ErrorCode::kCorrupt},
           Case{R"({"lora_alpha": "32"})", "lora_alpha must be a number", ErrorCode::kCorrupt},
           Case{R"({"lora_alpha": -1})", "lora_alpha must be a number", ErrorCode::kCorrupt},
           Case{R"({"rank_pattern": 3})", "rank_pattern must be an object", ErrorCode::kCorrupt},
           Case{R"({"alpha_pattern": {"a": null}})", "alpha_pattern.a is missing", ErrorCode::kCorrupt},
           Case{R"({"rank_pattern": {"q_proj": 3, "attn.q_proj": 4}})", "the same module", ErrorCode::kMismatch},
           Case{R"([])", "JSON object", ErrorCode::kCorrupt},
           Case{R"({)", "not valid JSON", ErrorCode::kCorrupt},
       }) {
    const auto config = parseAdapter(c.json);
    EXPECT_THAT(messageOf(config), AllOf(HasSubstr(c.named), HasSubstr("adapter_config.json"))) << c.json;
    if (!config) {
      EXPECT_EQ(config.error().code, c.code) << c.json;
    }
  }
}

TEST(AdapterConfig, SomeBeginningsChangeTheBase) {
  EXPECT_EQ(parseAdapter(R"({"init_lora_weights": "gaussian"})")->changedBase, "");
  EXPECT_EQ(parseAdapter(R"({"init_lora_weights": false})")->changedBase, "");
  EXPECT_EQ(parseAdapter(R"({"init_lora_weights": "pissa_niter_4"})")->changedBase, "pissa_niter_4");
}

Tensor randomTensor(Shape shape, std::uint32_t seed) {
  Tensor tensor(DType::kF32, std::move(shape));
  testing::RandomValues random(seed);
  for (float& value : tensor.floats()) value = random.next(-1, 1);
  return tensor;
}

/// W + scale B A in double, by the definition.
std::vector<double> naiveMerge(const Tensor& weight, const Tensor& a, const Tensor& b, double scale, bool inputMajor) {
  const auto rank = static_cast<std::size_t>(a.shape()[0]), in = static_cast<std::size_t>(a.shape()[1]);
  const auto out = static_cast<std::size_t>(b.shape()[0]);
  std::vector<double> merged(in * out);
  for (std::size_t o = 0; o < out; ++o) {
    for (std::size_t i = 0; i < in; ++i) {
      double sum = 0;
      for (std::size_t k = 0; k < rank; ++k) {
        sum += static_cast<double>(b.floats()[o * rank + k]) * static_cast<double>(a.floats()[k * in + i]);
      }
      const std::size_t at = inputMajor ? i * out + o : o * in + i;
      merged[at] = static_cast<double>(weight.floats()[at]) + scale * sum;
    }
  }
  return merged;
}

TEST(LoraMerge, AgreesWithTheDefinitionInDouble) {
  for (const bool inputMajor : {false, true}) {
    for (const auto& [out, in, rank] : std::vector<std::array<std::int64_t, 3>>{
             {1, 1, 1}, {3, 5, 2}, {17, 33, 8}, {64, 48, 1}, {16, 16, 16}, {5, 7, 40}}) {
      const Tensor weight = randomTensor(inputMajor ? Shape{in, out} : Shape{out, in}, 1);
      const Tensor a = randomTensor({rank, in}, 2), b = randomTensor({out, rank}, 3);
      const auto merged = mergeLora({weight.view(), a.view(), b.view(), 4.0, inputMajor});
      ASSERT_TRUE(merged) << messageOf(merged);
      EXPECT_EQ(merged->shape(), weight.shape());
      const std::vector<double> expected = naiveMerge(weight, a, b, 4.0, inputMajor);
      // Rank products of at most 1 each, every one rounded once or twice, then scaled by 4.
      const double tolerance = 4.0 * static_cast<double>(rank * rank + 4) * 6e-8;
      for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_LE(std::abs(static_cast<double>(merged->floats()[i]) - expected[i]), tolerance)
            << i << " of " << out << " x " << in << " rank " << rank;
      }
    }
  }
}

TEST(LoraMerge, WidensHalfPrecisionWeights) {
  Tensor weight(DType::kBF16, {1, 2});
  const std::uint16_t halves[] = {0x3f80, 0xc000};  // 1, -2
  std::memcpy(weight.bytes().data(), halves, sizeof halves);
  Tensor a(DType::kF32, {1, 2}), b(DType::kF32, {1, 1});
  a.floats()[0] = 3, a.floats()[1] = 5, b.floats()[0] = 7;
  const auto merged = mergeLora({weight.view(), a.view(), b.view(), 0.5, false});
  ASSERT_TRUE(merged) << messageOf(merged);
  EXPECT_EQ(merged->dtype(), DType::kF32);
  EXPECT_EQ(merged->floats()[0], 1 + 0.5f * 21);
  EXPECT_EQ(merged->floats()[1], -2 + 0.5f * 35);
}

TEST(LoraMerge, ShapesThatDoNotFitAreNamed) {
  const Tensor weight(DType::kF32, {4, 6}), a(DType::kF32, {2, 6}), b(DType::kF32, {4, 2});
  EXPECT_TRUE(mergeLora({weight.view(), a.view(), b.view(), 1, false}));
  const Tensor wideA(DType::kF32, {2, 5}), otherRank(DType::kF32, {4, 3}), flat(DType::kF32, {24});
  for (const LoraMerge& wrong : {LoraMerge{weight.view(), a.view(), b.view(), 1, true},
                                 LoraMerge{weight.view(), wideA.view(), b.view(), 1, false},
                                 LoraMerge{weight.view(), a.view(), otherRank.view(), 1, false},
                                 LoraMerge{flat.view(), a.view(), b.view(), 1, false},
                                 LoraMerge{weight.view(), flat.view(), b.view(), 1, false}}) {
    const auto merged = mergeLora(wrong);
    EXPECT_THAT(messageOf(merged), AllOf(HasSubstr(toString(wrong.weight.shape)), HasSubstr(toString(wrong.a.shape)),
                                         HasSubstr(toString(wrong.b.shape))));
  }
  const Tensor whole(DType::kI32, {4, 6});
  EXPECT_THAT(messageOf(mergeLora({whole.view(), a.view(), b.view(), 1, false})), HasSubstr("I32"));
}

}  // namespace
}  // namespace tidemark
