#pragma once
// Smooth scrolling: a distance that is covered in about 150 ms, faster at first. GUI thread.

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>

namespace tidemark::ui {

class ScrollMotion : public QObject {
  Q_OBJECT

 public:
  explicit ScrollMotion(QObject* parent = nullptr);

  /// With reduced motion every distance is covered at once.
  void setReducedMotion(bool reduced);
  /// Adds to the way that is left; turning round drops what was left the other way.
  void add(qreal pixels);
  void stop();
  [[nodiscard]] bool isRunning() const { return m_timer.isActive(); }

 Q_SIGNALS:
  /// Whole pixels.
  void moved(int pixels);

 protected:
  void timerEvent(QTimerEvent* event) override;

 private:
  QBasicTimer m_timer;
  QElapsedTimer m_clock;
  qreal m_left = 0;
  bool m_reduced = false;
};

}  // namespace tidemark::ui
