// Keyboard, mouse and menu of DocumentView.

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QStyleHints>
#include <QTimerEvent>
#include <QToolTip>
#include <cmath>

#include "ui/document/document_painter.h"
#include "ui/document/document_view.h"
#include "ui/document/scroll_motion.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kWheelNotch = 120;
constexpr int kDragScrollMs = 30;
constexpr std::uint64_t kMostPrimarySelection = std::uint64_t{1} << 20;

std::optional<CaretMove> caretMoveOf(const QKeyEvent& event) {
  const bool control = event.modifiers().testFlag(Qt::ControlModifier);
  switch (event.key()) {
    case Qt::Key_Right:
      return control ? CaretMove::kNextWord : CaretMove::kNextCharacter;
    case Qt::Key_Left:
      return control ? CaretMove::kPreviousWord : CaretMove::kPreviousCharacter;
    case Qt::Key_Up:
      return CaretMove::kLineUp;
    case Qt::Key_Down:
      return CaretMove::kLineDown;
    case Qt::Key_Home:
      return control ? CaretMove::kTextStart : CaretMove::kLineStart;
    case Qt::Key_End:
      return control ? CaretMove::kTextEnd : CaretMove::kLineEnd;
    default:
      return std::nullopt;
  }
}

}  // namespace

void DocumentView::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    copySelection();
  } else if (event->matches(QKeySequence::SelectAll)) {
    selectAll();
  } else if (event->key() == Qt::Key_Escape && !m_selection.isEmpty()) {
    m_selection.setCaret(m_selection.caret());
    updateSelection();
  } else if (!scrollByKey(*event) && !moveByKey(*event)) {
    QWidget::keyPressEvent(event);  // not the scroll area's: it would move the bar by bytes
  }
}

bool DocumentView::scrollByKey(const QKeyEvent& event) {
  const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
  const qreal line = m_layout.style().lineHeight;
  const qreal page = std::max(line, m_layout.viewportHeight() - line);
  qreal way = 0;
  if (event.key() == Qt::Key_Space) {
    if (modifiers != Qt::NoModifier && modifiers != Qt::ShiftModifier) return false;
    way = modifiers == Qt::ShiftModifier ? -page : page;
  } else if (modifiers == Qt::NoModifier) {
    if (event.key() == Qt::Key_Up) way = -line;
    if (event.key() == Qt::Key_Down) way = line;
    if (event.key() == Qt::Key_PageUp) way = -page;
    if (event.key() == Qt::Key_PageDown) way = page;
  } else if (modifiers == Qt::ControlModifier && (event.key() == Qt::Key_Home || event.key() == Qt::Key_End)) {
    goToEnd(event.key() == Qt::Key_Home);
    return true;
  }
  if (way == 0) return false;
  m_pendingJump.reset();
  m_motion->add(way);
  return true;
}

void DocumentView::goToEnd(bool atStart) {
  Q_EMIT jumpStarted(topByte());
  jumpToByte(atStart ? 0 : m_text.byteCount());
  if (m_selection.isEmpty()) m_selection.setCaret(atStart ? 0 : m_text.byteCount());
  updateSelection();
}

bool DocumentView::moveByKey(const QKeyEvent& event) {
  const Qt::KeyboardModifiers other = event.modifiers() & (Qt::AltModifier | Qt::MetaModifier);
  const auto move = caretMoveOf(event);
  if (!move || other != Qt::NoModifier || m_text.byteCount() == 0) return false;
  moveCaret(*move, event.modifiers().testFlag(Qt::ShiftModifier));
  return true;
}

void DocumentView::moveCaret(CaretMove move, bool extend) {
  m_motion->stop();
  const ByteRange visible = visibleBytes();
  const bool isAway = m_selection.caret() < visible.begin || m_selection.caret() > visible.end;
  if (!m_selection.hasCaret() || (m_selection.isEmpty() && isAway)) m_selection.setCaret(topByte());
  const std::uint64_t byte = movedCaret(m_text, m_layout, m_selection.caret(), move);
  if (extend) {
    m_selection.extendTo({byte, byte});
  } else {
    m_selection.setCaret(byte);
  }
  m_layout.ensureVisible(byte, m_layout.style().lineHeight / 2);
  afterScroll();
  updateSelection();
}

void DocumentView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    m_zoomWheel += event->angleDelta().y();
    for (; m_zoomWheel >= kWheelNotch; m_zoomWheel -= kWheelNotch) zoomIn();
    for (; m_zoomWheel <= -kWheelNotch; m_zoomWheel += kWheelNotch) zoomOut();
    return;
  }
  m_pendingJump.reset();
  if (!event->pixelDelta().isNull()) {  // a touchpad is smooth by itself
    m_motion->stop();
    scrollByPixels(-event->pixelDelta().y());
    return;
  }
  const qreal lines = QApplication::wheelScrollLines() * static_cast<qreal>(event->angleDelta().y()) / kWheelNotch;
  m_motion->add(-lines * m_layout.style().lineHeight);
}

