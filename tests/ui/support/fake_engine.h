#pragma once
// A session engine that does nothing but remember what it was asked; the test plays the notices.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/service/session_engine.h"

namespace tidemark::testing {

/// Shared between the test and the bridge, which owns the engine itself.
struct FakeEngineLog {
  NoticeSink sink;
  std::vector<OpenSessionRequest> opened;
  std::vector<ReadRequest> reads;
  std::vector<AskRequest> questions;
  std::vector<WorkRequest> works;
  std::vector<BookmarkRequest> bookmarks;
  std::vector<std::string> commands;  // "pause 1", ...
  std::uint64_t lastToken = 0;
  std::uint64_t lastRun = 0;
  int closes = 0;
  bool refuses = false;

  [[nodiscard]] SessionToken token() const { return SessionToken{lastToken}; }
  [[nodiscard]] RunId run() const { return RunId{lastRun}; }
  void event(Event event) const { sink(EngineNotice{token(), std::move(event)}); }
};

class FakeEngine final : public SessionEngine {
 public:
  explicit FakeEngine(std::shared_ptr<FakeEngineLog> log) : m_log(std::move(log)) {}

  SessionToken open(OpenSessionRequest request) override {
    m_log->opened.push_back(std::move(request));
    return SessionToken{++m_log->lastToken};
  }
  SessionToken close() override {
    ++m_log->closes;
    return SessionToken{++m_log->lastToken};
  }
  Result<RunId> read(ReadRequest request) override { return note(m_log->reads, std::move(request)); }
  Result<RunId> ask(AskRequest request) override { return note(m_log->questions, std::move(request)); }
  Result<RunId> work(WorkRequest request) override { return note(m_log->works, std::move(request)); }
  Result<RunId> changeBookmark(BookmarkRequest request) override { return note(m_log->bookmarks, std::move(request)); }
  void pause(RunId run) override { command("pause", run); }
  void resume(RunId run) override { command("resume", run); }
  void cancel(RunId run) override { command("cancel", run); }

 private:
  template <typename T>
  Result<RunId> note(std::vector<T>& list, T request) {
    if (m_log->refuses) return makeError(ErrorCode::kBusy, "too many requests wait; try again later");
    list.push_back(std::move(request));
    return RunId{++m_log->lastRun};
  }
  void command(const char* name, RunId run) {
    m_log->commands.push_back(std::string(name) + " " + std::to_string(static_cast<std::uint64_t>(run)));
  }

  std::shared_ptr<FakeEngineLog> m_log;
};

/// What a bridge makes its engine with.
[[nodiscard]] inline auto makerOf(std::shared_ptr<FakeEngineLog> log) {
  return [log = std::move(log)](NoticeSink sink) {
    log->sink = std::move(sink);
    return std::make_unique<FakeEngine>(log);
  };
}

}  // namespace tidemark::testing
