#include "ui/memory/diff_panel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/memory/chart_accessible.h"
#include "ui/memory/flow_row.h"
#include "ui/memory/layer_chart.h"
#include "ui/memory/place_chooser.h"
#include "ui/memory/question_diff_model.h"
#include "ui/memory/result_table.h"
#include "ui/memory/segment_chart.h"
#include "ui/theme/hairline_splitter.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

DiffPanel::DiffPanel(QWidget* parent)
    : QWidget(parent),
      m_form(new FlowRow),
      m_caption(new QLabel(tr("Compare memories"), this)),
      m_first(new PlaceChooser(tr("First memory"), this)),
      m_with(new QLabel(tr("with"), this)),
      m_second(new QComboBox(this)),
      m_secondPlace(new PlaceChooser(tr("Second memory"), this)),
      m_ask(new QCheckBox(tr("Ask the stored &questions"), this)),
      m_compare(new QPushButton(tr("&Compare"), this)),
      m_stop(new QPushButton(tr("&Stop"), this)),
      m_progressText(new QLabel(this)),
      m_progress(new QProgressBar(this)),
      m_problem(new QLabel(this)),
      m_stack(new QStackedWidget(this)),
      m_placeholder(new QLabel(this)),
      m_summary(new QLabel(this)),
      m_copy(new QToolButton(this)),
      m_splitter(new HairlineSplitter(Qt::Horizontal, this)),
      m_layers(new LayerChart(this)),
      m_segments(new SegmentChart(this)),
      m_segmentStack(new QStackedWidget(this)),
      m_noSegments(new QLabel(tr("Both read the same segments."), this)),
      m_questions(new QuestionDiffModel(this)),
      m_questionStack(new QStackedWidget(this)),
      m_table(makeResultTable(m_questions, tr("Answers of both memories"), this)),
      m_noQuestions(new QLabel(this)) {
  makeForm();
  m_placeholder->setText(
      tr("What did reading on change in the memory, or another edition? Two memories side by side: layer by layer, "
         "segment by segment, and which of the questions that were asked before they answer differently. Nothing is "
         "changed by it."));
  for (QLabel* each : {m_placeholder, m_noSegments, m_noQuestions}) {
    each->setWordWrap(true);
    each->setAlignment(Qt::AlignCenter);
    each->setTextFormat(Qt::PlainText);
  }
  for (QLabel* each : {m_problem, m_summary}) {
    each->setWordWrap(true);
    each->setTextFormat(Qt::PlainText);
    each->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("Progress of the comparison"));
  m_stack->addWidget(m_placeholder);
  m_stack->addWidget(makeResult());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(m_form);
  column->addWidget(m_problem);
  column->addWidget(makeScrolling(m_stack, this), 1);
  connect(m_compare, &QPushButton::clicked, this, &DiffPanel::compareRequested);
  connect(m_stop, &QPushButton::clicked, this, &DiffPanel::stopRequested);
  connect(m_second, &QComboBox::currentIndexChanged, this, &DiffPanel::secondChosen);
  connect(m_segments, &ChartView::itemActivated, this, &DiffPanel::activate);
  connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
  applyColors();
  setSession({}, {});
}

void DiffPanel::makeForm() {
  m_second->setAccessibleName(tr("Second memory: session"));
  m_second->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_ask->setToolTip(tr("Asks both memories what the sessions were asked before, and shows where the answers differ"));
  m_compare->setProperty("primary", true);
  for (QWidget* each : std::initializer_list<QWidget*>{m_caption, m_first, m_with, m_second, m_secondPlace, m_ask,
                                                       m_compare, m_stop, m_progress, m_progressText}) {
    m_form->addWidget(each);
  }
}

QWidget* DiffPanel::makeColumn(const QString& caption, QWidget* content) {
  auto* side = new QWidget(this);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* label = new QLabel(caption, side);
  label->setBuddy(content);
  label->setWordWrap(true);
  m_captions.push_back(label);
  column->addWidget(label);
  column->addWidget(content, 1);
  return side;
}

