#include "ui/document/document_panel.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QLabel>
#include <QScrollBar>
#include <QStackedWidget>
#include <QWheelEvent>

#include "ui/document/document_view.h"
#include "ui/document/find_bar.h"
#include "ui/document/go_to_bar.h"
#include "ui/document/margin_strip.h"
#include "ui/document/search_runner.h"

namespace tidemark::ui {

DocumentPanel::DocumentPanel(QWidget* parent)
    : QWidget(parent),
      m_view(new DocumentView(this)),
      m_strip(new MarginStrip(this)),
      m_findBar(new FindBar(this)),
      m_goToBar(new GoToBar(this)),
      m_runner(new SearchRunner(this)),
      m_stack(new QStackedWidget(this)),
      m_placeholder(new QLabel(this)) {
  m_placeholder->setAlignment(Qt::AlignCenter);
  m_placeholder->setWordWrap(true);
  m_placeholder->setMargin(2 * fontMetrics().height());
  m_placeholder->setForegroundRole(QPalette::PlaceholderText);
  m_placeholder->setBackgroundRole(QPalette::Base);
  m_placeholder->setAutoFillBackground(true);
  // The strip is the scroll bar: it shows more and takes clicks and drags as well.
  m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* page = new QWidget(m_stack);
  auto* row = new QHBoxLayout(page);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addWidget(m_view, 1);
  row->addWidget(m_strip);
  m_stack->addWidget(m_placeholder);
  m_stack->addWidget(page);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_stack, 1);
  column->addWidget(m_findBar);
  column->addWidget(m_goToBar);
  m_findBar->hide();
  m_goToBar->hide();
  setFocusProxy(m_view);
  connectView();
  connectFind();
  showState(State::kEmpty);
}

DocumentPanel::~DocumentPanel() = default;

void DocumentPanel::connectView() {
  connect(m_view, &DocumentView::topByteChanged, this, &DocumentPanel::topByteChanged);
  connect(m_view, &DocumentView::visibleRangeChanged, m_strip, &MarginStrip::setVisibleBytes);
  connect(m_view, &DocumentView::visibleRangeChanged, this, &DocumentPanel::visibleRangeChanged);
  connect(m_view, &DocumentView::selectionChanged, this, &DocumentPanel::selectionChanged);
  connect(m_view, &DocumentView::zoomChanged, this, &DocumentPanel::zoomChanged);
  connect(m_view, &DocumentView::bookmarkRequested, this, &DocumentPanel::bookmarkRequested);
  connect(m_view, &DocumentView::bookmarkRemovalRequested, this, &DocumentPanel::bookmarkRemovalRequested);
  connect(m_view, &DocumentView::askAboutRequested, this, &DocumentPanel::askAboutRequested);
  connect(m_view, &DocumentView::askAsOfRequested, this, &DocumentPanel::askAsOfRequested);
  connect(m_view, &DocumentView::forkRequested, this, &DocumentPanel::forkRequested);
  connect(m_view, &DocumentView::rewindRequested, this, &DocumentPanel::rewindRequested);
  connect(m_view, &DocumentView::pinRequested, this, &DocumentPanel::pinRequested);
  connect(m_view, &DocumentView::compareRequested, this, &DocumentPanel::compareRequested);
  connect(m_view, &DocumentView::removalRequested, this, &DocumentPanel::removalRequested);
  connect(m_view, &DocumentView::messageRaised, this, &DocumentPanel::messageRaised);
  connect(m_view, &DocumentView::jumpStarted, this, &DocumentPanel::recordJump);
  connect(m_strip, &MarginStrip::jumpRequested, this, [this](quint64 byte, bool isDrag) { goToByte(byte, !isDrag); });
}

void DocumentPanel::connectFind() {
  connect(m_findBar, &FindBar::queryChanged, this, &DocumentPanel::startSearch);
  connect(m_findBar, &FindBar::nextRequested, this, &DocumentPanel::findNext);
  connect(m_findBar, &FindBar::previousRequested, this, &DocumentPanel::findPrevious);
  connect(m_findBar, &FindBar::closed, this, &DocumentPanel::closeBars);
  connect(m_goToBar, &GoToBar::closed, this, &DocumentPanel::closeBars);
  connect(m_goToBar, &GoToBar::targetEntered, this, &DocumentPanel::enterTarget);
  connect(m_goToBar, &GoToBar::labelEntered, this, &DocumentPanel::enterLabel);
  connect(m_runner, &SearchRunner::matchesFound, this, [this](const std::vector<ByteRange>& matches) {
    const bool isFirst = m_find.append(matches);
    m_strip->addMatches(matches);
    showMatches(isFirst);
  });
  connect(m_runner, &SearchRunner::finished, this, [this](bool limited) { showMatches(m_find.finish(limited)); });
}

void DocumentPanel::showState(State state) {
  const bool hasText = state == State::kText;
  m_placeholder->setText(state == State::kLoading ? tr("Opening the text…") : tr("Drop a text here or open one"));
  m_stack->setCurrentIndex(hasText ? 1 : 0);
  if (!hasText) {
    m_findBar->hide();
    m_goToBar->hide();
  }
}

void DocumentPanel::beginDocument(quint64 expectedBytes) {
  clear();
  m_expectedBytes = expectedBytes;
  showState(State::kLoading);
}

void DocumentPanel::appendPiece(std::shared_ptr<const TextPiece> piece) {
  m_view->appendPiece(std::move(piece));
  updateByteCount();
  if (m_view->text().byteCount() > 0 && m_stack->currentIndex() == 0) showState(State::kText);
}

