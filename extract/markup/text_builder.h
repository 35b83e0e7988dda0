#pragma once
// What markup means becomes plain text: white space collapses, paragraphs are separated by a blank line, list items
// and rows of tables by a line end, cells by a tab; notes follow their paragraph. HTML, DOCX and ODT readers call it as
// they walk their trees.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/markup/page_writer.h"

namespace tidemark {

class TextBuilder {
 public:
  /// A page's text is cut (same label) once text and headings weigh so much: a line of JSON takes at most twice that.
  static constexpr std::size_t kPageWeight = std::size_t{4} << 20;
  static constexpr std::size_t kLongestTitle = 400;
  static constexpr std::size_t kLongestNote = 64 * 1024;

  /// `pages` must outlive the builder; nullptr: the text of a note, to be taken with takeNote().
  explicit TextBuilder(PageWriter* pages) : m_pages(pages) {}

  void beginPage(std::string label);
  /// Writes the page, also when it has no text. Open paragraphs, cells and headings end. `label` is used if the page
  /// has none yet, the first heading if that is empty too.
  void endPage();

  /// White space becomes one space, or nothing at the beginning of a line.
  void text(std::string_view utf8) { append(utf8, false); }
  /// White space stays; line ends are line ends, except in cells and headings.
  void exactText(std::string_view utf8) { append(utf8, true); }
  void tab();
  void lineBreak();
  void endLine();
  void endParagraph();

  void beginHeading(int level);
  void endHeading();
  /// A place that the table of contents names: becomes a heading unless the text has one there.
  void anchor(const std::string& title, int level);

  void beginList() { ++m_lists; }
  void endList();
  /// `mark` ("- ", "3. ") stands before the item's first text.
  void beginItem(std::string_view mark);
  void endItem();

  void endTable();
  void beginRow();
  void endRow();
  void beginCell();
  void endCell();
  void emptyCells(int count);

  /// Stands after the paragraph (or row) that refers to it: "[label] text".
  void note(const std::string& label, const std::string& text);
  void image() { m_page.hasImage = true; }

  [[nodiscard]] std::string takeNote();
  /// Of the sink.
  [[nodiscard]] bool ok() const { return m_pages == nullptr || m_pages->status().ok(); }

 private:
  enum class Separator { kNone, kLine, kParagraph };
  struct OpenHeading {
    int level = 1;
    std::optional<std::size_t> begin;
    std::string title;  // what a cut page took along
  };
  struct Contents {
    std::string title;
    int level = 1;
  };

  void append(std::string_view utf8, bool exact);
  void beginText();
  void put(std::string_view character);
  void separate(Separator separator);
  void addHeading(std::size_t offset, int level, std::string title);
  void writeNotes();
  void cutPage(std::string_view separator);
  void cutParagraph();
  [[nodiscard]] bool inCell() const { return m_cells > 0; }
  [[nodiscard]] std::size_t weight() const { return m_page.text.size() + m_headingWeight; }

  PageWriter* m_pages;
  ExtractedPage m_page;
  bool m_pageOpen = false;
  bool m_continued = false;  // the page goes on with one that was cut
  std::size_t m_headingWeight = 0;
  Separator m_separator = Separator::kNone;  // owed before the next text
  bool m_lineHasText = false;
  bool m_afterBreak = false;
  std::size_t m_spaces = 0;  // owed before the next text of the line
  std::size_t m_tabs = 0;
  std::string m_mark;
  int m_lists = 0;
  int m_rows = 0;
  int m_cells = 0;
  bool m_rowHasCell = false;
  std::optional<OpenHeading> m_heading;
  std::optional<Contents> m_contents;
  bool m_afterContents = false;  // the last heading came from anchor()
  std::vector<std::string> m_notes;
};

}  // namespace tidemark
