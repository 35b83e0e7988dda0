#include "extract/markup/text_builder.h"

#include <algorithm>
#include <utility>

#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

constexpr std::size_t kMostSpaces = 64;         // in a row
constexpr std::size_t kHeadingBytes = 64;       // brackets, offset and level of a heading in JSON
constexpr std::size_t kLongestRun = 64 * 1024;  // added at once, between looks at the size of the page
constexpr std::size_t kCutSearchBytes = 512;    // where a long paragraph is cut, a space is looked for so far back

bool isPlain(unsigned char c) {
  return c > ' ' && c < 0x7f;
}

/// Spaces of all widths that lines may break at, and the ones they may not: all are a space to a reader.
bool isSpace(char32_t c) {
  return c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A) || c == 0x3000 || c == 0x205F;
}

/// Marks for laying out text, which would only tear words apart: soft hyphen, zero width spaces, byte order marks, and
/// control characters.
bool isInvisible(char32_t c) {
  return c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060 || c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/// On one line, well-formed: it is put together from what a file says, and may be cut anywhere.
std::string cleanMark(std::string_view mark) {
  std::string clean;
  for (std::size_t at = 0; at < mark.size();) {
    const Utf8Sequence sequence = readUtf8(mark.substr(at));
    const bool isAscii = sequence.codePoint == ' ' || sequence.codePoint == '\t' || sequence.codePoint == '\n';
    if (sequence.kind != Utf8Kind::kCharacter) {
      clean += kReplacementCharacter;
    } else if (isSpace(sequence.codePoint) || isAscii) {
      if (!clean.empty() && clean.back() != ' ') clean += ' ';
    } else if (!isInvisible(sequence.codePoint)) {
      clean += mark.substr(at, sequence.length);
    }
    at += std::max<std::size_t>(sequence.length, 1);
  }
  return clean;
}

std::string shortened(std::string title) {
  if (title.size() > TextBuilder::kLongestTitle) {
    title.resize(characterBoundary(title, TextBuilder::kLongestTitle));
    title += "\xE2\x80\xA6";
  }
  return title;
}

}  // namespace

void TextBuilder::beginPage(std::string label) {
  if (m_pageOpen) endPage();
  m_page = {};
  m_page.label = shortened(std::move(label));
  m_pageOpen = true;
  m_continued = false;
  m_headingWeight = 0;
  m_separator = Separator::kNone;
  m_afterContents = false;
}

void TextBuilder::endPage() {
  if (m_heading) endHeading();
  m_lists = m_rows = m_cells = 0;
  m_mark.clear();
  m_contents.reset();
  endParagraph();
  if (m_page.label.empty() && !m_page.headings.empty()) m_page.label = m_page.headings.front().title;
  if (!m_continued || !m_page.text.empty()) cutPage("\n\n");
  m_pageOpen = false;
}

void TextBuilder::append(std::string_view utf8, bool exact) {
  for (std::size_t at = 0; at < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (isPlain(byte)) {
      std::size_t end = at + 1;
      const std::size_t longest = std::min(utf8.size(), at + kLongestRun);
      while (end < longest && isPlain(static_cast<unsigned char>(utf8[end]))) ++end;
      put(utf8.substr(at, end - at));
      at = end;
      continue;
    }
    if (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f') {
      ++at;
      if (!exact) {
        if (m_spaces == 0 && m_lineHasText && m_tabs == 0) m_spaces = 1;
      } else if (byte == '\n') {
        lineBreak();
      } else if (byte == '\t' && !inCell() && !m_heading) {
        m_spaces = 0;
        m_tabs = std::min(m_tabs + 1, kMostSpaces);
      } else if (byte != '\r') {
        m_spaces = std::min(m_spaces + 1, kMostSpaces);
      }
      continue;
    }
    const Utf8Sequence sequence = readUtf8(utf8.substr(at));
    const std::string_view bytes = utf8.substr(at, sequence.length);
    at += sequence.length;
    if (sequence.kind != Utf8Kind::kCharacter) {
      put(kReplacementCharacter);
    } else if (isSpace(sequence.codePoint)) {
      append(" ", exact);
    } else if (!isInvisible(sequence.codePoint)) {
      put(bytes);
    }
  }
}

void TextBuilder::put(std::string_view character) {
  if (m_pages == nullptr && m_page.text.size() >= kLongestNote) return;
  beginText();
  m_page.text += character;
  if (m_pages != nullptr && weight() > kPageWeight + (kPageWeight >> 1)) cutParagraph();
}

/// Everything that is owed before text of the line.
void TextBuilder::beginText() {
  if (!m_lineHasText && !m_page.text.empty()) {
    const std::string_view separator = m_separator == Separator::kParagraph ? "\n\n" : "\n";
    if (m_separator == Separator::kNone) {
      // The rest of a paragraph that was cut.
    } else if (weight() > kPageWeight && m_pages != nullptr) {
      cutPage(separator);
    } else {
      m_page.text += separator;
    }
  }
  m_separator = Separator::kNone;
  m_afterBreak = false;
  if (m_tabs > 0) {
    m_page.text.append(m_tabs, '\t');
    m_tabs = 0;
    if (inCell()) m_spaces = 0;
  }
  if (!m_lineHasText && !m_mark.empty()) {
    m_page.text += m_mark;
    m_mark.clear();
    m_spaces = 0;
  }
  m_page.text.append(m_spaces, ' ');
  m_spaces = 0;
  m_lineHasText = true;
  if (m_heading) {
    if (!m_heading->begin) m_heading->begin = m_page.text.size();
  } else if (m_contents) {
    addHeading(m_page.text.size(), m_contents->level, std::move(m_contents->title));
    m_afterContents = true;
    m_contents.reset();
  }
}

