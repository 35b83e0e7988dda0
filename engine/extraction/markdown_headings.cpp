#include "engine/extraction/markdown_headings.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t kLongestHeadingLine = 1000;
constexpr std::size_t kDeepest = 6;
constexpr std::string_view kBlank = " \t\f";

std::string_view trimmedBlank(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::size_t runLength(std::string_view text, char c) {
  return std::min(text.find_first_not_of(c), text.size());
}

/// Up to three spaces may stand in front; with four it is code. A form feed before them begins a page.
std::string_view withoutIndentation(std::string_view line) {
  if (line.starts_with('\f')) line.remove_prefix(1);
  const std::size_t spaces = runLength(line, ' ');
  return spaces > 3 ? std::string_view() : line.substr(spaces);
}

/// "Title ##" without the closing marks.
std::string_view withoutClosing(std::string_view title) {
  const std::size_t last = title.find_last_not_of('#');
  if (last == std::string_view::npos) return {};
  if (last + 1 == title.size() || kBlank.find(title[last]) == std::string_view::npos) return title;
  return trimmedBlank(title.substr(0, last));
}

}  // namespace

std::vector<Heading> MarkdownHeadings::push(std::string_view piece) {
  std::vector<Heading> found;
  while (!piece.empty()) {
    const std::size_t length = std::min(piece.find('\n'), piece.size());
    const std::size_t room = kLongestHeadingLine - m_line.size();
    m_line += piece.substr(0, std::min(length, room));
    const bool ended = length < piece.size();
    piece.remove_prefix(length + (ended ? 1 : 0));
    m_offset += length + (ended ? 1 : 0);
    if (ended) endLine(found);
  }
  return found;
}

std::vector<Heading> MarkdownHeadings::finish() {
  std::vector<Heading> found;
  endLine(found);
  return found;
}

/// Whether the line opens or closes a block of code.
bool MarkdownHeadings::isFence() {
  const std::string_view line = withoutIndentation(m_line);
  if (line.empty() || (line.front() != '`' && line.front() != '~')) return false;
  const char mark = line.front();
  const std::size_t length = runLength(line, mark);
  if (length < 3) return false;
  const std::string_view rest = line.substr(length);
  if (m_fence == 0) {
    if (mark == '`' && rest.find('`') != std::string_view::npos) return false;  // code within a line
    m_fence = mark;
    m_fenceLength = length;
    return true;
  }
  if (mark != m_fence || length < m_fenceLength || !trimmedBlank(rest).empty()) return false;
  m_fence = 0;
  return true;
}

void MarkdownHeadings::endLine(std::vector<Heading>& found) {
  if (!isFence() && m_fence == 0) {
    const std::string_view line = withoutIndentation(m_line);
    const std::size_t level = runLength(line, '#');
    const std::string_view rest = line.substr(level);
    const bool apart = !rest.empty() && kBlank.find(rest.front()) != std::string_view::npos;
    const std::string_view title = withoutClosing(trimmedBlank(rest));
    if (level >= 1 && level <= kDeepest && apart && !title.empty() && m_line.size() < kLongestHeadingLine) {
      found.push_back({m_lineBegin + (m_line.front() == '\f' ? 1 : 0), static_cast<int>(level), std::string(title)});
    }
  }
  m_line.clear();
  m_lineBegin = m_offset;
}

}  // namespace tidemark
