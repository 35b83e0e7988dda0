#include "ui/memory/diff_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>
#include <limits>

#include "ui/memory/layer_chart.h"
#include "ui/memory/place_chooser.h"
#include "ui/memory/question_diff_model.h"
#include "ui/memory/result_table.h"
#include "ui/memory/segment_chart.h"

namespace tidemark::ui {

DiffPanel::DiffPanel(QWidget* parent)
    : MemoryPanel(parent),
      m_first(new PlaceChooser(tr("First memory"), this)),
      m_with(new QLabel(tr("with"), this)),
      m_second(new QComboBox(this)),
      m_secondPlace(new PlaceChooser(tr("Second memory"), this)),
      m_ask(new QCheckBox(tr("Ask the stored &questions"), this)),
      m_questions(new QuestionDiffModel(this)) {
  makeForm();
  makeParts();
  connect(&startButton(), &QPushButton::clicked, this, &DiffPanel::compareRequested);
  connect(m_second, &QComboBox::currentIndexChanged, this, &DiffPanel::secondChosen);
  connect(m_segments, &ChartView::itemActivated, this, &DiffPanel::activate);
  applyColors();
  setSession({}, {});
}

void DiffPanel::makeForm() {
  m_second->setAccessibleName(tr("Second memory: session"));
  m_second->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_ask->setToolTip(tr("Asks both memories what the sessions were asked before, and shows where the answers differ"));
  Texts texts;
  texts.caption = tr("Compare memories");
  texts.start = tr("&Compare");
  texts.stop = tr("&Stop");
  texts.progress = tr("Progress of the comparison");
  texts.purpose =
      tr("What did reading on change in the memory, or another edition? Two memories side by side: layer by layer, "
         "segment by segment, and which of the questions that were asked before they answer differently. Nothing is "
         "changed by it.");
  texts.copy = tr("Copy as text");
  texts.copyName = tr("Copy the comparison as text");
  makeFrame(texts, {m_first, m_with, m_second, m_secondPlace, m_ask}, nullptr);
}

void DiffPanel::makeParts() {
  m_layers = new LayerChart(this);
  m_segments = new SegmentChart(this);
  m_segmentStack = new QStackedWidget(this);
  m_noSegments = new QLabel(tr("Both read the same segments."), this);
  m_questionStack = new QStackedWidget(this);
  m_table = makeResultTable(m_questions, tr("Answers of both memories"), this);
  m_noQuestions = new QLabel(this);
  for (QLabel* each : {m_noSegments, m_noQuestions}) {
    each->setWordWrap(true);
    each->setAlignment(Qt::AlignCenter);
    each->setTextFormat(Qt::PlainText);
  }
  m_segmentStack->addWidget(m_segments);
  m_segmentStack->addWidget(m_noSegments);
  m_questionStack->addWidget(m_table);
  m_questionStack->addWidget(m_noQuestions);
  addPart(tr("Change by layer (thin: sum of keys)"), m_layers);
  addPart(tr("What segments wrote (0.0001 to 1)"), m_segmentStack);
  addPart(tr("Stored questions"), m_questionStack);
  parts().setSizes({280, 460, 460});
  parts().setStretchFactor(0, 2);
  parts().setStretchFactor(1, 3);
  parts().setStretchFactor(2, 3);
  setTallLines(24);
}

void DiffPanel::setSession(const ComparableSession& session, const std::vector<qint64>& snapshots) {
  const bool isOther = session.path != m_session.path;
  if (!isOther && session == m_session && snapshots == m_snapshots) return;
  m_session = session;
  m_snapshots = snapshots;
  m_first->setPlaces(session.segments, snapshots, true, m_placeName);
  if (isOther) {
    m_diff.reset();
    leave();
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
  if (m_diff) showState();
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
  MemoryPanel::begin();
  setProgress({});
  showState();
}

void DiffPanel::setProgress(const DiffProgress& now) {
  const auto number = [](std::int64_t value) { return QLocale().toString(static_cast<qlonglong>(value)); };
  const bool isAnswering = now.segments >= now.segmentsAll && now.answersAll > 0;
  const std::int64_t all = isAnswering ? now.answersAll : now.segmentsAll;
  progress().setRange(0, static_cast<int>(std::max<std::int64_t>(all, 1)));
  progress().setValue(static_cast<int>(isAnswering ? now.answers : now.segments));
  progress().setVisible(isBusy() && all > 0);
  QString text;
  if (isAnswering) {
    text = tr("%1 of %2 answers").arg(number(now.answers), number(now.answersAll));
  } else if (all > 0) {
    text = tr("%1 of %2 segments read again").arg(number(now.segments), number(now.segmentsAll));
  }
  showProgress(text);
}

void DiffPanel::showResult(MemoryDiff diff, bool asked) {
  m_wasAsked = asked;
  m_diff = std::move(diff);
  m_layers->setLayers(m_diff->layers);
  m_segments->setSegments(m_diff->segments);
  m_questions->setQuestions(m_diff->questions);
  fitColumns(*m_table, QuestionDiffModel::kResult);
  finish();
}

QString DiffPanel::summary() const {
  return m_diff ? diffSentence(*m_diff, m_wasAsked, m_placeName) : QString();
}

QString DiffPanel::asText() const {
  return m_diff ? diffAsText(*m_diff, m_wasAsked, m_placeName) : QString();
}

void DiffPanel::showState() {
  showFrame(!m_session.path.isEmpty() && knowsSession(), m_diff.has_value());
  if (!m_diff) return;
  m_segmentStack->setCurrentWidget(m_diff->segments.empty() ? static_cast<QWidget*>(m_noSegments) : m_segments);
  m_noSegments->setText(m_diff->reading.firstSegment ? tr("What their segments wrote was not kept.")
                                                     : tr("Both read the same segments."));
  m_noQuestions->setText(m_wasAsked ? tr("No question was asked before.")
                                    : tr("They were not asked: tick “Ask the stored questions” above."));
  m_questionStack->setCurrentWidget(m_diff->questions.empty() ? static_cast<QWidget*>(m_noQuestions) : m_table);
}

/// A segment that only the other session has is nowhere in this text.
void DiffPanel::activate(int item) {
  const SegmentDifference& segment = m_segments->segments()[static_cast<std::size_t>(item)];
  if (segment.first || (m_diff && m_diff->second.session == m_diff->first.session)) {
    Q_EMIT segmentActivated(segment.segment);
  }
}

void DiffPanel::applyColors() {
  MemoryPanel::applyColors();
  dim(*m_with);
  for (QLabel* each : {m_noSegments, m_noQuestions}) {
    each->setContentsMargins(4 * step(), 0, 4 * step(), 4 * step());
    dim(*each);
  }
  m_questionStack->setContentsMargins(2 * step(), 0, 0, 0);  // the cells keep the rest
}

}  // namespace tidemark::ui
