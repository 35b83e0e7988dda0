#pragma once
// The engine thread: exactly one std::jthread owns model, memory and session. Commands come in through a bounded queue,
// events go out as immutable values. A read and questions take turns, one step each, so asking while reading neither
// waits for the end nor changes what is read.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <variant>

#include "engine/service/engine_state.h"
#include "engine/service/requests.h"

namespace tidemark {

class EngineService {
 public:
  /// Checks that the session belongs to the model, loads its newest snapshot and starts the thread. `sink` is called on
  /// the engine thread. Errors: kMismatch (both values named), kCorrupt (snapshot), kOutOfMemory.
  [[nodiscard]] static Result<std::unique_ptr<EngineService>> start(LoadedModel model, SessionStore store,
                                                                    EventSink sink);
  EngineService(const EngineService&) = delete;
  EngineService& operator=(const EngineService&) = delete;
  /// Cancels every run and joins the thread.
  ~EngineService();

  /// The same, and the loaded model is given back once the session is closed: starting on another session with it reads
  /// no weights. Nothing if its device was lost: then it is of no use. Waits for the group or token that is being
  /// computed; a GUI lets a worker thread do it.
  [[nodiscard]] static std::optional<LoadedModel> stop(std::unique_ptr<EngineService> service);

  // All of the following may be called from any thread and return at once.

  /// Errors: kBusy when kQueueCapacity commands wait already.
  [[nodiscard]] Result<RunId> read(ReadRequest request);
  [[nodiscard]] Result<RunId> ask(AskRequest request);
  /// Removals wait for reads to end, and reads for them; everything else takes turns with a read.
  [[nodiscard]] Result<RunId> work(WorkRequest request);
  /// Done between the groups and tokens of other runs, also while those are paused. Cannot be cancelled.
  [[nodiscard]] Result<RunId> addBookmark(BookmarkRecord bookmark);
  [[nodiscard]] Result<RunId> updateBookmark(BookmarkRecord bookmark);
  [[nodiscard]] Result<RunId> removeBookmark(std::int64_t id);
  /// Takes effect before the run's next group or token. Runs that are over are ignored.
  void pause(RunId run);
  void resume(RunId run);
  void cancel(RunId run);

  static constexpr std::size_t kQueueCapacity = 64;

 private:
  using Request = std::variant<ReadRequest, AskRequest, BookmarkRequest, WorkRequest>;

  /// What other threads may touch of a run.
  struct Control {
    std::stop_source stop;
    std::atomic<bool> paused{false};
  };
  struct Command {
    RunId run{};
    Request request;
    std::shared_ptr<Control> control;
  };
  struct Job;
  struct JobMaker;

  explicit EngineService(EngineState state);
  [[nodiscard]] Result<RunId> enqueue(Request request);
  void shutDown();
  void threadMain(const std::stop_token& stop);
  void acceptCommands(const std::stop_token& stop);
  [[nodiscard]] bool stepJobs();
  /// Runs one step; true when the job is over.
  [[nodiscard]] bool stepJob(Job& job);
  void forget(RunId run);

  EngineState m_state;                      // engine thread only, once it runs
  std::deque<std::unique_ptr<Job>> m_jobs;  // engine thread only
  bool m_deviceLost = false;                // engine thread only, until it is joined

  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::deque<Command> m_queue;                           // guarded by m_mutex
  std::map<RunId, std::shared_ptr<Control>> m_controls;  // guarded by m_mutex
  std::uint64_t m_lastRun = 0;                           // guarded by m_mutex
  std::uint64_t m_wakeCount = 0;                         // guarded by m_mutex: pause, resume, cancel

  std::jthread m_thread;  // last: joined before the rest goes away
};

}  // namespace tidemark
