#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/document/memory_text_source.h"
#include "engine/document/token_stream.h"
#include "tests/unit/byte_tokenizer.h"
#include "tests/unit/growing_text_source.h"

namespace tidemark {
namespace {

using test::ByteTokenizer;

std::string words(std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; text.size() < bytes; ++i) text += "word" + std::to_string(i) + " ";
  return text;
}

TEST(Segmenter, CutsFullSegmentsAndKeepsTheTail) {
  const ByteTokenizer tokenizer;
  const std::string text = words(10'000);
  const MemoryTextSource source(text);
  TokenStream stream(source, tokenizer, 1000);
  Segmenter segmenter(128);
  std::uint64_t position = 1000;
  int count = 0;
  for (;; ++count) {
    const Result<std::optional<Segment>> segment = segmenter.next(stream);
    ASSERT_TRUE(segment.ok()) << segment.error().message;
    if (!segment->has_value()) break;
    EXPECT_EQ((*segment)->tokens.ids.size(), 128u);
    EXPECT_EQ((*segment)->tokens.bytes.size(), 128u);
    EXPECT_EQ((*segment)->bytes, (ByteRange{position, position + 128}));
    position += 128;
  }
  EXPECT_EQ(static_cast<std::size_t>(count), text.size() / 128);
  EXPECT_EQ(segmenter.tail().ids.size(), text.size() % 128);
  EXPECT_EQ(segmenter.tail().bytes.front().begin, position);
  const Result<std::optional<Segment>> again = segmenter.next(stream);
  ASSERT_TRUE(again.ok());
  EXPECT_FALSE(again->has_value()) << "the end stays the end";
}

TEST(Segmenter, WaitsForTextAndLosesNothing) {
  const ByteTokenizer tokenizer;
  const std::string text = words(10'000);
  test::GrowingTextSource source(text);
  TokenStream stream(source, tokenizer, 0);
  Segmenter segmenter(3000);
  source.grow(5000);
  const Result<std::optional<Segment>> first = segmenter.next(stream);
  ASSERT_TRUE(first.ok() && first->has_value());
  const Result<std::optional<Segment>> none = segmenter.next(stream);
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->has_value());
  EXPECT_TRUE(stream.isWaiting());
  source.grow(10'000);
  const Result<std::optional<Segment>> second = segmenter.next(stream);
  ASSERT_TRUE(second.ok() && second->has_value());
  EXPECT_EQ((*second)->bytes, (ByteRange{3000, 6000}));
  source.complete();
  const Result<std::optional<Segment>> third = segmenter.next(stream);
  ASSERT_TRUE(third.ok() && third->has_value());
  EXPECT_EQ((*third)->bytes, (ByteRange{6000, 9000}));
  const Result<std::optional<Segment>> end = segmenter.next(stream);
  ASSERT_TRUE(end.ok());
  EXPECT_FALSE(end->has_value());
  EXPECT_FALSE(stream.isWaiting());
  EXPECT_EQ(segmenter.tail().bytes.back().end, text.size());
}

TEST(Segmenter, ARestartAtAnySegmentGoesOnTheSame) {
  const ByteTokenizer tokenizer;
  const MemoryTextSource source(words(20'000));
  TokenStream stream(source, tokenizer, 7);
  Segmenter segmenter(300);
  std::vector<Segment> segments;
  for (;;) {
    Result<std::optional<Segment>> segment = segmenter.next(stream);
    ASSERT_TRUE(segment.ok());
    if (!segment->has_value()) break;
    segments.push_back(std::move(**segment));
  }
  ASSERT_GT(segments.size(), 60u);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    TokenStream restarted(source, tokenizer, 7, segments[i].next);
    EXPECT_EQ(restarted.cursor(), segments[i].next);
    Segmenter fresh(300);
    const Result<std::optional<Segment>> next = fresh.next(restarted);
    ASSERT_TRUE(next.ok()) << next.error().message;
    ASSERT_EQ(next->has_value(), i + 1 < segments.size());
    if (!next->has_value()) {
      EXPECT_EQ(fresh.tail().ids, segmenter.tail().ids);
      continue;
    }
    EXPECT_EQ((*next)->tokens.ids, segments[i + 1].tokens.ids);
    EXPECT_EQ((*next)->bytes, segments[i + 1].bytes);
    EXPECT_EQ((*next)->next, segments[i + 1].next);
  }
}

TEST(Segmenter, AnEarlierTailComesFirst) {
  const ByteTokenizer tokenizer;
  const MemoryTextSource first("abcde");
  const MemoryTextSource second("fghij");
  TokenStream firstStream(first, tokenizer, 0);
  Segmenter before(4);
  ASSERT_TRUE(before.next(firstStream)->has_value());
  ASSERT_FALSE(before.next(firstStream)->has_value());
  ASSERT_EQ(before.tail().ids.size(), 1u);

  TokenStream secondStream(second, tokenizer, 5);
  Segmenter after(4, before.tail());
  const Result<std::optional<Segment>> segment = after.next(secondStream);
  ASSERT_TRUE(segment.ok());
  EXPECT_EQ((*segment)->tokens.ids, (std::vector<TokenId>{'e', 'f', 'g', 'h'}));
  EXPECT_EQ((*segment)->bytes, (ByteRange{4, 8}));
  EXPECT_EQ((*segment)->next, (TextCursor{5, 3}));
}

TEST(Segmenter, RefusesATailThatIsNoTail) {
  const ByteTokenizer tokenizer;
  const MemoryTextSource source("abc");
  TokenStream stream(source, tokenizer, 0);
  const TokenRun tail{{1, 2, 3, 4}, {{0, 1}, {1, 2}, {2, 3}, {3, 4}}};
  for (Segmenter segmenter : {Segmenter(4, tail), Segmenter(3, tail), Segmenter(0), Segmenter(-1),
                              Segmenter(8, TokenRun{{1, 2}, {{0, 1}}})}) {
    const Result<std::optional<Segment>> segment = segmenter.next(stream);
    ASSERT_FALSE(segment.ok());
    EXPECT_EQ(segment.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(TokenStream, ACursorOutsideTheTextIsRefused) {
  const ByteTokenizer tokenizer;
  const MemoryTextSource source("abc def");
  for (const TextCursor cursor : {TextCursor{9, 0}, TextCursor{18, 0}, TextCursor{~0ull, 0}}) {
    TokenStream stream(source, tokenizer, 10, cursor);
    EXPECT_EQ(stream.next().error().code, ErrorCode::kInvalidArgument) << cursor.chunkByte;
  }
  for (const TextCursor cursor : {TextCursor{10, 8}, TextCursor{17, 1}, TextCursor{10, ~0ull}}) {
    TokenStream stream(source, tokenizer, 10, cursor);
    EXPECT_EQ(stream.next().error().code, ErrorCode::kMismatch) << cursor.chunkByte;
  }
  TokenStream atEnd(source, tokenizer, 10, TextCursor{10, 7});
  EXPECT_FALSE(atEnd.next()->has_value());
  EXPECT_EQ(atEnd.cursor(), (TextCursor{17, 0}));
}

/// A source that says it has more than it gives.
class ShortSource final : public TextSource {
 public:
  [[nodiscard]] std::uint64_t byteCount() const override { return 100; }
  [[nodiscard]] Result<std::size_t> read(std::uint64_t, std::span<char>) const override { return std::size_t{0}; }
};

TEST(TokenStream, ASourceThatEndsEarlyIsAnError) {
  const ByteTokenizer tokenizer;
  const ShortSource source;
  TokenStream stream(source, tokenizer, 0);
  const Result<std::optional<TokenStream::Token>> token = stream.next();
  ASSERT_FALSE(token.ok());
  EXPECT_EQ(token.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace tidemark
