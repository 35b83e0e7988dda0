#include "ui/document/scroll_motion.h"

#include <QTimerEvent>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr int kFrameMs = 16;
constexpr qreal kDecayMs = 45;  // after three of these 95 % of the way is done

}  // namespace

ScrollMotion::ScrollMotion(QObject* parent) : QObject(parent) {}

void ScrollMotion::setReducedMotion(bool reduced) {
  m_reduced = reduced;
}

void ScrollMotion::add(qreal pixels) {
  if (m_reduced) {
    const int whole = static_cast<int>(std::lround(pixels));
    if (whole != 0) Q_EMIT moved(whole);
    return;
  }
  if ((pixels < 0) != (m_left < 0)) m_left = 0;
  m_left += pixels;
  if (m_timer.isActive()) return;
  m_clock.start();
  m_timer.start(kFrameMs, Qt::PreciseTimer, this);
}

void ScrollMotion::stop() {
  m_timer.stop();
  m_left = 0;
}

void ScrollMotion::timerEvent(QTimerEvent* event) {
  if (event->timerId() != m_timer.timerId()) {
    QObject::timerEvent(event);
    return;
  }
  const auto elapsed = static_cast<qreal>(std::clamp<qint64>(m_clock.restart(), 1, 100));
  const qreal way = m_left * (1 - std::exp(-elapsed / kDecayMs));
  int whole = static_cast<int>(way);
  if (whole == 0) whole = m_left > 0 ? 1 : -1;
  if (std::abs(m_left) < 1) whole = static_cast<int>(std::lround(m_left));
  m_left -= whole;
  if (std::abs(m_left) < 1) stop();
  if (whole != 0) Q_EMIT moved(whole);
}

}  // namespace tidemark::ui
