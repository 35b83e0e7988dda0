// Words, merges, ranges and limits of the tokenizer behind tokenizer.json.

#include "engine/tokenizer/byte_level.h"

#include <gmock/gmock.h>

#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "engine/document/chunk_cut.h"
#include "engine/document/memory_text_source.h"
#include "engine/document/token_stream.h"
#include "engine/tokenizer/byte_pair_merger.h"
#include "engine/tokenizer/split_dialect.h"
#include "tests/unit/byte_level_fixture.h"

namespace tidemark {
namespace {

using test::encoded;
using test::smallTokenizer;
using test::surfacesOf;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(ByteLevel, EveryByteHasACharacterAndComesBack) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all.push_back(static_cast<char>(byte));
  EXPECT_EQ(bytesOfByteLevel(byteLevelOf(all)), all);
  EXPECT_EQ(byteLevelOf(" a\n"), "\u0120a\u010A");
  EXPECT_EQ(bytesOfByteLevel(" "), std::nullopt);
  EXPECT_EQ(bytesOfByteLevel("\u0144"), std::nullopt);
  EXPECT_EQ(bytesOfByteLevel("\u4e2d"), std::nullopt);
  EXPECT_EQ(bytesOfByteLevel("\xFF"), std::nullopt);
}

TEST(SplitDialect, Table) {
  const std::map<std::string, std::string> accepted = {
      {R"( ?\p{L}+)", R"( ?\p{L}+)"},
      {R"(\p{^Lu}|\P{Nd})", R"(\P{Lu}|\P{Nd})"},
      {R"([^\s\p{L}])", R"([^\t-\r\x{85}\p{Z}\p{L}])"},
      {R"(\s+(?!\S))", R"([\t-\r\x{85}\p{Z}]+(?![^\t-\r\x{85}\p{Z}]))"},
      {R"((?i:'s|'ll))", R"((?i:\'s|\'ll))"},
      {R"([a-z\-+]{1,3}x{2}y{3,})", R"([a-z\-\+]{1,3}x{2}y{3,})"},
      {R"(a++b*?c??)", R"(a++b*?c??)"},
      {"[\u4e00-\u9fa5]", "[\u4e00-\u9fa5]"},
  };
  for (const auto& [pattern, expected] : accepted) {
    const auto translated = translateSplitPattern(pattern);
    ASSERT_TRUE(translated.ok()) << pattern << ": " << translated.error().message;
    EXPECT_EQ(*translated, expected) << pattern;
  }
  const std::map<std::string, std::string> refused = {
      {R"(\w+)", R"('\w')"},
      {R"(a\b)", R"('\b')"},
      {"^a", "'^'"},
      {"a.", "'.'"},
      {R"(\p{Han})", R"(\p{Han})"},
      {"[a&&b]", "'&&'"},
      {"[[:alpha:]]", "class inside"},
      {"a{,3}", "'{'"},
      {"a{1001}", "1000"},
      {"a{2}?", "quantifier after"},
      {"a**", "quantifier after"},
      {"(?i)a", "'(?i'"},
      {"(?<n>a)", "'(?<'"},
      {R"((a)\1)", R"('\1')"},
      {R"([\S])", R"('\S')"},
      {"(?i:gr\u00FCn)", "ASCII"},
      {"(?i:press)", "'ss'"},
      {"(?i:f(?:i))", "'fi'"},
      {R"((?i:\p{Lu}))", "case"},
      {"(*UTF)a", "'(*'"},
      {"(", "not closed"},
      {")", "not opened"},
      {"[a", "not closed"},
      {"[z-a]", "before it begins"},
      {"a{3,2}", "before it begins"},
      {"", "empty"},
      {"\xFF", "UTF-8"},
      {"a|*", "no place"},
      {"\\", "not supported"},
      {std::string(5000, 'a'), "5000"},
      {std::string(100, '('), "inside each other"},
  };
  for (const auto& [pattern, message] : refused) {
    const auto translated = translateSplitPattern(pattern);
    ASSERT_FALSE(translated.ok()) << pattern << " became " << *translated;
    EXPECT_THAT(translated.error().message, HasSubstr(message)) << pattern;
  }
}

/// Algorithm 1 of the paper, looking at every pair after each merge.
std::vector<TokenId> mergedSlowly(std::vector<TokenId> ids, const std::vector<PieceMerge>& merges) {
  for (;;) {
    std::size_t best = merges.size();
    std::size_t place = 0;
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      for (std::size_t rank = 0; rank < best; ++rank) {
        if (merges[rank].left != ids[i] || merges[rank].right != ids[i + 1]) continue;
        best = rank;
        place = i;
      }
    }
    if (best == merges.size()) return ids;
    ids[place] = merges[best].merged;
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(place) + 1);
  }
}

