#pragma once
// Progress of a reading, for the toolbar: a bar and "62 % · 367 of 590 segments · about 9–11 s left".

#include <QString>
#include <QWidget>
#include <optional>

#include "ui/shell/reading_estimate.h"

class QProgressBar;

namespace tidemark::ui {

class ElidedLabel;

enum class ReadingPhase { kIdle, kReading, kPaused, kFinished };

struct ReadingProgress {
  double seconds = 0;     // of a clock that never goes back, pauses included
  qint64 bytesDone = 0;   // of the document
  qint64 bytesTotal = 0;  // 0: unknown, the bar then only shows that work goes on
  qint64 segmentsDone = 0;
  qint64 segmentsTotal = 0;  // 0: unknown
  qint64 groupsDone = 0;     // groups of cells; 0: unknown
  QString importing = {};    // the file that is becoming text meanwhile, in words; empty: none
};

/// "about 9–11 s left", "about 2 min left"; both ends in the unit of the longer one.
[[nodiscard]] QString remainingTimeText(const RemainingTime& remaining);

/// Empty while idle. The bar itself is never hidden: the action of a toolbar decides about the widget it holds, and
/// would keep one hidden that hid itself before it was added. GUI thread.
class ReadingBar : public QWidget {
  Q_OBJECT

 public:
  explicit ReadingBar(QWidget* parent = nullptr);

  /// kReading from kIdle or kFinished starts a new estimate. `seconds` on the clock of the progress.
  void setPhase(ReadingPhase phase, double seconds);
  [[nodiscard]] ReadingPhase phase() const { return m_phase; }
  void setProgress(const ReadingProgress& progress);
  [[nodiscard]] QString text() const;
  /// Of the reading that goes on, if it means something.
  [[nodiscard]] std::optional<RemainingTime> remaining() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void followFont();
  void updateText();

  QWidget* m_content;
  QProgressBar* m_bar;
  ElidedLabel* m_label;
  ReadingEstimate m_estimate;
  ReadingProgress m_progress;
  ReadingPhase m_phase = ReadingPhase::kIdle;
  bool m_isEstimateStarted = false;
  int m_announcedTenth = 0;
  int m_widestText = 0;  // of this reading, in pixels
};

}  // namespace tidemark::ui
