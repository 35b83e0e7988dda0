#include "extract/layout/word_memory.h"

#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

constexpr std::size_t kMostWords = 300'000;

/// Bytes of letters and digits of any script, and what stands inside of words.
bool isWordByte(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return code >= 0x80 || (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
         code == '-' || code == '\'';
}

class WordHash {
 public:
  void add(std::string_view bytes) {
    for (const char byte : bytes) {
      const auto code = static_cast<unsigned char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
      m_value = (m_value ^ code) * 0x100000001B3ULL;
    }
  }
  [[nodiscard]] std::uint64_t value() const { return m_value; }

 private:
  std::uint64_t m_value = 0xCBF29CE484222325ULL;
};

std::uint64_t hashOf(std::string_view first, std::string_view middle = {}, std::string_view last = {}) {
  WordHash hash;
  hash.add(first);
  hash.add(middle);
  hash.add(last);
  return hash.value();
}

char32_t firstCode(std::string_view text) {
  const RawCharacters read = readCharacters(text.substr(0, 4));
  return read.characters.empty() ? 0 : read.characters.front().code;
}

}  // namespace

std::string_view lastWord(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && !isWordByte(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && isWordByte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::string_view firstWord(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && !isWordByte(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && isWordByte(text[end])) ++end;
  return text.substr(begin, end - begin);
}

void WordMemory::add(std::string_view line, bool dividedStart, bool dividedEnd) {
  if (m_words.size() >= kMostWords) return;
  for (std::size_t at = 0; at < line.size();) {
    if (!isWordByte(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && isWordByte(line[end])) ++end;
    const bool whole = !(dividedStart && at == 0) && !(dividedEnd && end == line.size());
    if (whole && end - at >= 4) m_words.insert(hashOf(line.substr(at, end - at)));
    at = end;
  }
}

bool WordMemory::keepsHyphen(std::string_view firstHalf, std::string_view secondHalf) const {
  const std::string_view first = lastWord(firstHalf);
  const std::string_view second = firstWord(secondHalf);
  if (m_words.contains(hashOf(first, second))) return false;
  if (m_words.contains(hashOf(first, "-", second))) return true;
  return !isLowercase(firstCode(second));
}

}  // namespace tidemark
