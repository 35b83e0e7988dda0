#include "engine/tokenizer/chat_template.h"

#include <gmock/gmock.h>

#include "tests/unit/byte_level_fixture.h"
#include "tests/unit/byte_tokenizer.h"

namespace tidemark {
namespace {

using test::smallTokenizer;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> names() {
  std::vector<std::string> result;
  for (const ChatTemplate& known : knownChatTemplates()) result.push_back(known.name);
  return result;
}

TEST(ChatTemplate, FourShipAndEveryOneHasAPlaceForTheQuestion) {
  EXPECT_THAT(names(), ElementsAre("llama-3", "llama-2", "plain", "babilong"));
  for (const ChatTemplate& known : knownChatTemplates()) {
    EXPECT_THAT(known.prompt, HasSubstr("{question}")) << known.name;
    EXPECT_FALSE(known.about.empty()) << known.name;
  }
}

TEST(ChatTemplate, TheTokenizerChooses) {
  EXPECT_EQ(chatTemplateFor(smallTokenizer("llama3")).name, "llama-3");
  EXPECT_EQ(chatTemplateFor(smallTokenizer("gpt2")).name, "plain");
  EXPECT_EQ(chatTemplateFor(test::ByteTokenizer()).name, "plain");
  nlohmann::json document = test::seedJson("valid-gpt2.json");
  for (const char* piece : {"[INST]", "[/INST]", "</s>"}) {
    const std::size_t id = 262 + document["added_tokens"].size();
    document["added_tokens"].push_back({{"id", id}, {"content", piece}, {"special", true}});
  }
  const auto mistral = test::loadJson(document);
  ASSERT_TRUE(mistral.ok()) << mistral.error().message;
  EXPECT_EQ(chatTemplateFor(**mistral).name, "llama-2");
}

TEST(ChatTemplate, Llama3PutsTheQuestionBetweenItsPieces) {
  const Tokenizer& tokenizer = smallTokenizer("llama3");
  const auto found = findChatTemplate(tokenizer, "llama-3");
  ASSERT_TRUE(found.ok());
  const auto ids = encodePrompt(tokenizer, found->prompt, "Where?");
  ASSERT_TRUE(ids.ok());
  const auto id = [&](const char* piece) { return tokenizer.findSpecial(piece).value(); };
  std::vector<TokenId> expected = {id("<|start_header_id|>")};
  const auto text = [&](const char* part) {
    for (const TokenId token : test::encoded(tokenizer, part).ids) expected.push_back(token);
  };
  text("user");
  expected.push_back(id("<|end_header_id|>"));
  text("\n\nWhere?");
  expected.insert(expected.end(), {id("<|eot_id|>"), id("<|start_header_id|>")});
  text("assistant");
  expected.push_back(id("<|end_header_id|>"));
  text("\n\n");
  EXPECT_EQ(*ids, expected);
  EXPECT_THAT(found->stop, ElementsAre("<|eot_id|>", "<|end_of_text|>"));
}

TEST(ChatTemplate, OneOfTheUsersOwn) {
  const auto own = findChatTemplate(smallTokenizer("llama3"), "Q: {question}<|eot_id|>A:");
  ASSERT_TRUE(own.ok()) << own.error().message;
  EXPECT_EQ(own->name, "own");
  EXPECT_EQ(own->prompt, "Q: {question}<|eot_id|>A:");
  EXPECT_THAT(own->stop, ElementsAre("<|eot_id|>", "<|end_of_text|>"));
}

TEST(ChatTemplate, WhatCannotBeIsRefused) {
  const auto unknown = findChatTemplate(smallTokenizer("gpt2"), "llama-4");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(unknown.error().message, HasSubstr("llama-3, llama-2, plain, babilong"));
  for (const char* asked : {"llama-3", "llama-2", "{question}<|eot_id|>"}) {
    const auto other = findChatTemplate(smallTokenizer("gpt2"), asked);
    ASSERT_FALSE(other.ok()) << asked;
    EXPECT_EQ(other.error().code, ErrorCode::kMismatch) << asked;
    EXPECT_THAT(other.error().message, HasSubstr("'plain' fits")) << asked;
  }
}

TEST(ChatTemplate, AHintWinsOverTheConfigAndTheConfigOverTheTokenizer) {
  const Tokenizer& tokenizer = smallTokenizer("llama3");
  const ChatTemplate ofConfig = {"config.json", "", "<q>{question}<a>", {"</s>"}};
  EXPECT_EQ(chooseChatTemplate(tokenizer, "babilong", ofConfig)->name, "babilong");
  EXPECT_EQ(chooseChatTemplate(tokenizer, "", ofConfig)->prompt, "<q>{question}<a>");
  EXPECT_EQ(chooseChatTemplate(tokenizer, "", std::nullopt)->name, "llama-3");
  EXPECT_FALSE(chooseChatTemplate(tokenizer, "nothing", ofConfig).ok());
}

}  // namespace
}  // namespace tidemark
