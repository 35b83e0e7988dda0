#include "ui/timeline/timeline_view.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_accessible.h"

namespace tidemark::ui {
namespace {

QColor shaded(const QColor& over, const QColor& under, double share) {
  const auto mix = [share](int a, int b) { return static_cast<int>(a * share + b * (1 - share) + 0.5); };
  return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

}  // namespace

TimelineView::TimelineView(QWidget* parent) : QAbstractScrollArea(parent) {
  installTimelineAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(tr("Answers along the document"));
  setAccessibleDescription(
      tr("Left and Right go from place to place, Up and Down to where the answer changes, Enter goes to the text."));
}

QSize TimelineView::sizeHint() const {
  return {fontMetrics().height() * 40, fontMetrics().height() * 9};
}

void TimelineView::setTimeline(AnswerTimeline timeline) {
  const bool isSame = timeline.id == m_timeline.id;
  m_timeline = std::move(timeline);
  if (!isSame || (m_current && *m_current >= m_timeline.answers.size())) m_current.reset();
  updateRange();
  viewport()->update();
  Q_EMIT currentChanged();
}

void TimelineView::setTotalSegments(qint64 segments) {
  if (segments == m_totalSegments) return;
  m_totalSegments = segments;
  viewport()->update();
}

void TimelineView::setPlaceName(std::function<QString(qint64)> name) {
  m_placeName = std::move(name);
}

QString TimelineView::placeName(qint64 segment) const {
  QString name = m_placeName ? m_placeName(segment) : QString();
  return name.isEmpty() ? tr("segment %1").arg(QLocale().toString(segment)) : name;
}

QString TimelineView::answerText(const QString& answer) const {
  return answer.isEmpty() ? tr("no answer") : answer;
}

TimelineLayout TimelineView::timelineLayout() const {
  const double unit = fontMetrics().height();
  TimelineMetrics metrics;
  metrics.width = viewport()->width();
  metrics.margin = std::round(unit * 0.75);
  metrics.axisHeight = std::round(unit * 1.75);
  metrics.laneHeight = std::round(unit * 1.75);
  double widest = 0;
  for (const QString& each : lanesOf(m_timeline.answers).answers)
    widest = std::max(widest, static_cast<double>(fontMetrics().horizontalAdvance(answerText(each))));
  // Advances are rounded; a word that just fits must not lose its end.
  metrics.labelWidth = std::ceil(std::min(widest + unit / 4, metrics.width * 0.3));
  return {m_timeline, m_totalSegments, metrics};
}

int TimelineView::scrolled() const {
  return verticalScrollBar()->value();
}

void TimelineView::updateRange() {
  const TimelineLayout layout = timelineLayout();
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(layout.metrics().laneHeight));
  verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(std::ceil(layout.height())) - viewport()->height()));
}

void TimelineView::setCurrentAnswer(std::optional<std::size_t> answer) {
  if (answer && *answer >= m_timeline.answers.size()) answer.reset();
  if (answer == m_current) return;
  m_current = answer;
  if (m_current) {
    const QRectF cell = timelineLayout().cellRect(*m_current);
    QScrollBar& bar = *verticalScrollBar();
    const double axis = timelineLayout().metrics().axisHeight;
    if (cell.top() - axis < bar.value()) bar.setValue(static_cast<int>(cell.top() - axis));
    if (cell.bottom() > bar.value() + viewport()->height())
      bar.setValue(static_cast<int>(std::ceil(cell.bottom())) - viewport()->height());
    notifyTimelineCurrent(this);
  }
  viewport()->update();
  Q_EMIT currentChanged();
}

void TimelineView::activateCurrent() {
  if (m_current) Q_EMIT segmentActivated(timelineLayout().segmentsOf(*m_current).first);
}

QString TimelineView::describe(std::size_t answer) const {
  if (answer >= m_timeline.answers.size()) return {};
  const TimelineAnswer& here = m_timeline.answers[answer];
  const QString percent = QLocale().toString(static_cast<int>(std::lround(here.sureness * 100)));
  const QString place = placeName(here.segment);
  if (answer > 0 && m_timeline.answers[answer - 1].answer != here.answer) {
    return tr("After %1: %2 (before: %3) · %4 % sure of its words")
        .arg(place, answerText(here.answer), answerText(m_timeline.answers[answer - 1].answer), percent);
  }
  return tr("After %1: %2 · %3 % sure of its words").arg(place, answerText(here.answer), percent);
}

QString TimelineView::describeStretch(std::size_t stretch) const {
  const AnswerLanes lanes = lanesOf(m_timeline.answers);
  if (stretch >= lanes.stretches.size()) return {};
  const AnswerStretch& all = lanes.stretches[stretch];
  const QString first = placeName(m_timeline.answers[all.first].segment);
  const QString last = placeName(m_timeline.answers[all.end - 1].segment);
  const QString answer = answerText(lanes.answers[all.lane]);
  if (all.end - all.first == 1) return tr("%1: %2", "place, answer").arg(last, answer);
  return tr("%1 to %2: %3", "places, answer").arg(first, last, answer);
}

