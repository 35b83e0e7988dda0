#include "engine/weights/tensor_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace tidemark {
namespace {

using ::testing::HasSubstr;

constexpr const char* kCellQuery = "memory_cell.model.model.layers.3.layer.self_attn.q_proj.weight";
constexpr const char* kDecoderQuery = "model.layers.3.self_attn.q_proj.weight";

struct NameCase {
  std::string stored;
  std::string expected;
  TensorPart part = TensorPart::kWhole;
  CopyRank rank = CopyRank::kPlain;
  std::string adapter = "";
};

void expectNames(const std::vector<NameCase>& cases, const NameContext& context) {
  for (const NameCase& c : cases) {
    const TensorName found = tensorNameOf(c.stored, context);
    EXPECT_EQ(found.name, c.expected) << c.stored;
    EXPECT_EQ(found.part, c.part) << c.stored;
    EXPECT_EQ(found.rank, c.rank) << c.stored;
    EXPECT_EQ(found.adapter, c.adapter) << c.stored;
  }
}

TEST(TensorNames, OursStayAsTheyAre) {
  for (const char* name :
       {kCellQuery, kDecoderQuery, "memory_cell.memory", "memory_cell.model.model.layers.0.W_mq.weight",
        "memory_cell.model.lm_head.weight", "memory_cell.model.model.embed_tokens.weight", "lm_head.weight",
        "model.norm.weight", "memory_cell.model.transformer.h.0.layer.attn.c_attn.bias", "transformer.wpe.weight",
        "model.layers.0.mlp.gate_proj.weight", "memory_cell.model.transformer.ln_f.bias", "", ".", "..", "a..b", "x"}) {
    expectNames({{name, name}}, {});
  }
}

TEST(TensorNames, WrappersAreRemovedWhereverTheyStand) {
  expectNames(
      {
          {std::string("module.") + kCellQuery, kCellQuery},
          {std::string("module.module.") + kCellQuery, kCellQuery},
          {std::string("_orig_mod.") + kCellQuery, kCellQuery},
          {std::string("module._orig_mod.") + kCellQuery, kCellQuery},
          {std::string("_orig_mod.module.") + kCellQuery, kCellQuery},
          {std::string("armt.") + kCellQuery, kCellQuery},
          {std::string("base_model.model.") + kCellQuery, kCellQuery},
          {"memory_cell.model.base_model.model.model.layers.3.layer.self_attn.q_proj.weight", kCellQuery},
          {"memory_cell.model.base_model.model.model.layers.3.layer.self_attn.q_proj.base_layer.weight", kCellQuery},
          {"module.memory_cell.model.base_model.model.lm_head.weight", "memory_cell.model.lm_head.weight"},
          {"memory_cell.model._orig_mod.model.layers.3.layer._checkpoint_wrapped_module.self_attn.q_proj.weight",
           kCellQuery},
          {"memory_cell.model.model.layers.3._fsdp_wrapped_module.layer.self_attn.q_proj.weight", kCellQuery},
          {"base_model.model.memory_cell.memory", "memory_cell.memory"},
          {std::string("base_model.model.") + kDecoderQuery, kDecoderQuery},
      },
      {});
}

TEST(TensorNames, ABareDecoderGetsItsPrefix) {
  expectNames(
      {
          {"layers.3.self_attn.q_proj.weight", kDecoderQuery},
          {"embed_tokens.weight", "model.embed_tokens.weight"},
          {"norm.weight", "model.norm.weight"},
          {"h.3.attn.c_attn.weight", "transformer.h.3.attn.c_attn.weight"},
          {"wte.weight", "transformer.wte.weight"},
          {"wpe.weight", "transformer.wpe.weight"},
          {"ln_f.bias", "transformer.ln_f.bias"},
          {"memory_cell.model.layers.3.layer.self_attn.q_proj.weight", kCellQuery},
          {"memory_cell.model.wte.weight", "memory_cell.model.transformer.wte.weight"},
          {"layers.x.weight", "layers.x.weight"},
          {"h.weight", "h.weight"},
      },
      {});
}

TEST(TensorNames, TheListOfLayersBelongsToTheFamily) {
  const std::string stored = "memory_cell.layers.3.layer.self_attn.q_proj.weight";
  expectNames({{stored, kCellQuery, TensorPart::kWhole, CopyRank::kLayerList}}, {});
  expectNames({{"memory_cell.layers.3.layer.self_attn.q_proj.base_layer.weight", kCellQuery, TensorPart::kWhole,
                CopyRank::kLayerList}},
              {});
  expectNames({{"memory_cell.layers.7.W_mb.bias", "memory_cell.model.transformer.h.7.W_mb.bias", TensorPart::kWhole,
                CopyRank::kLayerList}},
              {.family = ModelFamily::kGpt2});
  expectNames({{"memory_cell.layers.x.W_mb", "memory_cell.layers.x.W_mb"}}, {});
}

TEST(TensorNames, LoraMatricesNameTheWeightThatTheyChange) {
  const std::string front = "memory_cell.model.base_model.model.model.layers.3.layer.self_attn.q_proj.";
  expectNames(
      {
          {front + "lora_A.default.weight", kCellQuery, TensorPart::kLoraA, CopyRank::kPlain, "default"},
          {front + "lora_B.default.weight", kCellQuery, TensorPart::kLoraB, CopyRank::kPlain, "default"},
          {front + "lora_A.weight", kCellQuery, TensorPart::kLoraA},
          {front + "lora_B.second.weight", kCellQuery, TensorPart::kLoraB, CopyRank::kPlain, "second"},
          {"memory_cell.layers.3.layer.self_attn.q_proj.lora_A.default.weight", kCellQuery, TensorPart::kLoraA,
           CopyRank::kLayerList, "default"},
          {"base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight", kDecoderQuery, TensorPart::kLoraA},
      },
      {});
}

TEST(TensorNames, AnAdapterOfTheDecoderIsMovedIntoTheCell) {
  const NameContext inside{.memoryModel = true};
  expectNames(
      {
          {"base_model.model.model.layers.3.self_attn.q_proj.lora_A.weight", kCellQuery, TensorPart::kLoraA},
          {"base_model.model.model.layers.3.layer.self_attn.q_proj.lora_A.weight", kCellQuery, TensorPart::kLoraA},
          {"base_model.model.lm_head.weight", "memory_cell.model.lm_head.weight"},
          {"base_model.model.memory_cell.memory", "memory_cell.memory"},
          {"model.layers.3.W_mq.weight", "memory_cell.model.model.layers.3.W_mq.weight"},
          {"transformer.h.1.attn.c_attn.lora_B.weight", "memory_cell.model.transformer.h.1.layer.attn.c_attn.weight",
           TensorPart::kLoraB},
          {kCellQuery, kCellQuery},
      },
      inside);
}

TEST(TensorNames, ReplacedModulesAreRanked) {
  expectNames(
      {
          {"memory_cell.model.base_model.model.lm_head.original_module.weight", "memory_cell.model.lm_head.weight",
           TensorPart::kWhole, CopyRank::kOriginal},
          {"memory_cell.model.base_model.model.lm_head.modules_to_save.default.weight",
           "memory_cell.model.lm_head.weight", TensorPart::kWhole, CopyRank::kReplacement, "default"},
      },
      {});
  EXPECT_LT(CopyRank::kLayerList, CopyRank::kOriginal);
  EXPECT_LT(CopyRank::kOriginal, CopyRank::kPlain);
  EXPECT_LT(CopyRank::kPlain, CopyRank::kReplacement);
}

TEST(TensorNames, WhatCannotBeMergedIsNamed) {
  const std::string module = "base_model.model.model.layers.0.self_attn.q_proj.";
  const std::array<std::pair<std::string, std::string>, 5> cases = {{
      {module + "lora_magnitude_vector.default.weight", "DoRA"},
      {module + "lora_magnitude_vector", "DoRA"},
      {module + "lora_B.default.bias", "LoRA with a bias"},
      {"base_model.model.model.embed_tokens.lora_embedding_A.default", "LoRA of an embedding"},
      {"base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta", "adapter of tokens"},
  }};
  for (const auto& [stored, kind] : cases) {
    const TensorName found = tensorNameOf(stored, {});
    EXPECT_EQ(found.part, TensorPart::kUnsupported) << stored;
    EXPECT_THAT(found.unsupported, HasSubstr(kind)) << stored;
  }
}

TEST(TensorNames, FamiliesAreTold) {
  EXPECT_TRUE(isGpt2Name("memory_cell.layers.0.layer.attn.c_attn.weight"));
  EXPECT_TRUE(isGpt2Name("wpe.weight"));
  EXPECT_TRUE(isGpt2Name("transformer.h.0.mlp.c_fc.base_layer.weight"));
  EXPECT_FALSE(isGpt2Name(kCellQuery));
  EXPECT_FALSE(isGpt2Name("memory_cell.layers.0.W_mq.weight"));
}

}  // namespace
}  // namespace tidemark
