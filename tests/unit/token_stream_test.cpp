#include "engine/document/token_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "engine/document/memory_text_source.h"
#include "tests/unit/growing_text_source.h"
#include "tests/unit/tokenizer_fixture.h"

namespace tidemark {
namespace {

using test::builtInTokenizer;
using test::encoded;

struct Streamed {
  TokenRun tokens;
  std::vector<TextCursor> cursors;  // before each token, and at the end
};

Streamed streamAll(const TextSource& source, std::uint64_t byteOffset, std::optional<TextCursor> cursor = std::nullopt,
                   std::size_t most = ~std::size_t{0}) {
  Streamed result;
  TokenStream stream(source, builtInTokenizer(), byteOffset, cursor);
  while (result.tokens.ids.size() < most) {
    const TextCursor before = stream.cursor();
    const Result<std::optional<TokenStream::Token>> token = stream.next();
    EXPECT_TRUE(token.ok()) << token.error().message;
    if (!token.ok() || !token->has_value()) break;
    result.cursors.push_back(before);
    result.tokens.ids.push_back((*token)->id);
    result.tokens.bytes.push_back((*token)->bytes);
  }
  result.cursors.push_back(stream.cursor());
  return result;
}

std::string sample(const char* name) {
  return test::readWhole(std::filesystem::path(TM_SOURCE_DIR "/resources/samples") / name);
}

void expectSameAsWhole(const std::string& text) {
  constexpr std::uint64_t kOffset = 12'345;
  const TokenRun whole = encoded(builtInTokenizer(), text, kOffset);
  const Streamed chunked = streamAll(MemoryTextSource(text), kOffset);
  ASSERT_EQ(chunked.tokens.ids.size(), whole.ids.size());
  EXPECT_TRUE(chunked.tokens.ids == whole.ids);
  for (std::size_t i = 0; i < whole.ids.size(); ++i) {
    ASSERT_EQ(chunked.tokens.bytes[i], whole.bytes[i])
        << "token " << i << " " << builtInTokenizer().bytes(whole.ids[i]);
  }
}

/// From the cursor of token `index`, the next tokens are those of the stream that never stopped.
void expectRestart(const TextSource& source, const Streamed& all, std::size_t index) {
  constexpr std::size_t kLook = 700;  // well into the next chunk or two
  const Streamed rest = streamAll(source, 0, all.cursors[index], kLook);
  const std::size_t expected = std::min(kLook, all.tokens.ids.size() - index);
  ASSERT_EQ(rest.tokens.ids.size(), expected) << index;
  for (std::size_t i = 0; i < expected; ++i) {
    ASSERT_EQ(rest.tokens.ids[i], all.tokens.ids[index + i]) << index << " + " << i;
    ASSERT_EQ(rest.tokens.bytes[i], all.tokens.bytes[index + i]) << index << " + " << i;
    ASSERT_EQ(rest.cursors[i], all.cursors[index + i]) << index << " + " << i;
  }
}

TEST(TokenStream, ChunksOfASampleAreTheWholeText) {
  const std::string text = sample("tavern-night.txt");
  EXPECT_EQ(encoded(builtInTokenizer(), text).ids.size(), 4971u);
  expectSameAsWhole(text);
  expectSameAsWhole(sample("harbor-notes.txt"));
}

TEST(TokenStream, ChunksOfABookAreTheWholeText) {
  expectSameAsWhole(sample("moby-dick.txt"));
}

TEST(TokenStream, OtherWhiteSpaceKeepsTheTokensToo) {
  std::mt19937 random(11);
  const std::vector<std::string> separators = {"\n", "  ", "\t", "\u00A0", "\n\n", " \n ", "\u3000", "\u200B "};
  std::string text = "  \n";
  while (text.size() < 60'000)
    text += "word" + std::to_string(random() % 100) + separators[random() % separators.size()];
  const TokenRun whole = encoded(builtInTokenizer(), text);
  EXPECT_TRUE(streamAll(MemoryTextSource(text), 0).tokens.ids == whole.ids);
}

TEST(TokenStream, RestartsAtManyCursors) {
  const MemoryTextSource source(sample("harbor-notes.txt"));
  const Streamed all = streamAll(source, 0);
  for (std::size_t index = 0; index < all.cursors.size(); index += 211) expectRestart(source, all, index);
  for (std::size_t index = 1; index < all.tokens.ids.size(); ++index) {
    if (all.cursors[index].tokensConsumed <= 1) expectRestart(source, all, index);  // around every border of chunks
  }
  expectRestart(source, all, all.tokens.ids.size());
}

/// The same tokens, ranges and cursors as of a text that is there from the beginning, however it comes.
void expectSameWhileGrowing(const std::string& text, std::uint32_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Streamed whole = streamAll(MemoryTextSource(text), 77);
  std::mt19937 random(seed);
  test::GrowingTextSource source(text);
  TokenStream stream(source, builtInTokenizer(), 77);
  std::size_t index = 0;
  std::size_t waits = 0;
  for (bool complete = false;;) {
    const TextCursor before = stream.cursor();
    const Result<std::optional<TokenStream::Token>> token = stream.next();
    ASSERT_TRUE(token.ok()) << token.error().message;
    if (token->has_value()) {
      ASSERT_EQ(before, whole.cursors[index]) << index;
      ASSERT_LT(index, whole.tokens.ids.size());
      ASSERT_EQ((*token)->id, whole.tokens.ids[index]) << index;
      ASSERT_EQ((*token)->bytes, whole.tokens.bytes[index]) << index;
      ++index;
      continue;
    }
    ASSERT_EQ(stream.isWaiting(), !complete);
    if (complete) break;
    ++waits;
    if (!source.grow(1 + random() % 6000)) {
      source.complete();
      complete = true;
    }
  }
  EXPECT_EQ(index, whole.tokens.ids.size());
  EXPECT_EQ(stream.cursor(), whole.cursors.back());
  EXPECT_GT(waits, 1u);
}

TEST(TokenStream, TokensDoNotDependOnHowTextArrives) {
  std::string lines;  // no single spaces for a long time, then many
  for (int i = 0; i < 30'000; ++i) lines += i % 7 == 0 ? "\n\u6587" : "\u4e2d";
  lines += sample("tavern-night.txt").substr(0, 6000);
  for (const std::string& text : {sample("harbor-notes.txt").substr(0, 60'000), lines, std::string("short"),
                                  std::string(20'000, ' '), std::string(4096, 'x'), std::string(16'392, 'y')}) {
    for (std::uint32_t seed = 1; seed <= 4; ++seed) expectSameWhileGrowing(text, seed);
  }
}

TEST(TokenStream, ALongLineWithoutSpaces) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += i % 3 == 0 ? "\u4e2d" : "\u6587";
  const MemoryTextSource source(text);
  const Streamed all = streamAll(source, 0);
  std::uint64_t covered = 0;
  for (const ByteRange& range : all.tokens.bytes) {
    ASSERT_LE(range.begin, covered);
    covered = range.end;
  }
  EXPECT_EQ(covered, text.size());
  for (std::size_t index = 0; index < all.cursors.size(); index += 997) expectRestart(source, all, index);
}

TEST(TokenStream, WhiteSpaceOnlyHasNoTokens) {
  const MemoryTextSource source(std::string(100'000, ' ') + "\n");
  const Streamed all = streamAll(source, 50);
  EXPECT_TRUE(all.tokens.ids.empty());
  EXPECT_EQ(all.cursors.front(), (TextCursor{50 + 100'001, 0}));
  EXPECT_TRUE(streamAll(MemoryTextSource(""), 50).tokens.ids.empty());
}

/// A text of 200 MB that exists nowhere; remembers how much of it was read.
class EndlessLine final : public TextSource {
 public:
  [[nodiscard]] std::uint64_t byteCount() const override { return 200'000'000; }
  [[nodiscard]] Result<std::size_t> read(std::uint64_t, std::span<char> out) const override {
    std::fill(out.begin(), out.end(), 'x');
    m_read += out.size();
    m_largest = std::max(m_largest, out.size());
    return out.size();
  }
  [[nodiscard]] std::size_t bytesRead() const { return m_read; }
  [[nodiscard]] std::size_t largestRead() const { return m_largest; }

 private:
  mutable std::size_t m_read = 0;
  mutable std::size_t m_largest = 0;
};

TEST(TokenStream, ReadsOnlyWhatItNeeds) {
  const EndlessLine source;
  const Streamed some = streamAll(source, 0, std::nullopt, 50'000);
  EXPECT_EQ(some.tokens.ids.size(), 50'000u);
  EXPECT_LE(source.largestRead(), 2 * TokenStream::kLongestChunkBytes);
  EXPECT_LE(source.bytesRead(), some.tokens.bytes.back().end + 2 * TokenStream::kLongestChunkBytes + 1024);

  const EndlessLine late;
  const Streamed end = streamAll(late, 0, TextCursor{199'999'990, 0});
  EXPECT_EQ(end.tokens.bytes.back().end, 200'000'000u);
  EXPECT_EQ(late.bytesRead(), 10u);
}

}  // namespace
}  // namespace tidemark
