#include "engine/weights/model_config.h"

#include <nlohmann/json.hpp>
#include <random>

#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::messageOf;

json llama() {
  return json::parse(R"({
    "model_type": "llama", "vocab_size": 320, "hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 4,
    "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16, "rms_norm_eps": 1e-05, "hidden_act": "silu",
    "tie_word_embeddings": false, "max_position_embeddings": 4096, "pad_token_id": null, "bos_token_id": 1,
    "eos_token_id": 2, "rope_parameters": {"rope_theta": 10000.0, "rope_type": "default"}, "attention_bias": false,
    "mlp_bias": false, "architectures": null, "id2label": {"0": "LABEL_0"}, "transformers_version": "5.17.0",
    "armt": {"segment_size": 32, "num_mem_tokens": 8, "d_mem": 16, "correction": true}})");
}

json gpt2() {
  return json::parse(R"({
    "model_type": "gpt2", "vocab_size": 320, "n_positions": 64, "n_embd": 64, "n_layer": 4, "n_head": 4,
    "layer_norm_epsilon": 1e-05, "activation_function": "gelu_new",
    "armt": {"segment_size": 32, "num_mem_tokens": 8, "d_mem": 16, "correction": true}})");
}

Result<ModelConfig> parse(const json& config) {
  return parseModelConfig(config.dump(), "m/config.json");
}

/// `base` with one more value at a JSON pointer; null removes the key.
json with(json base, const std::string& pointer, const json& value) {
  base[json::json_pointer(pointer)] = value;
  return base;
}

TEST(ModelConfig, ReadsLlama) {
  const auto config = parse(llama());
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->family, ModelFamily::kLlama);
  EXPECT_EQ(config->vocabularySize, 320);
  EXPECT_EQ(config->hiddenSize, 64);
  EXPECT_EQ(config->intermediateSize, 160);
  EXPECT_EQ(config->layers, 4);
  EXPECT_EQ(config->heads, 4);
  EXPECT_EQ(config->keyValueHeads, 2);
  EXPECT_EQ(config->headDim, 16);
  EXPECT_DOUBLE_EQ(config->normEpsilon, 1e-5);
  EXPECT_FALSE(config->tiedHead);
  EXPECT_EQ(config->maxPositions, 4096);
  EXPECT_EQ(config->rotary.scaling, RotaryScaling::kNone);
  EXPECT_DOUBLE_EQ(config->rotary.theta, 10000.0);
  EXPECT_EQ(config->bos, 1);
  EXPECT_EQ(config->eos, 2);
  EXPECT_FALSE(config->pad.has_value());
  ASSERT_TRUE(config->memory.has_value());
  EXPECT_EQ(config->memory->segmentSize, 32);
  EXPECT_EQ(config->memory->memoryTokens, 8);
  EXPECT_EQ(config->memory->dMem, 16);
  EXPECT_EQ(config->memory->keyWidth(), 96);
  EXPECT_EQ(config->memory->heads, 1);
  EXPECT_TRUE(config->memory->correction);
  EXPECT_TRUE(config->memory->useDenominator);
  EXPECT_FALSE(config->memory->normalizeKeys || config->memory->gating || config->memory->wrapPositions);
  EXPECT_EQ(config->prompt.prompt, "{question}");
  EXPECT_EQ(config->prompt.tail, TailPolicy::kJoin);
}

TEST(ModelConfig, FillsInWhatLlamaLeavesOut) {
  json config = llama();
  for (const char* key : {"num_key_value_heads", "head_dim", "hidden_act", "rope_parameters", "tie_word_embeddings",
                          "max_position_embeddings", "bos_token_id", "eos_token_id", "armt"}) {
    config.erase(key);
  }
  const auto parsed = parse(config);
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->keyValueHeads, 4);
  EXPECT_EQ(parsed->headDim, 16);
  EXPECT_DOUBLE_EQ(parsed->rotary.theta, 10000.0);
  EXPECT_FALSE(parsed->tiedHead);
  EXPECT_FALSE(parsed->memory.has_value());
  EXPECT_FALSE(parsed->bos.has_value() || parsed->eos.has_value());
  EXPECT_TRUE(parse(with(llama(), "/head_dim", nullptr)).ok()) << "null means absent";
}

