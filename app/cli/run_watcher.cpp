#include "app/cli/run_watcher.h"

#include <chrono>

#include "app/cli/interrupt.h"

namespace tidemark::cli {
namespace {

// A signal cannot wake a condition variable, so the flag is looked at this often.
constexpr auto kLookForSignal = std::chrono::milliseconds(50);

RunId runOf(const Event& event) {
  return std::visit([](const auto& e) { return e.run; }, event);
}

/// What a run that came to its end sends last.
bool isEnd(const Event& event) {
  return std::holds_alternative<ReadFinished>(event) || std::holds_alternative<AnswerFinished>(event) ||
         std::holds_alternative<TextRemoved>(event) || std::holds_alternative<SnapshotPinned>(event) ||
         std::holds_alternative<TimelineFinished>(event);
}

}  // namespace

EventSink RunWatcher::sink() {
  return [this](const Event& event) {
    const std::lock_guard lock(m_mutex);
    m_events.push_back(event);
    m_changed.notify_one();
  };
}

Status RunWatcher::follow(EngineService& service, RunId run, const std::function<void(const Event&)>& handle) {
  bool cancelSent = false;
  while (true) {
    std::deque<Event> events;
    {
      std::unique_lock lock(m_mutex);
      m_changed.wait_for(lock, kLookForSignal, [&] { return !m_events.empty(); });
      events.swap(m_events);
    }
    if (interrupted() && !cancelSent) {
      service.cancel(run);
      cancelSent = true;
    }
    for (const Event& event : events) {
      if (runOf(event) != run) continue;
      handle(event);
      if (isEnd(event)) return {};
      if (const auto* failed = std::get_if<RunFailed>(&event)) return failed->error;
      if (std::holds_alternative<RunCancelled>(event)) {
        return makeError(ErrorCode::kCancelled, "cancelled; the session is kept, run the same command again to go on");
      }
    }
  }
}

}  // namespace tidemark::cli
