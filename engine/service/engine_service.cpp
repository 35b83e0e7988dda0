#include "engine/service/engine_service.h"

#include <algorithm>
#include <exception>
#include <new>

#include "engine/base/system_memory.h"
#include "engine/service/ask_job.h"
#include "engine/service/bookmark_job.h"
#include "engine/service/diff_job.h"
#include "engine/service/pin_job.h"
#include "engine/service/read_job.h"
#include "engine/service/recall_job.h"
#include "engine/service/text_removal.h"
#include "engine/service/timeline_job.h"

namespace tidemark {

struct EngineService::Job {
  using Work = std::variant<std::monostate, std::unique_ptr<ReadJob>, std::unique_ptr<AskJob>,
                            std::unique_ptr<BookmarkJob>, std::unique_ptr<RemovalJob>, std::unique_ptr<PinJob>,
                            std::unique_ptr<TimelineJob>, std::unique_ptr<DiffJob>, std::unique_ptr<RecallJob>>;
  RunId run{};
  std::shared_ptr<Control> control;
  Work work;
  bool announcedPause = false;

  /// Such jobs go one after the other: they change what is read and how far.
  [[nodiscard]] bool isExclusive() const {
    return std::holds_alternative<std::unique_ptr<ReadJob>>(work) ||
           std::holds_alternative<std::unique_ptr<RemovalJob>>(work);
  }
  [[nodiscard]] bool waits() const { return control->paused && !control->stop.stop_requested(); }
  [[nodiscard]] Result<JobStep> step() {
    return std::visit(
        [](auto& each) -> Result<JobStep> {
          if constexpr (std::is_same_v<std::decay_t<decltype(each)>, std::monostate>) {
            return JobStep::kDone;
          } else {
            return each->step();
          }
        },
        work);
  }
};

/// The job that does what is requested.
struct EngineService::JobMaker {
  EngineState& state;
  RunId run;
  std::stop_token stop;