QWidget* DiffPanel::makeResult() {
  m_copy->setIcon(themedIcon(QStringLiteral("copy")));
  m_copy->setProperty("flat", true);
  m_copy->setToolTip(tr("Copy as text"));
  m_copy->setAccessibleName(tr("Copy the comparison as text"));
  m_segmentStack->addWidget(m_segments);
  m_segmentStack->addWidget(m_noSegments);
  m_questionStack->addWidget(m_table);
  m_questionStack->addWidget(m_noQuestions);
  m_splitter->addWidget(makeColumn(tr("Change by layer (thin: sum of keys)"), m_layers));
  m_splitter->addWidget(makeColumn(tr("What segments wrote (0.0001 to 1)"), m_segmentStack));
  m_splitter->addWidget(makeColumn(tr("Stored questions"), m_questionStack));
  for (int i = 0; i < m_splitter->count(); ++i) m_splitter->setCollapsible(i, false);
  m_splitter->setSizes({280, 460, 460});
  m_splitter->setStretchFactor(0, 2);
  m_splitter->setStretchFactor(1, 3);
  m_splitter->setStretchFactor(2, 3);
  auto* result = new QWidget(this);
  auto* column = new QVBoxLayout(result);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->addWidget(m_summary, 1);
  row->addWidget(m_copy, 0, Qt::AlignTop);
  row->addSpacing(8);
  column->addLayout(row);
  // Only its least height counts: the scroll area would ask for what all parts like best.
  m_splitter->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
  column->addWidget(m_splitter, 1);
  return result;
}

void DiffPanel::setSession(const ComparableSession& session, const std::vector<qint64>& snapshots) {
  const bool isOther = session.path != m_session.path;
  if (!isOther && session == m_session && snapshots == m_snapshots) return;
  m_session = session;
  m_snapshots = snapshots;
  m_first->setPlaces(session.segments, snapshots, true, m_placeName);
  if (isOther) {
    m_diff.reset();
    m_isBusy = false;
    m_problem->clear();
    m_suggested.reset();
    m_first->choose(std::nullopt);
    m_second->setCurrentIndex(0);
  }
  fillSessions();
  suggest();
  showState();
}

/// Something to see at the first try: the memory as it was half-way, where it need not be read again if that can be.
void DiffPanel::suggest() {
  const qint64 end = m_session.segments - 1;
  const bool isTouched = m_second->currentIndex() != 0 || (m_suggested && m_secondPlace->segment({}) != m_suggested);
  if (end < 1 || isTouched) return;
  const qint64 stored = m_snapshots.empty() ? end : m_snapshots[m_snapshots.size() / 2];
  m_suggested = stored < end ? stored : end / 2;
  m_secondPlace->choose(m_suggested);
}

void DiffPanel::setOthers(std::vector<ComparableSession> others) {
  if (others == m_others) return;
  m_others = std::move(others);
  fillSessions();
}

void DiffPanel::fillSessions() {
  const bool isOwn = m_second->currentIndex() <= 0;  // whatever session that is now
  const QString chosen = m_second->currentData().toString();
  {
    const QSignalBlocker blocker(m_second);
    m_second->clear();
    m_second->addItem(tr("this session"), m_session.path);
    for (const auto* list : {&m_others, &m_files}) {
      for (const ComparableSession& each : *list) {
        if (each.path != m_session.path) m_second->addItem(each.name, each.path);
      }
    }
    m_second->insertSeparator(m_second->count());
    m_second->addItem(tr("another file…"));
    m_second->setCurrentIndex(isOwn ? 0 : std::max(0, m_second->findData(chosen)));
    m_chosenSecond = m_second->currentIndex();
  }
  fillSecondPlaces();
}

/// The last entry is none: what was chosen before stays until a file is.
void DiffPanel::secondChosen() {
  if (m_second->currentIndex() == m_second->count() - 1) {
    const QSignalBlocker blocker(m_second);
    m_second->setCurrentIndex(m_chosenSecond);
    Q_EMIT fileWanted();
    return;
  }
  m_chosenSecond = m_second->currentIndex();
  fillSecondPlaces();
}

