#pragma once
// From the engine's threads to the GUI thread and back. Notices wait in a mailbox and are handed on together, at most
// 60 times a second: groups as one span, text as one piece per answer. Notices of a session that is not the current one
// and of runs that are over are dropped here, so that nobody behind this class has to think of them. GUI thread only.

#include <QObject>
#include <QTimer>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <vector>

#include "engine/service/session_engine.h"

namespace tidemark::ui {

class EngineBridge final : public QObject {
  Q_OBJECT

 public:
  using MakeEngine = std::function<std::unique_ptr<SessionEngine>(NoticeSink)>;

  explicit EngineBridge(const MakeEngine& makeEngine, QObject* parent = nullptr);
  /// Ends the engine first: nothing is posted after that.
  ~EngineBridge() override;

  void open(OpenSessionRequest request);
  void close();
  [[nodiscard]] Result<RunId> read(ReadRequest request);
  [[nodiscard]] Result<RunId> ask(AskRequest request);
  [[nodiscard]] Result<RunId> work(WorkRequest request);
  [[nodiscard]] Result<RunId> changeBookmark(BookmarkRequest request);
  void pause(RunId run);
  void resume(RunId run);
  void cancel(RunId run);

  /// Ends the engine now (waits until its runs have stored what they have) and hands on nothing more.
  void shutDown();

  static constexpr int kDrainMilliseconds = 16;
  /// While more groups than this come in such a time, the next ones are collected for three times as long: nobody could
  /// follow each of them, and every time the GUI thread wakes up it takes time from the engine.
  static constexpr std::size_t kManyGroups = 3;
  static constexpr int kFastReadMilliseconds = 3 * kDrainMilliseconds;

 Q_SIGNALS:
  void sessionShown(const tidemark::SessionShown& shown);
  void sessionReady(const tidemark::SessionReady& ready);
  void sessionUnavailable(const tidemark::SessionUnavailable& unavailable);
  void sessionClosed(const tidemark::SessionClosed& closed);
  void documentProgressed(const tidemark::DocumentProgress& progress);
  void documentImported(const tidemark::DocumentImported& imported);
  void documentRefused(const tidemark::DocumentRefused& refused);
  void readingStarted(const tidemark::ReadingStarted& started);
  void groupsFinished(std::span<const tidemark::GroupFinished> groups);
  void snapshotStored(const tidemark::SnapshotStored& stored);
  void readFinished(const tidemark::ReadFinished& finished);
  void answerStarted(const tidemark::AnswerStarted& started);
  void answerGrew(tidemark::RunId run, const QString& text);
  void answerFinished(const tidemark::AnswerFinished& finished);
  void bookmarksChanged(const tidemark::BookmarksChanged& changed);
  void textRemoved(const tidemark::TextRemoved& removed);
  void snapshotPinned(const tidemark::SnapshotPinned& pinned);
  void timelineStarted(const tidemark::TimelineStarted& started);
  void timelineAdvanced(const tidemark::TimelineAdvanced& advanced);
  void timelineFinished(const tidemark::TimelineFinished& finished);
  void diffAdvanced(const tidemark::DiffAdvanced& advanced);
  void memoriesCompared(const tidemark::MemoriesCompared& compared);
  void recallAdvanced(const tidemark::RecallAdvanced& advanced);
  void recallMeasured(const tidemark::RecallMeasured& measured);
  void runPaused(tidemark::RunId run);
  void runResumed(tidemark::RunId run);
  void runCancelled(tidemark::RunId run);
  void runFailed(tidemark::RunId run, const tidemark::Error& error);

 private:
  /// Filled by other threads; outlives the bridge as long as one of them holds it.
  struct Mailbox {
    std::mutex mutex;
    std::vector<SessionNotice> notices;  // guarded by mutex
    bool announced = false;              // guarded by mutex: the GUI thread knows that there is something
    QObject* receiver = nullptr;         // guarded by mutex: nothing once the bridge is gone
  };

  void wake();
  void drain();
  void handle(SessionNotice& notice);
  void handleEvent(const Event& event);
  void handleWork(const Event& event);
  void flushGroups();
  void flushText();

  std::shared_ptr<Mailbox> m_mailbox;
  std::unique_ptr<SessionEngine> m_engine;
  QTimer m_timer;
  SessionToken m_token{};
  std::set<RunId> m_runs;               // started by this session and not over
  std::vector<GroupFinished> m_groups;  // collected while draining
  RunId m_textRun{};
  std::string m_text;
};

}  // namespace tidemark::ui
