#include "ui/document/document_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/document/copy_runner.h"
#include "ui/document/document_accessible.h"
#include "ui/document/document_painter.h"
#include "ui/document/scroll_motion.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr std::array kZoomSteps{0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0};
constexpr int kTargetMs = 1800;
constexpr int kMostScrollSteps = 1 << 30;

}  // namespace

DocumentView::DocumentView(QWidget* parent)
    : QAbstractScrollArea(parent),
      m_layout(m_text, m_segments),
      m_motion(new ScrollMotion(this)),
      m_copier(new CopyRunner(this)) {
  installDocumentAccessibility();
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Document text"));
  setAccessibleDescription(tr("The text of the document. Arrow keys scroll, Shift with arrow keys selects."));
  viewport()->setCursor(Qt::IBeamCursor);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  connect(m_motion, &ScrollMotion::moved, this, [this](int pixels) {
    if (!m_layout.scrollBy(pixels)) m_motion->stop();
    afterScroll();
  });
  connect(m_copier, &CopyRunner::ready, this, [this](const QString& text) {
    QGuiApplication::clipboard()->setText(text);
    const auto bytes = static_cast<qint64>(m_copiedBytes);
    Q_EMIT messageRaised(tr("%1 of text were copied.").arg(locale().formattedDataSize(bytes)));
  });
  applyStyle();
}

DocumentView::~DocumentView() = default;

void DocumentView::clearText() {
  m_motion->stop();
  m_pendingJump.reset();
  m_text.clear();
  m_segments.clear();
  m_layout.textReset();
  const bool hadSelection = !m_selection.isEmpty();
  m_selection.clear();
  m_marks = {};
  if (hadSelection) Q_EMIT selectionChanged(false);
  afterScroll();
}

void DocumentView::appendPiece(std::shared_ptr<const TextPiece> piece) {
  const bool endWasVisible = m_reportedRange.end + 1 >= m_text.byteCount();
  const bool isFirst = m_text.byteCount() == 0;
  m_text.append(std::move(piece));
  m_layout.textAppended();
  if (isFirst) {
    m_natural.reset();
    applyStyle();
  }
  if (m_pendingJump && m_pendingJump->range.begin < m_text.byteCount()) {
    const PendingJump jump = *m_pendingJump;
    jump.isRange ? jumpToRange(jump.range, jump.highlight) : jumpToByte(jump.range.begin);
  } else if (endWasVisible) {
    afterScroll();
  } else {
    updateScrollBar();
  }
}

void DocumentView::finishText() {
  m_text.setComplete();
  if (m_pendingJump && m_text.byteCount() > 0) jumpToByte(m_text.byteCount());
  m_pendingJump.reset();
  afterScroll();
}

void DocumentView::setSegments(std::shared_ptr<const std::vector<ByteRange>> segments, qint64 firstSegment) {
  m_segments.set(std::move(segments), firstSegment);
  m_layout.segmentsChanged();
  afterScroll();
}

void DocumentView::appendSegments(std::span<const ByteRange> more) {
  if (more.empty()) return;
  const bool hadRoom = m_segments.haveRoom();
  m_segments.append(more);
  // While a document is read, segments come by the hundred, nearly all of them where nothing is laid out.
  if (!m_layout.touches({more.front().begin, more.back().end}) && hadRoom == m_segments.haveRoom()) return;
  m_layout.segmentsChanged();
  afterScroll();
}

void DocumentView::showSegmentBoundaries(bool shown) {
  if (shown == m_segments.isShown()) return;
  m_segments.setShown(shown);
  m_layout.segmentsChanged();
  afterScroll();
}

void DocumentView::setEvidence(std::vector<EvidenceMark> evidence) {
  m_marks.evidence = std::move(evidence);
  viewport()->update();
}

void DocumentView::setGhost(std::optional<ByteRange> bytes) {
  if (m_marks.ghost == bytes) return;
  m_marks.ghost = bytes;
  viewport()->update();
}

void DocumentView::setBookmarks(std::vector<BookmarkMark> bookmarks) {
  m_marks.bookmarks = std::move(bookmarks);
  viewport()->update();
}

void DocumentView::setMatches(std::span<const ByteRange> matches, std::optional<std::size_t> current) {
  m_marks.matches = matches;
  m_marks.currentMatch = current;
  viewport()->update();
}