void TimelineView::moveBy(int places) {
  const auto count = static_cast<qint64>(m_timeline.answers.size());
  if (count == 0) return;
  const qint64 from = m_current ? static_cast<qint64>(*m_current) + places : (places > 0 ? 0 : count - 1);
  setCurrentAnswer(static_cast<std::size_t>(std::clamp<qint64>(from, 0, count - 1)));
}

void TimelineView::moveToChange(int step) {
  const AnswerLanes lanes = lanesOf(m_timeline.answers);
  if (lanes.stretches.empty()) return;
  const std::size_t here = m_current.value_or(0);
  if (step > 0) {
    for (const AnswerStretch& each : lanes.stretches) {
      if (each.first > here) return setCurrentAnswer(each.first);
    }
    return;
  }
  for (auto each = lanes.stretches.rbegin(); each != lanes.stretches.rend(); ++each) {
    if (each->first < here) return setCurrentAnswer(each->first);
  }
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(m_timeline.answers.size());
  switch (event->key()) {
    case Qt::Key_Left:
      return moveBy(-1);
    case Qt::Key_Right:
      return moveBy(1);
    case Qt::Key_Up:
      return moveToChange(-1);
    case Qt::Key_Down:
      return moveToChange(1);
    case Qt::Key_Home:
      return moveBy(-last);
    case Qt::Key_End:
      return moveBy(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return activateCurrent();
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
  const auto answer = timelineLayout().answerAt(event->position().x());
  if (!answer) return;
  setCurrentAnswer(answer);
  if (event->button() == Qt::LeftButton) activateCurrent();
}

QMenu* TimelineView::makeMenu() {
  auto* menu = new QMenu(this);
  if (!m_current) return menu;
  const qint64 segment = m_timeline.answers[*m_current].segment;
  menu->addAction(themedIcon(QStringLiteral("go-to")), tr("&Go to the text"), this, &TimelineView::activateCurrent);
  menu->addAction(themedIcon(QStringLiteral("ask-as-of")), tr("Ask as &of here"), this,
                  [this, segment] { Q_EMIT askAsOfRequested(segment); });
  return menu;
}

void TimelineView::contextMenuEvent(QContextMenuEvent* event) {
  QPoint position = event->globalPos();
  if (event->reason() == QContextMenuEvent::Keyboard) {
    if (!m_current) return;
    const QPointF cell = timelineLayout().cellRect(*m_current).center() - QPointF(0, scrolled());
    position = viewport()->mapToGlobal(cell.toPoint());
  } else if (const auto answer = timelineLayout().answerAt(event->pos().x())) {
    setCurrentAnswer(answer);
  } else {
    return;
  }
  QMenu* menu = makeMenu();
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->popup(position);
}

bool TimelineView::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const TimelineLayout layout = timelineLayout();
  QString text;
  if (const auto answer = layout.answerAt(help->pos().x())) {
    text = describe(*answer);
  } else {
    for (std::size_t lane = 0; lane < layout.lanes().answers.size(); ++lane) {
      if (layout.labelRect(lane).contains(help->pos() + QPoint(0, scrolled()))) text = layout.lanes().answers[lane];
    }
  }
  // Tool tips guess whether their text is markup; escaped and wrapped in a paragraph it is never taken for any.
  if (!text.isEmpty()) text = QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
  QToolTip::showText(help->globalPos(), text, viewport());
  return true;
}

void TimelineView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  const ThemeColors& colors = themeColors(palette());
  painter.fillRect(viewport()->rect(), colors.panel);
  const TimelineLayout layout = timelineLayout();
  painter.save();
  painter.setClipRect(QRectF(0, layout.metrics().axisHeight, viewport()->width(), viewport()->height()));
  painter.translate(0, -scrolled());
  paintLanes(painter, layout);
  paintChanges(painter, layout);
  painter.restore();
  paintAxis(painter, layout);
  paintCurrent(painter, layout);
}

