#include "engine/document/text_decoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/document/utf8_cleaner.h"

namespace tidemark {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

TextEncoding detected(std::string_view head) {
  const Result<TextEncoding> encoding = detectEncoding(head);
  EXPECT_TRUE(encoding.ok()) << encoding.error().message;
  return encoding.ok() ? *encoding : TextEncoding::kUtf8;
}

struct Decoded {
  std::string text;
  Status status;
  std::uint64_t characters = 0;
  std::uint64_t replaced = 0;
};

Decoded decode(TextEncoding encoding, std::string_view bytes, std::size_t step = 1'000'000) {
  Decoded result;
  TextDecoder decoder(encoding);
  for (std::size_t at = 0; at < bytes.size() && result.status; at += step) {
    result.status = decoder.push(bytes.substr(at, step), result.text);
  }
  if (result.status) result.status = decoder.finish(result.text);
  if (!result.status) return result;
  EXPECT_EQ(decoder.sourceBytes(), bytes.size());
  EXPECT_EQ(decoder.textBytes(), result.text.size());
  result.characters = decoder.characters();
  result.replaced = decoder.replacedBytes();
  return result;
}

std::string wide(std::u16string_view text, bool bigEndian = false) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes += bigEndian ? std::string{high, low} : std::string{low, high};
  }
  return bytes;
}

