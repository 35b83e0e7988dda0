#include "extract/layout/document_layout.h"

#include <utility>

#include "extract/layout/reading_order.h"

namespace tidemark {

std::vector<std::string> DocumentLayout::push(const RawPage& page) {
  PageLines read = linesOfPage(page);
  m_meaningless += read.meaningless;
  for (const TextLine& line : read.lines) m_words.add(line.text, std::exchange(m_divided, line.divided), line.divided);
  m_edges.push_back(edgesOf(read.lines, page.height));
  m_pending.push_back(std::move(read.lines));
  std::vector<std::string> texts;
  if (m_pending.size() > kRunningLineReach) advance(texts);
  return texts;
}

std::vector<std::string> DocumentLayout::finish() {
  std::vector<std::string> texts;
  while (!m_pending.empty()) advance(texts);
  if (m_held) texts.push_back(textOf(std::move(*m_held), nullptr));
  m_held.reset();
  return texts;
}

void DocumentLayout::advance(std::vector<std::string>& texts) {
  LaidPage page = layFirst();
  if (m_held) texts.push_back(textOf(std::move(*m_held), &page));
  m_held = std::move(page);
}

DocumentLayout::LaidPage DocumentLayout::layFirst() {
  const std::size_t middle = m_edges.size() - m_pending.size();
  std::vector<TextLine> lines = std::move(m_pending.front());
  m_pending.pop_front();
  const std::vector<bool> running = runningLines(m_edges, middle, lines.size());
  if (middle == kRunningLineReach) m_edges.pop_front();

  std::vector<TextLine> kept;
  kept.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (running[i]) {
      ++m_runningLines;
    } else {
      kept.push_back(std::move(lines[i]));
    }
  }
  kept = inReadingOrder(std::move(kept));
  LaidPage page{paragraphsOf(kept, m_words), {}};
  page.footnotes = takeFootnotes(page.paragraphs, bodySize(kept));
  return page;
}

std::string DocumentLayout::textOf(LaidPage page, const LaidPage* next) const {
  std::vector<Paragraph>& paragraphs = page.paragraphs;
  const bool on = !paragraphs.empty() && next != nullptr && !next->paragraphs.empty() &&
                  goesOn(paragraphs.back(), next->paragraphs.front());
  std::string text;
  const auto addNotes = [&](std::size_t paragraph) {
    for (const Footnote& footnote : page.footnotes) {
      if (footnote.paragraph != paragraph) continue;
      text += footnote.note.text;
      text += footnote.note.divided ? "-\n\n" : "\n\n";
    }
  };
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const bool overPage = on && i + 1 == paragraphs.size();
    if (overPage) addNotes(i);
    text += paragraphs[i].text;
    if (!overPage) {
      text += paragraphs[i].divided ? "-\n\n" : "\n\n";
      addNotes(i);
    } else if (!paragraphs[i].divided) {
      text += ' ';
    } else if (m_words.keepsHyphen(paragraphs[i].text, next->paragraphs.front().text)) {
      text += '-';
    }
  }
  return text;
}

}  // namespace tidemark
