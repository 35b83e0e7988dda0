#include "ui/bridge/engine_bridge.h"

#include <QString>
#include <utility>

namespace tidemark::ui {
namespace {

Error closing() {
  return makeError(ErrorCode::kCancelled, "the program is ending; start it again to go on");
}

}  // namespace

EngineBridge::EngineBridge(const MakeEngine& makeEngine, QObject* parent)
    : QObject(parent), m_mailbox(std::make_shared<Mailbox>()) {
  m_mailbox->receiver = this;
  m_timer.setSingleShot(true);
  m_timer.setTimerType(Qt::PreciseTimer);
  m_timer.setInterval(kDrainMilliseconds);
  connect(&m_timer, &QTimer::timeout, this, &EngineBridge::drain);
  m_engine = makeEngine([mailbox = m_mailbox](SessionNotice notice) {
    const std::lock_guard lock(mailbox->mutex);
    mailbox->notices.push_back(std::move(notice));
    if (mailbox->announced || mailbox->receiver == nullptr) return;
    mailbox->announced = true;
    QMetaObject::invokeMethod(
        mailbox->receiver, [bridge = static_cast<EngineBridge*>(mailbox->receiver)] { bridge->wake(); },
        Qt::QueuedConnection);
  });
}

EngineBridge::~EngineBridge() {
  shutDown();
}

void EngineBridge::shutDown() {
  {
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->receiver = nullptr;
  }
  m_engine.reset();
  m_timer.stop();
}

void EngineBridge::open(OpenSessionRequest request) {
  m_runs.clear();
  if (m_engine) m_token = m_engine->open(std::move(request));
}

void EngineBridge::close() {
  m_runs.clear();
  if (m_engine) m_token = m_engine->close();
}

Result<RunId> EngineBridge::read(ReadRequest request) {
  if (!m_engine) return closing();
  auto run = m_engine->read(std::move(request));
  if (run) m_runs.insert(*run);
  return run;
}

Result<RunId> EngineBridge::ask(AskRequest request) {
  if (!m_engine) return closing();
  auto run = m_engine->ask(std::move(request));
  if (run) m_runs.insert(*run);
  return run;
}

Result<RunId> EngineBridge::work(WorkRequest request) {
  if (!m_engine) return closing();
  auto run = m_engine->work(std::move(request));
  if (run) m_runs.insert(*run);
  return run;
}

Result<RunId> EngineBridge::changeBookmark(BookmarkRequest request) {
  if (!m_engine) return closing();
  auto run = m_engine->changeBookmark(std::move(request));
  if (run) m_runs.insert(*run);
  return run;
}

void EngineBridge::pause(RunId run) {
  if (m_engine) m_engine->pause(run);
}
void EngineBridge::resume(RunId run) {
  if (m_engine) m_engine->resume(run);
}
void EngineBridge::cancel(RunId run) {
  if (m_engine) m_engine->cancel(run);
}

/// The first notice after a quiet time is handed on at once; the next ones wait for the timer.
void EngineBridge::wake() {
  if (!m_timer.isActive()) drain();
}

void EngineBridge::drain() {
  std::vector<SessionNotice> notices;
  {
    const std::lock_guard lock(m_mailbox->mutex);
    notices.swap(m_mailbox->notices);
    // While notices keep coming the timer asks for them; only after a quiet interval must the engine knock again.
    m_mailbox->announced = !notices.empty();
  }
  if (notices.empty()) return;
  for (SessionNotice& notice : notices) handle(notice);
  const std::size_t many = kManyGroups * static_cast<std::size_t>(m_timer.interval() / kDrainMilliseconds);
  const bool isFast = m_groups.size() > many;
  flushGroups();
  flushText();
  m_timer.start(isFast ? kFastReadMilliseconds : kDrainMilliseconds);
}

void EngineBridge::handle(SessionNotice& notice) {
  const SessionToken token = std::visit([](const auto& each) { return each.token; }, notice);
  if (token != m_token) return;
  if (auto* engine = std::get_if<EngineNotice>(&notice)) {
    if (auto* group = std::get_if<GroupFinished>(&engine->event)) {
      if (m_runs.contains(group->run)) m_groups.push_back(std::move(*group));
      return;
    }
    if (auto* delta = std::get_if<AnswerDelta>(&engine->event)) {
      if (delta->run != m_textRun) flushText();
      m_textRun = delta->run;
      if (m_runs.contains(delta->run)) m_text += delta->text;
      return;
    }
    flushGroups();
    flushText();
    handleEvent(engine->event);
    return;
  }
  flushGroups();
  flushText();
  if (auto* shown = std::get_if<SessionShown>(&notice)) Q_EMIT sessionShown(*shown);
  if (auto* ready = std::get_if<SessionReady>(&notice)) Q_EMIT sessionReady(*ready);
  if (auto* unavailable = std::get_if<SessionUnavailable>(&notice)) Q_EMIT sessionUnavailable(*unavailable);
  if (auto* closed = std::get_if<SessionClosed>(&notice)) Q_EMIT sessionClosed(*closed);
}

void EngineBridge::flushGroups() {
  if (m_groups.empty()) return;
  const std::vector<GroupFinished> groups = std::exchange(m_groups, {});
  Q_EMIT groupsFinished(groups);
}

void EngineBridge::flushText() {
  if (m_text.empty()) return;
  const QString text = QString::fromStdString(std::exchange(m_text, {}));
  Q_EMIT answerGrew(m_textRun, text);
}

void EngineBridge::handleEvent(const Event& event) {
  const RunId run = std::visit([](const auto& each) { return each.run; }, event);
  if (!m_runs.contains(run)) return;
  const auto over = [this, run] { m_runs.erase(run); };
  if (const auto* progress = std::get_if<DocumentProgress>(&event)) Q_EMIT documentProgressed(*progress);
  if (const auto* imported = std::get_if<DocumentImported>(&event)) Q_EMIT documentImported(*imported);
  if (const auto* refused = std::get_if<DocumentRefused>(&event)) Q_EMIT documentRefused(*refused);
  if (const auto* reading = std::get_if<ReadingStarted>(&event)) Q_EMIT readingStarted(*reading);
  if (const auto* stored = std::get_if<SnapshotStored>(&event)) Q_EMIT snapshotStored(*stored);
  if (const auto* answering = std::get_if<AnswerStarted>(&event)) Q_EMIT answerStarted(*answering);
  if (std::holds_alternative<RunPaused>(event)) Q_EMIT runPaused(run);
  if (std::holds_alternative<RunResumed>(event)) Q_EMIT runResumed(run);
  if (const auto* changed = std::get_if<BookmarksChanged>(&event)) {
    over();
    Q_EMIT bookmarksChanged(*changed);
  }
  if (const auto* finished = std::get_if<ReadFinished>(&event)) {
    over();
    Q_EMIT readFinished(*finished);
  }
  if (const auto* answered = std::get_if<AnswerFinished>(&event)) {
    over();
    Q_EMIT answerFinished(*answered);
  }
  handleWork(event);
  if (std::holds_alternative<RunCancelled>(event)) {
    over();
    Q_EMIT runCancelled(run);
  }
  if (const auto* failed = std::get_if<RunFailed>(&event)) {
    over();
    Q_EMIT runFailed(run, failed->error);
  }
}

void EngineBridge::handleWork(const Event& event) {
  if (const auto* started = std::get_if<TimelineStarted>(&event)) Q_EMIT timelineStarted(*started);
  if (const auto* advanced = std::get_if<TimelineAdvanced>(&event)) Q_EMIT timelineAdvanced(*advanced);
  if (const auto* finished = std::get_if<TimelineFinished>(&event)) {
    m_runs.erase(finished->run);
    Q_EMIT timelineFinished(*finished);
  }
  if (const auto* removed = std::get_if<TextRemoved>(&event)) {
    m_runs.erase(removed->run);
    Q_EMIT textRemoved(*removed);
  }
  if (const auto* pinned = std::get_if<SnapshotPinned>(&event)) {
    m_runs.erase(pinned->run);
    Q_EMIT snapshotPinned(*pinned);
  }
  if (const auto* advanced = std::get_if<DiffAdvanced>(&event)) Q_EMIT diffAdvanced(*advanced);
  if (const auto* compared = std::get_if<MemoriesCompared>(&event)) {
    m_runs.erase(compared->run);
    Q_EMIT memoriesCompared(*compared);
  }
  if (const auto* advanced = std::get_if<RecallAdvanced>(&event)) Q_EMIT recallAdvanced(*advanced);
  if (const auto* measured = std::get_if<RecallMeasured>(&event)) {
    m_runs.erase(measured->run);
    Q_EMIT recallMeasured(*measured);
  }
}

}  // namespace tidemark::ui
