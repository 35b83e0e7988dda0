#pragma once
// How long a reading will still take, from what it did lately. Pure; one thread at a time.

#include <QtGlobal>
#include <deque>
#include <optional>

namespace tidemark::ui {

struct RemainingTime {
  double lowSeconds = 0;
  double highSeconds = 0;  // at least lowSeconds
};

/// Gives a range from the rates of the last stretch of work. Says nothing until it means something: at least 2 seconds
/// of work, and 2 % of what there was to read or 64 groups. Time between pause() and resume() does not count.
class ReadingEstimate {
 public:
  /// Forgets everything. `totalBytes`: the end of the document, in the unit of the samples.
  void start(qint64 totalBytes);
  /// `seconds` on a clock that never goes back; `bytesDone` of the whole document, including what earlier runs read;
  /// `groupsDone` groups of cells, 0 if unknown. Samples that go back in time are ignored. While paused, ignored too.
  void addSample(double seconds, qint64 bytesDone, qint64 groupsDone = 0);
  void pause(double seconds);
  void resume(double seconds);
  [[nodiscard]] bool isPaused() const { return m_isPaused; }
  [[nodiscard]] std::optional<RemainingTime> remaining() const;

 private:
  struct Sample {
    double seconds;  // of work
    double bytes;
  };
  [[nodiscard]] double bytesAt(double seconds) const;

  std::deque<Sample> m_samples;  // the last stretch; the first one before it is kept for interpolation
  double m_total = 0;
  double m_firstBytes = 0;
  double m_firstSeconds = 0;
  double m_pausedSeconds = 0;
  double m_pausedSince = 0;
  qint64 m_firstGroups = 0;
  qint64 m_groups = 0;
  bool m_isPaused = false;
};

}  // namespace tidemark::ui
