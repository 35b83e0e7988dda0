#include "ui/document/margin_strip.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/document/document_accessible.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

QColor blended(QColor over, const QColor& under, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share) + 0.5); };
  return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

}  // namespace

MarginStrip::MarginStrip(QWidget* parent) : QWidget(parent) {
  installDocumentAccessibility();
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
  setAccessibleName(tr("Place in the document"));
  setChanges({});
}

QSize MarginStrip::sizeHint() const {
  const int unit = fontMetrics().height();
  return {unit * 2, unit * 8};
}

QRectF MarginStrip::barRect() const {
  const qreal width = std::max(6.0, std::round(fontMetrics().height() * 0.6));
  const qreal margin = std::round(fontMetrics().height() * 0.9);
  return {std::round((this->width() - width) / 2), margin, width, std::max(1.0, height() - 2 * margin)};
}

qreal MarginStrip::yOf(quint64 byte) const {
  const QRectF bar = barRect();
  if (m_byteCount == 0) return bar.top();
  const double share = static_cast<double>(std::min(byte, m_byteCount)) / static_cast<double>(m_byteCount);
  return bar.top() + share * bar.height();
}

quint64 MarginStrip::byteAt(qreal y) const {
  const QRectF bar = barRect();
  const double share = std::clamp((y - bar.top()) / bar.height(), 0.0, 1.0);
  return static_cast<quint64>(share * static_cast<double>(m_byteCount));
}

QRectF MarginStrip::frameRect() const {
  const QRectF bar = barRect();
  const qreal least = fontMetrics().height();
  const qreal top = yOf(m_visible.begin);
  const qreal height = std::max(least, yOf(m_visible.end) - top);
  // Around what it shows, the round ends of the bar included.
  const QRectF inner(bar.left(), std::min(std::round(top), bar.bottom() - height), bar.width(), std::round(height));
  return inner.adjusted(-3.5, -2.5, 3.5, 2.5);
}

void MarginStrip::setByteCount(quint64 bytes) {
  if (bytes == m_byteCount) return;
  m_byteCount = bytes;
  update();
}

void MarginStrip::setReadUntil(quint64 byte) {
  // Reading tells of every group of cells; most do not move the end of the bar by a pixel.
  const bool moves = std::round(yOf(byte) * devicePixelRatioF()) != std::round(yOf(m_readUntil) * devicePixelRatioF());
  m_readUntil = byte;
  if (moves) update();
}

void MarginStrip::setVisibleBytes(ByteRange bytes) {
  if (bytes == m_visible) return;
  m_visible = bytes;
  update();
  if (QAccessible::isActive()) {
    QAccessibleValueChangeEvent event(this, percent());
    QAccessible::updateAccessibility(&event);
  }
}

void MarginStrip::setEvidence(std::vector<EvidenceMark> evidence) {
  m_evidence = std::move(evidence);
  update();
}

void MarginStrip::setBookmarks(std::vector<BookmarkMark> bookmarks) {
  m_bookmarks = std::move(bookmarks);
  update();
}

void MarginStrip::setChanges(std::vector<ChangeMark> changes) {
  m_changes = std::move(changes);
  QString spoken = tr("The whole document with evidence, bookmarks and matches. Arrow keys go through it.");
  for (const ChangeMark& change : m_changes) spoken += QLatin1Char('\n') + change.label;
  setAccessibleDescription(spoken);
  update();
}

void MarginStrip::clearMatches() {
  m_matches.fill(0);
  update();
}

void MarginStrip::addMatches(std::span<const ByteRange> matches) {
  if (m_byteCount == 0) return;
  const double scale = static_cast<double>(kBins) / static_cast<double>(m_byteCount);
  for (const ByteRange& match : matches) {
    ++m_matches[std::min(kBins - 1, static_cast<std::size_t>(static_cast<double>(match.begin) * scale))];
  }
  update();
}

double MarginStrip::percent() const {
  return m_byteCount == 0 ? 0 : 100.0 * static_cast<double>(m_visible.begin) / static_cast<double>(m_byteCount);
}

QString MarginStrip::spokenValue() const {
  return tr("%1 % of the document").arg(std::lround(percent()));
}

void MarginStrip::jumpToPercent(double percent) {
  if (m_byteCount == 0) return;
  const double share = std::clamp(percent, 0.0, 100.0) / 100;
  Q_EMIT jumpRequested(static_cast<quint64>(share * static_cast<double>(m_byteCount)), false);
}

void MarginStrip::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const ThemeColors& colors = themeColors(palette());
  painter.fillRect(rect(), colors.background);
  if (m_byteCount == 0) return;
  const QRectF bar = barRect();
  const qreal radius = bar.width() / 2;
  QPainterPath outline;
  outline.addRoundedRect(bar, radius, radius);
  painter.fillPath(outline, colors.dark ? colors.raised : colors.line);
  painter.save();
  painter.setClipPath(outline);
  QRectF read = bar;
  read.setBottom(yOf(m_readUntil));
  painter.fillRect(read, blended(colors.accent, colors.background, 0.42));
  painter.restore();
  paintMatches(painter);
  painter.setPen(Qt::NoPen);
  for (const EvidenceMark& mark : m_evidence) {
    const double share = std::clamp(static_cast<double>(mark.share), 0.0, 1.0);
    painter.setBrush(blended(colors.evidence, colors.background, 0.5 + 0.5 * share));
    const qreal height = std::max(5.0, yOf(mark.bytes.end) - yOf(mark.bytes.begin));
    painter.drawRoundedRect(QRectF(bar.left() - 2, yOf(mark.bytes.begin) - 2, bar.width() + 4, height), 2, 2);
  }
  paintBookmarks(painter);
  paintChanges(painter);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus() ? colors.accent : blended(colors.text, colors.background, 0.8), hasFocus() ? 2 : 1));
  painter.drawRoundedRect(frameRect(), 5, 5);
}

