// What is done with the memory of the open session beside reading and asking: text that goes out of it, forks, pins,
// and one question at many places.

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "ui/window/session_controller.h"

namespace tidemark::ui {
namespace {

// A timeline asks where there are snapshots. Where there are fewer than this, little was read, and it is read again for
// about twice as many places.
constexpr std::size_t kEnoughSnapshots = 12;
constexpr std::int64_t kPlacesOtherwise = 24;

}  // namespace

void SessionController::connectWork() {
  connect(&m_bridge, &EngineBridge::textRemoved, this, [this](const TextRemoved& removed) {
    endWork();
    Q_EMIT textRemoved(removed);
    // A read that somebody stopped is not taken up by this.
    const bool readsOn = m_facts.state == ReadingState::kFinished && !removed.readFinished;
    // Pages, headings and bookmarks have moved: everything is taken from the file anew.
    openWith(m_facts.path, m_openedWith);
    m_readWhenReady = readsOn;
  });
  connect(&m_bridge, &EngineBridge::snapshotPinned, this, [this](const SnapshotPinned& pinned) {
    endWork();
    std::vector<qint64> snapshots = m_snapshots;
    const auto at = std::lower_bound(snapshots.begin(), snapshots.end(), pinned.snapshot.segment);
    if (at == snapshots.end() || *at != pinned.snapshot.segment) snapshots.insert(at, pinned.snapshot.segment);
    setSnapshots(std::move(snapshots));
    Q_EMIT snapshotPinned(pinned.snapshot.segment, pinned.segmentsReread);
    announce();
  });
  connect(&m_bridge, &EngineBridge::timelineStarted, this, [this](const TimelineStarted& started) {
    if (started.run != m_workRun) return;
    m_timeline = started.timelineId;
    Q_EMIT timelineStarted(started.timelineId, m_askedAlong, {started.segments.begin(), started.segments.end()});
  });
  connect(&m_bridge, &EngineBridge::timelineAdvanced, this, [this](const TimelineAdvanced& advanced) {
    if (advanced.run == m_workRun && m_timeline) Q_EMIT timelineAdvanced(*m_timeline, advanced.point);
  });
  connect(&m_bridge, &EngineBridge::timelineFinished, this,
          [this](const TimelineFinished& finished) { (void)workEnded(finished.run, finished.timeline.state); });
  connectTools();
}

void SessionController::connectTools() {
  connect(&m_bridge, &EngineBridge::diffAdvanced, this, [this](const DiffAdvanced& advanced) {
    if (advanced.run == m_workRun) Q_EMIT diffAdvanced(advanced.progress);
  });
  connect(&m_bridge, &EngineBridge::memoriesCompared, this, [this](const MemoriesCompared& compared) {
    if (compared.run != m_workRun) return;
    endWork();
    Q_EMIT memoriesCompared(compared.diff);
    announce();
  });
  connect(&m_bridge, &EngineBridge::recallAdvanced, this, [this](const RecallAdvanced& advanced) {
    if (advanced.run == m_workRun) Q_EMIT recallAdvanced(advanced.progress, advanced.answers);
  });
  connect(&m_bridge, &EngineBridge::recallMeasured, this, [this](const RecallMeasured& measured) {
    if (measured.run != m_workRun) return;
    endWork();
    // The next one is going to ask as well, so its answers belong to the rate.
    std::int64_t tokens = 0;
    for (const MarkedReading& each : measured.recall.readings) tokens += each.tokens;
    noteRate(tokens, measured.recall.seconds);
    Q_EMIT recallMeasured(measured.recall);
    announce();
  });
}

QString SessionController::whyMemoryIsFixed() const {
  switch (m_facts.state) {
    case ReadingState::kNone:
    case ReadingState::kOpening:
    case ReadingState::kUnavailable:
      return tr("The memory of this session is not loaded; try again when it can be asked.");
    case ReadingState::kReading:
    case ReadingState::kPaused:
      return tr("The session is being read; stop reading first, or wait for its end.");
    case ReadingState::kIncomplete:
    case ReadingState::kFinished:
      break;
  }
  if (m_facts.work != MemoryWork::kNone) return tr("The memory is busy with something else; stop that first.");
  if (!m_questions.empty()) return tr("A question is being answered; wait for its answer, or stop it first.");
  return {};
}

bool SessionController::startWork(MemoryWork work, WorkRequest request) {
  QString reason;
  if (m_facts.work != MemoryWork::kNone) {
    reason = tr("The memory is busy with something else; stop that first.");
  } else if (const auto run = m_bridge.work(std::move(request)); run) {
    m_workRun = *run;
    m_facts.work = work;
    announce();
    return true;
  } else {
    reason = QString::fromStdString(run.error().message);
  }
  Q_EMIT failed(reason, false);
  return false;
}

void SessionController::endWork() {
  m_workRun.reset();
  m_facts.work = MemoryWork::kNone;
}

/// Whether this run was the work.
bool SessionController::workEnded(RunId run, QuestionState state, const QString& problem) {
  if (run != m_workRun) return false;
  const MemoryWork work = m_facts.work;
  endWork();
  if (isMemoryTool(work)) Q_EMIT workStopped(work, problem);
  if (m_timeline) Q_EMIT timelineEnded(*std::exchange(m_timeline, std::nullopt), state);
  announce();
  return true;
}

void SessionController::removeText(const ByteRange& bytes) {
  if (const QString reason = whyMemoryIsFixed(); !reason.isEmpty()) {
    Q_EMIT failed(reason, false);
    return;
  }
  (void)startWork(MemoryWork::kRemoving, RemoveTextRequest{bytes});
}

void SessionController::openFork(const QString& name, const ByteRange& removed) {
  if (const QString reason = whyMemoryIsFixed(); !reason.isEmpty()) {
    Q_EMIT failed(reason, false);
    return;
  }
  const QString parent = m_facts.path;
  QString file = name;
  file.replace(QLatin1Char('/'), QLatin1Char('-'));
  const QString target = QStringLiteral("%1/%2.tidemark").arg(QFileInfo(parent).path(), file);
  const ModelOptions model = m_openedWith;
  endChoice();
  m_loader.cancelFiles();
  leaveSession();
  m_forkedSession = parent;
  m_facts.path = target;
  m_facts.name = name;
  m_facts.work = MemoryWork::kForking;
  setState(ReadingState::kOpening);
  m_bridge.open({target.toStdString(), false, m_choice.modelDirectory, model, m_choice.withheld,
                 ForkOf{parent.toStdString(), removed}});
}

void SessionController::pin(qint64 segment) {
  (void)startWork(MemoryWork::kPinning, PinRequest{segment});
}

void SessionController::askAlong(const QString& question) {
  TimelineRequest request;
  request.question = question.toStdString();
  if (m_facts.snapshots < kEnoughSnapshots && !m_facts.textIsLeftOut) {
    request.every = std::max<std::int64_t>(1, m_facts.segmentsStored / kPlacesOtherwise);
  }
  m_askedAlong = question;
  (void)startWork(MemoryWork::kAskingAlong, std::move(request));
}

bool SessionController::compare(MemoryDiffRequest request) {
  return startWork(MemoryWork::kComparing, std::move(request));
}

bool SessionController::measureRecall(const RecallRequest& request) {
  return startWork(MemoryWork::kMeasuring, request);
}

void SessionController::cancelWork() {
  if (m_forkedSession) {
    openWith(*m_forkedSession, m_openedWith);
  } else if (m_workRun) {
    m_bridge.cancel(*m_workRun);
  }
}

}  // namespace tidemark::ui
