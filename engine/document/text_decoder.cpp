#include "engine/document/text_decoder.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/document/utf8_cleaner.h"
#include "engine/document/windows_1252.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

using namespace std::string_view_literals;

bool isAsciiLetter(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What a byte from 0x80 on would be in windows-1252.
bool isWesternLetter(unsigned char c) {
  if (c >= 0xC0) return c != 0xD7 && c != 0xF7;
  return c == 0x8A || c == 0x8C || c == 0x8E || c == 0x9A || c == 0x9C || c == 0x9E || c == 0x9F;
}

bool isWesternSign(unsigned char c) {
  constexpr std::string_view kSigns =
      "\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xA0\xA1\xA3\xA7\xA9\xAB\xAE\xB0\xB4\xB7\xBB\xBF";
  return kSigns.find(static_cast<char>(c)) != std::string_view::npos;
}

/// A letter stands beside another one of the same word, a sign beside ASCII or a space.
bool isLikelyWestern(std::string_view text, std::size_t at) {
  const auto byteAt = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
  const unsigned char before = at > 0 ? byteAt(at - 1) : ' ';
  const unsigned char after = at + 1 < text.size() ? byteAt(at + 1) : ' ';
  if (isWesternLetter(byteAt(at))) return isAsciiLetter(before) || isAsciiLetter(after);
  const auto isNeighbour = [](unsigned char c) { return c < 0x80 || c == 0xA0; };
  return isWesternSign(byteAt(at)) && isNeighbour(before) && isNeighbour(after);
}

struct HighBytes {
  std::size_t characters = 0;  // well-formed ones of several bytes
  std::size_t illFormed = 0;   // sequences
  std::size_t high = 0;        // bytes from 0x80 on
  std::size_t western = 0;     // of them, at likely places for windows-1252
};

HighBytes countHighBytes(std::string_view text) {
  HighBytes counts;
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const Utf8Sequence sequence = readUtf8(text.substr(at));
    if (sequence.kind == Utf8Kind::kIncomplete) break;  // cut by the end of what is looked at
    ++(sequence.kind == Utf8Kind::kCharacter ? counts.characters : counts.illFormed);
    for (const std::size_t end = at + sequence.length; at < end; ++at) {
      ++counts.high;
      if (isLikelyWestern(text, at)) ++counts.western;
    }
  }
  return counts;
}

Error binary(std::uint64_t position) {
  return makeError(ErrorCode::kInvalidArgument,
                   "it is a binary file (NUL at byte " + std::to_string(position) + "); give a text file");
}

Error wideText() {
  return makeError(ErrorCode::kInvalidArgument,
                   "it is UTF-32 text; convert it to UTF-8 (for example with iconv) first");
}

/// For bytes with NULs in them: UTF-16 has them at every other place, as long as most of it is Western.
Result<TextEncoding> detectWideEncoding(std::string_view head) {
  std::array<std::size_t, 4> zeros{};
  for (std::size_t at = 0; at < head.size(); ++at) zeros[at % 4] += head[at] == '\0';
  const std::size_t even = zeros[0] + zeros[2];
  const std::size_t odd = zeros[1] + zeros[3];
  // A quarter of the units; of a few, half: one NUL among some bytes is no encoding.
  const std::size_t enough = std::max(head.size() / 8, std::min<std::size_t>((head.size() / 2 + 1) / 2, 8));
  if (even == 0 && odd >= enough) return TextEncoding::kUtf16Le;
  if (odd == 0 && even >= enough) return TextEncoding::kUtf16Be;
  // UTF-32: three bytes of four, most of the time.
  const std::size_t quarter = head.size() / 4;
  const bool middle = quarter > 0 && zeros[1] >= quarter && zeros[2] >= quarter;
  if (middle && ((zeros[0] == 0 && zeros[3] >= quarter) || (zeros[3] == 0 && zeros[0] >= quarter))) return wideText();
  return binary(head.find('\0'));
}

}  // namespace

const char* encodingName(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf8:
      return "UTF-8";
    case TextEncoding::kUtf16Le:
      return "UTF-16LE";
    case TextEncoding::kUtf16Be:
      return "UTF-16BE";
    case TextEncoding::kWindows1252:
      return "windows-1252";
  }
  return "UTF-8";
}

