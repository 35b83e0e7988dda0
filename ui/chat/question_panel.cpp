#include "ui/chat/question_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/chat/conversation_model.h"
#include "ui/chat/conversation_view.h"
#include "ui/chat/exchange_layout.h"
#include "ui/chat/question_input.h"
#include "ui/chat/question_panel_parts.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

QuestionPanel::QuestionPanel(QWidget* parent) : QWidget(parent) {
  qRegisterMetaType<Exchange>();
  qRegisterMetaType<EvidenceChip>();
  build();
  connectParts();
  applyColors();
  runsChanged();
}

void QuestionPanel::build() {
  m_model = new ConversationModel(this);
  m_filter = new QSortFilterProxyModel(this);
  m_filter->setFilterRole(ConversationModel::kSearchTextRole);
  m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_filter->setSourceModel(m_model);

  m_caption = new QLabel(tr("Questions"), this);
  m_searchButton = new QToolButton(this);
  m_searchButton->setIcon(themedIcon(QStringLiteral("find")));
  m_searchButton->setToolTip(tr("Search in questions and answers"));
  m_searchButton->setProperty("flat", true);
  QSizePolicy keepsItsPlace = m_searchButton->sizePolicy();
  keepsItsPlace.setRetainSizeWhenHidden(true);
  m_searchButton->setSizePolicy(keepsItsPlace);
  m_searchButton->setAccessibleName(tr("Search in questions and answers"));
  m_searchButton->setAccessibleDescription(tr("Opens a field that filters the exchanges."));
  m_search = new HistorySearch(this);
  m_empty = new EmptyConversation(this);
  m_view = new ConversationView(this);
  m_view->setModel(m_filter);
  m_stack = new QStackedWidget(this);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_view);
  m_input = new QuestionInput(this);

  m_header = new QHBoxLayout;
  m_header->addWidget(m_caption, 1);
  m_header->addWidget(m_searchButton);
  m_searchRow = new QHBoxLayout;
  m_searchRow->addWidget(m_search);
  m_inputRow = new QHBoxLayout;
  m_inputRow->addWidget(m_input);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(m_header);
  column->addLayout(m_searchRow);
  column->addWidget(m_stack, 1);
  column->addLayout(m_inputRow);
}

void QuestionPanel::connectParts() {
  connect(m_searchButton, &QToolButton::clicked, this, &QuestionPanel::openHistorySearch);
  connect(m_search, &HistorySearch::textChanged, this, &QuestionPanel::filterChanged);
  connect(m_search, &HistorySearch::closed, this, [this] { m_view->setFocus(Qt::OtherFocusReason); });
  connect(m_empty, &EmptyConversation::exampleChosen, this, [this](const QString& question) {
    setDraft(question);
    focusInput();
  });
  connect(m_view, &ConversationView::evidenceActivated, this, &QuestionPanel::evidenceActivated);
  connect(m_view, &ConversationView::askAlongRequested, this, &QuestionPanel::askAlongRequested);
  connect(m_view, &ConversationView::currentChanged, this, &QuestionPanel::exchangeSelected);
  connect(m_view, &ConversationView::askAgainRequested, this, [this](const QString& question) {
    if (m_available) {
      Q_EMIT askRequested(question, {});
    } else {
      setDraft(question);
      focusInput();
    }
  });
  connect(m_view, &ConversationView::askAgainAsOfRequested, this, [this](const QString& question, qint64 segment) {
    setDraft(question);
    setAsOf(std::max<qint64>(0, segment));
    focusInput();
  });
  connect(m_input, &QuestionInput::askRequested, this, &QuestionPanel::askRequested);
  connect(m_input, &QuestionInput::textChanged, this, &QuestionPanel::draftChanged);
  connect(m_input, &QuestionInput::stopRequested, this, &QuestionPanel::stopCurrent);
  for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
    connect(m_filter, signal, this, &QuestionPanel::updateCount);
  }
}

void QuestionPanel::showConversation(std::vector<Exchange> exchanges) {
  markInterrupted(exchanges);
  m_questionOfRun.clear();
  m_runs.clear();
  m_search->close();
  m_model->setExchanges(std::move(exchanges));
  refreshHistory();
  runsChanged();
}

void QuestionPanel::clear() {
  showConversation({});
  setDraft({});
  setAsOf({});
}

void QuestionPanel::questionQueued(quint64 run, const QString& question, std::optional<qint64> asOf) {
  if (m_questionOfRun.contains(run)) return;
  // What was just asked must be seen, whatever was searched for before.
  m_search->close();
  Exchange exchange;
  exchange.questionId = m_nextWaitingId--;
  exchange.question = question;
  exchange.state = QuestionState::kRunning;
  exchange.waiting = true;
  exchange.asOfSegment = asOf.value_or(kNewestSegment);
  exchange.askedAt = QDateTime::currentDateTimeUtc();
  m_questionOfRun.insert(run, exchange.questionId);
  m_runs.push_back(run);
  m_model->begin(exchange);
  m_view->scrollToBottom();
  if (draft().trimmed() == question.trimmed()) {
    m_input->clearText();
    setAsOf({});
  }
  refreshHistory();
  runsChanged();
}

