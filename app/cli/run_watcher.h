#pragma once
// Events of the engine thread, handed to the main thread: printing never holds the engine up.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "engine/service/engine_service.h"

namespace tidemark::cli {

class RunWatcher {
 public:
  /// To be given to EngineService::start; the watcher must outlive the service.
  [[nodiscard]] EventSink sink();

  /// Calls `handle` for every event of `run` until the run is over, and cancels it when a signal came. Errors: the
  /// run's own, kCancelled.
  [[nodiscard]] Status follow(EngineService& service, RunId run, const std::function<void(const Event&)>& handle);

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<Event> m_events;
};

}  // namespace tidemark::cli
