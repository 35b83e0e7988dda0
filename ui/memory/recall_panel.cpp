#include "ui/memory/recall_panel.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/memory/chart_accessible.h"
#include "ui/memory/fact_model.h"
#include "ui/memory/flow_row.h"
#include "ui/memory/memory_texts.h"
#include "ui/memory/recall_chart.h"
#include "ui/memory/result_table.h"
#include "ui/theme/hairline_splitter.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kMostFacts = 1000;
// Nobody believes a remaining time that is guessed from less.
constexpr double kPatienceSeconds = 2;

QString countText(std::int64_t value) {
  return QLocale().toString(static_cast<qlonglong>(value));
}

}  // namespace

RecallPanel::RecallPanel(QWidget* parent)
    : QWidget(parent),
      m_form(new FlowRow),
      m_caption(new QLabel(tr("Recall"), this)),
      m_factsLabel(new QLabel(tr("&Facts"), this)),
      m_facts(new QSpinBox(this)),
      m_perReadingLabel(new QLabel(tr("&at a time"), this)),
      m_perReading(new QSpinBox(this)),
      m_measure(new QPushButton(tr("&Measure"), this)),
      m_stop(new QPushButton(tr("&Stop"), this)),
      m_progress(new QProgressBar(this)),
      m_progressText(new QLabel(this)),
      m_cost(new QLabel(this)),
      m_problem(new QLabel(this)),
      m_stack(new QStackedWidget(this)),
      m_placeholder(new QLabel(this)),
      m_summary(new QLabel(this)),
      m_copy(new QToolButton(this)),
      m_splitter(new HairlineSplitter(Qt::Horizontal, this)),
      m_chartRow(new QHBoxLayout),
      m_tableRow(new QHBoxLayout),
      m_chartCaption(new QLabel(tr("Recalled, and hatched: right by luck"), this)),
      m_chart(new RecallChart(this)),
      m_tableCaption(new QLabel(tr("Planted facts"), this)),
      m_model(new FactModel(this)),
      m_table(makeResultTable(m_model, tr("Planted facts"), this)) {
  makeForm();
  m_placeholder->setText(
      tr("How far back can this memory be trusted? The text is read again with invented facts at known places, into a "
         "memory of its own; at the end each is asked for, and what is recalled is counted by distance. The session "
         "stays as it is."));
  m_placeholder->setWordWrap(true);
  m_placeholder->setAlignment(Qt::AlignCenter);
  for (QLabel* each : {m_placeholder, m_cost, m_problem, m_summary}) {
    each->setWordWrap(true);
    each->setTextFormat(Qt::PlainText);
  }
  for (QLabel* each : {m_problem, m_summary}) each->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_stack->addWidget(m_placeholder);
  m_stack->addWidget(makeResult());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(m_form);
  column->addWidget(m_cost);
  column->addWidget(m_problem);
  column->addWidget(makeScrolling(m_stack, this), 1);
  connect(m_facts, &QSpinBox::valueChanged, this, [this](int facts) {
    m_wantedFacts = facts;
    showState();
  });
  connect(m_perReading, &QSpinBox::valueChanged, this, &RecallPanel::showState);
  connect(m_measure, &QPushButton::clicked, this, &RecallPanel::measureRequested);
  connect(m_stop, &QPushButton::clicked, this, &RecallPanel::stopRequested);
  connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
  const auto goTo = [this](const QModelIndex& index) {
    if (index.isValid()) Q_EMIT byteActivated(m_model->placeOf(index));
  };
  connect(m_table, &QTableView::clicked, this, goTo);
  connect(m_table, &QTableView::activated, this, goTo);
  auto* show = new QAction(themedIcon(QStringLiteral("go-to")), tr("&Go to where it was planted"), m_table);
  connect(show, &QAction::triggered, this, [this, goTo] { goTo(m_table->currentIndex()); });
  m_table->insertAction(m_table->actions().value(0), show);
  applyColors();
  showState();
}

