#pragma once
// ATX headings ("# Title") of Markdown, found while the text streams past.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/extraction/extracted_document.h"

namespace tidemark {

class MarkdownHeadings {
 public:
  /// Headings whose lines ended in `piece`; offsets count from the first byte ever pushed.
  [[nodiscard]] std::vector<Heading> push(std::string_view piece);
  /// The last line, which nothing ends.
  [[nodiscard]] std::vector<Heading> finish();

 private:
  void endLine(std::vector<Heading>& found);
  [[nodiscard]] bool isFence();

  std::string m_line;  // as much of the line as a heading can be long
  std::uint64_t m_lineBegin = 0;
  std::uint64_t m_offset = 0;
  char m_fence = 0;  // of the code block that is open: '`' or '~'
  std::size_t m_fenceLength = 0;
};

}  // namespace tidemark
