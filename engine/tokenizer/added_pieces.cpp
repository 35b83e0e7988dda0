#include "engine/tokenizer/added_pieces.h"

#include <algorithm>
#include <cstdint>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

/// The longest of `pieces` that stands at the front of `text`; nullptr if none does. They are sorted by text: every
/// byte leaves fewer of them, and one that is wholly there comes first among those that go on.
const AddedPiece* longestAtFront(const std::vector<AddedPiece>& pieces, std::string_view text) {
  const AddedPiece* longest = nullptr;
  const AddedPiece* begin = pieces.data();
  const AddedPiece* end = begin + pieces.size();
  for (std::size_t i = 0; i < text.size() && begin != end; ++i) {
    const auto byteAt = [i](const AddedPiece& piece) {
      return i < piece.text.size() ? static_cast<std::uint8_t>(piece.text[i]) : -1;
    };
    const int byte = static_cast<std::uint8_t>(text[i]);
    begin = std::partition_point(begin, end, [&](const AddedPiece& piece) { return byteAt(piece) < byte; });
    end = std::partition_point(begin, end, [&](const AddedPiece& piece) { return byteAt(piece) <= byte; });
    if (begin != end && begin->text.size() == i + 1) longest = begin;
  }
  return longest;
}

std::size_t characterBegin(std::string_view text, std::size_t end) {
  std::size_t begin = end - 1;
  while (begin > 0 && continuesCharacter(text[begin])) --begin;
  return begin;
}

}  // namespace

Result<AddedPieces> AddedPieces::create(const std::vector<AddedPiece>& added) {
  AddedPieces result;
  for (const AddedPiece& piece : added) {
    if (piece.isSpecial) continue;
    (piece.isNormalized ? result.m_normalized : result.m_exact).push_back(piece);
    if (!piece.isSingleWord || result.m_wordCharacter) continue;
    Result<SplitPattern> pattern = SplitPattern::compileWordCharacter();
    if (!pattern) return pattern.error();
    result.m_wordCharacter = std::move(*pattern);
  }
  for (Pieces* pieces : {&result.m_exact, &result.m_normalized}) {
    std::sort(pieces->begin(), pieces->end(), [](const AddedPiece& a, const AddedPiece& b) { return a.text < b.text; });
  }
  return result;
}

Result<std::vector<AddedPieces::Section>> AddedPieces::find(std::string_view text) const {
  std::vector<Section> sections;
  if (!text.empty()) sections.push_back({0, text.size()});
  for (const Pieces* pieces : {&m_exact, &m_normalized}) {
    if (pieces->empty()) continue;
    std::vector<Section> cut;
    for (const Section& section : sections) {
      if (section.piece) {
        cut.push_back(section);
      } else if (Status status = findIn(*pieces, text, section, cut); !status) {
        return status.error();
      }
    }
    sections = std::move(cut);
  }
  return sections;
}

Result<bool> AddedPieces::isWordCharacter(std::string_view character) const {
  const auto match = SplitPattern::Matcher(*m_wordCharacter, character).next(0);
  if (!match) return match.error();
  return match->has_value();
}

Status AddedPieces::findIn(const Pieces& pieces, std::string_view text, const Section& section,
                           std::vector<Section>& out) const {
  std::size_t done = section.begin;  // all before it is in `out`
  for (std::size_t at = section.begin; at < section.end;) {
    const AddedPiece* piece = longestAtFront(pieces, text.substr(at, section.end - at));
    if (piece == nullptr) {
      ++at;
      continue;
    }
    std::size_t begin = at;
    std::size_t end = at + piece->text.size();
    at = end;
    if (piece->isSingleWord) {
      const std::size_t before = begin > section.begin ? characterBegin(text, begin) : begin;
      const std::size_t after = end < section.end ? readUtf8(text.substr(end, section.end - end)).length : 0;
      bool standsAlone = true;
      for (const std::string_view neighbour : {text.substr(before, begin - before), text.substr(end, after)}) {
        if (neighbour.empty()) continue;
        const Result<bool> isWord = isWordCharacter(neighbour);
        if (!isWord) return isWord.error();
        standsAlone = standsAlone && !*isWord;
      }
      if (!standsAlone) continue;
    }
    while (piece->stripsLeft && begin > done && isWhiteSpace(codePointBefore(text, begin))) {
      begin = characterBegin(text, begin);
    }
    while (piece->stripsRight && end < section.end) {
      const Utf8Sequence next = readUtf8(text.substr(end, section.end - end));
      if (!isWhiteSpace(next.codePoint)) break;
      end += next.length;
    }
    if (done < begin) out.push_back({done, begin});
    out.push_back({begin, end, piece->id});
    at = std::max(at, end);
    done = end;
  }
  if (done < section.end) out.push_back({done, section.end});
  return {};
}

}  // namespace tidemark
