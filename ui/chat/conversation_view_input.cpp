// Keyboard, mouse and menu of the list of questions and answers.

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/chat/conversation_view.h"
#include "ui/chat/exchange_texts.h"
#include "ui/theme/icon.h"

namespace tidemark::ui {

int ConversationView::currentRow() const {
  return m_current.isValid() ? m_current.row() : -1;
}

void ConversationView::setCurrentRow(int row) {
  if (row < 0 || row >= rowCount()) return;
  const bool moved = row != currentRow();
  if (moved) {
    m_current = indexOf(row);
    m_focusedChip = -1;
  }
  ensureVisible(row);
  viewport()->update();
  if (!moved) return;
  QAccessibleEvent focused(this, QAccessible::Focus);
  focused.setChild(row);
  QAccessible::updateAccessibility(&focused);
  Q_EMIT currentChanged(exchangeAt(row).questionId);
}

void ConversationView::ensureVisible(int row) {
  const QRectF rect = rowRect(row);
  QScrollBar* bar = verticalScrollBar();
  if (rect.top() < 0 || rect.height() > viewport()->height()) {
    bar->setValue(bar->value() + static_cast<int>(std::floor(rect.top())));
  } else if (rect.bottom() > viewport()->height()) {
    bar->setValue(bar->value() + static_cast<int>(std::ceil(rect.bottom() - viewport()->height())));
  }
}

void ConversationView::moveBy(int rows) {
  const int row = currentRow();
  if (row < 0) {
    setCurrentRow(rowCount() - 1);
    return;
  }
  // An answer taller than the view is scrolled through before the next exchange gets its turn.
  const QRectF rect = rowRect(row);
  const qreal hidden = rows > 0 ? rect.bottom() - viewport()->height() : -rect.top();
  if (rect.height() > viewport()->height() && hidden > 1) {
    const qreal page = std::min<qreal>(hidden, viewport()->height() * 0.8);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(rows > 0 ? std::ceil(page) : -page));
    return;
  }
  setCurrentRow(std::clamp(row + rows, 0, rowCount() - 1));
}

void ConversationView::setFocusedChip(int chip) {
  m_focusedChip = chip;
  viewport()->update();
  if (chip < 0 || currentRow() < 0) return;
  const QRectF rect = layoutOf(currentRow()).chips()[static_cast<std::size_t>(chip)].rect;
  const qreal top = rowRect(currentRow()).top() + rect.top();
  QScrollBar* bar = verticalScrollBar();
  if (top < 0) bar->setValue(bar->value() + static_cast<int>(std::floor(top - rect.height())));
  const qreal below = top + 2 * rect.height() - viewport()->height();
  if (below > 0) bar->setValue(bar->value() + static_cast<int>(std::ceil(below)));
}

void ConversationView::activateChip(int row, int chip) {
  const Exchange exchange = exchangeAt(row);
  if (chip < 0 || chip >= static_cast<int>(exchange.evidence.size())) return;
  Q_EMIT evidenceActivated(exchange.evidence[static_cast<std::size_t>(chip)]);
}

QString ConversationView::selectedText() const {
  if (!m_selection.index.isValid()) return {};
  const qsizetype begin = std::min(m_selection.anchor, m_selection.cursor);
  const qsizetype end = std::max(m_selection.anchor, m_selection.cursor);
  return exchangeAt(m_selection.index.row()).answer.mid(begin, end - begin);
}

void ConversationView::copy() {
  const QString selected = selectedText();
  if (!selected.isEmpty()) {
    QGuiApplication::clipboard()->setText(selected);
  } else if (currentRow() >= 0) {
    QGuiApplication::clipboard()->setText(exchangeAt(currentRow()).answer);
  }
}

void ConversationView::select(int row, qsizetype from, qsizetype to) {
  m_selection = {indexOf(row), from, to};
  viewport()->update();
}

void ConversationView::clearSelection() {
  m_selection = {};
  m_selecting = false;
  viewport()->update();
}

bool ConversationView::event(QEvent* event) {
  // Ctrl+C belongs to this list while it has the keyboard, even if a menu uses the same keys.
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
      event->accept();
      return true;
    }
  }
  return QAbstractScrollArea::event(event);
}

