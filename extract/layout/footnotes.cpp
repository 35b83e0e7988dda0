#include "extract/layout/footnotes.h"

#include <algorithm>
#include <optional>

#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

constexpr double kSmall = 0.93;  // of the size of the body

bool isSmall(const Paragraph& paragraph, double bodySize) {
  return !paragraph.table && paragraph.size > 0 && paragraph.size < kSmall * bodySize;
}

/// "12" of "12 See page 3.", "†" of "† Deceased."; empty: the paragraph does not begin with a mark.
std::string_view markOf(const Paragraph& paragraph) {
  const std::string_view text = paragraph.text;
  for (const std::string_view symbol : {"*", "†", "‡", "§", "¶", "∗"}) {
    if (text.starts_with(symbol)) return symbol;
  }
  std::size_t length = 0;
  while (length < text.size() && text[length] >= '0' && text[length] <= '9') ++length;
  if (length == 0 || length > 3 || length == text.size()) return {};
  // "3.5 percent" is not a mark; "3 See", "3See" (small and raised) and "3. See" are.
  const bool stop = (text[length] == '.' || text[length] == ')') && length + 1 < text.size() && text[length + 1] == ' ';
  return text[length] == ' ' || stop || paragraph.raisedFirst ? text.substr(0, length) : std::string_view();
}

bool isAsciiAlnum(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// The mark behind a word or a punctuation sign, with nothing of a word behind it.
bool hasMark(std::string_view line, std::string_view mark) {
  const bool digits = mark[0] >= '0' && mark[0] <= '9';
  for (std::size_t at = line.find(mark, 1); at != std::string_view::npos; at = line.find(mark, at + 1)) {
    const char before = line[at - 1];
    const std::size_t behind = at + mark.size();
    if (before >= '0' && before <= '9') continue;
    if (behind < line.size() && isAsciiAlnum(line[behind])) continue;
    if (!digits || before != ' ') return true;
    // With a space before it a number may be a number: only at the end of a sentence or of the line.
    if (at >= 2 && (line[at - 2] == '.' || line[at - 2] == ',')) return true;
  }
  return false;
}

std::optional<std::size_t> ownerOf(std::string_view mark, const std::vector<Paragraph>& paragraphs,
                                   const std::vector<bool>& isNote, std::size_t end) {
  std::optional<std::size_t> owner;
  for (std::size_t i = 0; i < end; ++i) {
    if (isNote[i]) continue;
    const bool here = std::any_of(paragraphs[i].marked.begin(), paragraphs[i].marked.end(),
                                  [mark](const std::string& line) { return hasMark(line, mark); });
    if (!here) continue;
    if (owner) return std::nullopt;  // two places: not certain
    owner = i;
  }
  return owner;
}

/// Runs of small paragraphs that end a column, from the first that begins with a mark.
std::vector<bool> noteParagraphs(const std::vector<Paragraph>& paragraphs, double bodySize) {
  std::vector<bool> notes(paragraphs.size(), false);
  for (std::size_t end = paragraphs.size(); end > 0; --end) {
    if (!paragraphs[end - 1].endsColumn) continue;
    std::size_t begin = end;
    while (begin > 0 && isSmall(paragraphs[begin - 1], bodySize) && (begin == end || !paragraphs[begin - 1].endsColumn))
      --begin;
    while (begin < end && markOf(paragraphs[begin]).empty()) ++begin;
    for (std::size_t i = begin; i < end; ++i) notes[i] = true;
  }
  return notes;
}

}  // namespace

std::vector<Footnote> takeFootnotes(std::vector<Paragraph>& paragraphs, double bodySize) {
  const std::vector<bool> isNote = noteParagraphs(paragraphs, bodySize);
  std::vector<std::optional<std::size_t>> owners(paragraphs.size());
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (!isNote[i]) continue;
    const std::string_view mark = markOf(paragraphs[i]);
    // A paragraph without a mark goes on with the note before it.
    owners[i] = mark.empty() ? owners[i - 1] : ownerOf(mark, paragraphs, isNote, i);
  }
  std::vector<Footnote> footnotes;
  std::vector<Paragraph> kept;
  std::vector<std::size_t> places(paragraphs.size(), 0);
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    if (owners[i]) {
      footnotes.push_back({*owners[i], std::move(paragraphs[i])});
    } else {
      places[i] = kept.size();
      kept.push_back(std::move(paragraphs[i]));
    }
  }
  for (Footnote& footnote : footnotes) footnote.paragraph = places[footnote.paragraph];
  paragraphs = std::move(kept);
  return footnotes;
}

}  // namespace tidemark
