#include "ui/document/caret_moves.h"

#include <QTextBoundaryFinder>
#include <algorithm>

namespace tidemark::ui {
namespace {

struct Place {
  std::size_t index = 0;
  std::shared_ptr<const ParagraphLayout> layout;
  int position = 0;
};

Place placeOf(const DocumentText& text, const DocumentLayout& layout, std::uint64_t byte) {
  Place place;
  place.index = text.paragraphAt(byte);
  place.layout = layout.paragraph(place.index);
  place.position = place.layout->positionOf(byte);
  return place;
}

std::uint64_t textEnd(const Place& place) {
  return place.layout->byteOf(static_cast<int>(place.layout->text().size()));
}

std::uint64_t sideways(const DocumentText& text, const DocumentLayout& layout, const Place& at, bool forward,
                       QTextLayout::CursorMode mode) {
  const QTextLayout& lines = at.layout->layout();
  const int next =
      forward ? lines.nextCursorPosition(at.position, mode) : lines.previousCursorPosition(at.position, mode);
  if (next != at.position) return at.layout->byteOf(next);
  if (forward) return at.index + 1 < text.paragraphCount() ? text.paragraph(at.index + 1).begin : textEnd(at);
  if (at.index == 0) return 0;
  const auto before = layout.paragraph(at.index - 1);
  int position = static_cast<int>(before->text().size());
  // The end of a paragraph that was cut is the start of the next one: go on to the character before.
  if (!text.startsLine(at.index)) position = before->layout().previousCursorPosition(position, mode);
  return before->byteOf(position);
}

std::uint64_t vertically(const DocumentText& text, const DocumentLayout& layout, const Place& at, bool down) {
  const qreal x = at.layout->caretRect(at.position).left();
  const int line = at.layout->lineOf(at.position) + (down ? 1 : -1);
  if (line >= 0 && line < at.layout->lineCount()) return at.layout->byteOf(at.layout->positionAt(line, x));
  if (down && at.index + 1 >= text.paragraphCount()) return textEnd(at);
  if (!down && at.index == 0) return 0;
  const auto other = layout.paragraph(down ? at.index + 1 : at.index - 1);
  return other->byteOf(other->positionAt(down ? 0 : other->lineCount() - 1, x));
}

}  // namespace

std::uint64_t movedCaret(const DocumentText& text, const DocumentLayout& layout, std::uint64_t byte, CaretMove move) {
  if (text.paragraphCount() == 0) return 0;
  const Place at = placeOf(text, layout, byte);
  switch (move) {
    case CaretMove::kNextCharacter:
      return sideways(text, layout, at, true, QTextLayout::SkipCharacters);
    case CaretMove::kPreviousCharacter:
      return sideways(text, layout, at, false, QTextLayout::SkipCharacters);
    case CaretMove::kNextWord:
      return sideways(text, layout, at, true, QTextLayout::SkipWords);
    case CaretMove::kPreviousWord:
      return sideways(text, layout, at, false, QTextLayout::SkipWords);
    case CaretMove::kLineUp:
      return vertically(text, layout, at, false);
    case CaretMove::kLineDown:
      return vertically(text, layout, at, true);
    case CaretMove::kLineStart:
      return at.layout->byteOf(at.layout->layout().lineAt(at.layout->lineOf(at.position)).textStart());
    case CaretMove::kLineEnd: {
      const int line = at.layout->lineOf(at.position);
      const QTextLine textLine = at.layout->layout().lineAt(line);
      const int end = textLine.textStart() + textLine.textLength();
      const bool isLast = line + 1 >= at.layout->lineCount();
      return at.layout->byteOf(isLast ? end : at.layout->layout().previousCursorPosition(end));
    }
    case CaretMove::kTextStart:
      return 0;
    case CaretMove::kTextEnd:
      return text.byteCount();
  }
  return byte;
}

ByteRange wordAt(const DocumentText& text, const DocumentLayout& layout, std::uint64_t byte) {
  if (text.paragraphCount() == 0) return {};
  const Place at = placeOf(text, layout, byte);
  const QString line = at.layout->text();
  if (line.isEmpty()) return {byte, byte};
  QTextBoundaryFinder finder(QTextBoundaryFinder::Word, line);
  finder.setPosition(std::min<qsizetype>(at.position, line.size() - 1));
  if (!finder.isAtBoundary()) finder.toPreviousBoundary();
  const auto begin = static_cast<int>(std::max<qsizetype>(finder.position(), 0));
  const qsizetype next = finder.toNextBoundary();
  return {at.layout->byteOf(begin), at.layout->byteOf(static_cast<int>(next < 0 ? line.size() : next))};
}

ByteRange lineAround(const DocumentText& text, std::uint64_t byte) {
  constexpr std::uint64_t kMost = std::uint64_t{4} << 20;
  if (text.paragraphCount() == 0) return {};
  std::size_t first = text.paragraphAt(byte);
  std::size_t last = first;
  while (first > 0 && !text.startsLine(first) && byte - text.paragraph(first).begin < kMost / 2) --first;
  while (last + 1 < text.paragraphCount() && !text.startsLine(last + 1) &&
         text.paragraph(last).end < byte + kMost / 2) {
    ++last;
  }
  ByteRange range{text.paragraph(first).begin, text.paragraph(last).end};
  if (range.end > range.begin && text.byteAt(range.end - 1) == '\n') --range.end;
  return range;
}

}  // namespace tidemark::ui