void RecallPanel::makeForm() {
  m_facts->setRange(1, kMostFacts);
  m_facts->setValue(MeterRequest().facts);
  m_facts->setToolTip(tr("How many facts are planted, evenly over the text"));
  m_factsLabel->setBuddy(m_facts);
  m_perReading->setRange(1, kMostFacts);
  m_perReading->setValue(MeterRequest().factsPerReading);
  m_perReading->setToolTip(
      tr("Most facts in one reading: many at once confuse each other. The text is read as often as it takes."));
  m_perReadingLabel->setBuddy(m_perReading);
  m_facts->setAccessibleName(tr("Facts"));
  m_perReading->setAccessibleName(tr("Facts in one reading"));
  m_measure->setProperty("primary", true);
  m_progress->setTextVisible(false);
  m_progress->setRange(0, 1000);
  m_progress->setAccessibleName(tr("Progress of the measurement"));
  for (QWidget* each : std::initializer_list<QWidget*>{m_caption, m_factsLabel, m_facts, m_perReadingLabel,
                                                       m_perReading, m_measure, m_stop, m_progress, m_progressText}) {
    m_form->addWidget(each);
  }
}

QWidget* RecallPanel::makeResult() {
  m_copy->setIcon(themedIcon(QStringLiteral("copy")));
  m_copy->setProperty("flat", true);
  m_copy->setToolTip(tr("Copy as text"));
  m_copy->setAccessibleName(tr("Copy the recall as text"));
  m_chartRow->addWidget(m_chart);
  m_tableRow->addWidget(m_table);
  const auto makeColumn = [this](QLabel* caption, QHBoxLayout* content) {
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    caption->setWordWrap(true);
    column->addWidget(caption);
    column->addLayout(content, 1);
    return side;
  };
  m_splitter->addWidget(makeColumn(m_chartCaption, m_chartRow));
  m_splitter->addWidget(makeColumn(m_tableCaption, m_tableRow));
  m_splitter->setCollapsible(0, false);
  m_splitter->setCollapsible(1, false);
  m_splitter->setSizes({600, 600});
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

void RecallPanel::setSession(const MeasurableSession& session) {
  if (session == m_session) return;
  const bool isOther = session.path != m_session.path;
  m_session = session;
  if (isOther) {
    m_recall.reset();
    m_isBusy = false;
    m_problem->clear();
  }
  const QSignalBlocker blocker(m_facts);
  m_facts->setMaximum(static_cast<int>(std::clamp<qint64>(session.segments, 1, kMostFacts)));
  m_facts->setValue(m_wantedFacts);
  showState();
}

RecallRequest RecallPanel::request() const {
  RecallRequest request;
  request.meter.facts = m_facts->value();
  request.meter.factsPerReading = m_perReading->value();
  return request;
}

void RecallPanel::begin() {
  m_isBusy = true;
  m_problem->clear();
  m_clock.start();
  m_progress->setValue(0);
  m_progressText->clear();
  showState();
}

void RecallPanel::setProgress(const MeterProgress& progress, int answersAll) {
  const double segments = m_session.segmentTokens > 0
                              ? static_cast<double>(progress.plan.tokens) / m_session.segmentTokens
                              : static_cast<double>(progress.plan.segments * progress.plan.readings);
  // An answer takes about as long as a segment.
  const double done = static_cast<double>(progress.segments + progress.answered);
  const double share = std::clamp(done / std::max(1.0, segments + answersAll), 0.0, 1.0);
  m_progress->setValue(static_cast<int>(share * 1000));
  QString text = tr("%1 segments read, %2 of %3 answers")
                     .arg(countText(progress.segments), countText(progress.answered), countText(answersAll));
  const double seconds = static_cast<double>(m_clock.elapsed()) / 1000;
  if (seconds > kPatienceSeconds && share > 0.02) {
    text = tr("%1; %2 left", "what was done, time").arg(text, roughTime(seconds / share - seconds));
  }
  m_progressText->setText(text);
  m_form->invalidate();
}

void RecallPanel::end() {
  m_isBusy = false;
  showState();
}

void RecallPanel::showResult(ModelRecall recall) {
  m_isBusy = false;
  m_recall = std::move(recall);
  m_chart->setBuckets(m_recall->buckets);
  m_model->setReadings(m_recall->readings);
  fitColumns(*m_table, FactModel::kResult);
  showState();
  sayAloud(m_summary, m_summary->text());
}

void RecallPanel::showProblem(const QString& sentence) {
  m_isBusy = false;
  m_problem->setText(sentence);
  showState();
  sayAloud(m_problem, sentence);
}

QString RecallPanel::cost() const {
  if (m_session.path.isEmpty()) return tr("Open a session to measure its recall.");
  if (!m_session.whyNot.isEmpty()) return m_session.whyNot;
  const MeterPlan plan =
      planReadings(request().meter, m_session.segments, m_session.segmentTokens, m_session.tailTokens);
  QString text = tr("Reads the text %Ln time(s)", nullptr, plan.readings);
  text = tr("%1, %2 tokens, and asks %3 questions", "how often, tokens, questions")
             .arg(text, countText(plan.tokens), countText(std::int64_t{2} * plan.facts));
  if (m_session.tokensPerSecond > 0) {
    text = tr("%1: %2", "what, how long")
               .arg(text, roughTime(static_cast<double>(plan.tokens) / m_session.tokensPerSecond));
  }
  return tr("%1. The session stays as it is, and can be asked meanwhile.").arg(text);
}

QString RecallPanel::summary() const {
  return m_recall ? recallSentence(*m_recall) : QString();
}

QString RecallPanel::problem() const {
  return m_problem->text();
}

QString RecallPanel::asText() const {
  return m_recall ? recallAsText(*m_recall, m_session.name) : QString();
}

void RecallPanel::showState() {
  const bool can = !m_session.path.isEmpty() && m_session.whyNot.isEmpty();
  for (QWidget* each : std::initializer_list<QWidget*>{m_facts, m_perReading, m_factsLabel, m_perReadingLabel}) {
    each->setEnabled(can && !m_isBusy);
  }
  m_measure->setEnabled(can);
  showInstead(m_isBusy ? m_stop : m_measure, m_isBusy ? m_measure : m_stop);
  m_progress->setVisible(m_isBusy);
  m_progressText->setVisible(m_isBusy);
  m_cost->setText(cost());
  m_problem->setVisible(!m_problem->text().isEmpty());
  m_stack->setCurrentIndex(m_recall ? 1 : 0);
  m_summary->setText(summary());
  m_form->invalidate();
}

void RecallPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyColors();
}

