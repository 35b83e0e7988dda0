#pragma once
// The encoding of Western European text that says nothing about itself; Latin-1 is a part of it.

#include <array>

namespace tidemark {

/// The character that a byte stands for; 0: none (0x00, 0x81, 0x8D, 0x8F, 0x90, 0x9D).
[[nodiscard]] inline char32_t fromWindows1252(unsigned char byte) {
  constexpr std::array<char16_t, 32> kFrom0x80 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                  0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  return byte < 0x80 || byte >= 0xA0 ? byte : kFrom0x80[byte - 0x80u];
}

}  // namespace tidemark
