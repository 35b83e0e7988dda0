#include "ui/wavefront/pacer.h"

#include <utility>

namespace tidemark::ui {

Pacer::Pacer(int milliseconds, std::function<void()> run, QObject* parent)
    : QObject(parent), m_run(std::move(run)), m_interval(milliseconds) {
  m_later.setSingleShot(true);
  m_later.setTimerType(Qt::PreciseTimer);
  connect(&m_later, &QTimer::timeout, this, &Pacer::runNow);
}

void Pacer::request() {
  if (m_later.isActive()) return;
  const qint64 since = m_since.isValid() ? m_since.elapsed() : m_interval;
  if (since >= m_interval) return runNow();
  m_later.start(m_interval - static_cast<int>(since));
}

void Pacer::runNow() {
  m_later.stop();
  m_since.start();
  m_run();
}

}  // namespace tidemark::ui