TEST(ModelConfig, ReadsGpt2) {
  const auto config = parse(gpt2());
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->family, ModelFamily::kGpt2);
  EXPECT_EQ(config->intermediateSize, 256);
  EXPECT_EQ(config->keyValueHeads, 4);
  EXPECT_EQ(config->headDim, 16);
  EXPECT_EQ(config->maxPositions, 64);
  EXPECT_TRUE(config->tiedHead);
  EXPECT_EQ(parse(with(gpt2(), "/n_inner", 96))->intermediateSize, 96);
  EXPECT_EQ(parse(with(gpt2(), "/n_inner", nullptr))->intermediateSize, 256);
  EXPECT_FALSE(parse(with(gpt2(), "/tie_word_embeddings", false))->tiedHead);
  EXPECT_TRUE(parse(with(gpt2(), "/activation_function", "gelu_pytorch_tanh")).ok());
}

TEST(ModelConfig, ReadsEveryMemoryFlag) {
  json config = llama();
  config["armt"].update({{"n_heads", 2},
                         {"normalize_keys", true},
                         {"use_denom", false},
                         {"gating", true},
                         {"correction", false},
                         {"freeze_mem", false},
                         {"layers_attr", nullptr},
                         {"noise", 0.0}});
  const auto parsed = parse(config);
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->memory->heads, 2);
  EXPECT_TRUE(parsed->memory->normalizeKeys && parsed->memory->gating);
  EXPECT_FALSE(parsed->memory->useDenominator || parsed->memory->correction);
  EXPECT_TRUE(parse(with(gpt2(), "/armt/wrap_pos", true))->memory->wrapPositions);
}

TEST(ModelConfig, ReadsRotaryScalingUnderBothNames) {
  const json scaling = {{"rope_type", "llama3"},
                        {"factor", 32.0},
                        {"low_freq_factor", 1.0},
                        {"high_freq_factor", 4.0},
                        {"original_max_position_embeddings", 64}};
  json older = llama();
  older.erase("rope_parameters");
  older["rope_theta"] = 500000.0;
  json typed = scaling;
  typed.erase("rope_type");
  typed["type"] = "llama3";
  json newer = with(llama(), "/rope_parameters", scaling);
  newer["rope_parameters"]["rope_theta"] = 500000.0;
  for (const json& config : {newer, with(older, "/rope_scaling", scaling), with(older, "/rope_scaling", typed)}) {
    const auto parsed = parse(config);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->rotary.scaling, RotaryScaling::kLlama3);
    EXPECT_DOUBLE_EQ(parsed->rotary.theta, 500000.0);
    EXPECT_DOUBLE_EQ(parsed->rotary.factor, 32.0);
    EXPECT_DOUBLE_EQ(parsed->rotary.highFrequencyFactor, 4.0);
    EXPECT_EQ(parsed->rotary.originalMaxPositions, 64);
  }
  json empty = with(older, "/rope_scaling", scaling);
  empty["rope_parameters"] = json::object();
  EXPECT_EQ(parse(empty)->rotary.scaling, RotaryScaling::kLlama3) << "an empty object counts as absent";
  EXPECT_EQ(parse(with(older, "/rope_scaling", nullptr))->rotary.scaling, RotaryScaling::kNone);
}

TEST(ModelConfig, ReadsTheTidemarkBlock) {
  const auto config = parse(
      with(llama(), "/tidemark",
           {{"prompt", "<q>{question}<a>"}, {"stop", {"</s>", "\n"}}, {"tail", "commit-copy"}, {"about", "A test."}}));
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->prompt.prompt, "<q>{question}<a>");
  EXPECT_THAT(config->prompt.stop, ElementsAre("</s>", "\n"));
  EXPECT_EQ(config->prompt.tail, TailPolicy::kCommitCopy);
  EXPECT_EQ(config->prompt.about, "A test.");
}