void DocumentView::jumpToByte(quint64 byte) {
  m_motion->stop();
  m_pendingJump.reset();
  if (byte >= m_text.byteCount() && !m_text.isComplete()) m_pendingJump = PendingJump{{byte, byte}, false, false};
  // The first lines of a text come with the margin above them.
  m_layout.scrollToByte(byte, byte == 0 ? m_layout.style().topMargin : 0);
  afterScroll();
}

void DocumentView::jumpToRange(ByteRange range, bool highlight) {
  m_motion->stop();
  m_pendingJump.reset();
  if (range.begin >= m_text.byteCount() && !m_text.isComplete()) {
    m_pendingJump = PendingJump{range, true, highlight};
    return;
  }
  m_layout.scrollToByte(range.begin, std::floor(m_layout.viewportHeight() / 3));
  if (highlight) showTarget(range);
  afterScroll();
}

void DocumentView::showTarget(ByteRange range) {
  m_marks.target = range;
  m_targetTimer.start(kTargetMs, this);
}

void DocumentView::scrollByPixels(int pixels) {
  m_pendingJump.reset();
  m_layout.scrollBy(pixels);
  afterScroll();
}

void DocumentView::setFontFamily(const QString& family) {
  m_fontFamily = family;
  applyStyle();
}

void DocumentView::setFontPercent(int percent) {
  m_fontPercent = std::clamp(percent, 80, 200);
  applyStyle();
}

void DocumentView::setZoom(double zoom) {
  zoom = std::clamp(zoom, kZoomSteps.front(), kZoomSteps.back());
  if (zoom == m_zoom) return;
  m_zoom = zoom;
  applyStyle();
  Q_EMIT zoomChanged(m_zoom);
}

void DocumentView::stepZoom(int direction) {
  constexpr double kSame = 0.01;
  if (direction > 0) {
    const auto next =
        std::find_if(kZoomSteps.begin(), kZoomSteps.end(), [this](double z) { return z > m_zoom + kSame; });
    if (next != kZoomSteps.end()) setZoom(*next);
  } else {
    const auto next =
        std::find_if(kZoomSteps.rbegin(), kZoomSteps.rend(), [this](double z) { return z < m_zoom - kSame; });
    if (next != kZoomSteps.rend()) setZoom(*next);
  }
}

void DocumentView::setReducedMotion(bool reduced) {
  m_motion->setReducedMotion(reduced);
}

void DocumentView::applyStyle() {
  const int percent = static_cast<int>(std::lround(m_fontPercent * m_zoom));
  LayoutStyle style = makeLayoutStyle(documentFont(m_fontFamily, percent), font());
  if (!m_natural || style.font != m_naturalFont) {
    m_naturalFont = style.font;
    m_natural = NaturalWidths{widestOf(m_text.widestLines(), style.font), widestOf(m_text.usualLines(), style.font)};
  }
  m_column = placeColumn(viewport()->width(), style.characterWidth, *m_natural);
  style.columnWidth = m_column.width;
  m_layout.setViewportHeight(viewport()->height());
  m_layout.setStyle(style);
  afterScroll();
}

void DocumentView::afterScroll() {
  updateScrollBar();
  viewport()->update();
  const ByteRange range = m_layout.visibleBytes();
  const std::uint64_t top = m_layout.topByte();
  if (top != m_reportedTop) {
    m_reportedTop = top;
    Q_EMIT topByteChanged(top);
  }
  if (range != m_reportedRange) {
    m_reportedRange = range;
    Q_EMIT visibleRangeChanged(range);
  }
}

void DocumentView::updateScrollBar() {
  // While the text is still coming its end is not laid out for every piece.
  const std::uint64_t most = m_text.isComplete() ? m_layout.scrollMaximum() : m_text.byteCount();
  m_scrollUnit = m_text.byteCount() / kMostScrollSteps + 1;
  const ByteRange visible = m_layout.visibleBytes();
  m_updatingBar = true;
  verticalScrollBar()->setRange(0, static_cast<int>(most / m_scrollUnit));
  verticalScrollBar()->setPageStep(static_cast<int>((visible.end - visible.begin) / m_scrollUnit) + 1);
  verticalScrollBar()->setValue(static_cast<int>(m_layout.scrollValue() / m_scrollUnit));
  m_updatingBar = false;
}

