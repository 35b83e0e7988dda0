// tokenizer.json as hostile input, and what its settings do.

#include "engine/tokenizer/tokenizer_json.h"

#include <gmock/gmock.h>

#include <random>

#include "tests/unit/byte_level_fixture.h"

namespace tidemark {
namespace {

using nlohmann::json;
using test::encoded;
using test::loadJson;
using test::seedJson;
using test::surfacesOf;
using testing::ElementsAre;
using testing::HasSubstr;

struct Refusal {
  const char* what;
  json patch;  // JSON merge patch of the seed
  ErrorCode code;
  const char* message;
};

TEST(TokenizerJson, WhatIsNotSupportedIsRefusedByName) {
  const auto split = [](json pattern, const char* behavior) {
    return json{{"pre_tokenizer",
                 {{"type", "Sequence"},
                  {"add_prefix_space", nullptr},
                  {"trim_offsets", nullptr},
                  {"use_regex", nullptr},
                  {"pretokenizers",
                   {{{"type", "Split"}, {"pattern", std::move(pattern)}, {"behavior", behavior}},
                    {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", false}}}}}}};
  };
  const Refusal refusals[] = {
      {"normalizer", {{"normalizer", {{"type", "NFKC"}}}}, ErrorCode::kUnsupported, "normalizer \"NFKC\""},
      {"model", {{"model", {{"type", "Unigram"}}}}, ErrorCode::kUnsupported, "model \"Unigram\""},
      {"dropout", {{"model", {{"dropout", 0.1}}}}, ErrorCode::kUnsupported, "model.dropout = 0.1"},
      {"prefix", {{"model", {{"continuing_subword_prefix", "##"}}}}, ErrorCode::kUnsupported, "subword_prefix"},
      {"suffix", {{"model", {{"end_of_word_suffix", "</w>"}}}}, ErrorCode::kUnsupported, "end_of_word_suffix"},
      {"unknown setting", {{"model", {{"shiny", true}}}}, ErrorCode::kUnsupported, "\"model.shiny\" = true"},
      {"unknown key", {{"extra", {{"a", 1}}}}, ErrorCode::kUnsupported, "\"extra\""},
      {"no pre_tokenizer", {{"pre_tokenizer", nullptr}}, ErrorCode::kUnsupported, "pre_tokenizer"},
      {"Metaspace", {{"pre_tokenizer", {{"type", "Metaspace"}}}}, ErrorCode::kUnsupported, "\"Metaspace\""},
      {"decoder", {{"decoder", {{"type", "Fuse"}}}}, ErrorCode::kUnsupported, "decoder \"Fuse\""},
      {"no decoder", {{"decoder", nullptr}}, ErrorCode::kUnsupported, "decoder null"},
      {"behavior", split({{"Regex", "a"}}, "Removed"), ErrorCode::kUnsupported, "behavior \"Removed\""},
      {"regex", split({{"Regex", "a$"}}, "Isolated"), ErrorCode::kUnsupported, "'$'"},
      {"empty match", split({{"Regex", "a*"}}, "Isolated"), ErrorCode::kUnsupported, "empty text"},
      {"no pattern", split({{"Glob", "a"}}, "Isolated"), ErrorCode::kCorrupt, "pattern"},
      {"a flag", {{"model", {{"ignore_merges", "yes"}}}}, ErrorCode::kCorrupt, "ignore_merges"},
      {"vocab", {{"model", {{"vocab", 7}}}}, ErrorCode::kCorrupt, "model.vocab"},
      {"a missing byte", {{"model", {{"vocab", {{"!", nullptr}}}}}}, ErrorCode::kCorrupt, "no piece for byte 33"},
      {"a negative id", {{"model", {{"vocab", {{"the", -1}}}}}}, ErrorCode::kCorrupt, "\"the\" the id -1"},
      {"a large id", {{"model", {{"vocab", {{"the", 1'000'000}}}}}}, ErrorCode::kCorrupt, "1000000"},
      {"an id twice", {{"model", {{"vocab", {{"the", 256}}}}}}, ErrorCode::kCorrupt, "the id 256"},
      {"an unknown half", {{"model", {{"merges", {"t q_"}}}}}, ErrorCode::kCorrupt, "no \"q_\""},
      {"an unknown whole", {{"model", {{"merges", {"h t"}}}}}, ErrorCode::kCorrupt, "no \"ht\""},
      {"three parts", {{"model", {{"merges", {"t h e"}}}}}, ErrorCode::kCorrupt, "\"t h e\""},
      {"added elsewhere", {{"added_tokens", {{{"id", 9}, {"content", "the"}}}}}, ErrorCode::kCorrupt, "has 257"},
      {"added on a piece", {{"added_tokens", {{{"id", 9}, {"content", "x_y"}}}}}, ErrorCode::kCorrupt, "the id 9"},
      {"a special merge",
       {{"added_tokens", {{{"id", 257}, {"content", "the"}, {"special", true}}}}},
       ErrorCode::kUnsupported,
       "special piece \"the\""},
  };
  for (const Refusal& refusal : refusals) {
    json document = seedJson("valid-gpt2.json");
    document.merge_patch(refusal.patch);
    const auto loaded = loadJson(document);
    ASSERT_FALSE(loaded.ok()) << refusal.what;
    EXPECT_EQ(loaded.error().code, refusal.code) << refusal.what << ": " << loaded.error().message;
    EXPECT_THAT(loaded.error().message, HasSubstr(refusal.message)) << refusal.what;
    EXPECT_THAT(loaded.error().message, HasSubstr("tokenizer.json")) << refusal.what;
  }
}

TEST(TokenizerJson, CorpusOfTheFuzzer) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TM_SOURCE_DIR "/tests/fuzz/corpus/tokenizer_json")) {
    const std::string name = entry.path().filename().string();
    const std::string bytes = test::readWhole(entry.path());
    const test::TokenizerInput input = test::tokenizerInput(bytes);
    const auto loaded = loadByteLevelTokenizer(input.file, "x");
    EXPECT_EQ(loaded.ok(), name.starts_with("valid")) << name << ": " << (loaded.ok() ? "" : loaded.error().message);
    TokenRun run;
    if (loaded.ok()) (void)(*loaded)->encode(input.text, 0, run);  // within limits, or refused
    ++files;
  }
  EXPECT_GE(files, 10);
}

TEST(TokenizerJson, TruncationsAreRefusedAndChangedBytesNeverCrash) {
  const std::string file = seedJson("valid-llama3.json").dump();
  for (std::size_t size = 0; size < file.size(); size += 7) {
    EXPECT_FALSE(loadByteLevelTokenizer(file.substr(0, size), "x").ok()) << size;
  }
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    std::string changed = file;
    for (std::size_t i = 0, n = 1 + random() % 4; i < n; ++i) {
      changed[random() % changed.size()] = static_cast<char>(random() % 128);
    }
    const auto loaded = loadByteLevelTokenizer(changed, "x");
    if (loaded.ok()) (void)encoded(**loaded, "the 12 \u4e2d x\n\nthe");
  }
}

TEST(TokenizerJson, AddedPiecesAreFoundInTextUnlessTheyAreSpecial) {
  json document = seedJson("valid-gpt2.json");
  document["added_tokens"] = {{{"id", 260}, {"content", "<|end|>"}, {"special", true}},
                              {{"id", 261}, {"content", "[note]"}, {"normalized", false}},
                              {{"id", 262}, {"content", "[note]s"}, {"normalized", false}},
                              {{"id", 263}, {"content", "cat"}, {"single_word", true}},
                              {{"id", 264}, {"content", "<l>"}, {"lstrip", true}},
                              {{"id", 265}, {"content", "<r>"}, {"rstrip", true}},
                              {{"id", 266}, {"content", "te[n"}}};
  const auto loaded = loadJson(document);
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  const Tokenizer& tokenizer = **loaded;
  EXPECT_EQ(tokenizer.vocabularySize(), 267);
  EXPECT_THAT(surfacesOf(tokenizer, "a[note]sb"), ElementsAre("a", "[note]s", "b")) << "the longest";
  EXPECT_THAT(surfacesOf(tokenizer, "te[note]"), ElementsAre("t", "e", "[note]")) << "exact ones first";
  EXPECT_THAT(encoded(tokenizer, "cat").ids, ElementsAre(263));
  EXPECT_THAT(surfacesOf(tokenizer, "!cat cats"), ElementsAre("!", "cat", " ", "c", "a", "t", "s"));
  EXPECT_THAT(surfacesOf(tokenizer, "\u00e9cat"), ElementsAre("\u00e9", "\u00e9", "c", "a", "t"));
  EXPECT_THAT(surfacesOf(tokenizer, "a \u3000<l> b"), ElementsAre("a", " \u3000<l>", " ", "b"));
  EXPECT_THAT(surfacesOf(tokenizer, "a <r> \u3000b"), ElementsAre("a", " ", "<r> \u3000", "b"));
  EXPECT_THAT(surfacesOf(tokenizer, "<r> <l>"), ElementsAre("<r> ", "<l>"));
  EXPECT_THAT(encoded(tokenizer, "<|end|>").ids, testing::Not(testing::Contains(260)));
  EXPECT_EQ(test::decoded(tokenizer, encoded(tokenizer, "<|end|>").ids), "<|end|>");
  EXPECT_EQ(tokenizer.findSpecial("<|end|>"), 260);
  EXPECT_EQ(tokenizer.bytes(260), "") << "a control piece stands for no text";
  EXPECT_EQ(tokenizer.bytes(261), "[note]");
  EXPECT_EQ(tokenizer.findSpecial("the"), std::nullopt);
}

TEST(TokenizerJson, APrefixSpaceIsMadeUpWhereThereIsNone) {
  const auto loaded = loadJson(seedJson("valid-prefix.json"));
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  const Tokenizer& tokenizer = **loaded;
  EXPECT_TRUE(tokenizer.addsSpace());
  const TokenRun run = encoded(tokenizer, "the the");
  EXPECT_THAT(run.ids, ElementsAre(258, 258));
  EXPECT_EQ(run.bytes.front(), (ByteRange{0, 3}));
  EXPECT_THAT(encoded(tokenizer, " the").ids, ElementsAre(258));
  EXPECT_THAT(surfacesOf(tokenizer, "a"), ElementsAre("", "a"));
}

TEST(TokenizerJson, AWordThatIsAPieceNeedsNoMerges) {
  json document = seedJson("valid-llama3.json");
  document["model"]["vocab"]["zebra"] = 270;
  const auto ignoring = loadJson(document);
  ASSERT_TRUE(ignoring.ok()) << ignoring.error().message;
  EXPECT_THAT(encoded(**ignoring, "zebra").ids, ElementsAre(270));
  document["model"]["ignore_merges"] = false;
  const auto merging = loadJson(document);
  ASSERT_TRUE(merging.ok());
  EXPECT_EQ(encoded(**merging, "zebra").ids.size(), 5u);
}

TEST(TokenizerJson, ATiktokenVocabularyIsRecognised) {
  EXPECT_TRUE(isTiktokenVocabulary("IQ== 0\nIg== 1\n"));
  EXPECT_TRUE(isTiktokenVocabulary("IQ== 0\r\nIg== 1\r\n"));
  EXPECT_FALSE(isTiktokenVocabulary("IQ== x\n"));
  EXPECT_FALSE(isTiktokenVocabulary("\x0A\x0E\x0A\x05<unk>"));
  EXPECT_FALSE(isTiktokenVocabulary(""));

  const test::TemporaryFolder folder;
  folder.write("tokenizer.model", "IQ== 0\nIg== 1\n");
  const auto alone = loadTokenizer(folder.path());
  ASSERT_FALSE(alone.ok());
  EXPECT_EQ(alone.error().code, ErrorCode::kUnsupported);
  EXPECT_THAT(alone.error().message, HasSubstr("tiktoken"));
  folder.write("tokenizer.json", seedJson("valid-gpt2.json").dump());
  EXPECT_TRUE(loadTokenizer(folder.path()).ok()) << "the tokenizer.json beside it says more";
}

}  // namespace
}  // namespace tidemark