TEST(ModelConfig, ReadsTokens) {
  const auto several = parse(with(llama(), "/eos_token_id", {5, 7}));
  ASSERT_TRUE(several);
  EXPECT_EQ(several->eos, 5);
  EXPECT_THAT(several->eosTokens, ElementsAre(5, 7));
  EXPECT_THAT(parse(llama())->eosTokens, ElementsAre(2));
  EXPECT_FALSE(parse(with(llama(), "/bos_token_id", -1))->bos.has_value()) << "-1 is an older spelling of none";
  EXPECT_EQ(parse(with(llama(), "/pad_token_id", 3))->pad, 3);
  EXPECT_FALSE(parse(with(llama(), "/pad_token_id", 320))->pad.has_value()) << "nothing is padded";
}

struct Refused {
  const char* name;
  json base;
  const char* pointer;
  json value;
  ErrorCode code;
  std::vector<std::string> message;
};

// What ctest shows of a case; without it, GoogleTest prints the bytes of the object.
void PrintTo(const Refused& refused, std::ostream* out) {
  *out << refused.name;
}

class RefusedConfig : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedConfig, NamesKeyAndValue) {
  const Refused& refused = GetParam();
  const auto config = parse(with(refused.base, refused.pointer, refused.value));
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.error().code, refused.code) << config.error().message;
  EXPECT_THAT(config.error().message, HasSubstr("m/config.json: "));
  for (const std::string& part : refused.message) EXPECT_THAT(config.error().message, HasSubstr(part));
}

constexpr ErrorCode kCorrupt = ErrorCode::kCorrupt;
constexpr ErrorCode kMismatch = ErrorCode::kMismatch;
constexpr ErrorCode kUnsupported = ErrorCode::kUnsupported;

std::vector<Refused> refusedDecoders() {
  return {
      {"ModelType", llama(), "/model_type", "mistral", kUnsupported, {"model_type = \"mistral\"", "gpt2"}},
      {"NoModelType", llama(), "/model_type", nullptr, kCorrupt, {"model_type is missing"}},
      {"ModelTypeNumber", llama(), "/model_type", 3, kCorrupt, {"model_type must be a string, found 3"}},
      {"Activation", llama(), "/hidden_act", "gelu", kUnsupported, {"hidden_act = \"gelu\" is not supported"}},
      {"AttentionBias", llama(), "/attention_bias", true, kUnsupported, {"attention_bias = true is not supported"}},
      {"MlpBias", llama(), "/mlp_bias", true, kUnsupported, {"mlp_bias = true is not supported"}},
      {"FlagNumber", llama(), "/mlp_bias", 1, kCorrupt, {"mlp_bias must be true or false, found 1"}},
      {"PartialRotary", llama(), "/partial_rotary_factor", 0.5, kUnsupported, {"partial_rotary_factor = 0.5"}},
      {"Quantized",
       llama(),
       "/quantization_config",
       {{"quant_method", "gptq"}},
       kUnsupported,
       {"quantization_config", "\"gptq\""}},
      {"QuantizedOddly", llama(), "/quantization_config", true, kUnsupported, {"quantization_config"}},
      {"Missing", llama(), "/hidden_size", nullptr, kCorrupt, {"hidden_size is missing"}},
      {"Float", llama(), "/hidden_size", 64.0, kCorrupt, {"hidden_size must be a whole number", "found 64.0"}},
      {"String", llama(), "/hidden_size", "64", kCorrupt, {"hidden_size", "found \"64\""}},
      {"Zero", llama(), "/num_attention_heads", 0, kCorrupt, {"num_attention_heads", "found 0"}},
      {"Negative", llama(), "/num_hidden_layers", -1, kCorrupt, {"num_hidden_layers", "found -1"}},
      {"TooManyLayers", llama(), "/num_hidden_layers", 1025, kUnsupported, {"from 1 to 1024", "1025"}},
      {"HugeVocabulary", llama(), "/vocab_size", 18446744073709551615u, kUnsupported, {"18446744073709551615"}},
      {"EpsilonString", llama(), "/rms_norm_eps", "x", kCorrupt, {"rms_norm_eps must be a number"}},
      {"NegativeEpsilon", llama(), "/rms_norm_eps", -1e-5, kCorrupt, {"rms_norm_eps", "-1e-05"}},
      {"KeyValueHeads",
       llama(),
       "/num_key_value_heads",
       3,
       kMismatch,
       {"num_key_value_heads = 3 does not divide num_attention_heads = 4"}},
      {"OddHeadDim", llama(), "/head_dim", 15, kMismatch, {"head_dim = 15", "even"}},
      {"Bos", llama(), "/bos_token_id", 320, kMismatch, {"bos_token_id = 320", "vocab_size is 320"}},
      {"EosList", llama(), "/eos_token_id", {1, "x"}, kCorrupt, {"eos_token_id", "\"x\""}},
      {"EosNegative", llama(), "/eos_token_id", -2, kMismatch, {"eos_token_id = -2"}},
      {"Theta", llama(), "/rope_parameters/rope_theta", 0, kCorrupt, {"rope_parameters.rope_theta"}},
      {"Scaling",
       llama(),
       "/rope_parameters/rope_type",
       "yarn",
       kUnsupported,
       {"rope_parameters.rope_type = \"yarn\" is not supported", "llama3"}},
      {"ScalingNotAnObject", llama(), "/rope_parameters", 7, kCorrupt, {"rope_parameters must be an object"}},
      {"ScalingIncomplete", llama(), "/rope_parameters/rope_type", "llama3", kCorrupt, {"factor is missing"}},
      {"FactorWithoutType", llama(), "/rope_parameters", {{"factor", 2.0}}, kUnsupported, {"factor = 2.0"}},
      {"Gpt2Activation", gpt2(), "/activation_function", "relu", kUnsupported, {"activation_function = \"relu\""}},
      {"Gpt2Scale", gpt2(), "/scale_attn_weights", false, kUnsupported, {"scale_attn_weights = false"}},
      {"Gpt2LayerScale",
       gpt2(),
       "/scale_attn_by_inverse_layer_idx",
       true,
       kUnsupported,
       {"scale_attn_by_inverse_layer_idx = true"}},
      {"Gpt2Reorder", gpt2(), "/reorder_and_upcast_attn", true, kUnsupported, {"reorder_and_upcast_attn = true"}},
      {"Gpt2Cross", gpt2(), "/add_cross_attention", true, kUnsupported, {"add_cross_attention = true"}},
      {"Gpt2Heads", gpt2(), "/n_head", 5, kMismatch, {"n_head = 5 does not divide n_embd = 64"}},
  };
}

