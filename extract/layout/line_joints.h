#pragma once
// What the end of a line means, told by where it and the next one stand.

#include <vector>

#include "extract/layout/text_lines.h"

namespace tidemark {

enum class Joint {
  kSpace,      // the paragraph goes on
  kWord,       // the word does
  kLine,       // the line was to end here
  kRow,        // two rows of a table
  kParagraph,  // a paragraph ends
  kColumn,     // the next line stands higher: the paragraph may go on there
};

struct Column {
  double left = 0;
  double right = 0;
};

class LineJoints {
 public:
  explicit LineJoints(const std::vector<TextLine>& lines);

  /// Between lines `index` and `index` + 1; `startsParagraph`: whether line `index` does.
  [[nodiscard]] Joint after(std::size_t index, bool startsParagraph) const;
  [[nodiscard]] bool isRow(std::size_t index) const { return m_rows[index]; }
  /// The line goes to the end of its column: no further word would have fitted.
  [[nodiscard]] bool isFull(std::size_t index) const;
  [[nodiscard]] bool isIndented(std::size_t index) const;

 private:
  [[nodiscard]] double pitch() const;
  [[nodiscard]] bool wordFits(std::size_t index, const std::string& next) const;

  const std::vector<TextLine>& m_lines;
  std::vector<Column> m_columns;
  std::vector<bool> m_rows;
  double m_pitch = 0;  // of most lines, for type of 1 point
};

[[nodiscard]] bool endsSentence(std::string_view text);
[[nodiscard]] bool beginsBullet(std::string_view text);
/// Those, "3.", "(a)", "- ", ..
[[nodiscard]] bool beginsItem(std::string_view text);

}  // namespace tidemark