void DocumentPanel::finishDocument() {
  m_view->finishText();
  m_expectedBytes = 0;
  updateByteCount();
  if (m_view->text().byteCount() == 0)
    m_placeholder->setText(m_whyNoText.isEmpty() ? tr("This document has no text.") : m_whyNoText);
  if (m_findBar->isVisible()) startSearch();  // the text that was searched so far was not all
}

void DocumentPanel::clear() {
  stopSearch();
  const bool couldGoBack = canGoBack();
  const bool couldGoForward = canGoForward();
  m_history.clear();
  m_expectedBytes = 0;
  m_findOrigin = 0;
  m_view->clearText();
  m_strip->setEvidence({});
  m_strip->setBookmarks({});
  m_strip->setReadUntil(0);
  m_strip->setByteCount(0);
  reportHistory(couldGoBack, couldGoForward);
  showState(State::kEmpty);
}

void DocumentPanel::setCanChangeMemory(bool can) {
  m_view->setCanChangeMemory(can);
}

void DocumentPanel::setWhyNoText(const QString& sentence) {
  m_whyNoText = sentence;
}

void DocumentPanel::updateByteCount() {
  m_strip->setByteCount(std::max<quint64>(m_expectedBytes, m_view->text().byteCount()));
}

void DocumentPanel::setDocumentName(const QString& name) {
  m_view->setDocumentName(name);
}

void DocumentPanel::setSegments(std::shared_ptr<const std::vector<ByteRange>> segments, qint64 firstSegment) {
  m_view->setSegments(std::move(segments), firstSegment);
}

void DocumentPanel::appendSegments(std::span<const ByteRange> more) {
  m_view->appendSegments(more);
}

void DocumentPanel::setReadUntil(quint64 byte) {
  m_strip->setReadUntil(byte);
}

void DocumentPanel::setEvidence(std::vector<EvidenceMark> evidence) {
  m_strip->setEvidence(evidence);
  m_view->setEvidence(std::move(evidence));
}

void DocumentPanel::setGhost(std::optional<ByteRange> bytes) {
  m_view->setGhost(bytes);
}

void DocumentPanel::setBookmarks(std::vector<BookmarkMark> bookmarks) {
  m_strip->setBookmarks(bookmarks);
  m_view->setBookmarks(std::move(bookmarks));
}

void DocumentPanel::setChanges(std::vector<ChangeMark> changes) {
  m_strip->setChanges(std::move(changes));
}

void DocumentPanel::recordJump(quint64 from) {
  const bool couldGoBack = canGoBack();
  const bool couldGoForward = canGoForward();
  m_history.recordJump(from);
  reportHistory(couldGoBack, couldGoForward);
}

void DocumentPanel::reportHistory(bool couldGoBack, bool couldGoForward) {
  if (couldGoBack != canGoBack()) Q_EMIT canGoBackChanged(canGoBack());
  if (couldGoForward != canGoForward()) Q_EMIT canGoForwardChanged(canGoForward());
}

void DocumentPanel::goToByte(quint64 byte, bool recordHistory) {
  if (recordHistory) recordJump(topByte());
  m_view->jumpToByte(byte);
}

void DocumentPanel::goToRange(ByteRange range, bool highlight) {
  recordJump(topByte());
  m_view->jumpToRange(range, highlight);
}

void DocumentPanel::back() {
  const bool couldGoBack = canGoBack();
  const bool couldGoForward = canGoForward();
  if (const auto byte = m_history.back(topByte())) m_view->jumpToByte(*byte);
  reportHistory(couldGoBack, couldGoForward);
}

void DocumentPanel::forward() {
  const bool couldGoBack = canGoBack();
  const bool couldGoForward = canGoForward();
  if (const auto byte = m_history.forward(topByte())) m_view->jumpToByte(*byte);
  reportHistory(couldGoBack, couldGoForward);
}

quint64 DocumentPanel::topByte() const {
  return m_view->topByte();
}

void DocumentPanel::setZoom(double zoom) {
  m_view->setZoom(zoom);
}

double DocumentPanel::zoom() const {
  return m_view->zoom();
}

void DocumentPanel::zoomIn() {
  m_view->zoomIn();
}

void DocumentPanel::zoomOut() {
  m_view->zoomOut();
}

void DocumentPanel::resetZoom() {
  m_view->resetZoom();
}

void DocumentPanel::setFontFamily(const QString& family) {
  m_view->setFontFamily(family);
}

void DocumentPanel::setFontPercent(int percent) {
  m_view->setFontPercent(percent);
}

void DocumentPanel::setReducedMotion(bool reduced) {
  m_view->setReducedMotion(reduced);
}

void DocumentPanel::showSegmentBoundaries(bool shown) {
  m_view->showSegmentBoundaries(shown);
}

const DocumentText& DocumentPanel::text() const {
  return m_view->text();
}

std::optional<qint64> DocumentPanel::segmentAt(quint64 byte) const {
  return m_view->segments().segmentAt(byte);
}

QString DocumentPanel::passage(qint64 segment, int maxCharacters) const {
  const auto bytes = m_view->segments().bytesOf(segment);
  return bytes ? m_view->passageAt(bytes->begin, maxCharacters) : QString();
}

QString DocumentPanel::selectedText() const {
  return m_view->selectedText();
}

void DocumentPanel::copySelection() {
  m_view->copySelection();
}

void DocumentPanel::selectAll() {
  m_view->selectAll();
}

void DocumentPanel::requestBookmarkAtTop() {
  if (m_view->text().byteCount() > 0) Q_EMIT bookmarkRequested(topByte(), m_view->passageAt(topByte(), 48));
}

void DocumentPanel::wheelEvent(QWheelEvent* event) {
  // Over the strip and the bars.
  if (m_stack->currentIndex() == 1) QCoreApplication::sendEvent(m_view->viewport(), event);
}

}  // namespace tidemark::ui
