#include "extract/layout/text_lines.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/tokenizer/utf8.h"
#include "extract/layout/box_alignment.h"
#include "extract/layout/cell_split.h"
#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

constexpr double kXHeight = 0.53;
constexpr double kAscent = 0.72;
constexpr double kDescent = 0.21;

/// What the ink of a character is like in most type, for 1 point.
struct Ink {
  double width = 0.52;
  bool rises = false;  // above small letters
  bool sinks = false;  // below the line
};

constexpr std::array<Ink, 128> makeInkTable() {
  std::array<Ink, 128> table{};
  for (std::size_t code = 'A'; code <= 'Z'; ++code) table[code] = {0.68, true, false};
  for (std::size_t code = '0'; code <= '9'; ++code) table[code] = {0.53, true, false};
  for (const char code : std::string_view("ijl.,;:'|!")) table[static_cast<std::size_t>(code)].width = 0.27;
  for (const char code : std::string_view("frt()[]-/\"` I")) table[static_cast<std::size_t>(code)].width = 0.34;
  table['m'].width = 0.82;
  table['w'].width = 0.74;
  table['M'].width = table['W'].width = 0.88;
  for (const char code : std::string_view("bdfhijklt()[]{}/\\|!?\"'&%$#@*"))
    table[static_cast<std::size_t>(code)].rises = true;
  for (const char code : std::string_view("gjpqyQ,;()[]{}|/_$@")) table[static_cast<std::size_t>(code)].sinks = true;
  return table;
}
constexpr std::array<Ink, 128> kInk = makeInkTable();

Ink inkOf(char32_t code) {
  if (code < 0x80) return kInk[code];
  if (code >= 0x2E80) return {1.0, true, false};  // the scripts of East Asia
  return {isUppercase(code) ? 0.68 : 0.53, true, false};
}

struct LineInMaking {
  TextLine line;
  double width = 0;
  bool rises = false;
  bool sinks = false;
  bool space = false;
};

void addCharacter(LineInMaking& making, char32_t code) {
  if (code == U' ') {
    making.space = !making.line.text.empty();
    return;
  }
  if (making.space) {
    making.line.text += ' ';
    making.width += kInk[' '].width;
    making.space = false;
  }
  appendUtf8(code, making.line.text);
  const Ink ink = inkOf(code);
  making.width += ink.width;
  making.rises = making.rises || ink.rises;
  making.sinks = making.sinks || ink.sinks;
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
  return std::abs(box.x) < kFar && std::abs(box.y) < kFar && box.width > 0.01 && box.width < kFar &&
         box.height > 0.01 && box.height < kFar;
}

/// Whether the file shows every letter by itself, as programs do that place them one by one.
bool isOneBoxEach(const std::string& text, const TextBox* begin, const TextBox* end) {
  std::ptrdiff_t letters = 0;
  for (const RawCharacter& character : readCharacters(text).characters) letters += character.code == U' ' ? 0 : 1;
  return letters > 3 && 3 * (end - begin) >= 2 * letters;
}

/// What stands on the line, or hangs below it, as one box: no dashes, quotation marks and marks of footnotes.
TextBox unitedOnLine(const TextBox* begin, const TextBox* end) {
  std::vector<double> bottoms;
  std::vector<double> heights;
  for (const TextBox* box = begin; box != end; ++box) {
    bottoms.push_back(box->bottom());
    heights.push_back(box->height);
  }
  const auto middle = static_cast<std::ptrdiff_t>(bottoms.size() / 2);
  std::nth_element(bottoms.begin(), bottoms.begin() + middle, bottoms.end());
  std::nth_element(heights.begin(), heights.begin() + middle, heights.end());
  const double lowest = bottoms[bottoms.size() / 2] - 0.2 * heights[heights.size() / 2];
  TextBox all;
  for (const TextBox* box = begin; box != end; ++box) {
    if (box->bottom() >= lowest) all = all.width > 0 ? united(all, *box) : *box;
  }
  return all;
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
  if (isOneBoxEach(line.text, begin, end)) {
    const TextBox onLine = unitedOnLine(begin, end);
    line.size = onLine.height / extentOf(making).inkHeight;
    line.baseline = onLine.bottom() - (making.sinks ? kDescent * line.size : 0);
    line.cells = splitCells(line, begin, end);
    return;  // which box is a small digit and which half a quotation mark cannot be told
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
  while (!utf8.empty() && static_cast<unsigned char>(utf8.front()) < 0x80) {
    width += kInk[static_cast<std::size_t>(utf8.front())].width;
    utf8.remove_prefix(1);
  }
  if (utf8.empty()) return width;
  for (const RawCharacter& character : readCharacters(utf8).characters) width += inkOf(character.code).width;
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
