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
  if (!piece) return;
  if (piece->startsDocument || m_documents.empty()) {
    m_documents.push_back(piece->begin);
    m_storedHeadings = 0;
  }
  takePages(*piece);
  takeHeadings(*piece);
  if (piece->bytes.empty()) return;  // pages without text behind the last one that has some
  m_firstParagraph.push_back(m_paragraphCount);
  m_paragraphCount += piece->paragraphs.size();
  m_pieces.push_back(std::move(piece));
}

void DocumentText::takePages(const TextPiece& piece) {
  const std::size_t document = m_documents.size() - 1;
  for (const PageMark& mark : piece.pageStarts) {
    // What the file says of its pages counts, whatever form feeds there were before it was said.
    if (mark.isStored && !m_pages.empty() && m_pages.back().document == document && !m_pages.back().mark.isStored) {
      std::erase_if(m_pages, [document](const Page& page) { return page.document == document; });
    }
    m_pages.push_back({mark, document});
  }
}

void DocumentText::takeHeadings(const TextPiece& piece) {
  for (const OutlineEntry& entry : piece.outline) {
    if (entry.isStored && m_storedHeadings++ == 0) {
      std::erase_if(m_outline, [this](const OutlineEntry& each) { return each.byte >= m_documents.back(); });
    }
    if (entry.isStored || m_storedHeadings == 0) m_outline.push_back(entry);
  }
}

std::size_t DocumentText::documentAt(std::uint64_t byte) const {
  const auto behind = std::upper_bound(m_documents.begin(), m_documents.end(), byte);
  return behind == m_documents.begin() ? 0 : static_cast<std::size_t>(behind - m_documents.begin()) - 1;
}

std::size_t DocumentText::firstPageOf(std::size_t document) const {
  const auto first = std::lower_bound(m_pages.begin(), m_pages.end(), document,
                                      [](const Page& page, std::size_t number) { return page.document < number; });
  return static_cast<std::size_t>(first - m_pages.begin());
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
  const ByteRange range = paragraph(index);
  const auto at = std::lower_bound(m_outline.begin(), m_outline.end(), range.begin,
                                   [](const OutlineEntry& entry, std::uint64_t byte) { return entry.byte < byte; });
  if (at == m_outline.end() || at->byte >= range.end) return false;
  if (!at->isStored) return at->byte == range.begin;
  // An outline may point anywhere, mostly to the top of a page: only a line that says the same is a heading.
  std::string line = bytes(range);
  line.erase(0, line.find_first_not_of(" \t\f"));
  line.erase(line.find_last_not_of(" \t\n") + 1);
  return line == at->title;
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
  return m_pages[page - 1].mark.byte;
}

std::size_t DocumentText::pageAt(std::uint64_t byte) const {
  const auto behind = std::upper_bound(m_pages.begin(), m_pages.end(), byte,
                                       [](std::uint64_t place, const Page& page) { return place < page.mark.byte; });
  const auto page = static_cast<std::size_t>(behind - m_pages.begin());
  return page > 0 && m_pages[page - 1].document == documentAt(byte) ? page : 0;
}

std::string DocumentText::pageName(std::size_t page) const {
  const Page& named = m_pages[page - 1];
  return named.mark.label.empty() ? std::to_string(page - firstPageOf(named.document)) : named.mark.label;
}

std::optional<std::size_t> DocumentText::findPage(std::string_view name, std::uint64_t near) const {
  const auto lower = [](std::string_view text) {
    std::string result(text);
    for (char& each : result) {
      if (each >= 'A' && each <= 'Z') each = static_cast<char>(each - 'A' + 'a');
    }
    return result;
  };
  std::uint64_t number = 0;
  const bool isNumber = !name.empty() && name.size() <= 9 && std::all_of(name.begin(), name.end(), [&number](char c) {
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
    return c >= '0' && c <= '9';
  });
  const std::size_t here = documentAt(near);
  const auto findIn = [&](std::size_t document) -> std::optional<std::size_t> {
    const std::size_t first = firstPageOf(document);
    const std::size_t end = firstPageOf(document + 1);
    for (std::size_t i = first; i < end; ++i) {
      if (!name.empty() && m_pages[i].mark.label == name) return i + 1;
    }
    for (std::size_t i = first; i < end; ++i) {
      if (!name.empty() && lower(m_pages[i].mark.label) == lower(name)) return i + 1;
    }
    if (isNumber && number >= 1 && number <= end - first) return first + static_cast<std::size_t>(number);
    return std::nullopt;
  };
  if (m_documents.empty()) return std::nullopt;
  if (const auto page = findIn(here)) return page;
  for (std::size_t document = 0; document < m_documents.size(); ++document) {
    if (document == here) continue;
    if (const auto page = findIn(document)) return page;
  }
  return std::nullopt;
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
  return withoutContentsLines(m_outline);
}

}  // namespace tidemark::ui
