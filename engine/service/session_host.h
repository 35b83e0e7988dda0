#pragma once
// Opens and closes sessions on a thread of its own, so that nobody waits for a model to load, for a run to end or for a
// file to be checked. The model stays loaded from one session to the next as long as the same one is asked for.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "engine/service/engine_service.h"
#include "engine/service/load_notes.h"
#include "engine/service/session_engine.h"

namespace tidemark {

class SessionHost final : public SessionEngine {
 public:
  /// `notes`, if given, hears when a model begins to be loaded and when that has ended in an orderly way.
  explicit SessionHost(NoticeSink sink, std::shared_ptr<LoadNotes> notes = {});
  /// Closes the session, waiting until its runs have stored what they have.
  ~SessionHost() override;

  SessionToken open(OpenSessionRequest request) override;
  SessionToken close() override;
  [[nodiscard]] Result<RunId> read(ReadRequest request) override;
  [[nodiscard]] Result<RunId> ask(AskRequest request) override;
  [[nodiscard]] Result<RunId> work(WorkRequest request) override;
  [[nodiscard]] Result<RunId> changeBookmark(BookmarkRequest request) override;
  void pause(RunId run) override;
  void resume(RunId run) override;
  void cancel(RunId run) override;

 private:
  struct Task {
    SessionToken token{};
    std::optional<OpenSessionRequest> open;  // nothing: close
  };

  SessionToken enqueue(std::optional<OpenSessionRequest> open);
  void threadMain(const std::stop_token& stop);
  void closeCurrent();
  void openSession(SessionToken token, OpenSessionRequest request);
  [[nodiscard]] Result<std::filesystem::path> makeFork(const OpenSessionRequest& request);
  [[nodiscard]] Result<ModelSummary> startService(SessionToken token, const OpenSessionRequest& request);
  [[nodiscard]] bool isLoaded(const OpenSessionRequest& request) const;
  [[nodiscard]] Status ensureModel(const OpenSessionRequest& request);

  const NoticeSink m_sink;
  const std::shared_ptr<LoadNotes> m_notes;

  // Host thread only.
  std::optional<LoadedModel> m_model;  // while no session uses it
  std::filesystem::path m_modelDirectory;
  ModelOptions m_modelOptions;
  std::optional<OpenSessionRequest> m_current;
  SessionToken m_currentToken{};

  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  std::optional<Task> m_next;                // guarded by m_mutex
  std::stop_source m_forkStop;               // guarded by m_mutex: of what is being opened
  std::uint64_t m_lastToken = 0;             // guarded by m_mutex
  std::unique_ptr<EngineService> m_service;  // guarded by m_mutex; set on the host thread

  std::jthread m_thread;  // last: joined before the rest goes away
};

}  // namespace tidemark
