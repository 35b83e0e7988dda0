#pragma once
// Draws the answers to one question along the document: lanes, where they change, and how sure the model was. Clicking
// goes to the text that made the difference. Left and Right go from place to place, Up and Down from change to change,
// Enter goes to the text. GUI thread.

#include <QAbstractScrollArea>
#include <functional>
#include <optional>

#include "ui/timeline/timeline_layout.h"

class QMenu;

namespace tidemark::ui {

class TimelineView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  explicit TimelineView(QWidget* parent = nullptr);

  /// The place that is current stays current while answers are added to the same timeline.
  void setTimeline(AnswerTimeline timeline);
  [[nodiscard]] const AnswerTimeline& timeline() const { return m_timeline; }
  void setTotalSegments(qint64 segments);
  /// What people call the place where a segment ends: "p. 17".
  void setPlaceName(std::function<QString(qint64 segment)> name);

  [[nodiscard]] std::optional<std::size_t> currentAnswer() const { return m_current; }
  void setCurrentAnswer(std::optional<std::size_t> answer);
  /// Goes to the text of the current answer.
  void activateCurrent();
  /// "after p. 17: Paris (before: London), 82 % sure of its words".
  [[nodiscard]] QString describe(std::size_t answer) const;
  /// "p. 3 to p. 17: Paris".
  [[nodiscard]] QString describeStretch(std::size_t stretch) const;
  /// In pixels of the viewport.
  [[nodiscard]] TimelineLayout timelineLayout() const;
  [[nodiscard]] int scrolled() const;
  /// The menu of the current answer; the caller owns it.
  [[nodiscard]] QMenu* makeMenu();

  [[nodiscard]] QSize sizeHint() const override;

 Q_SIGNALS:
  void segmentActivated(qint64 segment);
  void askAsOfRequested(qint64 segment);
  void currentChanged();

 protected:
  bool viewportEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  [[nodiscard]] QString placeName(qint64 segment) const;
  [[nodiscard]] QString answerText(const QString& answer) const;
  void moveBy(int places);
  void moveToChange(int step);
  void updateRange();
  void paintAxis(QPainter& painter, const TimelineLayout& layout) const;
  void paintLanes(QPainter& painter, const TimelineLayout& layout) const;
  void paintChanges(QPainter& painter, const TimelineLayout& layout) const;
  void paintCurrent(QPainter& painter, const TimelineLayout& layout) const;

  AnswerTimeline m_timeline;
  qint64 m_totalSegments = 0;
  std::function<QString(qint64)> m_placeName;
  std::optional<std::size_t> m_current;
};

}  // namespace tidemark::ui