/// The document as a line: where it was asked, where it still will be, and its two ends by name.
void TimelineView::paintAxis(QPainter& painter, const TimelineLayout& layout) const {
  const ThemeColors& colors = themeColors(palette());
  const QRectF all = layout.document();
  const double y = std::round(layout.metrics().axisHeight - layout.metrics().margin / 2) - 0.5;
  painter.setPen(QPen(colors.line, 1));
  painter.drawLine(QPointF(all.left(), y), QPointF(all.right(), y));
  painter.setPen(Qt::NoPen);
  double last = -100;
  for (std::size_t i = 0; i < m_timeline.places.size(); ++i) {
    const double x = layout.xOf(m_timeline.places[i] + 1);
    if (x - last < 3) continue;  // dots that would cover each other are one
    last = x;
    const bool isAsked = i < m_timeline.answers.size();
    painter.setBrush(isAsked ? colors.accent : colors.line);
    painter.drawEllipse(QPointF(x, y), isAsked ? 2.5 : 2, isAsked ? 2.5 : 2);
  }
  painter.setFont(captionFont(font()));
  painter.setPen(colors.dim);
  const QRectF words(all.left(), 0, all.width(), y - 3);
  if (!m_timeline.places.empty() && !m_current) {
    painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, placeName(m_timeline.places.back()));
  }
}

void TimelineView::paintLanes(QPainter& painter, const TimelineLayout& layout) const {
  const ThemeColors& colors = themeColors(palette());
  const double inset = std::round(layout.metrics().laneHeight * 0.2);
  const std::size_t lanes = layout.lanes().answers.size();
  const std::size_t currentLane = m_current ? layout.lanes().laneOfAnswer[*m_current] : lanes;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const QRectF label = layout.labelRect(lane);
    QRectF ground = layout.laneRect(lane);
    ground.setLeft(layout.document().left());
    ground.setRight(layout.document().right());
    painter.setPen(Qt::NoPen);
    painter.setBrush(shaded(colors.raised, colors.panel, 0.6));
    painter.drawRoundedRect(ground.adjusted(0, inset, 0, -inset), 4, 4);
    painter.setPen(lane == currentLane ? colors.text : colors.dim);
    painter.setFont(font());
    const QString answer = answerText(layout.lanes().answers[lane]);
    painter.drawText(label, Qt::AlignRight | Qt::AlignVCenter,
                     fontMetrics().elidedText(answer, Qt::ElideRight, static_cast<int>(std::ceil(label.width()))));
  }
  // Cells side by side must not leave seams.
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (std::size_t i = 0; i < m_timeline.answers.size(); ++i) {
    const double sureness = std::clamp(static_cast<double>(m_timeline.answers[i].sureness), 0.0, 1.0);
    painter.fillRect(layout.cellRect(i).adjusted(0, inset, 0, -inset),
                     shaded(colors.accent, colors.panel, 0.3 + 0.7 * sureness));
  }
  painter.setRenderHint(QPainter::Antialiasing);
}

/// From the lane that ends to the one that begins.
void TimelineView::paintChanges(QPainter& painter, const TimelineLayout& layout) const {
  const ThemeColors& colors = themeColors(palette());
  painter.setPen(QPen(colors.text, 1.5));
  const auto& stretches = layout.lanes().stretches;
  for (std::size_t i = 1; i < stretches.size(); ++i) {
    const QRectF from = layout.laneRect(stretches[i - 1].lane);
    const QRectF to = layout.laneRect(stretches[i].lane);
    const double x = std::round(layout.cellRect(stretches[i].first).left());
    painter.drawLine(QPointF(x, from.center().y()), QPointF(x, to.center().y()));
    painter.setBrush(colors.panel);
    painter.drawEllipse(QPointF(x, to.center().y()), 3.5, 3.5);
  }
}

void TimelineView::paintCurrent(QPainter& painter, const TimelineLayout& layout) const {
  if (!m_current) return;
  const ThemeColors& colors = themeColors(palette());
  const double inset = std::round(layout.metrics().laneHeight * 0.2);
  const QRectF cell = layout.cellRect(*m_current).translated(0, -scrolled());
  painter.setFont(captionFont(font()));
  painter.setPen(colors.text);
  const QRectF all = layout.document();
  const QString name = placeName(m_timeline.answers[*m_current].segment);
  const double width = QFontMetricsF(painter.font()).horizontalAdvance(name) + 2;
  const double left = std::clamp(cell.right() - width / 2, all.left(), std::max(all.left(), all.right() - width));
  const double axis = std::round(layout.metrics().axisHeight - layout.metrics().margin / 2);
  painter.drawText(QRectF(left, 0, width, axis - 3), Qt::AlignCenter, name);
  painter.setClipRect(QRectF(0, layout.metrics().axisHeight, viewport()->width(), viewport()->height()));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus() ? colors.accent : colors.text, hasFocus() ? 2 : 1));
  painter.drawRoundedRect(cell.adjusted(-1.5, inset - 2.5, 1.5, 2.5 - inset), 4, 4);
}

void TimelineView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateRange();
}

void TimelineView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) viewport()->update();
  if (event->type() == QEvent::FontChange) updateRange();
}

void TimelineView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  if (!m_current && !m_timeline.answers.empty()) setCurrentAnswer(m_timeline.answers.size() - 1);
  viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

}  // namespace tidemark::ui