void DiffPanel::addFile(const QString& path) {
  const auto isIt = [&path](const ComparableSession& each) { return each.path == path; };
  const bool isKnown = std::any_of(m_others.begin(), m_others.end(), isIt) || path == m_session.path;
  std::erase_if(m_files, isIt);
  // How much was read into it is not known here; the comparison says so if a place is not there.
  if (!isKnown) m_files.push_back({path, QFileInfo(path).completeBaseName(), std::numeric_limits<int>::max()});
  fillSessions();
  m_second->setCurrentIndex(std::max(0, m_second->findData(path)));
}

void DiffPanel::fillSecondPlaces() {
  const QString path = m_second->currentData().toString();
  if (path == m_session.path) {
    m_secondPlace->setPlaces(m_session.segments, m_snapshots, true, m_placeName);
    return;
  }
  qint64 segments = 0;
  for (const auto* list : {&m_others, &m_files}) {
    for (const ComparableSession& each : *list) {
      if (each.path == path) segments = each.segments;
    }
  }
  m_secondPlace->setPlaces(segments, {}, false, {});
}

void DiffPanel::setPlaceName(const PlaceName& name) {
  m_placeName = name;
  m_segments->setPlaceName(name);
  nameThePlaces();
}

void DiffPanel::nameThePlaces() {
  m_first->setPlaces(m_session.segments, m_snapshots, true, m_placeName);
  fillSecondPlaces();
  if (m_diff) m_summary->setText(summary());
}

bool DiffPanel::choose(std::optional<qint64> first, const QString& second) {
  const int known = m_second->findData(second);
  if (known < 0) return false;
  m_first->choose(first);
  m_second->setCurrentIndex(known);
  m_secondPlace->choose(std::nullopt);
  return true;
}

DiffChoice DiffPanel::choice() const {
  DiffChoice choice;
  choice.first = m_first->segment(std::nullopt);
  choice.firstHere = m_first->isHere();
  choice.second = m_second->currentData().toString();
  choice.secondSegment = m_secondPlace->segment(std::nullopt);
  choice.secondHere = m_secondPlace->isHere();
  choice.questions = m_ask->isChecked();
  return choice;
}

void DiffPanel::begin() {
  m_isBusy = true;
  m_problem->clear();
  setProgress({});
  showState();
}

void DiffPanel::setProgress(const DiffProgress& progress) {
  const auto number = [](std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); };
  const bool isAnswering = progress.segments >= progress.segmentsAll && progress.answersAll > 0;
  const std::int64_t all = isAnswering ? progress.answersAll : progress.segmentsAll;
  m_progress->setRange(0, static_cast<int>(std::max<std::int64_t>(all, 1)));
  m_progress->setValue(static_cast<int>(isAnswering ? progress.answers : progress.segments));
  m_progress->setVisible(m_isBusy && all > 0);
  QString text;
  if (isAnswering) {
    text = tr("%1 of %2 answers").arg(number(progress.answers), number(progress.answersAll));
  } else if (all > 0) {
    text = tr("%1 of %2 segments read again").arg(number(progress.segments), number(progress.segmentsAll));
  }
  m_progressText->setText(text);
}

void DiffPanel::end() {
  m_isBusy = false;
  showState();
}

void DiffPanel::showResult(MemoryDiff diff, bool asked) {
  m_isBusy = false;
  m_wasAsked = asked;
  m_diff = std::move(diff);
  m_layers->setLayers(m_diff->layers);
  m_segments->setSegments(m_diff->segments);
  m_questions->setQuestions(m_diff->questions);
  fitColumns(*m_table, QuestionDiffModel::kResult);
  showState();
  sayAloud(m_summary, m_summary->text());
}

void DiffPanel::showProblem(const QString& sentence) {
  m_isBusy = false;
  m_problem->setText(sentence);
  showState();
  sayAloud(m_problem, sentence);
}

QString DiffPanel::summary() const {
  return m_diff ? diffSentence(*m_diff, m_wasAsked, m_placeName) : QString();
}

