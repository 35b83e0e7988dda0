#pragma once
// The text of a document as immutable pieces of UTF-8. All positions are bytes of the document. No Qt in here.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/types.h"

namespace tidemark::ui {

/// A heading of the text: where its line starts, and what it says (UTF-8, trimmed).
struct OutlineEntry {
  std::uint64_t byte = 0;
  std::string title;
  int level = 1;          // 1 is the highest
  bool isStored = false;  // the file says so; otherwise its line looks like one
  friend bool operator==(const OutlineEntry&, const OutlineEntry&) = default;
};

/// Where a page begins, and what is printed on it.
struct PageMark {
  std::uint64_t byte = 0;
  std::string label = {};  // empty: its number says it
  bool isStored = false;   // the file says so; otherwise a form feed does
  friend bool operator==(const PageMark&, const PageMark&) = default;
};

/// A few MiB of text that end where a paragraph ends. Built by TextPieceBuilder, never changed, shared between threads.
struct TextPiece {
  std::uint64_t begin = 0;                // document byte of bytes[0]
  std::string bytes;                      // valid UTF-8, lines end in \n
  std::vector<std::uint32_t> paragraphs;  // offsets in `bytes`; the first is 0, if there is any text
  bool startsDocument = true;             // false: it goes on where the last piece ended
  std::vector<PageMark> pageStarts;       // ascending; some may lie in pieces before or behind this one
  std::vector<OutlineEntry> outline;
  /// Only of a first piece whose lines are nearly all short: the widest of them (see line_widths.h).
  std::vector<std::string> widestLines;
  std::vector<std::string> usualLines;  // as wide as the block looks

  [[nodiscard]] std::uint64_t end() const { return begin + bytes.size(); }
};

using TextPieces = std::vector<std::shared_ptr<const TextPiece>>;

/// Copies cost one pointer per piece, so a worker takes a copy. A copy may be used on another thread.
class DocumentText {
 public:
  /// `piece` starts where the text ends so far.
  void append(std::shared_ptr<const TextPiece> piece);
  void clear() { *this = DocumentText(); }
  void setComplete() { m_complete = true; }

  [[nodiscard]] bool isComplete() const { return m_complete; }
  [[nodiscard]] std::uint64_t byteCount() const { return m_pieces.empty() ? 0 : m_pieces.back()->end(); }
  [[nodiscard]] const TextPieces& pieces() const { return m_pieces; }

  [[nodiscard]] std::size_t paragraphCount() const { return m_paragraphCount; }
  /// Bytes of a paragraph, its line end included. `index` < paragraphCount().
  [[nodiscard]] ByteRange paragraph(std::size_t index) const;
  /// The paragraph that holds `byte`; the last one for bytes behind the text. Needs a text that is not empty.
  [[nodiscard]] std::size_t paragraphAt(std::uint64_t byte) const;
  /// False if the paragraph is the second or a later part of a line that was cut because of its length.
  [[nodiscard]] bool startsLine(std::size_t index) const;
  [[nodiscard]] bool isHeading(std::size_t index) const;

  /// A copy of the bytes of a range, clamped to the text.
  [[nodiscard]] std::string bytes(ByteRange range) const;
  /// The same, without characters that the range holds only in part: always valid UTF-8.
  [[nodiscard]] std::string text(ByteRange range) const;
  [[nodiscard]] unsigned char byteAt(std::uint64_t byte) const;
  /// The start of the character that `byte` belongs to; byteCount() for bytes behind the text.
  [[nodiscard]] std::uint64_t characterStart(std::uint64_t byte) const;
  /// The first character start at or behind `byte`.
  [[nodiscard]] std::uint64_t characterEnd(std::uint64_t byte) const;

  /// Pages of all documents: those that the files say, else what form feeds separate. A text without them has none.
  [[nodiscard]] std::size_t pageCount() const { return m_pages.size(); }
  /// `page` counts from 1, through all documents. Nothing if there is no such page.
  [[nodiscard]] std::optional<std::uint64_t> pageStart(std::uint64_t page) const;
  /// Page of a byte, from 1; 0 if its document has no pages. Of pages without text, which all begin where the next one
  /// does, none is found.
  [[nodiscard]] std::size_t pageAt(std::uint64_t byte) const;
  /// What people call a page: what is printed on it, or its number in its document. `page` from 1, at most pageCount().
  [[nodiscard]] std::string pageName(std::size_t page) const;
  /// The page that people call so, from 1: by label, then by label without regard to case, then by number; the document
  /// that holds `near` first.
  [[nodiscard]] std::optional<std::size_t> findPage(std::string_view name, std::uint64_t near) const;

  /// Whether lines end where the text was wrapped by hand, so that a blank line ends a paragraph.
  [[nodiscard]] bool isWrappedByHand() const { return !widestLines().empty(); }
  /// The widest lines of a text whose lines are nearly all short; otherwise none. Told by the first piece.
  [[nodiscard]] const std::vector<std::string>& widestLines() const;
  /// Lines as wide as such a text looks.
  [[nodiscard]] const std::vector<std::string>& usualLines() const;

  /// Headings so far: of each document those that its file says, or else those that its lines look like, without the
  /// lines of a table of contents (see heading_lines.h).
  [[nodiscard]] std::vector<OutlineEntry> outline() const;

 private:
  struct Page {
    PageMark mark;
    std::size_t document = 0;
  };
  void takePages(const TextPiece& piece);
  void takeHeadings(const TextPiece& piece);
  [[nodiscard]] std::size_t documentAt(std::uint64_t byte) const;
  [[nodiscard]] std::size_t firstPageOf(std::size_t document) const;
  [[nodiscard]] std::size_t pieceAt(std::uint64_t byte) const;
  [[nodiscard]] std::size_t pieceOfParagraph(std::size_t index) const;

  TextPieces m_pieces;
  std::vector<std::size_t> m_firstParagraph;  // of every piece
  std::vector<std::uint64_t> m_documents;     // where each begins
  std::vector<Page> m_pages;
  std::vector<OutlineEntry> m_outline;  // ascending
  std::size_t m_storedHeadings = 0;     // of the last document
  std::size_t m_paragraphCount = 0;
  bool m_complete = false;
};

}  // namespace tidemark::ui