TEST(BytePairMerger, AgreesWithThePlainAlgorithmAtEveryLength) {
  std::mt19937 random(2);
  std::array<TokenId, 256> byteIds{};
  for (int byte = 0; byte < 256; ++byte) byteIds[static_cast<std::size_t>(byte)] = byte;
  std::vector<std::string> pieces;
  for (int byte = 0; byte < 256; ++byte) pieces.emplace_back(1, static_cast<char>(byte));
  std::vector<PieceMerge> merges;
  for (int i = 0; i < 60; ++i) {  // over a, b, c and what was merged before
    const auto any = [&] { return random() % 2 == 0 ? 'a' + random() % 3 : 256 + random() % (pieces.size() - 255); };
    const std::size_t left = std::min<std::size_t>(any(), pieces.size() - 1);
    const std::size_t right = std::min<std::size_t>(any(), pieces.size() - 1);
    const std::string whole = pieces[left] + pieces[right];
    auto found = std::find(pieces.begin(), pieces.end(), whole);
    if (found == pieces.end()) found = pieces.insert(pieces.end(), whole);
    const auto id = static_cast<TokenId>(found - pieces.begin());
    const bool isKnown = std::any_of(merges.begin(), merges.end(), [&](const PieceMerge& merge) {
      return merge.left == static_cast<TokenId>(left) && merge.right == static_cast<TokenId>(right);
    });
    if (!isKnown) merges.push_back({static_cast<TokenId>(left), static_cast<TokenId>(right), id});
  }
  std::shuffle(merges.begin(), merges.end(), random);
  const BytePairMerger merger(merges, byteIds, pieces.size());
  std::vector<BytePairMerger::Piece> out;
  for (std::size_t length = 1; length < 140; ++length) {
    for (int round = 0; round < 5; ++round) {
      std::string word;
      std::vector<TokenId> ids;
      while (word.size() < length) {
        word.push_back(static_cast<char>('a' + random() % 3));
        ids.push_back(word.back());
      }
      merger.merge(word, out);
      std::vector<TokenId> merged;
      std::string bytes;
      for (const BytePairMerger::Piece& piece : out) {
        merged.push_back(piece.id);
        EXPECT_EQ(piece.bytes, pieces[static_cast<std::size_t>(piece.id)].size());
        bytes += pieces[static_cast<std::size_t>(piece.id)];
      }
      ASSERT_EQ(merged, mergedSlowly(ids, merges)) << word;
      ASSERT_EQ(bytes, word);
    }
  }
}

TEST(ByteLevelTokenizer, RangesGiveEveryTokenWholeCharacters) {
  const Tokenizer& tokenizer = smallTokenizer("llama3");
  EXPECT_FALSE(tokenizer.addsSpace());
  EXPECT_THAT(surfacesOf(tokenizer, "the \U0001F433!"),
              testing::Each(testing::AnyOf("the", " ", " \U0001F433", "\U0001F433", "!")));
  const std::string rare = "\U00012345";
  EXPECT_THAT(surfacesOf(tokenizer, rare), testing::Each(rare)) << "its bytes are tokens, each has the character";
  EXPECT_THAT(surfacesOf(tokenizer, "a\xFF\xE4\xB8z"),
              testing::Each(testing::AnyOf("a", "\xFF", "\xE4\xB8", "\xFF\xE4\xB8", "z")));
  EXPECT_EQ(test::decoded(tokenizer, encoded(tokenizer, "a\xFF\xE4\xB8z").ids), "a\uFFFD\uFFFDz");
  EXPECT_THAT(surfacesOf(tokenizer, ""), ElementsAre());
  TokenRun run = encoded(tokenizer, "Where is", 1'000'000'000'000);
  ASSERT_TRUE(tokenizer.encode(" Ahab?", 1'000'000'000'008, run).ok());
  test::checkRanges(run, "Where is Ahab?", 1'000'000'000'000);
}

TEST(ByteLevelTokenizer, SpecialPiecesComeFromTemplatesOnly) {
  const Tokenizer& tokenizer = smallTokenizer("llama3");
  const TokenId end = tokenizer.findSpecial("<|eot_id|>").value();
  const auto ids = encodePrompt(tokenizer, "{question}<|eot_id|>", "say <|eot_id|> twice");
  ASSERT_TRUE(ids.ok());
  EXPECT_EQ(std::count(ids->begin(), ids->end(), end), 1);
  EXPECT_EQ(ids->back(), end);
  EXPECT_EQ(test::decoded(tokenizer, *ids), "say <|eot_id|> twice");
}

