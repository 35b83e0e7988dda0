// Find bar and go-to bar of DocumentPanel.

#include "ui/document/document_panel.h"
#include "ui/document/document_view.h"
#include "ui/document/find_bar.h"
#include "ui/document/go_to_bar.h"
#include "ui/document/margin_strip.h"
#include "ui/document/search_runner.h"

namespace tidemark::ui {

void DocumentPanel::openFind() {
  if (text().byteCount() == 0) return;
  constexpr std::uint64_t kLongestNeedle = 200;
  const ByteRange selected = m_view->selectedBytes();
  const bool isShort = selected.end - selected.begin <= kLongestNeedle;
  const QString needle = isShort ? m_view->selectedText() : QString();
  m_goToBar->hide();
  m_findOrigin = needle.isEmpty() ? topByte() : selected.begin;
  m_findBar->open(needle.contains(QLatin1Char('\n')) ? QString() : needle);
}

void DocumentPanel::startSearch() {
  stopSearch();
  const SearchQuery query = m_findBar->query();
  if (!query.needle.isEmpty() && text().byteCount() > 0) {
    m_find.begin(m_findOrigin);
    m_runner->start(text(), query);
  }
  m_findBar->showCount(m_find);
}

void DocumentPanel::stopSearch() {
  m_runner->stop();
  m_view->setMatches({}, std::nullopt);
  m_strip->clearMatches();
  m_find.clear();
}

void DocumentPanel::showMatches(bool jump) {
  m_view->setMatches(m_find.matches(), m_find.current());
  m_findBar->showCount(m_find);
  if (!jump || !m_find.current()) return;
  const ByteRange match = m_find.matches()[*m_find.current()];
  const ByteRange visible = m_view->visibleBytes();
  // Text that is on the screen already does not move.
  if (match.begin < visible.begin || match.end > visible.end) m_view->jumpToRange(match, false);
}

void DocumentPanel::findNext() {
  if (!m_findBar->isVisible()) return openFind();
  m_find.next();
  showMatches(true);
}

void DocumentPanel::findPrevious() {
  if (!m_findBar->isVisible()) return openFind();
  m_find.previous();
  showMatches(true);
}

void DocumentPanel::openGoTo() {
  if (text().byteCount() == 0) return;
  if (m_findBar->isVisible()) {
    stopSearch();
    m_findBar->hide();
  }
  m_goToBar->open();
}

void DocumentPanel::closeBars() {
  if (m_findBar->isVisible()) {
    if (m_find.current()) {
      // What was found stays selected, so that it can be copied or asked about.
      m_view->select(m_find.matches()[*m_find.current()]);
      if (topByte() != m_findOrigin) recordJump(m_findOrigin);
    }
    stopSearch();
  }
  m_findBar->hide();
  m_goToBar->hide();
  m_view->setFocus(Qt::OtherFocusReason);
}

void DocumentPanel::enterTarget(const GoToTarget& target) {
  const auto place = resolveGoTo(target, text(), m_view->segments(), topByte());
  if (const GoToError* error = std::get_if<GoToError>(&place)) {
    m_goToBar->showError(*error, text(), m_view->segments());
    return;
  }
  goToByte(std::get<std::uint64_t>(place), true);
  closeBars();
}

void DocumentPanel::enterLabel(const QString& label) {
  const auto page = text().findPage(label.toStdString(), topByte());
  if (!page) return m_goToBar->showNotUnderstood();
  goToByte(*text().pageStart(*page), true);
  closeBars();
}

}  // namespace tidemark::ui
