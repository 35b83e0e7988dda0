#include "engine/document/utf8_cleaner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

using namespace std::string_literals;

struct Cleaned {
  std::string text;
  std::uint64_t characters = 0;
  std::uint64_t replaced = 0;
  std::string error;
  friend bool operator==(const Cleaned&, const Cleaned&) = default;
};

Cleaned clean(const std::vector<std::string>& pieces) {
  Utf8Cleaner cleaner;
  std::string text;
  Status status;
  for (const std::string& piece : pieces) {
    if (status) status = cleaner.push(piece, text);
  }
  if (status) status = cleaner.finish(text);
  if (!status) return {"", 0, 0, status.error().message};
  EXPECT_EQ(cleaner.textBytes(), text.size());
  return {text, cleaner.characters(), cleaner.replacedBytes(), ""};
}

struct CleanCase {
  const char* what;
  std::string bytes;
  std::string text;
  std::uint64_t characters;
  std::uint64_t replaced;
};

const std::vector<CleanCase>& cleanCases() {
  static const std::vector<CleanCase> cases = {
      {"plain", "abc\n", "abc\n", 4, 0},
      {"byte order mark", "\xEF\xBB\xBFhi", "hi", 2, 0},
      {"a mark in the middle stays", "a\xEF\xBB\xBF", "a\uFEFF", 2, 0},
      {"the second of two marks stays", "\xEF\xBB\xBF\xEF\xBB\xBFx", "\uFEFFx", 2, 0},
      {"line ends", "a\r\nb\rc\nd\r\r\n\n\r", "a\nb\nc\nd\n\n\n\n", 11, 0},
      {"mark, then a line end", "\xEF\xBB\xBF\r\n", "\n", 1, 0},
      {"return, then a character of two bytes, then a line feed", "\r\u00e9\n", "\n\u00e9\n", 3, 0},
      {"overlong slash", "\xC0\xAF", "\uFFFD\uFFFD", 2, 2},
      {"surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3, 3},
      {"above U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 4, 4},
      {"maximal subparts (Unicode 15, table 3-11)", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41",
       "\uFFFD\uFFFD\uFFFD\uFFFD\x41", 5, 8},
      {"Latin-1", "caf\xE9 au lait", "caf\uFFFD au lait", 12, 1},
      {"unfinished at the end", "ab\xF0\x9F\x98", "ab\uFFFD", 3, 3},
      {"one byte", "\xF0", "\uFFFD", 1, 1},
      {"control characters stay", "a\x01\x1B[0m\x7F", "a\x01\x1B[0m\x7F", 7, 0},
      {"no character", "\uFFFE\uFFFF", "\uFFFE\uFFFF", 2, 0},
      {"empty", "", "", 0, 0},
  };
  return cases;
}

TEST(Utf8Cleaner, TableOfHostileBytes) {
  for (const CleanCase& c : cleanCases()) {
    const Cleaned expected{c.text, c.characters, c.replaced, ""};
    EXPECT_EQ(clean({c.bytes}), expected) << c.what;
  }
}

TEST(Utf8Cleaner, TheResultDoesNotDependOnSplits) {
  for (const CleanCase& c : cleanCases()) {
    const Cleaned whole = clean({c.bytes});
    for (std::size_t i = 0; i <= c.bytes.size(); ++i) {
      EXPECT_EQ(clean({c.bytes.substr(0, i), c.bytes.substr(i)}), whole) << c.what << " cut at " << i;
    }
    std::vector<std::string> single;
    for (const char byte : c.bytes) single.emplace_back(1, byte);
    EXPECT_EQ(clean(single), whole) << c.what;
  }
}

TEST(Utf8Cleaner, RandomBytesGiveValidTextForAnySplit) {
  std::mt19937 random(1);
  const std::string interesting = "\r\n\xEF\xBB\xBF\xF0\x9F\x98\x80\xED\xA0\xC0 ab";
  for (int round = 0; round < 2000; ++round) {
    std::string bytes;
    for (std::size_t i = 0, n = random() % 24; i < n; ++i) {
      bytes += random() % 2 == 0 ? interesting[random() % interesting.size()] : static_cast<char>(1 + random() % 255);
    }
    const std::size_t cut = bytes.empty() ? 0 : random() % bytes.size();
    const Cleaned whole = clean({bytes});
    EXPECT_EQ(clean({bytes.substr(0, cut), bytes.substr(cut)}), whole);
    std::uint64_t characters = 0;
    for (std::string_view rest = whole.text; !rest.empty(); ++characters) {
      const Utf8Sequence sequence = readUtf8(rest);
      ASSERT_EQ(sequence.kind, Utf8Kind::kCharacter);
      rest.remove_prefix(sequence.length);
    }
    EXPECT_EQ(characters, whole.characters);
  }
}

TEST(Utf8Cleaner, ForeignEncodingsAreNamed) {
  const struct {
    std::string bytes;
    const char* part;
  } cases[] = {
      {"\xFF\xFEh\0i\0"s, "UTF-16 (little-endian)"},
      {"\xFE\xFF\0h\0i"s, "UTF-16 (big-endian)"},
      {"\xFF\xFE\0\0h\0\0\0"s, "UTF-32"},
      {"\0\0\xFE\xFF\0\0\0h"s, "UTF-32"},
      {"\xFF\xFE"s, "UTF-16 (little-endian)"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(clean({c.bytes}).error, testing::HasSubstr(c.part));
    EXPECT_EQ(clean({c.bytes.substr(0, 1), c.bytes.substr(1)}), clean({c.bytes}));
  }
}

TEST(Utf8Cleaner, ANulByteIsABinaryFileAndItsPlaceIsTold) {
  EXPECT_THAT(clean({"text\0more"s}).error, testing::HasSubstr("NUL at byte 4"));
  EXPECT_THAT(clean({"\0"s}).error, testing::HasSubstr("NUL at byte 0"));
  EXPECT_THAT(clean({"\xEF\xBB\xBF"
                     "abc",
                     "defgh\xC3", "\0x"s})
                  .error,
              testing::HasSubstr("NUL at byte 12"));
}

}  // namespace
}  // namespace tidemark
