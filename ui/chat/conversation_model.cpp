#include "ui/chat/conversation_model.h"

#include "ui/chat/exchange_texts.h"

namespace tidemark::ui {

ConversationModel::ConversationModel(QObject* parent) : QAbstractListModel(parent) {
  m_flushTimer.setSingleShot(true);
  m_flushTimer.setInterval(kFlushMilliseconds);
  connect(&m_flushTimer, &QTimer::timeout, this, &ConversationModel::flush);
}

void ConversationModel::setExchanges(std::vector<Exchange> exchanges) {
  beginResetModel();
  m_flushTimer.stop();
  m_pending.clear();
  m_exchanges = std::move(exchanges);
  m_rows.clear();
  for (std::size_t row = 0; row < m_exchanges.size(); ++row) {
    m_rows.insert(m_exchanges[row].questionId, static_cast<int>(row));
  }
  endResetModel();
}

std::vector<Exchange> ConversationModel::exchanges() const {
  std::vector<Exchange> all = m_exchanges;
  for (auto it = m_pending.begin(); it != m_pending.end(); ++it) {
    all[static_cast<std::size_t>(it.key())].answer += it.value();
  }
  return all;
}

const Exchange* ConversationModel::find(qint64 questionId) const {
  const int row = rowOf(questionId);
  return row < 0 ? nullptr : &m_exchanges[static_cast<std::size_t>(row)];
}

int ConversationModel::rowOf(qint64 questionId) const {
  return m_rows.value(questionId, -1);
}

void ConversationModel::begin(const Exchange& exchange) {
  if (replace(exchange.questionId, exchange)) return;
  const int row = static_cast<int>(m_exchanges.size());
  beginInsertRows({}, row, row);
  m_exchanges.push_back(exchange);
  m_rows.insert(exchange.questionId, row);
  endInsertRows();
}

bool ConversationModel::replace(qint64 questionId, const Exchange& exchange) {
  const int row = rowOf(questionId);
  if (row < 0) return false;
  if (exchange.questionId != questionId) {
    if (m_rows.contains(exchange.questionId)) return false;
    m_rows.remove(questionId);
    m_rows.insert(exchange.questionId, row);
  }
  m_pending.remove(row);
  m_exchanges[static_cast<std::size_t>(row)] = exchange;
  rowChanged(row);
  return true;
}

void ConversationModel::appendDelta(qint64 questionId, const QString& text) {
  const int row = rowOf(questionId);
  if (row < 0 || text.isEmpty()) return;
  m_pending[row] += text;
  if (!m_flushTimer.isActive()) m_flushTimer.start();
}

void ConversationModel::finish(const Exchange& exchange) {
  replace(exchange.questionId, exchange);
}

void ConversationModel::fail(qint64 questionId, const QString& reason) {
  const int row = rowOf(questionId);
  if (row < 0) return;
  flushRow(row);
  Exchange& exchange = m_exchanges[static_cast<std::size_t>(row)];
  exchange.state = QuestionState::kFailed;
  exchange.waiting = false;
  exchange.error = reason;
  rowChanged(row);
}

void ConversationModel::flush() {
  m_flushTimer.stop();
  const QList<int> rows = m_pending.keys();
  for (const int row : rows) {
    flushRow(row);
    rowChanged(row, {kExchangeRole, kAnswerRole, kSearchTextRole, Qt::DisplayRole, Qt::AccessibleTextRole});
  }
}

void ConversationModel::flushRow(int row) {
  m_exchanges[static_cast<std::size_t>(row)].answer += m_pending.take(row);
}

void ConversationModel::rowChanged(int row, const QList<int>& roles) {
  Q_EMIT dataChanged(index(row), index(row), roles);
}

int ConversationModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_exchanges.size());
}

QVariant ConversationModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const Exchange& exchange = m_exchanges[static_cast<std::size_t>(index.row())];
  switch (role) {
    case kExchangeRole:
      return QVariant::fromValue(exchange);
    case kQuestionIdRole:
      return exchange.questionId;
    case Qt::DisplayRole:
    case kQuestionRole:
      return exchange.question;
    case kAnswerRole:
      return exchange.answer;
    case kStateRole:
      return static_cast<int>(exchange.state);
    case kWaitingRole:
      return exchange.waiting;
    case kAsOfSegmentRole:
      return exchange.asOfSegment;
    case kAsOfPageRole:
      return exchange.asOfPage.isEmpty() ? QVariant() : QVariant(exchange.asOfPage);
    case kReadFinishedRole:
      return exchange.readFinished;
    case kTokensRereadRole:
      return exchange.tokensReread;
    case kFirstTokenMsRole:
      return exchange.firstTokenMs;
    case kAskedAtRole:
      return exchange.askedAt;
    case kEvidenceCountRole:
      return static_cast<int>(exchange.evidence.size());
    case kErrorRole:
      return exchange.error;
    case kSearchTextRole:
      return QVariant(exchange.question + QLatin1Char('\n') + exchange.answer);
    case Qt::AccessibleTextRole:
      return spokenText(exchange);
    default:
      return {};
  }
}

QHash<int, QByteArray> ConversationModel::roleNames() const {
  return {{kExchangeRole, "exchange"},
          {kQuestionIdRole, "questionId"},
          {kQuestionRole, "question"},
          {kAnswerRole, "answer"},
          {kStateRole, "state"},
          {kWaitingRole, "waiting"},
          {kAsOfSegmentRole, "asOfSegment"},
          {kAsOfPageRole, "asOfPage"},
          {kReadFinishedRole, "readFinished"},
          {kTokensRereadRole, "tokensReread"},
          {kFirstTokenMsRole, "firstTokenMs"},
          {kAskedAtRole, "askedAt"},
          {kEvidenceCountRole, "evidenceCount"},
          {kErrorRole, "error"},
          {kSearchTextRole, "searchText"},
          {Qt::DisplayRole, "display"}};
}

}  // namespace tidemark::ui
