#include "ui/document/text_piece_builder.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ui/document/heading_lines.h"

namespace tidemark::ui {
namespace {

bool continuesCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

/// Combining diacritics, joiners and variation selectors by their first bytes; a cut before one would tear a letter.
bool startsMark(const char* at) {
  const auto a = static_cast<unsigned char>(at[0]);
  const auto b = static_cast<unsigned char>(at[1]);
  const auto c = static_cast<unsigned char>(at[2]);
  if (a == 0xCC || (a == 0xCD && b < 0xB0)) return true;            // U+0300..036F
  if (a == 0xE2 && b == 0x80 && c == 0x8D) return true;             // zero width joiner
  if (a == 0xEF && b == 0xB8 && (c & 0xF0u) == 0x80u) return true;  // U+FE00..FE0F
  return a == 0xE1 && (b == 0xAA || b == 0xB7);                     // more diacritics
}

bool isBlankLine(std::string_view line) {
  return line.find_first_not_of(" \t\f\r") == std::string_view::npos;
}

}  // namespace

TextPieceBuilder::TextPieceBuilder(Sink sink, std::size_t pieceBytes, std::uint64_t firstByte, bool startsDocument)
    : m_sink(std::move(sink)),
      m_pieceBytes(std::max<std::size_t>(pieceBytes, 1)),
      m_firstByte(firstByte),
      m_piece(std::make_shared<TextPiece>()) {
  m_piece->begin = firstByte;
  m_piece->startsDocument = startsDocument;
}

void TextPieceBuilder::addPage(std::uint64_t byte, std::string label) {
  if (!m_hasStoredPages) m_piece->pageStarts.clear();
  m_hasStoredPages = true;
  m_piece->pageStarts.push_back({byte, std::move(label), true});
}

void TextPieceBuilder::addHeading(std::uint64_t byte, int level, std::string title) {
  m_piece->outline.push_back({byte, std::move(title), std::clamp(level, 1, 9), true});
}

void TextPieceBuilder::feed(std::string_view block) {
  // In slices, so that a huge block does not make the growing piece huge before it is handed out.
  constexpr std::size_t kSlice = std::size_t{1} << 16;
  while (!block.empty()) {
    const std::size_t count = std::min(kSlice, block.size());
    m_bytes.append(block.substr(0, count));
    block.remove_prefix(count);
    scan(false);
  }
}

void TextPieceBuilder::finish() {
  scan(true);
  if (m_paragraph < m_bytes.size()) endParagraph(m_bytes.size(), true);
  if (!m_bytes.empty() || !m_piece->pageStarts.empty() || !m_piece->outline.empty()) handOut();
}

void TextPieceBuilder::scan(bool atEnd) {
  for (;;) {
    const std::size_t limit = std::min(m_bytes.size(), m_paragraph + kLongestParagraph);
    if (m_scanned < limit) {
      const void* lineEnd = std::memchr(m_bytes.data() + m_scanned, '\n', limit - m_scanned);
      if (lineEnd != nullptr) {
        endParagraph(static_cast<std::size_t>(static_cast<const char*>(lineEnd) - m_bytes.data()) + 1, true);
        continue;
      }
      m_scanned = limit;
    }
    // Four bytes more than a paragraph: enough to see whether the cut falls inside a character or before a mark.
    if (m_bytes.size() - m_paragraph < kLongestParagraph + 4) break;
    endParagraph(findCut(), false);
  }
  if (atEnd && m_bytes.size() - m_paragraph > kLongestParagraph) {
    m_bytes.append(4, '\0');
    const std::size_t cut = findCut();
    m_bytes.resize(m_bytes.size() - 4);
    endParagraph(cut, false);
    scan(true);
  }
}

std::size_t TextPieceBuilder::findCut() const {
  const std::size_t latest = m_paragraph + kLongestParagraph;
  for (std::size_t at = latest; at > m_paragraph + kLongestParagraph / 2; --at) {
    if (m_bytes[at - 1] == ' ') return at;
  }
  std::size_t cut = latest;
  const auto isGood = [this](std::size_t at) { return !continuesCharacter(m_bytes[at]) && !startsMark(&m_bytes[at]); };
  while (cut > latest - 256 && !isGood(cut)) --cut;
  if (isGood(cut)) return cut;
  cut = latest;  // nothing but marks: between two of them, then
  while (continuesCharacter(m_bytes[cut])) --cut;
  return cut;
}

void TextPieceBuilder::endParagraph(std::size_t end, bool isLine) {
  const std::string_view paragraph(m_bytes.data() + m_paragraph, end - m_paragraph);
  m_piece->paragraphs.push_back(static_cast<std::uint32_t>(m_paragraph));
  for (std::size_t at = paragraph.find('\f'); at != std::string_view::npos && !m_hasStoredPages;
       at = paragraph.find('\f', at + 1)) {
    if (!std::exchange(m_hasFormFeeds, true)) m_piece->pageStarts.push_back({m_firstByte});
    m_piece->pageStarts.push_back({m_piece->begin + m_paragraph + at + 1});
  }
  if (m_isFirstPiece && (m_atLineStart || !isLine)) {
    m_widths.add(paragraph.ends_with('\n') ? paragraph.substr(0, paragraph.size() - 1) : paragraph);
  }
  if (m_atLineStart && isLine) {
    const std::string_view line = paragraph.ends_with('\n') ? paragraph.substr(0, paragraph.size() - 1) : paragraph;
    std::string title = headingTitle(line, m_afterBlankLine);
    if (!title.empty()) m_piece->outline.push_back({m_piece->begin + m_paragraph, std::move(title), 1, false});
    m_afterBlankLine = isBlankLine(line);
  } else {
    m_afterBlankLine = false;
  }
  m_atLineStart = isLine;
  m_paragraph = end;
  m_scanned = end;
  if (m_paragraph >= m_pieceBytes) handOut();
}

void TextPieceBuilder::handOut() {
  auto next = std::make_shared<TextPiece>();
  next->begin = m_piece->begin + m_paragraph;
  next->startsDocument = false;
  std::string rest = m_bytes.substr(m_paragraph);
  m_bytes.resize(m_paragraph);
  m_bytes.shrink_to_fit();
  m_piece->bytes = std::move(m_bytes);
  m_piece->paragraphs.shrink_to_fit();
  if (m_isFirstPiece) {
    m_piece->widestLines = m_widths.widest();
    m_piece->usualLines = m_widths.usual();
  }
  m_isFirstPiece = false;
  m_sink(std::move(m_piece));
  m_bytes = std::move(rest);
  m_piece = std::move(next);
  m_paragraph = 0;
  m_scanned = 0;
}

}  // namespace tidemark::ui
