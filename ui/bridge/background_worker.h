#pragma once
// Work that the GUI thread must not do: jobs run one after another on one thread; what they return comes back to the
// GUI thread, unless the receiver is gone by then.

#include <QObject>
#include <QPointer>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <type_traits>

namespace tidemark::ui {

class BackgroundWorker final : public QObject {
  Q_OBJECT

 public:
  explicit BackgroundWorker(QObject* parent = nullptr);
  /// Asks the running job to stop, drops those that wait, and joins.
  ~BackgroundWorker() override;

  /// Runs `job(stop_token)` on the worker's thread, then `done(result)` on the GUI thread if `receiver` still lives.
  template <typename Job, typename Done>
  void run(QObject* receiver, Job job, Done done) {
    enqueue([this, guard = QPointer<QObject>(receiver), job = std::move(job),
             done = std::move(done)](const std::stop_token& stop) mutable {
      auto result = job(stop);
      // Posted to the worker object, which lives as long as its thread; the receiver is looked at on its own thread.
      QMetaObject::invokeMethod(
          this,
          [guard, done = std::move(done), result = std::move(result)]() mutable {
            if (guard) done(std::move(result));
          },
          Qt::QueuedConnection);
    });
  }

 private:
  using Task = std::function<void(const std::stop_token&)>;
  void enqueue(Task task);
  void threadMain(const std::stop_token& stop);

  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::deque<Task> m_tasks;  // guarded by m_mutex
  std::jthread m_thread;     // last: joined before the rest goes away
};

}  // namespace tidemark::ui