std::uint64_t DocumentView::byteAtPoint(QPointF viewportPoint) const {
  return m_layout.byteAt({viewportPoint.x() - m_column.left, viewportPoint.y()});
}

ByteRange DocumentView::unitAt(std::uint64_t byte, Unit unit) const {
  if (unit == Unit::kWord) return wordAt(m_text, m_layout, byte);
  if (unit == Unit::kLine) return lineAround(m_text, byte);
  return {byte, byte};
}

void DocumentView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_text.byteCount() == 0) {
    QAbstractScrollArea::mousePressEvent(event);
    return;
  }
  m_motion->stop();
  const std::uint64_t byte = byteAtPoint(event->position());
  const bool isThird = m_doubleClick.isValid() &&
                       m_doubleClick.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval() &&
                       (event->position() - m_doubleClickPoint).manhattanLength() < QApplication::startDragDistance();
  m_doubleClick.invalidate();
  m_dragUnit = isThird ? Unit::kLine : Unit::kCharacter;
  if (isThird) {
    m_selection.select(lineAround(m_text, byte));
  } else if (event->modifiers().testFlag(Qt::ShiftModifier) && m_selection.hasCaret()) {
    m_selection.extendTo({byte, byte});
  } else {
    m_selection.setCaret(byte);
  }
  updateSelection();
}

void DocumentView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_text.byteCount() == 0) return;
  m_dragUnit = Unit::kWord;
  m_selection.select(wordAt(m_text, m_layout, byteAtPoint(event->position())));
  m_doubleClick.start();
  m_doubleClickPoint = event->position();
  updateSelection();
}

void DocumentView::mouseMoveEvent(QMouseEvent* event) {
  if (!event->buttons().testFlag(Qt::LeftButton) || m_text.byteCount() == 0) return;
  m_dragPoint = event->position();
  dragTo(m_dragPoint);
  const bool isOutside = m_dragPoint.y() < 0 || m_dragPoint.y() > m_layout.viewportHeight();
  if (isOutside && !m_dragTimer.isActive()) m_dragTimer.start(kDragScrollMs, this);
  if (!isOutside) m_dragTimer.stop();
}

void DocumentView::dragTo(QPointF viewportPoint) {
  m_selection.extendTo(unitAt(byteAtPoint(viewportPoint), m_dragUnit));
  updateSelection();
}

void DocumentView::mouseReleaseEvent(QMouseEvent* event) {
  m_dragTimer.stop();
  if (event->button() != Qt::LeftButton || m_selection.isEmpty()) return;
  QClipboard* clipboard = QGuiApplication::clipboard();
  const ByteRange range = m_selection.range();
  if (clipboard->supportsSelection() && range.end - range.begin <= kMostPrimarySelection) {
    clipboard->setText(selectedText(), QClipboard::Selection);
  }
}

void DocumentView::timerEvent(QTimerEvent* event) {
  if (event->timerId() == m_targetTimer.timerId()) {
    m_targetTimer.stop();
    m_marks.target.reset();
    viewport()->update();
  } else if (event->timerId() == m_dragTimer.timerId()) {
    const qreal over = m_dragPoint.y() < 0 ? m_dragPoint.y() : m_dragPoint.y() - m_layout.viewportHeight();
    scrollByPixels(static_cast<int>(over / 2));
    dragTo(m_dragPoint);
  } else {
    QAbstractScrollArea::timerEvent(event);
  }
}

void DocumentView::focusInEvent(QFocusEvent* event) {
  m_showFocusRing = event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason &&
                    event->reason() != Qt::ActiveWindowFocusReason;
  QAbstractScrollArea::focusInEvent(event);
  updateSelection();
}

void DocumentView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  updateSelection();
}

bool DocumentView::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const QString text = toolTipAt(help->pos());
  text.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), text, viewport());
  return true;
}