bool ConversationView::focusNextPrevChild(bool next) {
  const int row = currentRow();
  const int chips = row < 0 ? 0 : static_cast<int>(layoutOf(row).chips().size());
  if (next && m_focusedChip + 1 < chips) {
    setFocusedChip(m_focusedChip + 1);
    return true;
  }
  if (!next && m_focusedChip >= 0) {
    setFocusedChip(m_focusedChip - 1);
    return true;
  }
  return QAbstractScrollArea::focusNextPrevChild(next);
}

bool ConversationView::keyMoves(int key) {
  const int chips = currentRow() < 0 ? 0 : static_cast<int>(layoutOf(currentRow()).chips().size());
  const int forward = isRightToLeft() ? Qt::Key_Left : Qt::Key_Right;
  const int backward = isRightToLeft() ? Qt::Key_Right : Qt::Key_Left;
  if (key == Qt::Key_Down) {
    moveBy(1);
  } else if (key == Qt::Key_Up) {
    moveBy(-1);
  } else if (key == Qt::Key_Home) {
    setCurrentRow(0);
  } else if (key == Qt::Key_End) {
    setCurrentRow(rowCount() - 1);
    scrollToBottom();
  } else if (key == Qt::Key_PageDown) {
    verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
  } else if (key == Qt::Key_PageUp) {
    verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepSub);
  } else if (key == forward && chips > 0) {
    setFocusedChip(std::min(m_focusedChip + 1, chips - 1));
  } else if (key == backward && chips > 0) {
    setFocusedChip(std::max(m_focusedChip - 1, -1));
  } else {
    return false;
  }
  return true;
}

void ConversationView::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) {
    copy();
  } else if (event->matches(QKeySequence::SelectAll) && currentRow() >= 0) {
    select(currentRow(), 0, exchangeAt(currentRow()).answer.size());
  } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentRow() >= 0) {
    activateChip(currentRow(), std::max(0, m_focusedChip));
  } else if (event->key() == Qt::Key_Escape && m_selection.index.isValid()) {
    clearSelection();
  } else if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier) ||
             !keyMoves(event->key())) {
    event->ignore();
  }
}

void ConversationView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  if (currentRow() < 0 && event->reason() != Qt::MouseFocusReason) setCurrentRow(rowCount() - 1);
  viewport()->update();
}

void ConversationView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) m_focusedChip = -1;
  viewport()->update();
}

qsizetype ConversationView::answerOffset(int row, QPointF point) {
  const QRectF answer = layoutOf(row).answerRect();
  return layoutOf(row).answer().offsetAt(point - rowRect(row).topLeft() - answer.topLeft());
}

void ConversationView::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position());
  if (row < 0 || event->button() != Qt::LeftButton) {
    if (row >= 0) setCurrentRow(row);
    return;
  }
  const QPointF inside = event->position() - rowRect(row).topLeft();
  const int chip = layoutOf(row).chipAt(inside);
  const QPersistentModelIndex index = indexOf(row);
  clearSelection();
  if (row != currentRow()) {
    // Not setCurrentRow: the row under the pointer must stay under it.
    m_current = index;
    m_focusedChip = -1;
    Q_EMIT currentChanged(exchangeAt(row).questionId);
  }
  if (chip >= 0) {
    m_focusedChip = chip;
    activateChip(row, chip);
    return;
  }
  if (layoutOf(row).answerRect().contains(inside)) {
    const qsizetype at = answerOffset(row, event->position());
    select(row, at, at);
    m_selecting = true;
  }
}

void ConversationView::mouseMoveEvent(QMouseEvent* event) {
  if (m_selecting && m_selection.index.isValid()) {
    if (event->position().y() < 0 || event->position().y() > viewport()->height()) {
      const qreal beyond = event->position().y() < 0 ? event->position().y() : event->position().y() - height();
      verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(beyond));
    }
    m_selection.cursor = answerOffset(m_selection.index.row(), event->position());
    viewport()->update();
    return;
  }
  hover(event->position());
}

void ConversationView::mouseReleaseEvent(QMouseEvent* /*event*/) {
  if (!m_selecting) return;
  m_selecting = false;
  const QString selected = selectedText();
  QClipboard* clipboard = QGuiApplication::clipboard();
  if (!selected.isEmpty() && clipboard->supportsSelection()) clipboard->setText(selected, QClipboard::Selection);
}

