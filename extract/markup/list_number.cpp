#include "extract/markup/list_number.h"

#include <utility>

namespace tidemark {

namespace {

constexpr int kLargestRoman = 3999;
constexpr int kLetters = 26;
constexpr int kMostDoubled = 9;  // letters in a row

std::string roman(int value) {
  constexpr std::pair<int, const char*> kDigits[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                                                     {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                                                     {5, "v"},    {4, "iv"},   {1, "i"}};
  std::string text;
  for (const auto& [worth, digits] : kDigits) {
    for (; value >= worth; value -= worth) text += digits;
  }
  return text;
}

std::string letters(int value, AfterTheAlphabet after) {
  const auto letter = [](int i) { return static_cast<char>('a' + i % kLetters); };
  if (after == AfterTheAlphabet::kDoubles) {
    return std::string(static_cast<std::size_t>((value - 1) / kLetters + 1), letter(value - 1));
  }
  std::string text;
  for (; value > 0; value = (value - 1) / kLetters) text.insert(text.begin(), letter(value - 1));
  return text;
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return text;
}

}  // namespace

std::string listNumber(NumberFormat format, int value, AfterTheAlphabet after) {
  const bool isUpper = format == NumberFormat::kUpperLetter || format == NumberFormat::kUpperRoman;
  const bool hasLetters = format == NumberFormat::kLowerLetter || format == NumberFormat::kUpperLetter;
  const bool isRoman = format == NumberFormat::kLowerRoman || format == NumberFormat::kUpperRoman;
  std::string text = std::to_string(value);
  if (hasLetters && value >= 1 && (after == AfterTheAlphabet::kCounts || value <= kLetters * kMostDoubled)) {
    text = letters(value, after);
  } else if (isRoman && value >= 1 && value <= kLargestRoman) {
    text = roman(value);
  } else if (format == NumberFormat::kDecimalZero && value >= 0 && value < 10) {
    text.insert(text.begin(), '0');
  }
  return isUpper ? upper(std::move(text)) : text;
}

}  // namespace tidemark
