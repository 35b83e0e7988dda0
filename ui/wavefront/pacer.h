#pragma once
// Keeps work that is asked for often from being done too often. GUI thread.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <functional>

namespace tidemark::ui {

class Pacer : public QObject {
  Q_OBJECT
 public:
  /// Calls `run` at most once in `milliseconds`.
  Pacer(int milliseconds, std::function<void()> run, QObject* parent);

  void setInterval(int milliseconds) { m_interval = milliseconds; }
  [[nodiscard]] int interval() const { return m_interval; }
  /// Runs now if the last run is long enough ago, otherwise once when it is.
  void request();
  /// Runs now; what was asked for is done with it.
  void runNow();

 private:
  std::function<void()> m_run;
  int m_interval = 0;
  QTimer m_later;
  QElapsedTimer m_since;
};

}  // namespace tidemark::ui
