#pragma once
// A number of a list as office documents write it: 3, 03, c, C, iii, III.

#include <string>

namespace tidemark {

enum class NumberFormat { kDecimal, kDecimalZero, kLowerLetter, kUpperLetter, kLowerRoman, kUpperRoman };

/// What follows "z".
enum class AfterTheAlphabet {
  kDoubles,  // aa, bb, cc: Word, and OpenDocument with style:num-letter-sync
  kCounts,   // aa, ab, ac
};

/// What has no letters or roman digits (0, too large) is written in digits.
[[nodiscard]] std::string listNumber(NumberFormat format, int value,
                                     AfterTheAlphabet after = AfterTheAlphabet::kDoubles);

}  // namespace tidemark
