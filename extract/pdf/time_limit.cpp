#include "extract/pdf/time_limit.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace tidemark {

bool finishesWithin(std::chrono::milliseconds limit, std::function<void()> work) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, work = std::move(work)] {
    work();
    const std::lock_guard lock(shared->mutex);
    shared->done = true;
    shared->changed.notify_one();
  }).detach();
  std::unique_lock lock(shared->mutex);
  return shared->changed.wait_for(lock, limit, [&shared] { return shared->done; });
}

}  // namespace tidemark
