#include "extract/layout/paragraphs.h"

#include <algorithm>

#include "extract/layout/line_joints.h"
#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

bool hasNoteSymbol(std::string_view text) {
  for (const std::string_view symbol : {"*", "†", "‡", "§", "¶", "∗"}) {
    if (text.find(symbol) != std::string_view::npos) return true;
  }
  return false;
}

std::string lineText(const TextLine& line, bool row) {
  if (!row) return line.text;
  std::string text;
  for (std::size_t cell = 0; cell < line.cells.size(); ++cell) {
    if (cell > 0) text += '\t';
    text += line.cellText(cell);
  }
  // A word that is divided inside of a table is not put together: where it goes on is not certain.
  return line.divided ? text + '-' : text;
}

void begin(Paragraph& paragraph, const TextLine& line, bool row, bool indented) {
  paragraph = {};
  paragraph.size = line.size;
  paragraph.table = row;
  paragraph.indented = indented;
  paragraph.raisedFirst = line.raisedFirst;
}

void append(Paragraph& paragraph, const TextLine& line, bool row) {
  paragraph.text += lineText(line, row);
  paragraph.divided = line.divided && !row;
  if (line.raised || hasNoteSymbol(line.text)) paragraph.marked.push_back(line.text);
}

void close(Paragraph& paragraph, std::vector<Paragraph>& paragraphs, bool mayGoOn) {
  if (paragraph.divided && !mayGoOn) {
    paragraph.text += '-';
    paragraph.divided = false;
  }
  if (!paragraph.text.empty()) paragraphs.push_back(std::move(paragraph));
  paragraph = {};
}

void join(Paragraph& paragraph, Joint joint, const TextLine& next, const WordMemory& words) {
  if (joint == Joint::kWord) {
    if (words.keepsHyphen(paragraph.text, next.text)) paragraph.text += '-';
  } else {
    if (paragraph.divided) paragraph.text += '-';
    paragraph.text += joint == Joint::kSpace ? ' ' : '\n';
  }
}

}  // namespace

double bodySize(const std::vector<TextLine>& lines) {
  std::vector<std::pair<double, std::size_t>> sizes;
  std::size_t letters = 0;
  for (const TextLine& line : lines) {
    if (!line.placed()) continue;
    sizes.emplace_back(line.size, line.text.size());
    letters += line.text.size();
  }
  std::sort(sizes.begin(), sizes.end());
  std::size_t seen = 0;
  for (const auto& [size, count] : sizes) {
    seen += count;
    if (seen * 2 >= letters) return size;
  }
  return 0;
}

bool goesOn(const Paragraph& last, const Paragraph& next) {
  if (last.table || next.table || next.raisedFirst) return false;
  const RawCharacters read = readCharacters(std::string_view(next.text).substr(0, 4));
  const char32_t first = read.characters.empty() ? 0 : read.characters.front().code;
  if (last.divided) return isLetter(first);
  if (last.size > 0 && next.size > 0 && (last.size > 1.15 * next.size || next.size > 1.15 * last.size)) return false;
  if (!last.lastLineFull || next.indented || beginsItem(next.text)) return false;
  return !endsSentence(last.text) || isLowercase(first);
}

std::vector<Paragraph> paragraphsOf(const std::vector<TextLine>& lines, const WordMemory& words) {
  const LineJoints joints(lines);
  std::vector<Paragraph> paragraphs;
  Paragraph current;
  bool starts = true;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (starts) begin(current, lines[i], joints.isRow(i), joints.isIndented(i));
    append(current, lines[i], joints.isRow(i));
    current.lastLineFull = joints.isFull(i);
    if (i + 1 == lines.size()) break;
    Joint joint = joints.after(i, starts);
    if (joint == Joint::kColumn) {
      Paragraph next;
      begin(next, lines[i + 1], joints.isRow(i + 1), joints.isIndented(i + 1));
      next.text = lines[i + 1].text;
      const bool on = goesOn(current, next);
      current.endsColumn = !on;
      joint = !on ? Joint::kParagraph : (current.divided ? Joint::kWord : Joint::kSpace);
    }
    starts = joint == Joint::kParagraph;
    if (starts) {
      close(current, paragraphs, false);
    } else {
      join(current, joint, lines[i + 1], words);
    }
  }
  current.endsColumn = true;
  close(current, paragraphs, true);
  return paragraphs;
}

}  // namespace tidemark
