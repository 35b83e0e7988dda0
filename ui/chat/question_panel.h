#pragma once
// Questions and answers of the open session: the history, the search in it, and the field for the next question. Told
// what happens by run ids; runs it does not know are stale and ignored. GUI thread.

#include <QHash>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/chat/conversation.h"

class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QToolButton;

namespace tidemark::ui {

class ConversationModel;
class ConversationView;
class EmptyConversation;
class HistorySearch;
class QuestionInput;

class QuestionPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit QuestionPanel(QWidget* parent = nullptr);

  /// Replaces the history and forgets all runs; whatever is stored as running was interrupted and shows as stopped.
  void showConversation(std::vector<Exchange> exchanges);
  void clear();

  /// The question is shown at once as waiting, after everything asked before it.
  void questionQueued(quint64 run, const QString& question, std::optional<qint64> asOf);
  void answerStarted(quint64 run, qint64 questionId, qint64 asOfSegment, bool readFinished);
  void appendDelta(quint64 run, const QString& text);
  /// Fields of `exchange` that the session does not store are kept from answerStarted.
  void answerFinished(quint64 run, Exchange exchange);
  void answerFailed(quint64 run, const QString& reason);
  void answerCancelled(quint64 run);
  /// Evidence that was worked out after the answer. Unknown questions are ignored.
  void setEvidence(qint64 questionId, std::vector<EvidenceChip> evidence);

  [[nodiscard]] QString draft() const;
  void setDraft(const QString& text);
  void setAsOf(std::optional<qint64> segment);
  /// `reason`: a sentence why nothing can be asked, empty if it can.
  void setAvailability(const QString& reason, qint64 segmentsRead);
  void setMaxQuestionTokensHint(int characters);
  void setExamples(const QStringList& questions);
  void focusInput();
  void openHistorySearch();

  /// Questions that never reached the engine have negative ids.
  [[nodiscard]] std::vector<Exchange> exchanges() const;
  [[nodiscard]] std::optional<Exchange> selectedExchange() const;

 Q_SIGNALS:
  void askRequested(const QString& question, std::optional<qint64> asOfSegment);
  void stopRequested(quint64 run);
  void askAlongRequested(const QString& question);
  void evidenceActivated(const tidemark::ui::EvidenceChip& chip);
  void exchangeSelected(qint64 questionId);
  void draftChanged();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void connectParts();
  void applyColors();
  void runsChanged();
  void filterChanged(const QString& text);
  void updateCount();
  void stopCurrent();
  void endRun(quint64 run);
  void refreshHistory();

  QHBoxLayout* m_header = nullptr;
  QHBoxLayout* m_searchRow = nullptr;
  QHBoxLayout* m_inputRow = nullptr;
  QLabel* m_caption = nullptr;
  QToolButton* m_searchButton = nullptr;
  HistorySearch* m_search = nullptr;
  QStackedWidget* m_stack = nullptr;
  EmptyConversation* m_empty = nullptr;
  ConversationView* m_view = nullptr;
  QuestionInput* m_input = nullptr;
  ConversationModel* m_model = nullptr;
  QSortFilterProxyModel* m_filter = nullptr;
  QHash<quint64, qint64> m_questionOfRun;
  std::vector<quint64> m_runs;  // in the order they were asked
  bool m_available = true;
  qint64 m_nextWaitingId = -1;  // ids of waiting questions count down
};

}  // namespace tidemark::ui
