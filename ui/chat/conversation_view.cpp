#include "ui/chat/conversation_view.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/chat/conversation_accessible.h"
#include "ui/chat/conversation_model.h"
#include "ui/chat/exchange_painter.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kSliceMilliseconds = 3;
constexpr int kKeptRows = 16;  // layouts kept on either side of what is in sight

}  // namespace

ConversationView::ConversationView(QWidget* parent) : QAbstractScrollArea(parent) {
  QAccessible::installFactory(&makeConversationAccessible);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Questions and answers"));
  setAccessibleDescription(
      tr("Up and down go from exchange to exchange, Tab goes through the evidence, Enter opens it."));
  viewport()->setMouseTracking(true);
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  m_measureTimer.setInterval(0);
  connect(&m_measureTimer, &QTimer::timeout, this, &ConversationView::measureSlice);
  m_style = currentStyle();
}

ConversationView::~ConversationView() = default;

void ConversationView::setModel(QAbstractItemModel* model) {
  if (m_model) m_model->disconnect(this);
  m_model = model;
  connect(model, &QAbstractItemModel::modelReset, this, &ConversationView::resetRows);
  connect(model, &QAbstractItemModel::layoutChanged, this, &ConversationView::resetRows);
  connect(model, &QAbstractItemModel::rowsInserted, this,
          [this](const QModelIndex&, int first, int last) { rowsInserted(first, last); });
  connect(model, &QAbstractItemModel::rowsRemoved, this, [this](const QModelIndex&, int first, int last) {
    const Anchor kept = anchor();
    m_heights.remove(first, last - first + 1);
    m_layouts.clear();
    settle(kept);
  });
  connect(model, &QAbstractItemModel::dataChanged, this,
          [this](const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) {
            rowsChanged(first.row(), last.row(), roles);
          });
  resetRows();
}

void ConversationView::setMarkedText(const QString& text) {
  m_markedText = text;
  viewport()->update();
}

QModelIndex ConversationView::indexOf(int row) const {
  return m_model ? m_model->index(row, 0) : QModelIndex();
}

Exchange ConversationView::exchangeAt(int row) const {
  return indexOf(row).data(ConversationModel::kExchangeRole).value<Exchange>();
}

ExchangeStyle ConversationView::currentStyle() const {
  ExchangeStyle style{font(), static_cast<qreal>(viewport()->width()), isRightToLeft()};
  // The scroll bar stands in the margin at the far side: bubbles end where the field below ends, and nothing is wrapped
  // anew when the bar comes or goes.
  if (!style.mirrored) style.width = std::min<qreal>(width(), style.width + 3 * style.step());
  return style;
}

void ConversationView::resetRows() {
  m_heights.clear();
  m_layouts.clear();
  clearSelection();
  m_hoveredRow = m_hoveredChip = -1;
  m_focusedChip = -1;
  const int rows = m_model ? m_model->rowCount() : 0;
  if (rows > 0) insertEstimates(0, rows - 1);
  m_followsEnd = true;
  settle({});
}

void ConversationView::insertEstimates(int first, int last) {
  std::vector<qreal> estimates;
  for (int row = first; row <= last; ++row) estimates.push_back(estimate(row));
  m_heights.insert(first, estimates);
}

qreal ConversationView::estimate(int row) const {
  const QModelIndex index = indexOf(row);
  const QFontMetricsF metrics(m_style.font);
  const qreal perLine = std::max<qreal>(4, m_style.width / std::max<qreal>(1, metrics.averageCharWidth()));
  const auto letters = static_cast<qreal>(index.data(ConversationModel::kAnswerRole).toString().size());
  const qreal lines = 3 + std::ceil(letters / perLine);
  return std::ceil(lines * metrics.lineSpacing() * 1.25 + 14 * m_style.step());
}

void ConversationView::rowsInserted(int first, int last) {
  const Anchor kept = anchor();
  const bool atEnd = first == m_heights.count();
  if (!atEnd) {
    m_layouts.clear();
    clearSelection();
  }
  insertEstimates(first, last);
  settle(kept);
}

