#include "engine/tokenizer/utf8.h"

#include <cstdint>

namespace tidemark {

namespace {

/// What a lead byte asks for. The second byte's range is where overlong forms, surrogates and values above U+10FFFF are
/// refused; all later bytes are 80..BF.
struct Lead {
  std::size_t length = 0;  // 0: not a lead byte
  std::uint8_t secondLow = 0x80;
  std::uint8_t secondHigh = 0xBF;
};

Lead leadOf(std::uint8_t byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  return {};
}

}  // namespace

Utf8Sequence readUtf8(std::string_view bytes) {
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  if (first < 0x80) return {Utf8Kind::kCharacter, 1, first};
  const Lead lead = leadOf(first);
  if (lead.length == 0) return {};
  char32_t codePoint = first & (0x7Fu >> lead.length);
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (i == bytes.size()) return {Utf8Kind::kIncomplete, i, 0xFFFD};
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    const std::uint8_t low = i == 1 ? lead.secondLow : 0x80;
    const std::uint8_t high = i == 1 ? lead.secondHigh : 0xBF;
    if (byte < low || byte > high) return {Utf8Kind::kIllFormed, i, 0xFFFD};
    codePoint = (codePoint << 6) | (byte & 0x3Fu);
  }
  return {Utf8Kind::kCharacter, lead.length, codePoint};
}

void appendUtf8(char32_t codePoint, std::string& out) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80u | ((codePoint >> shift) & 0x3Fu)); };
  if (codePoint < 0x80) {
    out += static_cast<char>(codePoint);
  } else if (codePoint < 0x800) {
    out += static_cast<char>(0xC0u | (codePoint >> 6));
    tail(0);
  } else if (codePoint < 0x10000) {
    out += static_cast<char>(0xE0u | (codePoint >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0u | (codePoint >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

char32_t codePointBefore(std::string_view text, std::size_t end) {
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && continuesCharacter(text[begin])) --begin;
  const Utf8Sequence sequence = readUtf8(text.substr(begin, end - begin));
  const bool whole = sequence.kind == Utf8Kind::kCharacter && sequence.length == end - begin;
  return whole ? sequence.codePoint : char32_t{0xFFFD};
}

bool isWhiteSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

std::size_t characterBoundary(std::string_view text, std::size_t position) {
  if (position >= text.size()) return text.size();
  // Bytes that are no UTF-8 have no boundaries: three steps back are the most a character can need.
  std::size_t begin = position;
  while (begin > 0 && position - begin < 3 && continuesCharacter(text[begin])) --begin;
  return continuesCharacter(text[begin]) ? position : begin;
}

}  // namespace tidemark