TEST(DetectEncoding, Marks) {
  EXPECT_EQ(detected("\xEF\xBB\xBFtext"), TextEncoding::kUtf8);
  EXPECT_EQ(detected("\xFF\xFEt\0"s), TextEncoding::kUtf16Le);
  EXPECT_EQ(detected("\xFE\xFF\0t"s), TextEncoding::kUtf16Be);
  for (const std::string& head : {"\xFF\xFE\0\0t\0\0\0"s, "\0\0\xFE\xFF\0\0\0t"s, "a\0\0\0b\0\0\0c\0\0\0"s}) {
    ASSERT_FALSE(detectEncoding(head).ok());
    EXPECT_EQ(detectEncoding(head).error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_THAT(detectEncoding("\xFF\xFE\0\0t\0\0\0"s).error().message, HasSubstr("UTF-32"));
}

TEST(DetectEncoding, WithoutMarks) {
  EXPECT_EQ(detected(""), TextEncoding::kUtf8);
  EXPECT_EQ(detected("plain"), TextEncoding::kUtf8);
  EXPECT_EQ(detected("na\u00efve caf\u00e9, \u4e2d\u6587"), TextEncoding::kUtf8);
  EXPECT_EQ(detected(wide(u"Some words in a wide text.\r\n")), TextEncoding::kUtf16Le);
  EXPECT_EQ(detected(wide(u"Some words in a wide text.\r\n", true)), TextEncoding::kUtf16Be);
  EXPECT_EQ(detected(wide(u"Text with a few others: \u4e2d\u6587 and \u0395\u03bb\u03bb\u03ac\u03b4\u03b1.")),
            TextEncoding::kUtf16Le);
  EXPECT_EQ(detected("Le caf\xE9 \xE9tait ferm\xE9; na\xEFve. \x93Quoted\x94, 20 \x80 \x96 voil\xE0\r\n"),
            TextEncoding::kWindows1252);
  EXPECT_EQ(detected("\xABUn\xBB, d\xE9j\xE0 vu"), TextEncoding::kWindows1252);
}

TEST(DetectEncoding, BrokenUtf8StaysUtf8) {
  EXPECT_EQ(detected("Mary was born in Geneva.\xff\xfe\x80 And more.\xc3"), TextEncoding::kUtf8);
  EXPECT_EQ(detected("\u00e9t\u00e9, caf\u00e9, na\u00efve and one broken e\xE9n"), TextEncoding::kUtf8);
  EXPECT_EQ(detected("cut at the end of what is looked at: \xE4\xB8"), TextEncoding::kUtf8);
  EXPECT_EQ(detected(std::string(1000, '\xFF')), TextEncoding::kUtf8);
}

TEST(DetectEncoding, Binary) {
  const Result<TextEncoding> encoding = detectEncoding("some text\0and more \0\0 x"s);
  ASSERT_FALSE(encoding.ok());
  EXPECT_EQ(encoding.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(encoding.error().message, HasSubstr("NUL at byte 9"));
  EXPECT_FALSE(detectEncoding(std::string(4096, '\0')).ok());
  EXPECT_FALSE(detectEncoding("abc\0def"s).ok());
}

TEST(TextDecoder, Utf8IsWhatTheCleanerMakesOfIt) {
  const std::string bytes = "\xEF\xBB\xBFone\r\ntwo \xFF \u4e2d\r\xE4\xB8";
  Utf8Cleaner cleaner;
  std::string expected;
  ASSERT_TRUE(cleaner.push(bytes, expected).ok());
  ASSERT_TRUE(cleaner.finish(expected).ok());
  const Decoded decoded = decode(TextEncoding::kUtf8, bytes, 3);
  ASSERT_TRUE(decoded.status.ok());
  EXPECT_EQ(decoded.text, expected);
  EXPECT_EQ(decoded.replaced, cleaner.replacedBytes());
  EXPECT_EQ(decoded.characters, cleaner.characters());
}

TEST(TextDecoder, Utf16HoweverItIsCut) {
  const std::u16string text = u"\uFEFFone\r\ntwo\r\u4e2d\U0001F600\u00e9\r\n\n";
  for (const bool bigEndian : {false, true}) {
    for (const std::size_t step : {1u, 2u, 3u, 5u, 1000u}) {
      const auto encoding = bigEndian ? TextEncoding::kUtf16Be : TextEncoding::kUtf16Le;
      const Decoded decoded = decode(encoding, wide(text, bigEndian), step);
      ASSERT_TRUE(decoded.status.ok());
      EXPECT_EQ(decoded.text, "one\ntwo\n\u4e2d\U0001F600\u00e9\n\n");
      EXPECT_EQ(decoded.characters, 13u);
      EXPECT_EQ(decoded.replaced, 0u);
    }
  }
}

TEST(TextDecoder, BrokenUtf16IsReplacedAndCounted) {
  const std::u16string text = {u'a', 0xD800, u'b', 0xDC00, 0xD801, 0xD802, 0xDC02, 0xD803};
  const Decoded decoded = decode(TextEncoding::kUtf16Le, wide(text) + "x", 1);
  ASSERT_TRUE(decoded.status.ok());
  EXPECT_EQ(decoded.text, "a\uFFFDb\uFFFD\uFFFD\U00010802\uFFFD\uFFFD");
  EXPECT_EQ(decoded.replaced, 2u + 2 + 2 + 2 + 1);
}

TEST(TextDecoder, Western) {
  const Decoded decoded = decode(TextEncoding::kWindows1252,
                                 "\x93"
                                 "caf\xE9\x94 \x80\x9F\xFF\xA0\r\n\x81",
                                 2);
  ASSERT_TRUE(decoded.status.ok());
  EXPECT_EQ(decoded.text, "\u201ccaf\u00e9\u201d \u20ac\u0178\u00ff\u00a0\n\uFFFD");
  EXPECT_EQ(decoded.replaced, 1u);
}

TEST(TextDecoder, ATextMayTurnOutToBeWestern) {
  TextDecoder decoder(TextEncoding::kUtf8);
  std::string text;
  ASSERT_TRUE(decoder.push("plain\r", text).ok());
  decoder.turnWestern();
  ASSERT_TRUE(decoder.push("\ncaf\xE9", text).ok());
  ASSERT_TRUE(decoder.finish(text).ok());
  EXPECT_EQ(text, "plain\ncaf\u00e9");
  EXPECT_EQ(decoder.sourceBytes(), 11u);
  EXPECT_EQ(decoder.encoding(), TextEncoding::kWindows1252);
  EXPECT_TRUE(isAscii("plain\r\n"));
  EXPECT_FALSE(isAscii("caf\xE9"));
}

TEST(TextDecoder, NulIsRefusedWithItsPlace) {
  const std::pair<TextEncoding, std::string> cases[] = {{TextEncoding::kUtf8, "abcd\0"s},
                                                        {TextEncoding::kWindows1252, "\xE9 cd\0"s},
                                                        {TextEncoding::kUtf16Le, "a\0b\0\0\0"s}};
  for (const auto& [encoding, bytes] : cases) {
    for (const std::size_t step : {1u, 100u}) {
      const Decoded decoded = decode(encoding, bytes, step);
      ASSERT_FALSE(decoded.status.ok());
      EXPECT_EQ(decoded.status.error().code, ErrorCode::kInvalidArgument);
      EXPECT_THAT(decoded.status.error().message, HasSubstr("NUL at byte 4"));
    }
  }
}

}  // namespace
}  // namespace tidemark
