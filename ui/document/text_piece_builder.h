#pragma once
// Cuts a stream of text into pieces and paragraphs. Made for a worker thread: it scans every byte once.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "ui/document/document_text.h"
#include "ui/document/line_widths.h"

namespace tidemark::ui {

/// Feed it valid UTF-8 in blocks of any size (a block may end inside a character); the pieces do not depend on how the
/// text was split. Any thread, one at a time.
class TextPieceBuilder {
 public:
  using Sink = std::function<void(std::shared_ptr<const TextPiece>)>;

  /// A line longer than this is cut into several paragraphs, at a space if there is one in its second half.
  static constexpr std::size_t kLongestParagraph = 8192;
  static constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

  /// `sink` is called from feed() and finish() with every finished piece. `pieceBytes` is a size that pieces reach;
  /// `firstByte` is where the text stands among others: all positions count from there. `startsDocument`: false if the
  /// text goes on where another builder's ended.
  explicit TextPieceBuilder(Sink sink, std::size_t pieceBytes = kPieceBytes, std::uint64_t firstByte = 0,
                            bool startsDocument = true);

  /// What the file says of itself; `byte` counts like all positions. From the first page on, form feeds are no pages.
  void addPage(std::uint64_t byte, std::string label);
  void addHeading(std::uint64_t byte, int level, std::string title);

  void feed(std::string_view block);
  /// Hands out what is left. The builder is empty afterwards and may not be fed again.
  void finish();

 private:
  void scan(bool atEnd);
  void endParagraph(std::size_t end, bool isLine);
  void handOut();
  [[nodiscard]] std::size_t findCut() const;

  Sink m_sink;
  std::size_t m_pieceBytes;
  std::string m_bytes;          // of the piece that grows
  std::size_t m_paragraph = 0;  // where its unfinished paragraph starts
  std::size_t m_scanned = 0;    // no line end in [m_paragraph, m_scanned)
  bool m_atLineStart = true;    // the unfinished paragraph starts a line
  bool m_afterBlankLine = true;
  bool m_isFirstPiece = true;
  bool m_hasStoredPages = false;
  bool m_hasFormFeeds = false;
  std::uint64_t m_firstByte;
  LineWidths m_widths;  // of the first piece
  std::shared_ptr<TextPiece> m_piece;
};

}  // namespace tidemark::ui