Result<TextEncoding> detectEncoding(std::string_view head) {
  if (head.starts_with("\xFF\xFE\0\0"sv) || head.starts_with("\0\0\xFE\xFF"sv)) return wideText();
  if (head.starts_with("\xEF\xBB\xBF")) return TextEncoding::kUtf8;
  if (head.starts_with("\xFF\xFE")) return TextEncoding::kUtf16Le;
  if (head.starts_with("\xFE\xFF")) return TextEncoding::kUtf16Be;
  if (head.find('\0') != std::string_view::npos) return detectWideEncoding(head);
  const HighBytes counts = countHighBytes(head);
  const bool hardlyUtf8 = counts.illFormed > counts.characters;
  const bool western = counts.western >= counts.high - counts.high / 4;
  return hardlyUtf8 && western ? TextEncoding::kWindows1252 : TextEncoding::kUtf8;
}

bool isAscii(std::string_view bytes) {
  unsigned char all = 0;
  for (const char c : bytes) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

/// Everything goes through the cleaner: other encodings are turned into UTF-8 before it, which also makes it drop their
/// byte order mark.
struct TextDecoder::Impl {
  TextEncoding encoding = TextEncoding::kUtf8;
  Utf8Cleaner cleaner;
  std::string utf8;                  // kept for its memory
  std::optional<unsigned char> odd;  // the first half of a unit of UTF-16
  char16_t lead = 0;                 // the first half of a surrogate pair
  std::uint64_t sourceBytes = 0;
  std::uint64_t replacedBytes = 0;

  void replace(std::uint64_t bytes) {
    utf8 += kReplacementCharacter;
    replacedBytes += bytes;
  }

  Status decodeWestern(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      const auto byte = static_cast<unsigned char>(bytes[at]);
      if (byte == 0) return binary(sourceBytes + at);
      const char32_t c = fromWindows1252(byte);
      if (c == 0) {
        replace(1);
      } else {
        appendUtf8(c, utf8);
      }
    }
    return {};
  }

  void unit(char16_t value) {
    const bool isTrail = value >= 0xDC00 && value <= 0xDFFF;
    if (lead != 0 && isTrail) {
      appendUtf8(0x10000 + ((static_cast<char32_t>(lead) - 0xD800) << 10) + (value - 0xDC00u), utf8);
      lead = 0;
      return;
    }
    if (lead != 0) replace(2);
    lead = 0;
    if (value >= 0xD800 && value <= 0xDBFF) {
      lead = value;
    } else if (isTrail) {
      replace(2);
    } else {
      appendUtf8(value, utf8);
    }
  }

  Status decodeWide(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      const auto byte = static_cast<unsigned char>(bytes[at]);
      if (!odd) {
        odd = byte;
        continue;
      }
      const bool bigEndian = encoding == TextEncoding::kUtf16Be;
      const unsigned high = bigEndian ? *odd : byte;
      const unsigned low = bigEndian ? byte : *odd;
      odd.reset();
      if (high == 0 && low == 0) return binary(sourceBytes + at - 1);
      unit(static_cast<char16_t>(high << 8 | low));
    }
    return {};
  }

  Status push(std::string_view bytes, std::string& out) {
    if (encoding == TextEncoding::kUtf8) {
      sourceBytes += bytes.size();
      return cleaner.push(bytes, out);
    }
    utf8.clear();
    Status status = encoding == TextEncoding::kWindows1252 ? decodeWestern(bytes) : decodeWide(bytes);
    sourceBytes += bytes.size();
    if (!status) return status;
    return cleaner.push(utf8, out);
  }

  Status finish(std::string& out) {
    utf8.clear();
    if (lead != 0) replace(2);
    if (odd) replace(1);
    lead = 0;
    odd.reset();
    if (!utf8.empty()) {
      if (Status status = cleaner.push(utf8, out); !status) return status;
    }
    return cleaner.finish(out);
  }
};

TextDecoder::TextDecoder(TextEncoding encoding) : m_impl(std::make_unique<Impl>()) {
  m_impl->encoding = encoding;
}
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;
TextDecoder::~TextDecoder() = default;

Status TextDecoder::push(std::string_view bytes, std::string& out) {
  return m_impl->push(bytes, out);
}

Status TextDecoder::finish(std::string& out) {
  return m_impl->finish(out);
}

void TextDecoder::turnWestern() {
  if (m_impl->encoding == TextEncoding::kUtf8) m_impl->encoding = TextEncoding::kWindows1252;
}

TextEncoding TextDecoder::encoding() const {
  return m_impl->encoding;
}
std::uint64_t TextDecoder::sourceBytes() const {
  return m_impl->sourceBytes;
}
std::uint64_t TextDecoder::textBytes() const {
  return m_impl->cleaner.textBytes();
}
std::uint64_t TextDecoder::characters() const {
  return m_impl->cleaner.characters();
}
std::uint64_t TextDecoder::replacedBytes() const {
  return m_impl->replacedBytes + m_impl->cleaner.replacedBytes();
}

}  // namespace tidemark
