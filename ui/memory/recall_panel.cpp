#include "ui/memory/recall_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTableView>
#include <algorithm>

#include "ui/memory/fact_model.h"
#include "ui/memory/memory_texts.h"
#include "ui/memory/recall_chart.h"
#include "ui/memory/result_table.h"
#include "ui/theme/icon.h"

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
    : MemoryPanel(parent),
      m_factsLabel(new QLabel(tr("&Facts"), this)),
      m_facts(new QSpinBox(this)),
      m_perReadingLabel(new QLabel(tr("&at a time"), this)),
      m_perReading(new QSpinBox(this)),
      m_cost(new QLabel(this)),
      m_model(new FactModel(this)) {
  makeForm();
  makeParts();
  connect(m_facts, &QSpinBox::valueChanged, this, [this](int facts) {
    m_wantedFacts = facts;
    showState();
  });
  connect(m_perReading, &QSpinBox::valueChanged, this, &RecallPanel::showState);
  connect(&startButton(), &QPushButton::clicked, this, &RecallPanel::measureRequested);
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
  m_cost->setWordWrap(true);
  m_cost->setTextFormat(Qt::PlainText);
  Texts texts;
  texts.caption = tr("Recall");
  texts.start = tr("&Measure");
  texts.stop = tr("&Stop");
  texts.progress = tr("Progress of the measurement");
  texts.purpose =
      tr("How far back can this memory be trusted? The text is read again with invented facts at known places, into a "
         "memory of its own; at the end each is asked for, and what is recalled is counted by distance. The session "
         "stays as it is.");
  texts.copy = tr("Copy as text");
  texts.copyName = tr("Copy the recall as text");
  makeFrame(texts, {m_factsLabel, m_facts, m_perReadingLabel, m_perReading}, m_cost);
  progress().setRange(0, 1000);
}

void RecallPanel::makeParts() {
  m_chart = new RecallChart(this);
  auto* tableSide = new QWidget(this);
  m_table = makeResultTable(m_model, tr("Planted facts"), tableSide);
  m_tableRow = new QHBoxLayout(tableSide);
  m_tableRow->addWidget(m_table);
  addPart(tr("Recalled, and hatched: right by luck"), m_chart);
  addPart(tr("Planted facts"), tableSide);
  parts().setSizes({600, 600});
  setTallLines(18);
  const auto goTo = [this](const QModelIndex& index) {
    if (index.isValid()) Q_EMIT byteActivated(m_model->placeOf(index));
  };
  connect(m_table, &QTableView::clicked, this, goTo);
  connect(m_table, &QTableView::activated, this, goTo);
  auto* show = new QAction(themedIcon(QStringLiteral("go-to")), tr("&Go to where it was planted"), m_table);
  connect(show, &QAction::triggered, this, [this, goTo] { goTo(m_table->currentIndex()); });
  m_table->insertAction(m_table->actions().value(0), show);
}

void RecallPanel::setSession(const MeasurableSession& session) {
  if (session == m_session) return;
  const bool isOther = session.path != m_session.path;
  m_session = session;
  if (isOther) {
    m_recall.reset();
    leave();
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
  MemoryPanel::begin();
  m_clock.start();
  progress().setValue(0);
  showState();
}

void RecallPanel::setProgress(const MeterProgress& now, int answersAll) {
  const double segments = m_session.segmentTokens > 0 ? static_cast<double>(now.plan.tokens) / m_session.segmentTokens
                                                      : static_cast<double>(now.plan.segments * now.plan.readings);
  // An answer takes about as long as a segment.
  const double done = static_cast<double>(now.segments + now.answered);
  const double share = std::clamp(done / std::max(1.0, segments + answersAll), 0.0, 1.0);
  progress().setValue(static_cast<int>(share * 1000));
  QString text = tr("%1 segments read, %2 of %3 answers")
                     .arg(countText(now.segments), countText(now.answered), countText(answersAll));
  const double seconds = static_cast<double>(m_clock.elapsed()) / 1000;
  if (seconds > kPatienceSeconds && share > 0.02) {
    text = tr("%1; %2 left", "what was done, time").arg(text, roughTime(seconds / share - seconds));
  }
  showProgress(text);
}

void RecallPanel::showResult(ModelRecall recall) {
  m_recall = std::move(recall);
  m_chart->setBuckets(m_recall->buckets);
  m_model->setReadings(m_recall->readings);
  fitColumns(*m_table, FactModel::kResult);
  finish();
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

QString RecallPanel::asText() const {
  return m_recall ? recallAsText(*m_recall, m_session.name) : QString();
}

void RecallPanel::showState() {
  m_cost->setText(cost());
  showFrame(!m_session.path.isEmpty() && m_session.whyNot.isEmpty(), m_recall.has_value());
  progress().setVisible(isBusy());
}

void RecallPanel::applyColors() {
  MemoryPanel::applyColors();
  m_cost->setContentsMargins(4 * step(), 0, 4 * step(), step());
  dim(*m_cost);
  m_tableRow->setContentsMargins(2 * step(), 0, 0, 0);  // the cells keep the rest
}

}  // namespace tidemark::ui
