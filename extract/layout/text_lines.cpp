#include "extract/layout/text_lines.h"

#include <cmath>

#include "extract/layout/box_alignment.h"
#include "extract/layout/cell_split.h"
#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

constexpr double kXHeight = 0.53;
constexpr double kAscent = 0.72;
constexpr double kDescent = 0.21;

bool rises(char32_t code) {
  if (code >= 0x80) return true;
  return isUppercase(code) || isDigit(code) || std::u32string_view(U"bdfhijklt()[]{}/\\|!?\"'&%$#@*").find(code) != std::u32string_view::npos;
}
bool sinks(char32_t code) { return std::u32string_view(U"gjpqyQ,;()[]{}|/_$@").find(code) != std::u32string_view::npos; }

struct LineInMaking {
  TextLine line;
  double width = 0;
  std::size_t letters = 0;
  bool rises = false;
  bool sinks = false;
  bool space = false;
};

double characterWidth(char32_t code) {
  if (code >= 0x2E80) return 1.0;  // the scripts of East Asia
  if (code >= 0x80) return isUppercase(code) ? 0.68 : 0.53;
  if (isDigit(code)) return 0.53;
  if (isUppercase(code)) return code == U'I' ? 0.3 : (code == U'M' || code == U'W' ? 0.88 : 0.68);
  if (code == U'm') return 0.82;
  if (code == U'w') return 0.74;
  if (std::u32string_view(U"ijl.,;:'|!").find(code) != std::u32string_view::npos) return 0.27;
  if (std::u32string_view(U"frt()[]-/\"` ").find(code) != std::u32string_view::npos) return 0.34;
  return 0.52;
}

void addCharacter(LineInMaking& making, char32_t code) {
  if (code == U' ') {
    making.space = !making.line.text.empty();
    return;
  }
  if (making.space) {
    making.line.text += ' ';
    making.width += characterWidth(U' ');
    making.space = false;
  }
  appendUtf8(code, making.line.text);
  making.width += characterWidth(code);
  making.rises = making.rises || rises(code);
  making.sinks = making.sinks || sinks(code);
  ++making.letters;
}

LineExtent extentOf(const LineInMaking& making) {
  const double ascent = making.rises ? kAscent : kXHeight;
  return {making.width, ascent + (making.sinks ? kDescent : 0), ascent};
}

/// A hyphen at the end of a line after a letter divides a word, until the next line says otherwise.
void endLine(LineInMaking& making, char32_t last, char32_t beforeLast, std::vector<LineInMaking>& lines) {
  const bool soft = last == kSoftHyphen;
  if (!soft && isHyphen(last) && isLetter(beforeLast)) {
    making.line.text.resize(making.line.text.size() - (last == U'-' ? 1 : 3));
    making.line.divided = true;
  }
  if (soft && isLetter(beforeLast)) making.line.divided = true;
  if (soft && !isLetter(beforeLast) && !making.line.text.empty()) making.line.text += '-';
  if (!making.line.text.empty()) lines.push_back(std::move(making));
  making = {};
}

std::vector<LineInMaking> cutLines(const std::vector<RawCharacter>& characters) {
  std::vector<LineInMaking> lines;
  LineInMaking making;
  char32_t last = 0;
  char32_t beforeLast = 0;
  for (const RawCharacter& character : characters) {
    if (character.code == U'\n') {
      endLine(making, last, beforeLast, lines);
      last = beforeLast = 0;
      continue;
    }
    // A soft hyphen inside of a line is not seen; at its end it is a hyphen.
    if (character.code != kSoftHyphen) addCharacter(making, character.code);
    if (character.code == U' ') continue;
    beforeLast = last == kSoftHyphen ? beforeLast : last;
    last = character.code;
  }
  endLine(making, last, beforeLast, lines);
  return lines;
}

bool isSensible(const TextBox& box) {
  constexpr double kFar = 1e6;
  return std::abs(box.x) < kFar && std::abs(box.y) < kFar && box.width > 0.01 && box.width < kFar && box.height > 0.01 &&
         box.height < kFar;
}

void place(LineInMaking& making, const TextBox* begin, const TextBox* end) {
  TextLine& line = making.line;
  if (begin == end) return;
  const TextBox* widest = begin;
  line.box = *begin;
  for (const TextBox* box = begin; box != end; ++box) {
    line.box = united(line.box, *box);
    if (box->width > widest->width) widest = box;
  }
  line.size = widest->height / extentOf(making).inkHeight;
  line.baseline = widest->bottom() - (making.sinks ? kDescent * line.size : 0);
  for (const TextBox* box = begin; box != end; ++box) {
    // Ends above the middle of the x-height and is lower than letters that rise.
    if (box->height < 0.85 * kAscent * line.size && box->bottom() < widest->y + 0.55 * kAscent * line.size &&
        box->height > 0.25 * line.size && verticalOverlap(*box, *widest) > 0) {
      line.raised = true;
      line.raisedFirst = line.raisedFirst || (box == begin && box->right() < widest->x + line.size);
    }
  }
  line.cells = splitCells(line, begin, end);
}

/// What the library took for one line although its parts stand above each other becomes several.
void addLine(TextLine line, std::vector<TextLine>& lines) {
  bool level = true;
  for (std::size_t cell = 1; cell < line.cells.size(); ++cell) {
    level = level && verticalOverlap(line.cells[cell - 1].box, line.cells[cell].box) > 0;
  }
  if (level) {
    lines.push_back(std::move(line));
    return;
  }
  for (std::size_t cell = 0; cell < line.cells.size(); ++cell) {
    lines.push_back(line.cellLine(cell));
    lines.back().baseline = lines.back().box.bottom() - 0.5 * kDescent * line.size;
  }
}

}  // namespace

std::string_view TextLine::cellText(std::size_t cell) const {
  const std::size_t begin = cells[cell].begin;
  const std::size_t end = cell + 1 < cells.size() ? cells[cell + 1].begin : text.size();
  std::string_view part = std::string_view(text).substr(begin, end - begin);
  while (part.ends_with(' ')) part.remove_suffix(1);
  return part;
}

TextLine TextLine::cellLine(std::size_t cell) const {
  TextLine part;
  part.text = cellText(cell);
  part.box = cells[cell].box;
  part.size = size;
  part.baseline = baseline;
  part.divided = divided && cell + 1 == cells.size();
  part.raised = raised;
  part.raisedFirst = raisedFirst && cell == 0;
  return part;
}

double expectedWidth(std::string_view utf8) {
  double width = 0;
  for (const RawCharacter& character : readCharacters(utf8).characters) width += characterWidth(character.code);
  return width;
}

PageLines linesOfPage(const RawPage& page) {
  RawCharacters read = readCharacters(page.text);
  std::vector<LineInMaking> lines = cutLines(read.characters);
  std::vector<TextBox> boxes;
  boxes.reserve(page.boxes.size());
  for (const TextBox& box : page.boxes) {
    if (isSensible(box)) boxes.push_back(box);
  }
  std::vector<LineExtent> extents;
  extents.reserve(lines.size());
  for (const LineInMaking& making : lines) extents.push_back(extentOf(making));

  PageLines result;
  result.meaningless = read.meaningless;
  const std::vector<BoxRange> ranges = alignBoxes(extents, boxes);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!ranges.empty()) place(lines[i], boxes.data() + ranges[i].begin, boxes.data() + ranges[i].end);
    addLine(std::move(lines[i].line), result.lines);
  }
  return result;
}

}  // namespace tidemark