void DocumentView::scrollContentsBy(int /*dx*/, int /*dy*/) {
  if (m_updatingBar) return;
  m_motion->stop();
  m_pendingJump.reset();
  const auto value = static_cast<std::uint64_t>(verticalScrollBar()->value());
  m_layout.setScrollValue(verticalScrollBar()->value() == verticalScrollBar()->maximum() ? m_layout.scrollMaximum()
                                                                                         : value * m_scrollUnit);
  afterScroll();
}

QString DocumentView::selectedText() const {
  return QString::fromStdString(m_text.text(m_selection.range()));
}

void DocumentView::select(ByteRange range) {
  m_selection.select({m_text.characterStart(range.begin), m_text.characterEnd(range.end)});
  updateSelection();
}

void DocumentView::selectAll() {
  select({0, m_text.byteCount()});
}

void DocumentView::copySelection() {
  if (m_selection.isEmpty()) return;
  const ByteRange range = m_selection.range();
  if (range.end - range.begin > kMostCopiedBytes) {
    Q_EMIT messageRaised(tr("The selection has %1. At most %2 can be copied; select less.")
                             .arg(locale().formattedDataSize(static_cast<qint64>(range.end - range.begin)),
                                  locale().formattedDataSize(static_cast<qint64>(kMostCopiedBytes))));
    return;
  }
  if (range.end - range.begin > kMostCopiedAtOnce) {
    m_copiedBytes = range.end - range.begin;
    m_copier->start(m_text, range);
    return;
  }
  m_copier->stop();
  QGuiApplication::clipboard()->setText(selectedText());
}

void DocumentView::updateSelection() {
  const bool had = m_marks.selection.begin < m_marks.selection.end;
  m_marks.selection = m_selection.range();
  m_marks.caret.reset();
  if (hasFocus() && m_selection.hasCaret()) m_marks.caret = m_selection.caret();
  viewport()->update();
  if (had == m_selection.isEmpty()) Q_EMIT selectionChanged(!m_selection.isEmpty());
  notifyDocumentCaret(this);
}

QString DocumentView::passageAt(quint64 byte, int maxCharacters) const {
  // Four bytes make a character at most.
  const auto most = static_cast<std::uint64_t>(std::max(maxCharacters, 0)) * 4 + 4;
  const QString text = QString::fromStdString(m_text.text({byte, byte + most})).simplified();
  return text.size() <= maxCharacters ? text : text.left(maxCharacters - 1).trimmed() + QChar(0x2026);
}

QString DocumentView::captionOf(const SegmentBoundary& boundary) const {
  const std::size_t page = m_text.pageAt(boundary.byte);
  const QString segment = locale().toString(boundary.segment);
  return page == 0 ? tr("segment %1").arg(segment)
                   : tr("segment %1 · page %2").arg(segment, QString::fromStdString(m_text.pageName(page)));
}

std::vector<SegmentNumber> DocumentView::segmentNumbers() const {
  const LayoutStyle& style = m_layout.style();
  const double bytesPerLine = std::max(1.0, style.columnWidth / style.characterWidth);
  const DocumentPainter document(m_layout, m_marks, themeColors(palette()), m_column);
  return document.segmentNumbers(segmentNumberStep(m_segments.meanBytes() / bytesPerLine), locale());
}

QString DocumentView::describeSegment(std::int64_t segment) const {
  const auto bytes = m_segments.bytesOf(segment);
  if (!bytes || m_text.byteCount() == 0) return {};
  const auto number = [this](std::uint64_t value) { return locale().toString(static_cast<qulonglong>(value)); };
  const double share = 100.0 * static_cast<double>(bytes->end - bytes->begin) / static_cast<double>(m_text.byteCount());
  return captionOf({segment, bytes->begin}) + QLatin1Char('\n') +
         tr("bytes %1 to %2").arg(number(bytes->begin), number(bytes->end)) + QLatin1Char('\n') +
         tr("%1 % of the document").arg(locale().toString(share, 'f', share < 1 ? 2 : 1));
}

void DocumentView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  const ThemeColors& colors = themeColors(palette());
  const DocumentPainter document(m_layout, m_marks, colors, m_column);
  document.paint(painter, event->rect(), [this](const SegmentBoundary& boundary) { return captionOf(boundary); });
  document.paintNumbers(painter, segmentNumbers());
  if (!hasFocus() || !m_showFocusRing) return;
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(colors.accent);
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

void DocumentView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  applyStyle();
}

void DocumentView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange ||
      event->type() == QEvent::StyleChange) {
    applyStyle();
  }
}

}  // namespace tidemark::ui