QString DiffPanel::problem() const {
  return m_problem->text();
}

QString DiffPanel::asText() const {
  return m_diff ? diffAsText(*m_diff, m_wasAsked, m_placeName) : QString();
}

void DiffPanel::showState() {
  const bool canCompare = !m_session.path.isEmpty() && m_session.segments > 0;
  for (QWidget* each : std::initializer_list<QWidget*>{m_first, m_second, m_secondPlace, m_ask}) {
    each->setEnabled(canCompare && !m_isBusy);
  }
  m_compare->setEnabled(canCompare);
  showInstead(m_isBusy ? m_stop : m_compare, m_isBusy ? m_compare : m_stop);
  if (!m_isBusy) m_progress->hide();
  m_progressText->setVisible(m_isBusy);
  m_problem->setVisible(!m_problem->text().isEmpty());
  m_stack->setCurrentIndex(m_diff ? 1 : 0);
  if (m_diff) {
    m_summary->setText(summary());
    m_segmentStack->setCurrentWidget(m_diff->segments.empty() ? static_cast<QWidget*>(m_noSegments) : m_segments);
    m_noSegments->setText(m_diff->reading.firstSegment ? tr("What their segments wrote was not kept.")
                                                       : tr("Both read the same segments."));
    m_noQuestions->setText(m_wasAsked ? tr("No question was asked before.")
                                      : tr("They were not asked: tick “Ask the stored questions” above."));
    m_questionStack->setCurrentWidget(m_diff->questions.empty() ? static_cast<QWidget*>(m_noQuestions) : m_table);
  }
  m_form->invalidate();
}

/// A segment that only the other session has is nowhere in this text.
void DiffPanel::activate(int item) {
  const SegmentDifference& segment = m_segments->segments()[static_cast<std::size_t>(item)];
  if (segment.first || (m_diff && m_diff->second.session == m_diff->first.session)) {
    Q_EMIT segmentActivated(segment.segment);
  }
}

void DiffPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyColors();
}

void DiffPanel::focusInEvent(QFocusEvent* event) {
  (m_compare->isVisible() ? static_cast<QWidget*>(m_first) : m_stop)->setFocus(event->reason());
}

/// At the side of a window the three parts stand below each other.
void DiffPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool isWide = width() > height();
  m_splitter->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
  m_splitter->setMinimumHeight(fontMetrics().height() * (isWide ? 6 : 24));
}

/// The style sheet gives labels their fonts and colours back when it first meets them.
void DiffPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  applyColors();
}

void DiffPanel::applyColors() {
  const ThemeColors& colors = themeColors(palette());
  const int step = std::max(4, fontMetrics().height() / 4);
  m_form->setContentsMargins(4 * step, 2 * step, 4 * step, step);
  m_form->setSpacing(2 * step);
  m_summary->setContentsMargins(4 * step, step, step, step);
  m_problem->setContentsMargins(4 * step, step, 4 * step, step);
  for (QLabel* each : m_captions) each->setContentsMargins(4 * step, step, step, step / 2);
  for (QLabel* each : {m_placeholder, m_noSegments, m_noQuestions}) {
    each->setContentsMargins(4 * step, 0, 4 * step, 4 * step);
  }
  m_questionStack->setContentsMargins(2 * step, 0, 0, 0);  // the cells keep the rest
  m_copy->setIconSize({fontMetrics().height(), fontMetrics().height()});
  m_progress->setFixedWidth(fontMetrics().height() * 8);
  m_caption->setFont(captionFont(font()));
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, colors.dim);
  for (QLabel* each : m_captions) {
    each->setFont(captionFont(font()));
    each->setPalette(dim);
  }
  for (QLabel* each : {m_caption, m_with, m_progressText, m_placeholder, m_noSegments, m_noQuestions}) {
    each->setPalette(dim);
  }
  QPalette alarm = palette();
  alarm.setColor(QPalette::WindowText, colors.error);
  m_problem->setPalette(alarm);
}

}  // namespace tidemark::ui
