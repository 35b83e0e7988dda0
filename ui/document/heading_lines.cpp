#include "ui/document/heading_lines.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace tidemark::ui {
namespace {

constexpr std::size_t kLongestHeading = 90;
constexpr std::array<std::string_view, 13> kNumberedWords{"CHAPTER", "BOOK",  "PART",    "SECTION", "VOLUME",
                                                          "ACT",     "SCENE", "LETTER",  "CANTO",   "STAVE",
                                                          "ARTICLE", "ANNEX", "APPENDIX"};
constexpr std::array<std::string_view, 14> kLoneWords{
    "PROLOGUE", "EPILOGUE",  "PREFACE",    "FOREWORD",     "INTRODUCTION",     "CONCLUSION", "AFTERWORD",
    "APPENDIX", "ETYMOLOGY", "REFERENCES", "BIBLIOGRAPHY", "ACKNOWLEDGEMENTS", "ABSTRACT",   "SUMMARY"};
constexpr std::array<std::string_view, 12> kNumberWords{"ONE",   "TWO",   "THREE", "FOUR", "FIVE",   "SIX",
                                                        "SEVEN", "EIGHT", "NINE",  "TEN",  "ELEVEN", "TWELVE"};

std::string upperCase(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return c < 0x80 ? static_cast<char>(std::toupper(c)) : static_cast<char>(c); });
  return upper;
}

std::string_view trimmed(std::string_view text) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\r'; };
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

/// Letters and digits up to anything else.
std::string_view firstWord(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && std::isalnum(static_cast<unsigned char>(text[length])) != 0) ++length;
  return text.substr(0, length);
}

bool startsWithCapital(std::string_view text) {
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text.front());
  return first >= 0x80 || std::isupper(first) != 0 || first == '"' || first == '(';
}

bool isNumber(std::string_view word) {
  if (word.empty() || word.size() > 10) return false;
  const auto all = [word](auto test) { return std::all_of(word.begin(), word.end(), test); };
  if (all([](unsigned char c) { return std::isdigit(c) != 0; })) return true;
  if (all([](char c) { return std::string_view("IVXLCDM").find(c) != std::string_view::npos; })) return true;
  return std::isupper(static_cast<unsigned char>(word.front())) != 0 &&
         std::find(kNumberWords.begin(), kNumberWords.end(), upperCase(word)) != kNumberWords.end();
}

bool isNumberedHeading(std::string_view line, std::string_view word) {
  if (std::find(kNumberedWords.begin(), kNumberedWords.end(), upperCase(word)) == kNumberedWords.end()) return false;
  std::string_view rest = line.substr(word.size());
  if (rest.empty() || rest.front() != ' ') return false;
  rest = trimmed(rest);
  const std::string_view number = firstWord(rest);
  if (!isNumber(number)) return false;
  rest = rest.substr(number.size());
  if (rest.empty()) return true;
  const bool punctuated = rest.front() != ' ';
  while (!rest.empty() && (std::string_view(" .:-)").find(rest.front()) != std::string_view::npos))
    rest.remove_prefix(1);
  return rest.empty() || punctuated || startsWithCapital(rest);
}

bool isLoneHeading(std::string_view line, std::string_view word) {
  const std::string_view rest = line.substr(word.size());
  return (rest.empty() || rest == "." || rest == ":") &&
         std::find(kLoneWords.begin(), kLoneWords.end(), upperCase(word)) != kLoneWords.end();
}

}  // namespace

std::string headingTitle(std::string_view line, bool afterBlankLine) {
  if (!line.empty() && line.front() == '\f') afterBlankLine = true;
  line = trimmed(line);
  if (!afterBlankLine || line.empty() || line.size() > kLongestHeading) return {};
  if (line.front() == '#') {
    const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
    if (level > 6 || level == line.size() || line[level] != ' ') return {};
    return std::string(trimmed(line.substr(level)));
  }
  if (!startsWithCapital(line) || std::string_view(",;-").find(line.back()) != std::string_view::npos) return {};
  const std::string_view word = firstWord(line);
  return isNumberedHeading(line, word) || isLoneHeading(line, word) ? std::string(line) : std::string();
}

std::vector<OutlineEntry> withoutContentsLines(std::vector<OutlineEntry> entries) {
  constexpr std::uint64_t kNoTextBetween = 8;  // line ends and a form feed
  std::unordered_map<std::string, std::uint64_t> lastUse;
  for (const OutlineEntry& entry : entries) lastUse[entry.title] = entry.byte;
  const auto isNeighbour = [&](std::size_t a, std::size_t b) {
    return entries[b].byte - entries[a].byte <= entries[a].title.size() + kNoTextBetween;
  };
  std::vector<OutlineEntry> kept;
  bool droppedLast = false;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool comesAgain = !entries[i].isStored && lastUse[entries[i].title] != entries[i].byte;
    const bool beforeHeading = i + 1 < entries.size() && isNeighbour(i, i + 1);
    const bool endsContents = droppedLast && isNeighbour(i - 1, i);
    droppedLast = comesAgain && (beforeHeading || endsContents);
    if (!droppedLast) kept.push_back(entries[i]);
  }
  return kept;
}

}  // namespace tidemark::ui