void QuestionPanel::answerStarted(quint64 run, qint64 questionId, qint64 asOfSegment, bool readFinished) {
  const auto known = m_questionOfRun.find(run);
  if (known == m_questionOfRun.end()) return;
  const Exchange* waiting = m_model->find(known.value());
  if (waiting == nullptr) return;
  Exchange exchange = *waiting;
  exchange.questionId = questionId;
  exchange.waiting = false;
  exchange.asOfSegment = asOfSegment;
  exchange.readFinished = readFinished;
  if (m_model->replace(known.value(), exchange)) known.value() = questionId;
  runsChanged();
}

void QuestionPanel::appendDelta(quint64 run, const QString& text) {
  const auto known = m_questionOfRun.constFind(run);
  if (known != m_questionOfRun.constEnd()) m_model->appendDelta(known.value(), text);
}

void QuestionPanel::answerFinished(quint64 run, Exchange exchange) {
  const auto known = m_questionOfRun.constFind(run);
  if (known == m_questionOfRun.constEnd()) return;
  if (const Exchange* shown = m_model->find(known.value())) {
    exchange.readFinished = exchange.readFinished && shown->readFinished;
    if (!exchange.askedAt.isValid()) exchange.askedAt = shown->askedAt;
    exchange.waiting = false;
    m_model->replace(known.value(), exchange);
  }
  endRun(run);
}

void QuestionPanel::answerFailed(quint64 run, const QString& reason) {
  const auto known = m_questionOfRun.constFind(run);
  if (known == m_questionOfRun.constEnd()) return;
  m_model->fail(known.value(), reason);
  endRun(run);
}

void QuestionPanel::answerCancelled(quint64 run) {
  const auto known = m_questionOfRun.constFind(run);
  if (known == m_questionOfRun.constEnd()) return;
  m_model->flush();
  if (const Exchange* shown = m_model->find(known.value())) {
    Exchange exchange = *shown;
    exchange.state = QuestionState::kCancelled;
    exchange.waiting = false;
    m_model->finish(exchange);
  }
  endRun(run);
}

void QuestionPanel::setEvidence(qint64 questionId, std::vector<EvidenceChip> evidence) {
  m_model->flush();
  const Exchange* shown = m_model->find(questionId);
  if (shown == nullptr) return;
  Exchange exchange = *shown;
  exchange.evidence = std::move(evidence);
  m_model->replace(questionId, exchange);
}

void QuestionPanel::endRun(quint64 run) {
  m_questionOfRun.remove(run);
  std::erase(m_runs, run);
  runsChanged();
}

void QuestionPanel::runsChanged() {
  m_input->setAnswering(!m_runs.empty());
  updateCount();
}

void QuestionPanel::stopCurrent() {
  if (m_runs.empty()) return;
  const auto answering = std::find_if(m_runs.begin(), m_runs.end(), [this](quint64 run) {
    const Exchange* exchange = m_model->find(m_questionOfRun.value(run));
    return exchange != nullptr && !exchange->waiting;
  });
  Q_EMIT stopRequested(answering == m_runs.end() ? m_runs.front() : *answering);
}

void QuestionPanel::refreshHistory() {
  QStringList questions;
  for (const Exchange& exchange : m_model->exchanges()) {
    if (questions.isEmpty() || questions.back() != exchange.question) questions += exchange.question;
  }
  m_input->setHistory(questions);
}

QString QuestionPanel::draft() const {
  return m_input->text();
}

void QuestionPanel::setDraft(const QString& text) {
  m_input->setText(text);
}

void QuestionPanel::setAsOf(std::optional<qint64> segment) {
  m_input->setAsOf(segment);
}

void QuestionPanel::setAvailability(const QString& reason, qint64 segmentsRead) {
  m_available = reason.isEmpty();
  m_input->setAvailability(reason, segmentsRead);
}

void QuestionPanel::setMaxQuestionTokensHint(int characters) {
  m_input->setCharacterLimit(characters);
}

void QuestionPanel::setExamples(const QStringList& questions) {
  m_empty->setExamples(questions);
}

void QuestionPanel::focusInput() {
  m_input->focusEditor();
}

void QuestionPanel::openHistorySearch() {
  m_search->open();
}

std::vector<Exchange> QuestionPanel::exchanges() const {
  return m_model->exchanges();
}

std::optional<Exchange> QuestionPanel::selectedExchange() const {
  const int row = m_view->currentRow();
  if (row < 0) return {};
  return m_view->exchangeAt(row);
}

void QuestionPanel::filterChanged(const QString& text) {
  m_filter->setFilterFixedString(text);
  m_view->setMarkedText(text);
  updateCount();
}

void QuestionPanel::updateCount() {
  const int all = m_model->rowCount();
  m_search->setCount(m_filter->rowCount(), all);
  m_stack->setCurrentWidget(all == 0 ? static_cast<QWidget*>(m_empty) : m_view);
  m_searchButton->setVisible(all > 0);
}

void QuestionPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyColors();
}

void QuestionPanel::applyColors() {
  m_caption->setFont(captionFont(font()));
  m_searchButton->setIconSize({fontMetrics().height(), fontMetrics().height()});
  // The same margin as in the list, which grows with the type.
  const int step = static_cast<int>(std::lround(ExchangeStyle{font(), 0, false}.step()));
  m_header->setContentsMargins(4 * step, 2 * step, 4 * step, step);
  m_searchRow->setContentsMargins(4 * step, 0, 4 * step, 0);
  m_inputRow->setContentsMargins(4 * step, 2 * step, 4 * step, 3 * step);
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, themeColors(palette()).dim);
  m_caption->setPalette(dim);
}

}  // namespace tidemark::ui