void ConversationView::mouseDoubleClickEvent(QMouseEvent* event) {
  const int row = rowAt(event->position());
  if (row < 0 || !layoutOf(row).answerRect().contains(event->position() - rowRect(row).topLeft())) return;
  const QString answer = exchangeAt(row).answer;
  const qsizetype at = answerOffset(row, event->position());
  QTextBoundaryFinder words(QTextBoundaryFinder::Word, answer);
  words.setPosition(at);
  const qsizetype begin = words.isAtBoundary() ? at : words.toPreviousBoundary();
  words.setPosition(begin < 0 ? 0 : begin);
  const qsizetype end = words.toNextBoundary();
  select(row, std::max<qsizetype>(0, begin), end < 0 ? answer.size() : end);
}

void ConversationView::hover(QPointF point) {
  const int row = rowAt(point);
  const int chip = row < 0 ? -1 : layoutOf(row).chipAt(point - rowRect(row).topLeft());
  if (chip != m_hoveredChip || row != m_hoveredRow) {
    m_hoveredRow = row;
    m_hoveredChip = chip;
    viewport()->update();
  }
  if (chip >= 0) {
    viewport()->setCursor(Qt::PointingHandCursor);
  } else if (row >= 0 && layoutOf(row).answerRect().contains(point - rowRect(row).topLeft())) {
    viewport()->setCursor(Qt::IBeamCursor);
  } else {
    viewport()->unsetCursor();
  }
}

bool ConversationView::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::Leave) hover(QPointF(-1, -1));
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    showToolTip(help->pos(), help->globalPos());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void ConversationView::showToolTip(QPoint position, QPoint global) {
  const int row = rowAt(position);
  const int chip = row < 0 ? -1 : layoutOf(row).chipAt(position - rowRect(row).topLeft());
  if (chip < 0) {
    QToolTip::hideText();
    return;
  }
  const Exchange exchange = exchangeAt(row);
  // Tool tips guess whether their text is markup; escaped and wrapped in a paragraph it is never taken for any.
  const QString plain = chipToolTip(exchange.evidence[static_cast<std::size_t>(chip)]).toHtmlEscaped();
  const QString shown = QStringLiteral("<p>%1</p>").arg(plain).replace(QLatin1Char('\n'), QStringLiteral("<br>"));
  QToolTip::showText(global, shown, viewport());
}

QMenu* ConversationView::makeMenu(int row) {
  const Exchange exchange = exchangeAt(row);
  auto* menu = new QMenu(this);
  QClipboard* clipboard = QGuiApplication::clipboard();
  const QString selected = m_selection.index.isValid() && m_selection.index.row() == row ? selectedText() : QString();
  if (!selected.isEmpty()) {
    menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy &selection"), this,
                    [clipboard, selected] { clipboard->setText(selected); });
  }
  QAction* answer = menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy &answer"), this,
                                    [clipboard, exchange] { clipboard->setText(exchange.answer); });
  answer->setEnabled(!exchange.answer.isEmpty());
  menu->addAction(
      themedIcon(QStringLiteral("duplicate")), tr("Copy &question and answer"), this,
      [clipboard, exchange] { clipboard->setText(exchange.question + QStringLiteral("\n\n") + exchange.answer); });
  menu->addSeparator();
  menu->addAction(themedIcon(QStringLiteral("repeat")), tr("Ask a&gain"), this,
                  [this, exchange] { Q_EMIT askAgainRequested(exchange.question); });
  menu->addAction(themedIcon(QStringLiteral("ask-as-of")), tr("Ask again as &of\u2026"), this,
                  [this, exchange] { Q_EMIT askAgainAsOfRequested(exchange.question, exchange.asOfSegment); });
  menu->addAction(themedIcon(QStringLiteral("ask")), tr("Ask a&long the document"), this,
                  [this, exchange] { Q_EMIT askAlongRequested(exchange.question); });
  return menu;
}

void ConversationView::contextMenuEvent(QContextMenuEvent* event) {
  const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
  const int row = byKeyboard ? currentRow() : rowAt(event->pos());
  if (row < 0) return;
  QMenu* menu = makeMenu(row);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  QPoint position = event->globalPos();
  if (byKeyboard) {
    const QRectF bubble = layoutOf(row).bubble().translated(rowRect(row).topLeft());
    position = viewport()->mapToGlobal(QPoint(static_cast<int>(bubble.left()), static_cast<int>(bubble.bottom())));
  }
  menu->popup(position);
}

}  // namespace tidemark::ui