void ConversationView::rowsChanged(int first, int last, const QList<int>& roles) {
  const Anchor kept = anchor();
  qreal changedFrom = 0;
  for (int row = first; row <= last; ++row) {
    const auto found = m_layouts.find(row);
    if (found == m_layouts.end()) {
      m_heights.invalidate(row);
    } else {
      changedFrom = found->second->set(exchangeAt(row), m_style);
      m_heights.set(row, found->second->height());
    }
    // Deltas name their roles; whatever changes a whole exchange is worth saying aloud.
    if (roles.isEmpty()) announce(row);
  }
  const bool isDelta = first == last && !roles.isEmpty() && m_layouts.count(first) != 0;
  settle(kept, isDelta ? first : -1, changedFrom);
}

void ConversationView::announce(int row) {
  QAccessibleEvent changed(this, QAccessible::NameChanged);
  changed.setChild(row);
  QAccessible::updateAccessibility(&changed);
  Q_EMIT announced(row);
}

const ExchangeLayout& ConversationView::layoutOf(int row) {
  std::unique_ptr<ExchangeLayout>& layout = m_layouts[row];
  if (!layout) {
    layout = std::make_unique<ExchangeLayout>();
    layout->set(exchangeAt(row), m_style);
  }
  return *layout;
}

void ConversationView::measure(int row) {
  if (m_heights.isMeasured(row) && m_layouts.count(row) != 0) return;
  m_heights.set(row, layoutOf(row).height());
}

ConversationView::Anchor ConversationView::anchor() const {
  const qreal y = verticalScrollBar()->value();
  const int row = m_heights.rowAt(y);
  return row < 0 ? Anchor{} : Anchor{row, y - m_heights.top(row)};
}

void ConversationView::settle(const Anchor& kept, int onlyRow, qreal changedFrom) {
  if (m_settling) return;
  m_settling = true;
  const int scrolled = verticalScrollBar()->value();
  const bool wasMeasured = m_heights.firstUnmeasured() < 0;
  if (m_followsEnd) {
    qreal below = 0;
    for (int row = m_heights.count() - 1; row >= 0 && below <= viewport()->height(); --row) {
      measure(row);
      below += m_heights.height(row);
    }
    updateRange();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
  } else if (kept.row >= 0 && kept.row < m_heights.count()) {
    measure(kept.row);
    updateRange();
    verticalScrollBar()->setValue(static_cast<int>(std::lround(m_heights.top(kept.row) + kept.inset)));
  } else {
    updateRange();
  }
  measureVisible();
  m_settling = false;
  if (m_heights.firstUnmeasured() >= 0) m_measureTimer.start();
  if (onlyRow >= 0 && wasMeasured) {
    repaintBelow(onlyRow, changedFrom, verticalScrollBar()->value() - scrolled);
  } else {
    viewport()->update();
  }
}

void ConversationView::repaintBelow(int row, qreal changedFrom, int scrolledBy) {
  if (scrolledBy != 0) viewport()->scroll(0, -scrolledBy);  // what did not change is moved, not painted
  // Letters may reach over the edge of their line.
  const qreal over = m_style.step();
  const auto top = static_cast<int>(m_heights.top(row) + changedFrom - over) - verticalScrollBar()->value();
  viewport()->update(QRect(0, top, viewport()->width(), std::max(0, viewport()->height() - top)));
}

void ConversationView::measureVisible() {
  const int top = verticalScrollBar()->value();
  for (int row = m_heights.rowAt(top); row >= 0 && row < m_heights.count(); ++row) {
    if (m_heights.top(row) > top + viewport()->height()) break;
    measure(row);
  }
  updateRange();
}

void ConversationView::updateRange() {
  QScrollBar* bar = verticalScrollBar();
  bar->setPageStep(viewport()->height());
  bar->setSingleStep(static_cast<int>(std::lround(6 * m_style.step())));
  bar->setRange(0, std::max(0, static_cast<int>(std::ceil(m_heights.total())) - viewport()->height()));
}

