#pragma once
// The exchanges of a session, oldest first. Text that arrives while an answer is written is collected and shown at most
// 25 times a second, whatever the rate of the deltas. GUI thread.

#include <QAbstractListModel>
#include <QHash>
#include <QTimer>
#include <vector>

#include "ui/chat/conversation.h"

namespace tidemark::ui {

class ConversationModel final : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role {
    kExchangeRole = Qt::UserRole + 1,  // the whole Exchange
    kQuestionIdRole,
    kQuestionRole,
    kAnswerRole,
    kStateRole,  // int of QuestionState
    kWaitingRole,
    kAsOfSegmentRole,
    kAsOfPageRole,  // invalid if unknown
    kReadFinishedRole,
    kTokensRereadRole,
    kFirstTokenMsRole,
    kAskedAtRole,
    kEvidenceCountRole,
    kErrorRole,
    kSearchTextRole,  // question and answer
  };
  static constexpr int kFlushMilliseconds = 40;

  explicit ConversationModel(QObject* parent = nullptr);

  void setExchanges(std::vector<Exchange> exchanges);
  [[nodiscard]] std::vector<Exchange> exchanges() const;  // with every delta that has arrived
  [[nodiscard]] const Exchange* find(qint64 questionId) const;

  /// Appends an exchange, or replaces the one with its id.
  void begin(const Exchange& exchange);
  /// Replaces the exchange `questionId`, whose id may change (a waiting one gets the session's). False if unknown.
  bool replace(qint64 questionId, const Exchange& exchange);
  /// Ids that are not there are ignored.
  void appendDelta(qint64 questionId, const QString& text);
  /// The exchange is complete; replaces what streamed in.
  void finish(const Exchange& exchange);
  void fail(qint64 questionId, const QString& reason);
  /// Shows the collected deltas now.
  void flush();

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

 private:
  [[nodiscard]] int rowOf(qint64 questionId) const;
  void rowChanged(int row, const QList<int>& roles = {});
  void flushRow(int row);

  std::vector<Exchange> m_exchanges;
  QHash<qint64, int> m_rows;
  QHash<int, QString> m_pending;  // by row
  QTimer m_flushTimer;
};

}  // namespace tidemark::ui
