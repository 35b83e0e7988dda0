#include "ui/document/document_text.h"

#include <algorithm>

#include "ui/document/heading_lines.h"

namespace tidemark::ui {
namespace {

bool continuesCharacter(unsigned char byte) {
  return (byte & 0xC0u) == 0x80u;
}

}  // namespace

void DocumentText::append(std::shared_ptr<const TextPiece> piece) {
  if (!piece || piece->bytes.empty()) return;
  m_firstParagraph.push_back(m_paragraphCount);
  m_paragraphCount += piece->paragraphs.size();
  m_pageStarts.insert(m_pageStarts.end(), piece->pageStarts.begin(), piece->pageStarts.end());
  m_pieces.push_back(std::move(piece));
}

std::size_t DocumentText::pieceAt(std::uint64_t byte) const {
  const auto behind = std::upper_bound(m_pieces.begin(), m_pieces.end(), byte,
                                       [](std::uint64_t b, const auto& piece) { return b < piece->begin; });
  return behind == m_pieces.begin() ? 0 : static_cast<std::size_t>(behind - m_pieces.begin()) - 1;
}

std::size_t DocumentText::pieceOfParagraph(std::size_t index) const {
  const auto behind = std::upper_bound(m_firstParagraph.begin(), m_firstParagraph.end(), index);
  return static_cast<std::size_t>(behind - m_firstParagraph.begin()) - 1;
}

ByteRange DocumentText::paragraph(std::size_t index) const {
  const std::size_t number = pieceOfParagraph(index);
  const TextPiece& piece = *m_pieces[number];
  const std::size_t local = index - m_firstParagraph[number];
  const std::uint64_t end =
      local + 1 < piece.paragraphs.size() ? piece.begin + piece.paragraphs[local + 1] : piece.end();
  return {piece.begin + piece.paragraphs[local], end};
}

std::size_t DocumentText::paragraphAt(std::uint64_t byte) const {
  if (m_pieces.empty()) return 0;
  const std::size_t number = pieceAt(byte);
  const TextPiece& piece = *m_pieces[number];
  const std::uint64_t offset = std::min<std::uint64_t>(byte - piece.begin, piece.bytes.size());
  const auto behind = std::upper_bound(piece.paragraphs.begin(), piece.paragraphs.end(), offset);
  return m_firstParagraph[number] + static_cast<std::size_t>(behind - piece.paragraphs.begin()) - 1;
}

bool DocumentText::startsLine(std::size_t index) const {
  const std::uint64_t begin = paragraph(index).begin;
  return begin == 0 || byteAt(begin - 1) == '\n';
}

bool DocumentText::isHeading(std::size_t index) const {
  const TextPiece& piece = *m_pieces[pieceOfParagraph(index)];
  const std::uint64_t begin = paragraph(index).begin;
  const auto at = std::lower_bound(piece.outline.begin(), piece.outline.end(), begin,
                                   [](const OutlineEntry& entry, std::uint64_t byte) { return entry.byte < byte; });
  return at != piece.outline.end() && at->byte == begin;
}

std::string DocumentText::bytes(ByteRange range) const {
  range.end = std::min(range.end, byteCount());
  std::string result;
  if (range.begin >= range.end) return result;
  result.reserve(range.end - range.begin);
  for (std::size_t number = pieceAt(range.begin); number < m_pieces.size(); ++number) {
    const TextPiece& piece = *m_pieces[number];
    if (piece.begin >= range.end) break;
    const std::uint64_t from = std::max(range.begin, piece.begin);
    result.append(piece.bytes, from - piece.begin, std::min(range.end, piece.end()) - from);
  }
  return result;
}

std::string DocumentText::text(ByteRange range) const {
  return bytes({characterEnd(range.begin), characterStart(range.end)});
}

unsigned char DocumentText::byteAt(std::uint64_t byte) const {
  if (byte >= byteCount()) return 0;
  const TextPiece& piece = *m_pieces[pieceAt(byte)];
  return static_cast<unsigned char>(piece.bytes[byte - piece.begin]);
}

std::uint64_t DocumentText::characterStart(std::uint64_t byte) const {
  if (byte >= byteCount()) return byteCount();
  while (byte > 0 && continuesCharacter(byteAt(byte))) --byte;
  return byte;
}

std::uint64_t DocumentText::characterEnd(std::uint64_t byte) const {
  if (byte >= byteCount()) return byteCount();
  while (byte < byteCount() && continuesCharacter(byteAt(byte))) ++byte;
  return byte;
}

std::optional<std::uint64_t> DocumentText::pageStart(std::uint64_t page) const {
  if (page == 0 || page > pageCount()) return std::nullopt;
  return page == 1 ? 0 : m_pageStarts[page - 2];
}

std::size_t DocumentText::pageAt(std::uint64_t byte) const {
  if (m_pageStarts.empty()) return 0;
  const auto behind = std::upper_bound(m_pageStarts.begin(), m_pageStarts.end(), byte);
  return static_cast<std::size_t>(behind - m_pageStarts.begin()) + 1;
}

const std::vector<std::string>& DocumentText::widestLines() const {
  static const std::vector<std::string> kNone;
  return m_pieces.empty() ? kNone : m_pieces.front()->widestLines;
}

const std::vector<std::string>& DocumentText::usualLines() const {
  static const std::vector<std::string> kNone;
  return m_pieces.empty() ? kNone : m_pieces.front()->usualLines;
}

std::vector<OutlineEntry> DocumentText::outline() const {
  std::vector<OutlineEntry> entries;
  for (const auto& piece : m_pieces) entries.insert(entries.end(), piece->outline.begin(), piece->outline.end());
  return withoutContentsLines(std::move(entries));
}

}  // namespace tidemark::ui
