#pragma once
// Little-endian numbers and text out of bytes that nobody vouches for. Private to weights/torch.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tidemark {

/// The unsigned number at `at`; the caller has checked that it lies inside.
template <typename T>
[[nodiscard]] T littleEndianAt(std::span<const std::byte> bytes, std::size_t at) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(value | static_cast<T>(std::to_integer<std::uint64_t>(bytes[at + i]) << (8 * i)));
  }
  return value;
}

[[nodiscard]] inline std::string_view textOf(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// True for UTF-8 without overlong forms and surrogates: what may become a name, a message, JSON.
[[nodiscard]] inline bool isUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    if (lead < 0xc2 || lead > 0xf4) return false;
    const std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length > text.size() - i) return false;
    // The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return false;
    for (std::size_t k = 2; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0u) != 0x80u) return false;
    }
    i += length;
  }
  return true;
}

}  // namespace tidemark