std::vector<Refused> refusedBlocks() {
  return {
      {"ArmtList", llama(), "/armt", json::array(), kCorrupt, {"armt must be an object"}},
      {"SegmentMissing", llama(), "/armt/segment_size", nullptr, kCorrupt, {"armt.segment_size is missing"}},
      {"TokensMissing", llama(), "/armt/num_mem_tokens", nullptr, kCorrupt, {"armt.num_mem_tokens is missing"}},
      {"WidthMissing", llama(), "/armt/d_mem", nullptr, kCorrupt, {"armt.d_mem is missing"}},
      {"SegmentTooLong", llama(), "/armt/segment_size", 1048577, kUnsupported, {"armt.segment_size", "1048577"}},
      {"UnknownFlag", llama(), "/armt/xyz", true, kUnsupported, {"armt.xyz = true is not supported"}},
      {"UnknownNumber", llama(), "/armt/xyz", 0.5, kUnsupported, {"armt.xyz = 0.5 is not supported"}},
      {"UnknownText", llama(), "/armt/xyz", "", kUnsupported, {"armt.xyz"}},
      {"HeadsAndWidth", llama(), "/armt/n_heads", 3, kMismatch, {"armt.n_heads = 3 does not divide armt.d_mem = 16"}},
      {"HeadsAndHidden", with(llama(), "/armt/d_mem", 48), "/armt/n_heads", 3, kMismatch, {"the hidden size = 64"}},
      {"WrapInLlama", llama(), "/armt/wrap_pos", true, kUnsupported, {"armt.wrap_pos = true", "GPT-2"}},
      {"Positions", gpt2(), "/armt/segment_size", 57, kMismatch, {"need 65 positions, n_positions is 64"}},
      {"WrappedPositions",
       with(gpt2(), "/armt/wrap_pos", true),
       "/armt/segment_size",
       65,
       kMismatch,
       {"need 65 positions"}},
      {"Prompt", llama(), "/tidemark", {{"prompt", "ask"}}, kMismatch, {"tidemark.prompt = \"ask\"", "{question}"}},
      {"Stop", llama(), "/tidemark", {{"stop", "x"}}, kCorrupt, {"tidemark.stop must be a list"}},
      {"StopEntry", llama(), "/tidemark", {{"stop", {1}}}, kCorrupt, {"tidemark.stop", "found 1"}},
      {"Tail", llama(), "/tidemark", {{"tail", "drop"}}, kUnsupported, {"tidemark.tail = \"drop\"", "commit-copy"}},
      {"TidemarkTypo", llama(), "/tidemark", {{"tial", "join"}}, kUnsupported, {"tidemark.tial = \"join\""}},
  };
}