void MarginStrip::paintMatches(QPainter& painter) const {
  const ThemeColors& colors = themeColors(palette());
  const std::uint32_t most = *std::max_element(m_matches.begin(), m_matches.end());
  if (most == 0) return;
  const QRectF bar = barRect();
  for (std::size_t i = 0; i < kBins; ++i) {
    if (m_matches[i] == 0) continue;
    const qreal y = bar.top() + bar.height() * static_cast<qreal>(i) / static_cast<qreal>(kBins);
    // Longer where there are more; a single one can still be seen.
    const qreal width = bar.width() * (0.45 + 0.55 * m_matches[i] / most);
    painter.fillRect(QRectF(bar.right() - width, y, width, 1.5), colors.dim);
  }
}

void MarginStrip::paintBookmarks(QPainter& painter) const {
  painter.setPen(Qt::NoPen);
  painter.setBrush(themeColors(palette()).accent);
  const QRectF bar = barRect();
  const qreal size = std::max(4.0, bar.width() * 0.55);
  for (const BookmarkMark& bookmark : m_bookmarks) {
    const qreal y = yOf(bookmark.byte);
    // Pointing at the bar from the left: a shape of its own.
    const QPointF tip(bar.left() - 1, y);
    painter.drawPolygon(QPolygonF{tip, tip + QPointF(-size, -size * 0.8), tip + QPointF(-size, size * 0.8)});
  }
}

/// Beside the bar on the right: a ring where the new answer was first given, as in the timeline, and a line along the
/// text in which the change lies.
void MarginStrip::paintChanges(QPainter& painter) const {
  const ThemeColors& colors = themeColors(palette());
  const QRectF bar = barRect();
  const qreal radius = std::max(2.5, std::round(bar.width() * 0.25));
  const qreal x = bar.right() + 4.5 + radius;  // outside of the frame around the part in view
  painter.setPen(QPen(colors.text, 1.5));
  for (const ChangeMark& change : m_changes) {
    const qreal end = yOf(change.bytes.end);
    const qreal begin = yOf(change.bytes.begin);
    if (end - begin > 2 * radius) {
      painter.drawLine(QPointF(x, begin), QPointF(x, end - radius));
      painter.drawLine(QPointF(x - radius, begin), QPointF(x + radius, begin));
    }
    painter.setBrush(colors.background);
    painter.drawEllipse(QPointF(x, end), radius, radius);
  }
}

void MarginStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_byteCount == 0) return;
  const QRectF frame = frameRect();
  const bool holdsFrame = frame.contains(event->position());
  m_grab = holdsFrame ? event->position().y() - yOf(m_visible.begin) : frame.height() / 2;
  if (!holdsFrame) Q_EMIT jumpRequested(byteAt(event->position().y() - m_grab), false);
}

void MarginStrip::mouseMoveEvent(QMouseEvent* event) {
  if (!event->buttons().testFlag(Qt::LeftButton) || m_byteCount == 0) return;
  Q_EMIT jumpRequested(byteAt(event->position().y() - m_grab), true);
}

void MarginStrip::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Up:
      return jumpToPercent(percent() - 1);
    case Qt::Key_Down:
      return jumpToPercent(percent() + 1);
    case Qt::Key_PageUp:
      return jumpToPercent(percent() - 10);
    case Qt::Key_PageDown:
      return jumpToPercent(percent() + 10);
    case Qt::Key_Home:
      return jumpToPercent(0);
    case Qt::Key_End:
      return jumpToPercent(100);
    default:
      QWidget::keyPressEvent(event);
  }
}

void MarginStrip::wheelEvent(QWheelEvent* event) {
  event->ignore();  // the panel scrolls the text
}

bool MarginStrip::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || m_byteCount == 0) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QToolTip::showText(help->globalPos(), toolTipAt(help->pos().y()), this);
  return true;
}

QString MarginStrip::toolTipAt(qreal y) const {
  constexpr qreal kReach = 4;
  QString text;
  for (const BookmarkMark& bookmark : m_bookmarks) {
    if (std::abs(yOf(bookmark.byte) - y) <= kReach) text = bookmark.label + QLatin1Char('\n');
  }
  for (const ChangeMark& change : m_changes) {
    if (y >= yOf(change.bytes.begin) - kReach && y <= yOf(change.bytes.end) + kReach) {
      text += change.label + QLatin1Char('\n');
    }
  }
  return text + tr("%1 %").arg(m_byteCount == 0 ? 0 : byteAt(y) * 100 / m_byteCount);
}

void MarginStrip::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) update();
  if (event->type() == QEvent::FontChange) updateGeometry();
}

}  // namespace tidemark::ui
