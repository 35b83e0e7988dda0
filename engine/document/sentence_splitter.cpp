#include "engine/document/sentence_splitter.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

constexpr std::string_view kWhiteSpace = " \t\n\f\v";
// So much is looked at from a mark on; if it is closing marks or white space only, the sentence ends.
constexpr std::size_t kLookahead = 32;
constexpr std::array<std::string_view, 9> kClosing = {"\"", "'", ")", "]", "_", "*", "\u201D", "\u2019", "\u00BB"};
constexpr std::array<std::string_view, 22> kAbbreviations = {"Mr",   "Mrs", "Ms",  "Dr",    "St",  "Prof", "Rev", "Hon",
                                                             "Capt", "Col", "Gen", "Lieut", "Lt",  "Sgt",  "Jr",  "Sr",
                                                             "No",   "Vol", "vol", "vs",    "viz", "etc"};

bool isWhite(char c) {
  return kWhiteSpace.find(c) != std::string_view::npos;
}

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether the full stop behind `text` belongs to its last word.
bool endsInAbbreviation(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && isLetter(text[begin - 1])) --begin;
  const std::string_view word = text.substr(begin);
  if (word.size() == 1) return word != "I";  // an initial, or a letter of "e.g." and "A.D."
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

/// Behind the marks that close at `end`.
std::size_t skipClosing(std::string_view text, std::size_t end) {
  for (bool closes = true; closes;) {
    closes = false;
    for (const std::string_view mark : kClosing) {
      if (text.substr(end, mark.size()) != mark) continue;
      end += mark.size();
      closes = true;
    }
  }
  return end;
}

}  // namespace

void SentenceSplitter::push(std::string_view piece) {
  m_text.erase(0, m_begin);
  m_begin = 0;
  m_text.append(piece);
}

void SentenceSplitter::skipWhiteSpace() {
  while (m_scan == 0 && m_begin < m_text.size() && isWhite(m_text[m_begin])) ++m_begin;
}

/// `position` of a mark or line break; `end` becomes the end of the sentence. Looks at kLookahead bytes and no more, so
/// that it is the same however the text came.
SentenceSplitter::Ending SentenceSplitter::endsAt(std::size_t position, std::size_t& end) const {
  const std::string_view text = std::string_view(m_text).substr(0, position + kLookahead);
  if (!m_atEnd && text.size() < position + kLookahead) return Ending::kNeedsMore;
  end = position;
  if (text[position] == '\n') {
    const std::size_t next = text.find_first_not_of(" \t", position + 1);
    return next == std::string_view::npos || text[next] == '\n' ? Ending::kYes : Ending::kNo;
  }
  end = skipClosing(text, position + 1);
  const std::size_t next = text.find_first_not_of(kWhiteSpace, end);
  if (next == std::string_view::npos) return Ending::kYes;
  if (next == end || (text[next] >= 'a' && text[next] <= 'z')) return Ending::kNo;
  const bool abbreviation = text[position] == '.' && endsInAbbreviation(text.substr(m_begin, position - m_begin));
  return abbreviation ? Ending::kNo : Ending::kYes;
}

std::string SentenceSplitter::take(std::size_t end) {
  std::string sentence = m_text.substr(m_begin, end - m_begin);
  sentence.erase(sentence.find_last_not_of(kWhiteSpace) + 1);
  m_begin = end;
  m_scan = 0;
  return sentence;
}

std::optional<std::string> SentenceSplitter::next() {
  skipWhiteSpace();
  while (m_begin + m_scan < m_text.size()) {
    if (m_scan >= kLongestSentenceBytes) {
      const std::size_t limit = m_begin + kLongestSentenceBytes;
      const std::size_t space = m_text.find_last_of(kWhiteSpace, limit);
      const bool cutsAtSpace = space != std::string::npos && space > m_begin;
      return take(cutsAtSpace ? space : characterBoundary(m_text, limit));
    }
    const std::size_t at = m_begin + m_scan;
    const char c = m_text[at];
    if (c == '.' || c == '?' || c == '!' || c == '\n') {
      std::size_t end = 0;
      const Ending ending = endsAt(at, end);
      if (ending == Ending::kNeedsMore) return std::nullopt;
      if (ending == Ending::kYes) return take(end);
    }
    ++m_scan;
  }
  if (!m_atEnd || m_begin == m_text.size()) return std::nullopt;
  return take(m_text.size());
}

}  // namespace tidemark