std::string refusedName(const ::testing::TestParamInfo<Refused>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Decoder, RefusedConfig, ::testing::ValuesIn(refusedDecoders()), refusedName);
INSTANTIATE_TEST_SUITE_P(Blocks, RefusedConfig, ::testing::ValuesIn(refusedBlocks()), refusedName);

TEST(ModelConfig, SegmentsThatJustFitTheTableAreFine) {
  EXPECT_TRUE(parse(with(gpt2(), "/armt/segment_size", 56)).ok());
  EXPECT_TRUE(parse(with(with(gpt2(), "/armt/wrap_pos", true), "/armt/segment_size", 64)).ok());
}

TEST(ModelConfig, HeadDimFromTheHiddenSizeMustBeWhole) {
  json config = with(llama(), "/head_dim", nullptr);
  config["num_attention_heads"] = 6;
  EXPECT_THAT(messageOf(parse(config)), HasSubstr("num_attention_heads = 6 does not divide hidden_size = 64"));
  config["num_attention_heads"] = 4096;
  config["num_key_value_heads"] = 1;
  EXPECT_FALSE(parse(config).ok());
}

TEST(ModelConfig, RefusesWhatIsNotAnObjectOfUniqueKeys) {
  EXPECT_THAT(messageOf(parseModelConfig("", "c")), HasSubstr("not valid JSON"));
  EXPECT_THAT(messageOf(parseModelConfig("{\n\n  oops", "c")), HasSubstr("line 3, column 3"));
  EXPECT_THAT(messageOf(parseModelConfig("[]", "c")), HasSubstr("must hold a JSON object"));
  EXPECT_THAT(messageOf(parseModelConfig(R"({"n_embd":1,"n_embd":2})", "c")), HasSubstr("\"n_embd\" twice"));
  EXPECT_THAT(messageOf(parseModelConfig(std::string(1000000, '['), "c")), HasSubstr("deeper than 32"));
  EXPECT_THAT(messageOf(parseModelConfig("{\"a\":\"\xff\"}", "c")), HasSubstr("not valid JSON"));
}

TEST(ModelConfig, LoadsFromADirectory) {
  const testing::TemporaryDirectory directory;
  EXPECT_THAT(messageOf(loadModelConfig(directory.path())), AllOf(HasSubstr("config.json"), HasSubstr("no such file")));
  testing::writeFile(directory.path() / "config.json", llama().dump(1));
  EXPECT_TRUE(loadModelConfig(directory.path()).ok());
  const auto mini = loadModelConfig(std::filesystem::path(TM_SOURCE_DIR) / "resources/models/mini");
  ASSERT_TRUE(mini) << mini.error().message;
  EXPECT_EQ(mini->layers, 6);
  EXPECT_TRUE(mini->memory->normalizeKeys);
  EXPECT_EQ(mini->prompt.tail, TailPolicy::kCommitCopy);
}

TEST(ModelConfig, SurvivesRandomDamage) {
  const std::string original = with(llama(), "/tidemark", {{"stop", {"</s>"}}}).dump();
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string text = original;
    for (int i = 0; i < 2; ++i) text[random() % text.size()] = static_cast<char>(random());
    const auto config = parseModelConfig(text, "c");
    if (!config) {
      EXPECT_THAT(config.error().message, HasSubstr("c"));
    }
  }
}

}  // namespace
}  // namespace tidemark
