#include "ui/timeline/timeline_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_view.h"

namespace tidemark::ui {

TimelinePanel::TimelinePanel(QWidget* parent)
    : QWidget(parent),
      m_caption(new QLabel(tr("Answers along the document"), this)),
      m_questions(new QComboBox(this)),
      m_progress(new QLabel(this)),
      m_stop(new QToolButton(this)),
      m_header(new QHBoxLayout),
      m_stack(new QStackedWidget(this)),
      m_placeholder(new QLabel(this)),
      m_view(new TimelineView(this)),
      m_note(new QLabel(this)) {
  m_questions->setAccessibleName(tr("Question"));
  m_questions->setAccessibleDescription(tr("Questions that were asked along the document"));
  m_questions->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_questions->setMinimumContentsLength(16);
  m_stop->setIcon(themedIcon(QStringLiteral("stop")));
  m_stop->setProperty("flat", true);
  m_stop->setToolTip(tr("Stop asking; the answers so far stay"));
  m_stop->setAccessibleName(tr("Stop asking along the document"));
  m_placeholder->setText(
      tr("One question, asked of the memory as it was at many places: “Ask along the document” in the menu of a "
         "question shows here where the answer changes."));
  m_placeholder->setWordWrap(true);
  m_placeholder->setAlignment(Qt::AlignCenter);
  m_placeholder->setTextFormat(Qt::PlainText);
  m_note->setTextFormat(Qt::PlainText);
  m_note->setWordWrap(true);
  m_stack->addWidget(m_placeholder);
  m_stack->addWidget(m_view);
  m_header->addWidget(m_caption);
  m_header->addWidget(m_questions, 1);
  m_header->addWidget(m_progress);
  m_header->addWidget(m_stop);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(m_header);
  column->addWidget(m_stack, 1);
  column->addWidget(m_note);
  connect(m_questions, &QComboBox::currentIndexChanged, this, &TimelinePanel::showChosen);
  connect(m_stop, &QToolButton::clicked, this, &TimelinePanel::stopRequested);
  connect(m_view, &TimelineView::segmentActivated, this, &TimelinePanel::segmentActivated);
  connect(m_view, &TimelineView::askAsOfRequested, this, &TimelinePanel::askAsOfRequested);
  connect(m_view, &TimelineView::currentChanged, this, &TimelinePanel::showState);
  applyColors();
  showChosen();
}

void TimelinePanel::setTimelines(std::vector<AnswerTimeline> timelines) {
  m_timelines = std::move(timelines);
  fillQuestions(m_timelines.empty() ? 0 : m_timelines.back().id);
}

void TimelinePanel::clear() {
  setTimelines({});
}

void TimelinePanel::begin(AnswerTimeline timeline) {
  const qint64 id = timeline.id;
  std::erase_if(m_timelines, [id](const AnswerTimeline& each) { return each.id == id; });
  m_timelines.push_back(std::move(timeline));
  fillQuestions(id);
}

void TimelinePanel::addAnswer(qint64 timeline, const TimelineAnswer& answer) {
  AnswerTimeline* found = find(timeline);
  if (found == nullptr) return;
  found->answers.push_back(answer);
  if (m_view->timeline().id == timeline) showChosen();
}

void TimelinePanel::end(qint64 timeline, QuestionState state) {
  AnswerTimeline* found = find(timeline);
  if (found == nullptr) return;
  found->state = state;
  if (m_view->timeline().id == timeline) showChosen();
}

void TimelinePanel::setTotalSegments(qint64 segments) {
  m_view->setTotalSegments(segments);
}

void TimelinePanel::setPlaceName(const std::function<QString(qint64)>& name) {
  m_view->setPlaceName(name);
}

QString TimelinePanel::note() const {
  return m_note->text();
}

QString TimelinePanel::progressText() const {
  return m_progress->text();
}

AnswerTimeline* TimelinePanel::find(qint64 timeline) {
  const auto found = std::find_if(m_timelines.begin(), m_timelines.end(),
                                  [timeline](const AnswerTimeline& each) { return each.id == timeline; });
  return found == m_timelines.end() ? nullptr : &*found;
}

/// Newest first, as people look for them.
void TimelinePanel::fillQuestions(qint64 shown) {
  const QSignalBlocker blocker(m_questions);
  m_questions->clear();
  for (auto each = m_timelines.rbegin(); each != m_timelines.rend(); ++each) {
    m_questions->addItem(each->question.simplified(), each->id);
    m_questions->setItemData(m_questions->count() - 1, each->question, Qt::AccessibleTextRole);
  }
  m_questions->setCurrentIndex(m_questions->findData(shown));
  showChosen();
}

void TimelinePanel::showChosen() {
  const AnswerTimeline* chosen =
      m_questions->currentIndex() < 0 ? nullptr : find(m_questions->currentData().toLongLong());
  m_questions->setVisible(chosen != nullptr);
  m_stack->setCurrentWidget(chosen != nullptr ? static_cast<QWidget*>(m_view) : m_placeholder);
  m_view->setTimeline(chosen != nullptr ? *chosen : AnswerTimeline{});
  showState();
  tellChanges();
}

void TimelinePanel::setInFront(bool isInFront) {
  m_isInFront = isInFront;
  tellChanges();
}

void TimelinePanel::tellChanges() {
  std::vector<AnswerChange> changes;
  if (isVisible() && m_isInFront) changes = changesOf(m_view->timeline().answers);
  if (changes == m_changesTold) return;
  m_changesTold = std::move(changes);
  Q_EMIT changesShown(m_changesTold);
}

void TimelinePanel::showState() {
  const AnswerTimeline& timeline = m_view->timeline();
  const bool runs = timeline.state == QuestionState::kRunning && timeline.id != 0;
  m_stop->setVisible(runs);
  QString progress;
  if (runs) {
    progress = tr("%1 of %Ln place(s)", nullptr, static_cast<int>(timeline.places.size()))
                   .arg(QLocale().toString(static_cast<qulonglong>(timeline.answers.size())));
  } else if (timeline.state == QuestionState::kCancelled) {
    progress = tr("stopped");
  } else if (timeline.state == QuestionState::kFailed) {
    progress = tr("failed");
  }
  m_progress->setText(progress);
  m_progress->setVisible(!progress.isEmpty());
  m_note->setText(m_view->currentAnswer() ? m_view->describe(*m_view->currentAnswer()) : summary());
  m_note->setVisible(!m_note->text().isEmpty());
}

QString TimelinePanel::summary() const {
  const AnswerTimeline& timeline = m_view->timeline();
  if (timeline.answers.empty()) return {};
  const AnswerLanes lanes = lanesOf(timeline.answers);
  const QString places = tr("Asked at %Ln place(s)", nullptr, static_cast<int>(timeline.answers.size()));
  const QString changes = lanes.stretches.size() == 1 ? tr("%1: the answer is the same at each.").arg(places)
                                                      : tr("%1: the answer changes %Ln time(s).", nullptr,
                                                           static_cast<int>(lanes.stretches.size() - 1))
                                                            .arg(places);
  return changes + QLatin1Char(' ') + tr("The paler, the less sure was the model.");
}

void TimelinePanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyColors();
}

void TimelinePanel::focusInEvent(QFocusEvent* event) {
  m_view->setFocus(event->reason());
}

/// The style sheet gives labels their fonts and colours back when it first meets them.
void TimelinePanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  applyColors();
  tellChanges();
}

void TimelinePanel::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  tellChanges();
}

void TimelinePanel::applyColors() {
  const int step = std::max(4, fontMetrics().height() / 4);
  m_header->setContentsMargins(4 * step, 2 * step, 4 * step, step);
  m_header->setSpacing(3 * step);
  m_note->setContentsMargins(4 * step, step, 4 * step, 2 * step);
  m_placeholder->setContentsMargins(12 * step, 0, 12 * step, 4 * step);
  m_caption->setFont(captionFont(font()));
  m_stop->setIconSize({fontMetrics().height(), fontMetrics().height()});
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, themeColors(palette()).dim);
  for (QLabel* each : {m_caption, m_progress, m_placeholder}) each->setPalette(dim);
}

}  // namespace tidemark::ui
