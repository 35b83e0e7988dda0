#include "ui/bridge/background_worker.h"

namespace tidemark::ui {

BackgroundWorker::BackgroundWorker(QObject* parent) : QObject(parent) {
  m_thread = std::jthread([this](const std::stop_token& stop) { threadMain(stop); });
}

BackgroundWorker::~BackgroundWorker() {
  m_thread.request_stop();
  m_thread.join();
}

void BackgroundWorker::enqueue(Task task) {
  const std::lock_guard lock(m_mutex);
  m_tasks.push_back(std::move(task));
  m_changed.notify_all();
}

void BackgroundWorker::threadMain(const std::stop_token& stop) {
  while (true) {
    Task task;
    {
      std::unique_lock lock(m_mutex);
      if (!m_changed.wait(lock, stop, [this] { return !m_tasks.empty(); }) || stop.stop_requested()) return;
      task = std::move(m_tasks.front());
      m_tasks.pop_front();
    }
    task(stop);
  }
}

}  // namespace tidemark::ui