void ConversationView::measureSlice() {
  QElapsedTimer clock;
  clock.start();
  const Anchor kept = anchor();
  ExchangeLayout scratch;
  while (clock.elapsed() < kSliceMilliseconds) {
    const int row = m_heights.firstUnmeasured();
    if (row < 0) {
      m_measureTimer.stop();
      break;
    }
    scratch.set(exchangeAt(row), m_style);
    m_heights.set(row, scratch.height());
  }
  settle(kept);
}

void ConversationView::relayout(bool everything) {
  const Anchor kept = anchor();
  const ExchangeStyle style = currentStyle();
  if (everything || !(style == m_style)) {
    // Where a row was is told by its share, since its height is about to change.
    const qreal share = kept.row < 0 ? 0 : kept.inset / std::max<qreal>(1, m_heights.height(kept.row));
    m_style = style;
    m_layouts.clear();
    m_heights.invalidateAll();
    if (kept.row >= 0) measure(kept.row);
    settle({kept.row, kept.row < 0 ? 0 : share * m_heights.height(kept.row)});
    return;
  }
  settle(kept);
}

void ConversationView::dropFarLayouts() {
  const int first = m_heights.rowAt(verticalScrollBar()->value()) - kKeptRows;
  const int last = m_heights.rowAt(verticalScrollBar()->value() + viewport()->height()) + kKeptRows;
  std::erase_if(m_layouts, [=](const auto& entry) { return entry.first < first || entry.first > last; });
}

void ConversationView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  relayout(false);
}

void ConversationView::scrollContentsBy(int /*dx*/, int /*dy*/) {
  if (!m_settling) {
    m_followsEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum() - 2;
    settle(anchor());
    viewport()->update();
  }
}

void ConversationView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange ||
      event->type() == QEvent::LanguageChange) {
    relayout(true);
  } else if (event->type() == QEvent::PaletteChange) {
    viewport()->update();
  }
}

void ConversationView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  const ThemeColors& colors = themeColors(palette());
  painter.fillRect(event->rect(), colors.panel);
  if (rowCount() == 0 && !m_markedText.isEmpty()) {
    painter.setPen(colors.dim);
    const int margin = static_cast<int>(std::lround(4 * m_style.step()));
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin),
                     Qt::TextWordWrap | Qt::AlignHCenter | Qt::AlignTop,
                     tr("No question or answer contains \u201c%1\u201d").arg(m_markedText));
  }
  const int scroll = verticalScrollBar()->value();
  for (int row = m_heights.rowAt(scroll); row >= 0 && row < m_heights.count(); ++row) {
    const qreal top = m_heights.top(row) - scroll;
    if (top > event->rect().bottom()) break;
    if (top + m_heights.height(row) < event->rect().top()) continue;
    ExchangeMarks marks;
    marks.current = row == currentRow();
    marks.focused = marks.current && hasFocus();
    marks.hoveredChip = row == m_hoveredRow ? m_hoveredChip : -1;
    marks.focusedChip = marks.current ? m_focusedChip : -1;
    marks.filter = m_markedText;
    if (m_selection.index.isValid() && m_selection.index.row() == row) {
      marks.selectionBegin = std::min(m_selection.anchor, m_selection.cursor);
      marks.selectionEnd = std::max(m_selection.anchor, m_selection.cursor);
    }
    paintExchange(painter, layoutOf(row), top, event->rect(), colors, marks);
  }
  dropFarLayouts();
}

QRectF ConversationView::rowRect(int row) {
  const Anchor kept = anchor();
  measure(row);
  settle(kept);
  return {0, m_heights.top(row) - verticalScrollBar()->value(), m_style.width, m_heights.height(row)};
}

int ConversationView::rowAt(QPointF point) const {
  const qreal y = point.y() + verticalScrollBar()->value();
  return y < 0 || y >= m_heights.total() ? -1 : m_heights.rowAt(y);
}

void ConversationView::scrollToBottom() {
  m_followsEnd = true;
  settle({});
}

}  // namespace tidemark::ui