  Job::Work operator()(ReadRequest& request) const {
    return std::make_unique<ReadJob>(state, run, std::move(request), stop);
  }
  Job::Work operator()(AskRequest& request) const {
    return std::make_unique<AskJob>(state, run, std::move(request), stop);
  }
  Job::Work operator()(BookmarkRequest& request) const {
    return std::make_unique<BookmarkJob>(state, run, std::move(request));
  }
  Job::Work operator()(WorkRequest& request) const { return std::visit(*this, request); }
  Job::Work operator()(RemoveTextRequest& request) const {
    return std::make_unique<RemovalJob>(state, run, request, stop);
  }
  Job::Work operator()(PinRequest& request) const { return std::make_unique<PinJob>(state, run, request, stop); }
  Job::Work operator()(TimelineRequest& request) const {
    return std::make_unique<TimelineJob>(state, run, std::move(request), stop);
  }
  Job::Work operator()(MemoryDiffRequest& request) const {
    return std::make_unique<DiffJob>(state, run, std::move(request), stop);
  }
  Job::Work operator()(RecallRequest& request) const { return std::make_unique<RecallJob>(state, run, request, stop); }
};

Result<std::unique_ptr<EngineService>> EngineService::start(LoadedModel model, SessionStore store, EventSink sink) {
  if (Status same = store.requireModel(model.identity); !same) return same.error();
  EngineState state{std::move(model), std::move(store), std::move(sink)};
  if (Status loaded = loadNewest(state); !loaded) return loaded.error();
  return std::unique_ptr<EngineService>(new EngineService(std::move(state)));
}

EngineService::EngineService(EngineState state) : m_state(std::move(state)) {
  m_thread = std::jthread([this](const std::stop_token& stop) { threadMain(stop); });
}

EngineService::~EngineService() {
  shutDown();
}

std::optional<LoadedModel> EngineService::stop(std::unique_ptr<EngineService> service) {
  TM_CHECK(service != nullptr, "a service can be stopped once");
  service->shutDown();
  service->m_jobs.clear();  // they refer to the model
  std::optional<LoadedModel> model;
  if (!service->m_deviceLost) model = std::move(service->m_state.model);
  service.reset();  // closes the session: it may be opened again when this returns
  return model;
}

void EngineService::shutDown() {
  if (!m_thread.joinable()) return;
  {
    const std::lock_guard lock(m_mutex);
    for (auto& [run, control] : m_controls) control->stop.request_stop();
  }
  m_thread.request_stop();
  m_thread.join();
}

Result<RunId> EngineService::read(ReadRequest request) {
  return enqueue(std::move(request));
}
Result<RunId> EngineService::ask(AskRequest request) {
  return enqueue(std::move(request));
}

Result<RunId> EngineService::work(WorkRequest request) {
  return enqueue(std::move(request));
}

Result<RunId> EngineService::addBookmark(BookmarkRecord bookmark) {
  return enqueue(BookmarkRequest(AddBookmark{std::move(bookmark)}));
}
Result<RunId> EngineService::updateBookmark(BookmarkRecord bookmark) {
  return enqueue(BookmarkRequest(UpdateBookmark{std::move(bookmark)}));
}
Result<RunId> EngineService::removeBookmark(std::int64_t id) {
  return enqueue(BookmarkRequest(RemoveBookmark{id}));
}

Result<RunId> EngineService::enqueue(Request request) {
  const std::lock_guard lock(m_mutex);
  if (m_queue.size() >= kQueueCapacity) {
    return makeError(ErrorCode::kBusy,
                     std::to_string(kQueueCapacity) + " requests are waiting already; try again later");
  }
  const RunId run{++m_lastRun};
  auto control = std::make_shared<Control>();
  m_controls[run] = control;
  m_queue.push_back({run, std::move(request), std::move(control)});
  m_changed.notify_all();
  return run;
}

void EngineService::pause(RunId run) {
  const std::lock_guard lock(m_mutex);
  if (const auto found = m_controls.find(run); found != m_controls.end()) found->second->paused = true;
}

void EngineService::resume(RunId run) {
  const std::lock_guard lock(m_mutex);
  if (const auto found = m_controls.find(run); found != m_controls.end()) found->second->paused = false;
  ++m_wakeCount;
  m_changed.notify_all();
}

void EngineService::cancel(RunId run) {
  const std::lock_guard lock(m_mutex);
  if (const auto found = m_controls.find(run); found != m_controls.end()) found->second->stop.request_stop();
  ++m_wakeCount;
  m_changed.notify_all();
}

void EngineService::forget(RunId run) {
  const std::lock_guard lock(m_mutex);
  m_controls.erase(run);
}

void EngineService::threadMain(const std::stop_token& stop) {
  // A stopped service still steps its jobs once, so that each of them ends as cancelled and keeps what it has.
  // Stops only if it knew before it took the commands: what was sent before the stop is not lost.
  while (true) {
    const bool stopping = stop.stop_requested();
    acceptCommands(stop);
    if (!stepJobs() && stopping) return;
  }
}

void EngineService::acceptCommands(const std::stop_token& stop) {
  std::unique_lock lock(m_mutex);
  // A pause is announced (in stepJobs) before the thread sleeps on it.
  const bool idle =
      std::all_of(m_jobs.begin(), m_jobs.end(), [](const auto& job) { return job->waits() && job->announcedPause; });
  if (idle) {
    const std::uint64_t seen = m_wakeCount;
    m_changed.wait(lock, stop, [&] { return !m_queue.empty() || m_wakeCount != seen; });
  }
  while (!m_queue.empty()) {
    Command command = std::move(m_queue.front());
    m_queue.pop_front();
    auto job = std::make_unique<Job>();
    job->run = command.run;
    job->control = command.control;
    job->work = std::visit(JobMaker{m_state, command.run, command.control->stop.get_token()}, command.request);
    m_jobs.push_back(std::move(job));
  }
}

/// One step for each job that may run: questions all, reads and removals one at a time. False when nothing ran.
bool EngineService::stepJobs() {
  bool ran = false;
  bool exclusiveTookItsTurn = false;
  for (auto& job : m_jobs) {
    const bool waits = job->waits();
    if (waits != job->announcedPause) {
      job->announcedPause = waits;
      if (waits) {
        m_state.send(RunPaused{job->run});
      } else {
        m_state.send(RunResumed{job->run});
      }
    }
    if (job->isExclusive()) {
      // Reads share one memory: the second starts when the first is over, paused or not.
      if (exclusiveTookItsTurn) continue;
      exclusiveTookItsTurn = true;
    }
    if (waits) continue;
    ran = true;
    if (stepJob(*job)) {
      forget(job->run);
      job.reset();
    }
  }
  std::erase(m_jobs, nullptr);
  return ran;
}

bool EngineService::stepJob(Job& job) {
  Error error;
  try {
    const auto result = job.step();
    if (result) return *result == JobStep::kDone;
    error = result.error();
  } catch (const std::bad_alloc&) {
    job.work = std::monostate{};  // saying what happened needs memory as well
    error = makeError(ErrorCode::kOutOfMemory, "there is not enough memory to go on (" +
                                                   formatBytes(availableMemoryBytes()) +
                                                   " are free); close other programs or choose a smaller model");
  } catch (const std::exception& exception) {  // libraries only; ours return errors
    error = makeError(ErrorCode::kInternal, std::string("an unexpected failure ended this run: ") + exception.what());
  }
  if (error.code == ErrorCode::kCancelled) {
    m_state.send(RunCancelled{job.run});
  } else {
    if (error.code == ErrorCode::kDeviceLost) m_deviceLost = true;
    m_state.send(RunFailed{job.run, error});
  }
  return true;
}

}  // namespace tidemark