void RecallPanel::focusInEvent(QFocusEvent* event) {
  (m_isBusy ? static_cast<QWidget*>(m_stop) : m_facts)->setFocus(event->reason());
}

/// At the side of a window the two parts stand below each other.
void RecallPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool isWide = width() > height();
  m_splitter->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
  m_splitter->setMinimumHeight(fontMetrics().height() * (isWide ? 6 : 18));
}

/// The style sheet gives labels their fonts and colours back when it first meets them.
void RecallPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  applyColors();
}

void RecallPanel::applyColors() {
  const ThemeColors& colors = themeColors(palette());
  const int step = std::max(4, fontMetrics().height() / 4);
  m_form->setContentsMargins(4 * step, 2 * step, 4 * step, step);
  m_form->setSpacing(2 * step);
  m_cost->setContentsMargins(4 * step, 0, 4 * step, step);
  m_problem->setContentsMargins(4 * step, step, 4 * step, step);
  m_summary->setContentsMargins(4 * step, step, step, step);
  for (QLabel* each : {m_chartCaption, m_tableCaption}) each->setContentsMargins(4 * step, step, step, step / 2);
  m_placeholder->setContentsMargins(4 * step, 0, 4 * step, 4 * step);
  m_tableRow->setContentsMargins(2 * step, 0, 0, 0);  // the cells keep the rest
  m_copy->setIconSize({fontMetrics().height(), fontMetrics().height()});
  m_progress->setFixedWidth(fontMetrics().height() * 8);
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, colors.dim);
  for (QLabel* each : {m_caption, m_chartCaption, m_tableCaption}) each->setFont(captionFont(font()));
  for (QLabel* each : {m_caption, m_chartCaption, m_tableCaption, m_progressText, m_cost, m_placeholder}) {
    each->setPalette(dim);
  }
  QPalette alarm = palette();
  alarm.setColor(QPalette::WindowText, colors.error);
  m_problem->setPalette(alarm);
}

}  // namespace tidemark::ui
