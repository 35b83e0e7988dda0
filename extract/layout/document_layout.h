#pragma once
// Pages of characters and boxes in, pages of text out, a few pages later: headers are found by looking ahead, and a
// paragraph that ends a page by looking at the next.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "extract/layout/footnotes.h"
#include "extract/layout/page_geometry.h"
#include "extract/layout/running_lines.h"
#include "extract/layout/word_memory.h"

namespace tidemark {

/// The text of a page: running headers, footers and page numbers left out; columns one after another; the lines of a
/// paragraph joined with a space, words divided at line ends (or pages) put together; a blank line between paragraphs;
/// line ends that are meant (verse, code, lists) kept; rows of tables as lines with tabs; a footnote after the
/// paragraph with its mark, and where that is not certain left at the foot of its page. A footnote whose paragraph goes
/// on over the page stands before it, so that the sentence stays whole. A page ends with a blank line, unless a
/// paragraph goes on (a space) or a word (nothing).
class DocumentLayout {
 public:
  /// Texts of pages in order, as soon as they are known: at most kRunningLineReach + 1 pages behind.
  [[nodiscard]] std::vector<std::string> push(const RawPage& page);
  [[nodiscard]] std::vector<std::string> finish();

  [[nodiscard]] std::uint64_t runningLineCount() const { return m_runningLines; }
  [[nodiscard]] std::uint64_t meaninglessCharacters() const { return m_meaningless; }

 private:
  struct LaidPage {
    std::vector<Paragraph> paragraphs;
    std::vector<Footnote> footnotes;
  };
  [[nodiscard]] LaidPage layFirst();
  void advance(std::vector<std::string>& texts);
  [[nodiscard]] std::string textOf(LaidPage page, const LaidPage* next) const;

  std::deque<std::vector<TextLine>> m_pending;  // pages not laid yet
  std::deque<PageEdges> m_edges;                // of pending pages, and of kRunningLineReach before them
  std::optional<LaidPage> m_held;               // waits for what the next page begins with
  WordMemory m_words;
  bool m_divided = false;  // the last line of the last page was
  std::uint64_t m_runningLines = 0;
  std::uint64_t m_meaningless = 0;
};

}  // namespace tidemark
