#include "engine/tokenizer/source_text.h"

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

/// The first byte that is not part of a character; the size of the text if there is none.
std::size_t validPrefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (static_cast<signed char>(text[at]) >= 0) {
      ++at;
      continue;
    }
    const Utf8Sequence sequence = readUtf8(text.substr(at));
    if (sequence.kind != Utf8Kind::kCharacter) break;
    at += sequence.length;
  }
  return at;
}

}  // namespace

SourceText::SourceText(std::string_view source) : m_text(source) {
  if (validPrefix(source) == source.size()) return;
  m_cleaned.reserve(source.size() + source.size() / 8);
  for (std::size_t at = 0; at < source.size();) {
    const Utf8Sequence sequence = readUtf8(source.substr(at));
    const bool whole = sequence.kind == Utf8Kind::kCharacter;
    m_cleaned.append(whole ? source.substr(at, sequence.length) : kReplacementCharacter);
    m_positions.resize(m_cleaned.size(), static_cast<std::uint32_t>(at));
    at += sequence.length;
  }
  m_positions.push_back(static_cast<std::uint32_t>(source.size()));
  m_text = m_cleaned;
}

ByteRange SourceText::characters(std::size_t begin, std::size_t end) const {
  while (begin > 0 && continuesCharacter(m_text[begin])) --begin;
  while (end < m_text.size() && continuesCharacter(m_text[end])) ++end;
  return {sourceOf(begin), sourceOf(end)};
}

}  // namespace tidemark
