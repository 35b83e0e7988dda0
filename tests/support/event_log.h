#pragma once
// Collects a service's events and waits for runs to end.

#include <condition_variable>
#include <mutex>
#include <vector>

#include "engine/service/engine_service.h"

namespace tidemark::testing {

class EventLog {
 public:
  [[nodiscard]] EventSink sink() {
    return [this](const Event& event) {
      const std::lock_guard lock(m_mutex);
      m_events.push_back(event);
      m_changed.notify_all();
    };
  }

  /// The first event of type T of that run, waiting up to a minute.
  template <typename T>
  [[nodiscard]] std::optional<T> wait(RunId run) {
    std::unique_lock lock(m_mutex);
    std::optional<T> found;
    m_changed.wait_for(lock, std::chrono::minutes(1), [&] {
      for (const Event& event : m_events) {
        if (const T* match = std::get_if<T>(&event); match != nullptr && match->run == run) {
          found = *match;
          return true;
        }
        // A failed run never sends what is waited for.
        if (const auto* failed = std::get_if<RunFailed>(&event); failed != nullptr && failed->run == run) return true;
      }
      return false;
    });
    return found;
  }

  template <typename T>
  [[nodiscard]] std::size_t count() {
    const std::lock_guard lock(m_mutex);
    std::size_t n = 0;
    for (const Event& event : m_events) n += std::holds_alternative<T>(event) ? 1 : 0;
    return n;
  }

  [[nodiscard]] std::vector<Event> events() {
    const std::lock_guard lock(m_mutex);
    return m_events;
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::vector<Event> m_events;
};

}  // namespace tidemark::testing
