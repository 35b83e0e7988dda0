#pragma once
// The answers to one question along the document, with the questions that were asked in this way before. Told what
// happens by the number of the timeline; numbers it does not know are ignored. GUI thread.

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/timeline/answer_timeline.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace tidemark::ui {

class TimelineView;

class TimelinePanel final : public QWidget {
  Q_OBJECT

 public:
  explicit TimelinePanel(QWidget* parent = nullptr);

  /// Those of the session, oldest first; the newest is shown.
  void setTimelines(std::vector<AnswerTimeline> timelines);
  void clear();
  /// A question that is being asked now, without answers so far; it is shown.
  void begin(AnswerTimeline timeline);
  void addAnswer(qint64 timeline, const TimelineAnswer& answer);
  void end(qint64 timeline, QuestionState state);

  void setTotalSegments(qint64 segments);
  /// What people call the place where a segment ends: "p. 17".
  void setPlaceName(const std::function<QString(qint64 segment)>& name);
  [[nodiscard]] const std::vector<AnswerTimeline>& timelines() const { return m_timelines; }
  [[nodiscard]] TimelineView& view() { return *m_view; }
  /// Whether no other tab covers it: to Qt it is visible then, too.
  void setInFront(bool isInFront);

  /// What stands below: the place that is current, or all in one sentence.
  [[nodiscard]] QString note() const;
  [[nodiscard]] QString progressText() const;
  [[nodiscard]] const std::vector<AnswerChange>& shownChanges() const { return m_changesTold; }

 Q_SIGNALS:
  void segmentActivated(qint64 segment);
  void askAsOfRequested(qint64 segment);
  void stopRequested();
  /// Where the answer changes in the timeline that people see now; none while the panel is hidden or covered.
  void changesShown(const std::vector<tidemark::ui::AnswerChange>& changes);

 protected:
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  [[nodiscard]] AnswerTimeline* find(qint64 timeline);
  void fillQuestions(qint64 shown);
  void showChosen();
  void showState();
  void tellChanges();
  [[nodiscard]] QString summary() const;
  void applyColors();

  std::vector<AnswerTimeline> m_timelines;
  std::vector<AnswerChange> m_changesTold;
  bool m_isInFront = true;
  QLabel* m_caption;
  QComboBox* m_questions;
  QLabel* m_progress;
  QToolButton* m_stop;
  QHBoxLayout* m_header;
  QStackedWidget* m_stack;
  QLabel* m_placeholder;
  TimelineView* m_view;
  QLabel* m_note;
};

}  // namespace tidemark::ui