TEST(ByteLevelTokenizer, AHostilePatternEndsInAnErrorAndNotInAHang) {
  for (const char* pattern : {"(?:a+)+b|c", "(?:a|aa)+b|c", "(?:a*a*a*)+b|c", "(?=(?:a+)+b)a|c"}) {
    const auto loaded = loadByteLevelTokenizer(test::tokenizerJsonWithPattern(pattern), "x");
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    const auto begin = std::chrono::steady_clock::now();
    TokenRun run;
    const Status status = (*loaded)->encode(std::string(16'384, 'a'), 0, run);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << pattern;
    ASSERT_FALSE(status.ok()) << pattern;
    EXPECT_EQ(status.error().code, ErrorCode::kUnsupported) << status.error().message;
  }
}

TEST(ByteLevelTokenizer, LongWordsTakeNoQuadraticTime) {
  std::mt19937 random(4);
  std::string word;
  while (word.size() < 400'000) word.push_back(static_cast<char>('a' + random() % 26));
  for (const char* name : {"gpt2", "llama3"}) {
    for (const std::string& text :
         {word, std::string(400'000, 'a'), std::string(400'000, ' '), std::string(400'000, '\n')}) {
      const auto begin = std::chrono::steady_clock::now();
      (void)encoded(smallTokenizer(name), text);
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));  // seconds under the sanitizers
    }
  }
}

TEST(ByteLevelTokenizer, SeveralThreadsMayEncode) {
  const std::string text = test::readWhole(TM_SOURCE_DIR "/resources/samples/tavern-night.txt");
  const TokenRun expected = encoded(smallTokenizer("gpt2"), text);
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 5; ++round) EXPECT_EQ(encoded(smallTokenizer("gpt2"), text).ids, expected.ids);
    });
  }
}

/// Text of the kinds that a cut might hurt, always with a single space somewhere.
std::string mixedText(std::mt19937& random, const std::vector<std::string>& parts, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += parts[random() % parts.size()];
  return text;
}

const std::vector<std::string>& hardParts() {
  static const std::vector<std::string> parts = {
      " ",      "  ",     "\n",     "\r\n",       "\t",         "the",          "Ahab's", "'s",
      "'LL",    "12",     "12345",  "...",        "(",          "\u4e2d\u6587", "\u3002", "e\u0301",
      "\u0301", "\u00A0", "\u3000", "!",          " a",         " 1",           " .",     "\u2028",
      "\u200B", "\u180E", "\uFEFF", "\U0001F433", "<|eot_id|>", "\xFF",         "x",      "don't"};
  return parts;
}

TEST(ByteLevelTokenizer, ACutBeforeALoneSpaceNeverChangesTokens) {
  std::mt19937 random(6);
  int cuts = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string text = mixedText(random, hardParts(), 2 + random() % 12);
    for (const char* name : {"gpt2", "llama3"}) {
      const Tokenizer& tokenizer = smallTokenizer(name);
      const std::vector<TokenId> whole = encoded(tokenizer, text).ids;
      for (std::size_t at = 1; at < text.size(); ++at) {
        if (!isLoneSpace(text, at)) continue;
        TokenRun parts = encoded(tokenizer, text.substr(0, at));
        ASSERT_TRUE(tokenizer.encode(std::string_view(text).substr(at), at, parts).ok());
        ASSERT_EQ(parts.ids, whole) << name << " at " << at << " of " << testing::PrintToString(text);
        ++cuts;
      }
    }
  }
  EXPECT_GT(cuts, 1000);
}

void expectChunksAreTheWhole(const Tokenizer& tokenizer, const std::string& text) {
  const TokenRun whole = encoded(tokenizer, text);
  const MemoryTextSource source(text);
  TokenStream stream(source, tokenizer, 0);
  TokenRun chunked;
  for (auto token = stream.next(); token.ok() && token->has_value(); token = stream.next()) {
    chunked.ids.push_back((*token)->id);
    chunked.bytes.push_back((*token)->bytes);
  }
  EXPECT_TRUE(chunked.ids == whole.ids);
  EXPECT_TRUE(chunked.bytes == whole.bytes);
}

TEST(ByteLevelTokenizer, ChunksAreTheWholeText) {
  std::mt19937 random(8);
  std::string lines;  // no single space anywhere: cut at line ends, after marks and words
  while (lines.size() < 100'000)
    lines += mixedText(random, {"word", "12", ".", "!\n", "\n", "\n\n", "\t", "(", "don't"}, 1);
  std::string wide;  // no white space at all
  while (wide.size() < 100'000)
    wide += mixedText(random, {"\u4e2d", "\u6587", "\u9be8\u9c7c", "\u3042", "\u3002", "\uFF0C"}, 1);
  std::string wideLines;
  while (wideLines.size() < 100'000)
    wideLines += mixedText(random, {"\u4e2d\u6587", "\u9be8\u9c7c", "\u3002\n", "\uFF0C"}, 1);
  for (const char* name : {"gpt2", "llama3"}) {
    const Tokenizer& tokenizer = smallTokenizer(name);
    expectChunksAreTheWhole(tokenizer, test::readWhole(TM_SOURCE_DIR "/resources/samples/harbor-notes.txt"));
    expectChunksAreTheWhole(tokenizer, mixedText(random, hardParts(), 20'000));
    expectChunksAreTheWhole(tokenizer, lines);
    expectChunksAreTheWhole(tokenizer, wide);
    expectChunksAreTheWhole(tokenizer, wideLines);
  }
}

}  // namespace
}  // namespace tidemark
