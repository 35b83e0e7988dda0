#include "extract/layout/quote_location.h"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>

#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

constexpr std::size_t kLeastPart = 16;   // letters of a part that is no accident
constexpr std::size_t kMostPlaces = 32;  // of the same beginning that are tried
constexpr std::size_t kLongestQuote = 64 * 1024;
constexpr std::size_t kLongestLineStart = 16;  // "Chapter 12. " before a title

struct FoldedText {
  std::u32string letters;
  std::vector<std::uint32_t> begins;  // of each letter in the source
  std::vector<std::uint32_t> ends;
};

FoldedText fold(const RawCharacters& read) {
  FoldedText folded;
  for (const RawCharacter& character : read.characters) {
    if (character.code == U' ' || character.code == U'\n' || isHyphen(character.code)) continue;
    folded.letters += character.code;
    folded.begins.push_back(character.index);
    folded.ends.push_back(character.index + (character.code >= 0x10000 ? 2 : 1));
  }
  return folded;
}

/// Finds the longest passages of a quote in a page, from front to back.
class PartFinder {
 public:
  explicit PartFinder(const FoldedText& page) : m_page(page) {
    for (std::size_t i = 0; i + kLeastPart <= page.letters.size(); ++i) {
      std::vector<std::uint32_t>& places = m_places[hashAt(page.letters, i)];
      if (places.size() < kMostPlaces) places.push_back(static_cast<std::uint32_t>(i));
    }
  }

  std::vector<QuotePart> parts(const std::u32string& quote) const {
    std::vector<QuotePart> result;
    for (std::size_t at = 0; at + kLeastPart <= quote.size();) {
      std::size_t longest = 0;
      std::size_t place = 0;
      if (const auto found = m_places.find(hashAt(quote, at)); found != m_places.end()) {
        for (const std::uint32_t candidate : found->second) {
          const std::size_t length = common(quote, at, candidate);
          if (length > longest) {
            longest = length;
            place = candidate;
          }
        }
      }
      if (longest >= kLeastPart) {
        const std::uint32_t begin = m_page.begins[place];
        result.push_back({begin, m_page.ends[place + longest - 1] - begin});
        at += longest;
      } else {
        ++at;
      }
    }
    return result;
  }

 private:
  static std::size_t hashAt(const std::u32string& text, std::size_t at) {
    return std::hash<std::u32string_view>()(std::u32string_view(text).substr(at, kLeastPart));
  }
  [[nodiscard]] std::size_t common(const std::u32string& quote, std::size_t at, std::size_t place) const {
    std::size_t length = 0;
    while (at + length < quote.size() && place + length < m_page.letters.size() &&
           quote[at + length] == m_page.letters[place + length]) {
      ++length;
    }
    return length;
  }

  const FoldedText& m_page;
  std::unordered_map<std::size_t, std::vector<std::uint32_t>> m_places;
};

/// What may stand before a title on its line: its number, "Chapter 12: ", and no sentence.
bool isTitleStart(std::string_view text) {
  return text.empty() ||
         (text.size() <= kLongestLineStart && text.find_first_of("0123456789") != std::string_view::npos);
}

}  // namespace

std::vector<QuotePart> locateQuote(std::u16string_view page, std::string_view quote) {
  const FoldedText text = fold(readCharacters(page));
  const FoldedText wanted = fold(readCharacters(quote.substr(0, kLongestQuote)));
  if (wanted.letters.empty()) return {};
  const std::size_t found = text.letters.find(wanted.letters);
  if (found != std::u32string::npos) {
    const std::uint32_t begin = text.begins[found];
    return {{begin, text.ends[found + wanted.letters.size() - 1] - begin}};
  }
  return PartFinder(text).parts(wanted.letters);
}

std::uint64_t locateHeading(std::string_view text, std::string_view title, std::uint64_t from) {
  if (from > text.size()) return from;
  const std::string_view rest = text.substr(from);
  const FoldedText folded = fold(readCharacters(rest));
  const FoldedText wanted = fold(readCharacters(title));
  if (wanted.letters.empty()) return from;
  std::size_t best = from;
  int bestGrade = 0;
  for (std::size_t at = folded.letters.find(wanted.letters); at != std::u32string::npos && bestGrade < 3;
       at = folded.letters.find(wanted.letters, at + 1)) {
    const std::size_t begin = folded.begins[at];
    const std::size_t end = folded.ends[at + wanted.letters.size() - 1];
    const std::size_t lineEnd = rest.rfind('\n', begin);
    const std::size_t line = begin == 0 || lineEnd == std::string_view::npos ? 0 : lineEnd + 1;
    const bool startsLine = isTitleStart(rest.substr(line, begin - line));
    const bool endsLine = end >= rest.size() || rest.find_first_not_of(' ', end) == std::string_view::npos ||
                          rest[rest.find_first_not_of(' ', end)] == '\n';
    const int grade = startsLine ? (endsLine ? 3 : 2) : 1;
    if (grade <= bestGrade) continue;
    bestGrade = grade;
    best = from + (startsLine ? line : begin);
  }
  return best;
}

}  // namespace tidemark