QString DocumentView::toolTipAt(QPointF viewportPoint) const {
  const DocumentPainter painter(m_layout, m_marks, themeColors(palette()), m_column);
  for (const BookmarkMark& bookmark : m_marks.bookmarks) {
    if (painter.bookmarkRect(bookmark.byte).adjusted(-4, -4, 4, 4).contains(viewportPoint)) return bookmark.label;
  }
  for (const SegmentNumber& number : segmentNumbers()) {
    if (number.box.united(number.hairline).adjusted(-3, -3, 3, 3).contains(viewportPoint)) {
      return describeSegment(number.segment);
    }
  }
  const std::uint64_t byte = byteAtPoint(viewportPoint);
  for (const EvidenceMark& mark : m_marks.evidence) {
    if (!overlap(mark.bytes, {byte, byte + 1})) continue;
    return tr("memory trace, %1 %").arg(std::lround(mark.share * 100));
  }
  return {};
}

std::optional<qint64> DocumentView::bookmarkInLine(quint64 byte) const {
  const std::size_t paragraph = m_text.paragraphAt(byte);
  for (const BookmarkMark& bookmark : m_marks.bookmarks) {
    if (m_text.paragraphAt(bookmark.byte) == paragraph) return bookmark.id;
  }
  return std::nullopt;
}

std::unique_ptr<QMenu> DocumentView::makeContextMenu(quint64 byte) {
  auto menu = std::make_unique<QMenu>(this);
  QAction* copy = menu->addAction(themedIcon(QStringLiteral("copy")), tr("&Copy"), this, &DocumentView::copySelection);
  copy->setShortcut(QKeySequence::Copy);
  copy->setEnabled(!m_selection.isEmpty());
  menu->addAction(tr("Select &all"), this, &DocumentView::selectAll)->setShortcut(QKeySequence::SelectAll);
  menu->addSeparator();
  if (const auto id = bookmarkInLine(byte)) {
    menu->addAction(themedIcon(QStringLiteral("bookmark-filled")), tr("&Remove bookmark"), this,
                    [this, id] { Q_EMIT bookmarkRemovalRequested(*id); });
  } else {
    menu->addAction(themedIcon(QStringLiteral("bookmark")), tr("&Bookmark here"), this,
                    [this, byte] { Q_EMIT bookmarkRequested(byte, passageAt(byte, 48)); });
  }
  menu->addSeparator();
  QAction* about = menu->addAction(themedIcon(QStringLiteral("ask")), tr("Ask about &selection"), this,
                                   [this] { Q_EMIT askAboutRequested(selectedText()); });
  const ByteRange selected = m_selection.range();
  about->setEnabled(!m_selection.isEmpty() && selected.end - selected.begin <= kMostAskedBytes);
  const auto segment = m_segments.segmentAt(byte);
  QAction* asOf = menu->addAction(themedIcon(QStringLiteral("ask-as-of")), tr("Ask as &of here"), this,
                                  [this, segment] { Q_EMIT askAsOfRequested(*segment); });
  asOf->setEnabled(segment.has_value());
  addMemoryActions(*menu, segment);
  return menu;
}

void DocumentView::addMemoryActions(QMenu& menu, std::optional<qint64> segment) {
  menu.addSeparator();
  QAction* fork = menu.addAction(themedIcon(QStringLiteral("duplicate")), tr("&Fork from here…"), this,
                                 [this, segment] { Q_EMIT forkRequested(*segment); });
  QAction* rewind = menu.addAction(themedIcon(QStringLiteral("back")), tr("Re&wind to here…"), this,
                                   [this, segment] { Q_EMIT rewindRequested(*segment); });
  QAction* pin = menu.addAction(themedIcon(QStringLiteral("save")), tr("&Pin the memory here"), this,
                                [this, segment] { Q_EMIT pinRequested(*segment); });
  QAction* compare = menu.addAction(tr("&Compare the memory here with the end"), this,
                                    [this, segment] { Q_EMIT compareRequested(*segment); });
  for (QAction* each : {fork, rewind, pin, compare}) each->setEnabled(m_canChangeMemory && segment.has_value());
  const ByteRange selected = m_selection.range();
  QAction* remove = menu.addAction(themedIcon(QStringLiteral("undo")), tr("&Undo reading of the selection…"), this,
                                   [this, selected] { Q_EMIT removalRequested(selected); });
  remove->setEnabled(m_canChangeMemory && !m_selection.isEmpty());
}

void DocumentView::contextMenuEvent(QContextMenuEvent* event) {
  if (m_text.byteCount() == 0) return;
  std::uint64_t byte = byteAtPoint(event->pos());
  QPoint at = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard) {
    byte = m_selection.hasCaret() ? m_selection.caret() : topByte();
    const auto caret = m_layout.caretRect(byte);
    const QPointF place = caret ? caret->bottomLeft() : QPointF(0, 0);
    at = viewport()->mapToGlobal((place + QPointF(m_column.left, 0)).toPoint());
  }
  QMenu* menu = makeContextMenu(byte).release();
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(at);
}

}  // namespace tidemark::ui
