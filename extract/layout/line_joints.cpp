#include "extract/layout/line_joints.h"

#include <algorithm>
#include <cmath>

#include "extract/layout/raw_characters.h"
#include "extract/layout/word_memory.h"

namespace tidemark {
namespace {

constexpr std::size_t kColumnReach = 12;  // lines before and after that show how wide a column is
constexpr std::size_t kTellingLines = 6;  // that show it without looking further
constexpr std::size_t kMostLines = 2000;  // of a page that is looked at as a whole
constexpr double kIndent = 0.7;           // everything from here on is in sizes of the type
constexpr double kUsualPitch = 1.2;
constexpr double kParagraphGap = 1.3;  // of the usual pitch
constexpr double kSizeChange = 1.18;
constexpr std::size_t kTellingLength = 6;  // of text, for its size to be believed

bool follows(const TextLine& above, const TextLine& below) {
  return below.baseline > above.baseline && below.baseline - above.baseline < 2.2 * above.size &&
         horizontalOverlap(above.box, below.box) > 0 && std::abs(above.box.x - below.box.x) < 5 * above.size;
}

/// A few short lines do not show how wide their column is; others that begin at the same place do.
double usualRight(const std::vector<TextLine>& lines, const TextLine& line) {
  std::vector<double> rights;
  for (const TextLine& other : lines) {
    if (other.placed() && std::abs(other.box.x - line.box.x) < 3 * line.size) rights.push_back(other.box.right());
  }
  const auto place = rights.begin() + static_cast<std::ptrdiff_t>(rights.size() * 3 / 4);
  std::nth_element(rights.begin(), place, rights.end());
  return *place;
}

std::vector<Column> columnsOf(const std::vector<TextLine>& lines) {
  std::vector<Column> columns(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Column& column = columns[i];
    column = {lines[i].box.x, lines[i].box.right()};
    if (!lines[i].placed()) continue;
    std::size_t first = i;
    while (first > 0 && i - first < kColumnReach && lines[first - 1].placed() &&
           follows(lines[first - 1], lines[first])) {
      --first;
    }
    std::size_t last = i;
    while (last + 1 < lines.size() && last - i < kColumnReach && lines[last + 1].placed() &&
           follows(lines[last], lines[last + 1])) {
      ++last;
    }
    for (std::size_t j = first; j <= last; ++j) {
      column.right = std::max(column.right, lines[j].box.right());
      column.left = std::min(column.left, lines[j].box.x);
    }
    if (last - first + 1 < kTellingLines && lines.size() < kMostLines)
      column.right = std::max(column.right, usualRight(lines, lines[i]));
  }
  return columns;
}

bool sharesGap(const TextLine& a, const TextLine& b) {
  for (std::size_t i = 1; i < a.cells.size(); ++i) {
    for (std::size_t j = 1; j < b.cells.size(); ++j) {
      const double left = std::max(a.cells[i - 1].box.right(), b.cells[j - 1].box.right());
      const double right = std::min(a.cells[i].box.x, b.cells[j].box.x);
      if (right - left > 0.5 * a.size) return true;
    }
  }
  return false;
}

char32_t firstCharacter(const std::string& text) {
  const RawCharacters read = readCharacters(std::string_view(text).substr(0, 4));
  return read.characters.empty() ? 0 : read.characters.front().code;
}

}  // namespace

bool endsSentence(std::string_view text) {
  while (text.ends_with(')') || text.ends_with('"') || text.ends_with('\'')) text.remove_suffix(1);
  for (const std::string_view quote : {"”", "’", "»", "“"}) {
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with(':') ||
         text.ends_with("。");
}

bool beginsBullet(std::string_view text) {
  for (const std::string_view bullet : {"•", "◦", "▪", "‣", "■", "○", "●"}) {
    if (text.starts_with(bullet)) return true;
  }
  return false;
}

bool beginsItem(std::string_view text) {
  if (beginsBullet(text)) return true;
  for (const std::string_view dash : {"– ", "— ", "- ", "* ", "· "}) {
    if (text.starts_with(dash)) return true;
  }
  const bool bracket = text.starts_with('(') || text.starts_with('[');
  if (bracket) text.remove_prefix(1);
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  const bool letter = length == 0 && !text.empty() && text[0] >= 'a' && text[0] <= 'z';
  if (letter) length = 1;
  if (length == 0 || length > 3 || length + 1 >= text.size() || text[length + 1] != ' ') return false;
  return text[length] == ')' || (bracket && text[length] == ']') || (!letter && text[length] == '.');
}

LineJoints::LineJoints(const std::vector<TextLine>& lines) : m_lines(lines), m_columns(columnsOf(lines)) {
  m_rows.assign(lines.size(), false);
  std::vector<double> steps;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const TextLine& line = lines[i];
    const TextLine& next = lines[i + 1];
    if (!line.placed() || !next.placed()) continue;
    if (follows(line, next) && next.baseline - line.baseline < 2.5 * line.size) {
      steps.push_back((next.baseline - line.baseline) / line.size);
    }
    if (next.baseline > line.baseline && next.baseline - line.baseline < 4 * line.size && sharesGap(line, next)) {
      m_rows[i] = m_rows[i + 1] = true;
    }
  }
  m_pitch = kUsualPitch;
  if (steps.empty()) return;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  m_pitch = std::max(steps[steps.size() / 2], 0.9);
}

bool LineJoints::wordFits(std::size_t index, const std::string& next) const {
  const TextLine& line = m_lines[index];
  const double usual = expectedWidth(line.text);
  const double scale = usual > 0 ? line.box.width / usual : line.size;
  const double space = m_columns[index].right - line.box.right();
  return space > 1.2 * line.size && space > (expectedWidth(firstWord(next)) + 1) * scale + 0.5 * line.size;
}

bool LineJoints::isFull(std::size_t index) const {
  const TextLine& line = m_lines[index];
  const Column& column = m_columns[index];
  const double slack = std::max(4 * line.size, 0.2 * (column.right - column.left));
  return !line.placed() || line.box.right() > column.right - slack;
}

bool LineJoints::isIndented(std::size_t index) const {
  const TextLine& line = m_lines[index];
  return line.placed() && line.box.x > m_columns[index].left + kIndent * line.size;
}

Joint LineJoints::after(std::size_t index, bool startsParagraph) const {
  const TextLine& line = m_lines[index];
  const TextLine& next = m_lines[index + 1];
  if (m_rows[index] || m_rows[index + 1]) {
    const bool together = m_rows[index] && m_rows[index + 1] && sharesGap(line, next);
    return together ? Joint::kRow : Joint::kParagraph;
  }
  const bool word = line.divided && isLetter(firstCharacter(next.text));
  if (!line.placed() || !next.placed()) {
    if (word) return Joint::kWord;
    // Long lines that end within a sentence: wrapped text.
    return line.text.size() >= 40 && !endsSentence(line.text) && !beginsItem(next.text) ? Joint::kSpace : Joint::kLine;
  }
  const double step = (next.baseline - line.baseline) / line.size;
  if (step < -0.3 || horizontalOverlap(line.box, next.box) <= -2 * line.size) return Joint::kColumn;
  const double change = next.size / line.size;
  const bool telling = std::min(line.text.size(), next.text.size()) >= kTellingLength;
  if (telling && (change > kSizeChange || change < 1 / kSizeChange)) return Joint::kParagraph;
  if (step > kParagraphGap * m_pitch) return Joint::kParagraph;
  if (word) return Joint::kWord;
  if (next.raisedFirst) return Joint::kParagraph;
  if (beginsBullet(next.text)) return Joint::kLine;
  if (beginsItem(next.text) && (endsSentence(line.text) || wordFits(index, next.text))) return Joint::kLine;
  const bool inward = next.box.x > line.box.x + kIndent * line.size;
  const bool hangs = index + 2 < m_lines.size() && m_lines[index + 2].placed() && follows(next, m_lines[index + 2]) &&
                     m_lines[index + 2].box.x < next.box.x - 0.5 * kIndent * line.size;
  if (inward && !startsParagraph && (hangs || endsSentence(line.text))) return Joint::kParagraph;
  if (inward && startsParagraph && endsSentence(line.text) && hangs) return Joint::kParagraph;
  const bool outward = next.box.x < line.box.x - kIndent * line.size;
  if (outward && !startsParagraph) return Joint::kParagraph;
  return wordFits(index, next.text) ? Joint::kLine : Joint::kSpace;
}

}  // namespace tidemark