void TextBuilder::separate(Separator separator) {
  if (inCell()) {
    if (m_lineHasText && m_tabs == 0) m_spaces = std::max<std::size_t>(m_spaces, 1);
    return;
  }
  m_spaces = 0;
  m_tabs = 0;
  if (m_lineHasText) {
    m_lineHasText = false;
    m_separator = Separator::kLine;
  }
  if (m_separator != Separator::kNone) m_separator = std::max(m_separator, separator);
}

void TextBuilder::tab() {
  if (inCell() || m_heading) {
    append(" ", false);
  } else if (m_lineHasText) {  // at the beginning of a line it is an indentation
    m_spaces = 0;
    m_tabs = std::min(m_tabs + 1, kMostSpaces);
  }
}

void TextBuilder::lineBreak() {
  if (inCell() || m_heading) {
    append(" ", false);
    return;
  }
  // Two in a row are how old pages make paragraphs.
  separate(m_afterBreak ? Separator::kParagraph : Separator::kLine);
  m_afterBreak = true;
}

void TextBuilder::endLine() {
  separate(Separator::kLine);
  if (!inCell()) writeNotes();
}

void TextBuilder::endParagraph() {
  separate(m_lists > 0 ? Separator::kLine : Separator::kParagraph);
  if (!inCell()) writeNotes();
}

void TextBuilder::beginHeading(int level) {
  if (m_heading) endHeading();
  endParagraph();
  m_heading = OpenHeading{std::clamp(level, 1, 9), std::nullopt, {}};
}

void TextBuilder::endHeading() {
  if (!m_heading) return;
  OpenHeading heading = *std::exchange(m_heading, std::nullopt);
  if (heading.begin) {
    heading.title += m_page.text.substr(*heading.begin);
    std::string title = shortened(std::move(heading.title));
    // The table of contents named this place a little earlier (a number or an ornament stands between).
    if (m_afterContents && m_page.headings.back().title == title) {
      m_page.headings.pop_back();
    }
    m_contents.reset();
    addHeading(*heading.begin, heading.level, std::move(title));
  }
  endParagraph();
}

void TextBuilder::anchor(const std::string& title, int level) {
  if (!title.empty() && !m_heading) m_contents = Contents{shortened(title), std::clamp(level, 1, 9)};
}

void TextBuilder::addHeading(std::size_t offset, int level, std::string title) {
  m_headingWeight += kHeadingBytes + title.size();
  m_page.headings.push_back({offset, level, std::move(title)});
  m_afterContents = false;
}

void TextBuilder::endList() {
  m_lists = std::max(m_lists - 1, 0);
  endParagraph();
}

void TextBuilder::beginItem(std::string_view mark) {
  endLine();
  m_mark = cleanMark(mark);
}

void TextBuilder::endItem() {
  endLine();
  m_mark.clear();
}

void TextBuilder::endTable() {
  if (m_rows == 0) endParagraph();
}

void TextBuilder::beginRow() {
  if (inCell()) {
    separate(Separator::kLine);
  } else {
    endLine();
    m_rowHasCell = false;
    m_mark.clear();
  }
  ++m_rows;
}

void TextBuilder::endRow() {
  m_rows = std::max(m_rows - 1, 0);
  endLine();
}

void TextBuilder::beginCell() {
  if (!inCell()) {
    m_spaces = 0;
    if (m_rowHasCell) ++m_tabs;
    m_rowHasCell = true;
  }
  ++m_cells;
}

void TextBuilder::endCell() {
  m_cells = std::max(m_cells - 1, 0);
  if (m_cells == 0) m_spaces = 0;
}

void TextBuilder::emptyCells(int count) {
  for (int i = 0; i < count; ++i) {
    beginCell();
    endCell();
  }
}

void TextBuilder::note(const std::string& label, const std::string& text) {
  if (!text.empty()) m_notes.push_back("[" + label + "] " + text);
}

void TextBuilder::writeNotes() {
  if (m_notes.empty() || m_pages == nullptr) return;
  const Separator after = m_separator;
  const std::optional<OpenHeading> heading = std::exchange(m_heading, std::nullopt);
  const std::vector<std::string> notes = std::exchange(m_notes, {});
  for (const std::string& note : notes) {
    if (m_separator != Separator::kNone) m_separator = Separator::kLine;
    append(note, false);
    separate(Separator::kLine);
  }
  m_separator = std::max(after, Separator::kLine);
  m_heading = heading;
}

std::string TextBuilder::takeNote() {
  std::string text = std::exchange(m_page.text, {});
  std::replace(text.begin(), text.end(), '\n', ' ');
  m_lineHasText = false;
  return text;
}

void TextBuilder::cutPage(std::string_view separator) {
  if (m_pages == nullptr) return;
  ExtractedPage next;
  next.label = m_page.label;
  m_pages->write(std::move(m_page), separator);
  m_page = std::move(next);
  m_continued = true;
  m_headingWeight = 0;
  m_afterContents = false;
}

/// A paragraph longer than a page: cut after a space, or else between characters.
void TextBuilder::cutParagraph() {
  const std::string& text = m_page.text;
  std::size_t cut = text.find_last_of(" \t\n");
  if (cut == std::string::npos || text.size() - cut > kCutSearchBytes) {
    cut = text.size();
  } else {
    ++cut;
  }
  std::string rest = text.substr(cut);
  if (m_heading && m_heading->begin) {
    if (m_heading->title.size() <= kLongestTitle) m_heading->title += text.substr(*m_heading->begin, kLongestTitle);
    m_heading->begin = 0;
  }
  m_page.text.resize(cut);
  cutPage("");
  m_page.text = std::move(rest);
}

}  // namespace tidemark
