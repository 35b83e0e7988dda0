#include "ui/window/session_controller.h"

#include <algorithm>
#include <utility>

namespace tidemark::ui {
namespace {

constexpr int kProgressMilliseconds = 100;
// Before anything was read: English prose has about this many bytes a token.
constexpr double kBytesPerTokenGuess = 4;

QString nameOf(const std::filesystem::path& session) {
  return QString::fromStdString(session.stem().string());
}

}  // namespace

SessionController::SessionController(EngineBridge& bridge, TextLoader& loader, QObject* parent)
    : QObject(parent),
      m_bridge(bridge),
      m_loader(loader),
      m_progress(
          kProgressMilliseconds, [this] { announce(); }, nullptr) {
  connect(&bridge, &EngineBridge::sessionShown, this, &SessionController::showSession);
  connect(&bridge, &EngineBridge::sessionReady, this, &SessionController::becomeReady);
  connect(&bridge, &EngineBridge::sessionUnavailable, this, &SessionController::becomeUnavailable);
  connect(&bridge, &EngineBridge::documentProgressed, this, [this](const DocumentProgress& progress) {
    m_facts.importing = progress;
    announce();
  });
  connect(&bridge, &EngineBridge::documentImported, this, &SessionController::documentArrived);
  connect(&bridge, &EngineBridge::documentRefused, this, &SessionController::documentRefused);
  connect(&bridge, &EngineBridge::readingStarted, this, &SessionController::readingBegan);
  connect(&bridge, &EngineBridge::groupsFinished, this, &SessionController::groupsArrived);
  connect(&bridge, &EngineBridge::snapshotStored, this, [this](const SnapshotStored& stored) {
    m_facts.sessionBytes = stored.sessionBytes;
    m_facts.segmentsStored = std::max(m_facts.segmentsStored, stored.segment + 1);
    setSnapshots({stored.snapshots.begin(), stored.snapshots.end()});
    announce();
  });
  connect(&bridge, &EngineBridge::readFinished, this, &SessionController::readEnded);
  connect(&bridge, &EngineBridge::answerStarted, this, &SessionController::answerStarted);
  connect(&bridge, &EngineBridge::answerGrew, this, &SessionController::answerGrew);
  connect(&bridge, &EngineBridge::answerFinished, this, [this](const AnswerFinished& finished) {
    m_questions.erase(finished.run);
    Q_EMIT answerFinished(finished);
  });
  connect(&bridge, &EngineBridge::bookmarksChanged, this, [this](const BookmarksChanged& changed) {
    m_bookmarks = changed.bookmarks;
    Q_EMIT bookmarksChanged(m_bookmarks);
    bookmarkChangeEnded(changed.run, changed.bookmarkId);
  });
  connect(&bridge, &EngineBridge::runPaused, this, [this](RunId run) {
    if (run != m_readRun) return;
    setState(ReadingState::kPaused);
    Q_EMIT readingPaused(true);
  });
  connect(&bridge, &EngineBridge::runResumed, this, [this](RunId run) {
    if (run != m_readRun) return;
    setState(ReadingState::kReading);
    Q_EMIT readingPaused(false);
  });
  connect(&bridge, &EngineBridge::runCancelled, this, &SessionController::runCancelled);
  connect(&bridge, &EngineBridge::runFailed, this, &SessionController::runFailed);

  connectLoader();
  connectWork();
}

void SessionController::setChoice(const EngineChoice& choice) {
  if (choice == m_choice) return;
  const bool reopen =
      !m_facts.path.isEmpty() &&
      (choice.modelDirectory != m_choice.modelDirectory || choice.model.backend != m_choice.model.backend ||
       choice.model.threads != m_choice.model.threads || choice.model.hints != m_choice.model.hints ||
       choice.withheld != m_choice.withheld);
  m_choice = choice;
  if (!reopen) return;
  noteRate(0, 0);
  if (m_created) {  // there is no file yet: what failed may work now
    if (m_facts.state == ReadingState::kUnavailable) continueReading();
    return;
  }
  const bool wasReading = m_facts.state == ReadingState::kReading;
  openSession(m_forkedSession.value_or(m_facts.path));
  m_readWhenReady = wasReading;
}

// --- opening

void SessionController::openWith(QString path, const ModelOptions& model) {
  endChoice();
  m_loader.cancelFiles();
  leaveSession();
  m_facts.path = path;
  m_facts.name = nameOf(path.toStdString());
  m_openedWith = model;
  setState(ReadingState::kOpening);
  m_bridge.open({path.toStdString(), false, m_choice.modelDirectory, model, m_choice.withheld});
}

void SessionController::closeSession() {
  endChoice();
  m_loader.cancelFiles();
  leaveSession();
  m_bridge.close();
  announce();
}

void SessionController::leaveSession() {
  m_loader.cancelSession();
  const double tokensPerSecond = m_facts.tokensPerSecond;  // of the model, not of the session
  m_facts = {};
  m_facts.tokensPerSecond = tokensPerSecond;
  m_segments.clear();
  m_snapshots.clear();
  m_bookmarks.clear();
  while (!m_bookmarkChanges.empty()) bookmarkChangeEnded(m_bookmarkChanges.begin()->first, std::nullopt);
  m_readRun.reset();
  m_workRun.reset();
  m_timeline.reset();
  m_forkedSession.reset();
  m_questions.clear();
  m_toRead = {};
  m_created = false;
  m_readWhenReady = false;
  m_sourcesWereAsked = false;
  m_showingFiles = false;
  m_loadingText = false;
  m_shownBytes = 0;
  Q_EMIT sessionLeft();
}

void SessionController::showSession(const SessionShown& shown) {
  if (m_created) return;  // made a moment ago for a text that is in the view already
  const SessionOverview& overview = shown.overview;
  if (std::exchange(m_forkedSession, std::nullopt)) {  // under the name that was free
    m_facts.path = QString::fromStdString(shown.path.string());
    m_facts.name = nameOf(shown.path);
    m_facts.work = MemoryWork::kNone;
  }
  m_facts.textIsLeftOut = overview.textIsLeftOut;
  m_facts.documents = overview.documents;
  for (const SnapshotInfo& each : overview.snapshots) m_snapshots.push_back(each.segment);
  m_facts.snapshots = m_snapshots.size();
  m_facts.segmentsRead = m_facts.segmentsStored = overview.size.segments;
  m_facts.tailTokens = overview.size.tailTokens.value_or(0);
  m_facts.totalBytes = overview.size.textBytes;
  m_facts.readBytes = overview.size.finished ? overview.size.textBytes : overview.size.readBytes;
  m_segments = shown.segments;
  m_bookmarks = overview.bookmarks;
  estimateSegments();
  Q_EMIT sessionShown(shown);
  m_loadingText = true;
  m_loader.loadSession(shown.path);
  m_loader.checkSources(shown.path);
  announce();
}

void SessionController::becomeReady(const SessionReady& ready) {
  m_facts.model = ready.model;
  estimateSegments();
  const bool complete = m_facts.totalBytes > 0 && m_facts.readBytes >= m_facts.totalBytes;
  setState(complete ? ReadingState::kFinished : ReadingState::kIncomplete);
  m_cpuOffered = false;
  Q_EMIT sessionReady(ready.model, ready.seconds);
  if (!m_toRead.files.empty() || !m_toRead.pasted.empty() || !m_toRead.revise.empty()) {
    startReading(m_toRead);
  } else if (std::exchange(m_readWhenReady, false)) {
    continueReading();
  }
}

void SessionController::becomeUnavailable(const SessionUnavailable& unavailable) {
  const QString sentence = QString::fromStdString(unavailable.error.message);
  if (m_forkedSession) {  // nothing came of it: back to where it should have come from
    openSession(*m_forkedSession);
    Q_EMIT failed(sentence, false);
    return;
  }
  if (!unavailable.shown && !m_created) {
    leaveSession();
    announce();
    Q_EMIT failed(sentence, false);
    return;
  }
  m_facts.whyUnavailable = sentence;
  setState(ReadingState::kUnavailable);
  Q_EMIT failed(sentence, true);
}

// --- reading

void SessionController::continueReading() {
  switch (m_facts.state) {
    case ReadingState::kPaused:
      if (m_readRun) m_bridge.resume(*m_readRun);
      return;
    case ReadingState::kIncomplete:
      startReading(m_toRead);
      return;
    case ReadingState::kUnavailable:  // try again, with what may have been changed in the preferences
      openAgain(m_choice.model);
      return;
    default:
      return;
  }
}

void SessionController::openAgain(const ModelOptions& model) {
  const std::filesystem::path path = m_facts.path.toStdString();
  m_openedWith = model;
  setState(ReadingState::kOpening);
  m_readWhenReady = true;
  m_bridge.open({path, m_created, m_choice.modelDirectory, model, m_choice.withheld});
}

void SessionController::continueOnCpu() {
  if (m_facts.path.isEmpty()) return;
  ModelOptions model = m_choice.model;
  model.backend = BackendChoice::kCpu;
  if (m_created) {  // nothing is in the file yet: the text stays in the view
    openAgain(model);
  } else {
    openWith(m_facts.path, model);
    m_readWhenReady = true;
  }
}

void SessionController::startReading(ReadRequest request) {
  request.snapshotSeconds = m_choice.snapshotSeconds;
  request.snapshotBudgetBytes = m_choice.snapshotBudgetBytes;
  // A device that cannot keep traces reads without them rather than not at all.
  const bool cannotTrace = m_facts.model && !m_facts.model->canTrace;
  request.keepTraces = cannotTrace ? std::nullopt : m_choice.keepTraces;
  m_toRead = request;
  const auto run = m_bridge.read(std::move(request));
  if (!run) {
    Q_EMIT failed(QString::fromStdString(run.error().message), true);
    return;
  }
  if (!m_readRun) m_readRun = *run;
  if (m_facts.state != ReadingState::kReading) setState(ReadingState::kReading);
}

void SessionController::pauseReading() {
  if (m_readRun && m_facts.state == ReadingState::kReading) m_bridge.pause(*m_readRun);
}

void SessionController::cancelReading() {
  if (m_readRun) m_bridge.cancel(*m_readRun);
}

void SessionController::readingBegan(const ReadingStarted& started) {
  m_readRun = started.run;
  m_segments.resize(std::min(m_segments.size(), static_cast<std::size_t>(started.firstSegment)));
  m_facts.segmentsRead = started.firstSegment;
  std::vector<qint64> snapshots = m_snapshots;  // those of text that is read anew go with the first one stored
  std::erase_if(snapshots, [&](qint64 segment) { return segment >= started.firstSegment; });
  if (snapshots.size() != m_snapshots.size()) setSnapshots(std::move(snapshots));
  // Reading may begin before all of the text is there.
  m_facts.totalBytes = std::max(started.totalBytes, m_showingFiles ? m_shownBytes : 0);
  m_facts.readBytes = m_segments.empty() ? 0 : m_segments.back().end;
  estimateSegments();
  setState(ReadingState::kReading);
  Q_EMIT readingStarted(started.firstSegment);
}

void SessionController::groupsArrived(std::span<const GroupFinished> groups) {
  std::vector<ByteRange> entered;
  for (const GroupFinished& group : groups) {
    if (group.firstLayer != 0 || group.firstSegment != static_cast<std::int64_t>(m_segments.size())) continue;
    const std::uint64_t begin = m_segments.empty() ? 0 : m_segments.back().end;
    m_segments.push_back({begin, std::max(begin, group.bytesRead)});
    entered.push_back(m_segments.back());
  }
  m_facts.segmentsRead = static_cast<std::int64_t>(m_segments.size());
  if (!m_segments.empty()) m_facts.readBytes = m_segments.back().end;
  estimateSegments();
  if (!entered.empty()) Q_EMIT segmentsEntered(entered);
  Q_EMIT groupsFinished(groups);
  m_progress.request();
}

void SessionController::readEnded(const ReadFinished& finished) {
  m_readRun.reset();
  m_toRead = {};
  m_facts.importing.reset();
  m_facts.readBytes = m_facts.totalBytes;
  m_facts.segmentsRead = m_facts.segmentsStored = m_facts.segmentsEstimated =
      finished.segmentsResumed + finished.segmentsRead;
  m_facts.tailTokens = finished.tailTokens;
  if (finished.segmentsRead > 0) noteRate(finished.tokensRead, finished.seconds);
  setState(ReadingState::kFinished);
  Q_EMIT readFinished(finished);
}

void SessionController::runCancelled(RunId run) {
  if (workEnded(run, QuestionState::kCancelled)) return;
  if (m_questions.erase(run) > 0) Q_EMIT answerCancelled(run);
  if (run != m_readRun) return;
  m_readRun.reset();
  m_facts.importing.reset();
  setState(ReadingState::kIncomplete);
  Q_EMIT readingStopped();
}

void SessionController::runFailed(RunId run, const Error& error) {
  const QString sentence = QString::fromStdString(error.message);
  bookmarkChangeEnded(run, std::nullopt);
  const bool saysItself = run == m_workRun && isMemoryTool(m_facts.work);
  const bool endedWork = workEnded(run, QuestionState::kFailed, sentence);
  const bool outOfDeviceMemory = error.code == ErrorCode::kOutOfMemory && m_facts.model && m_facts.model->onGpu;
  const bool ofDevice = error.code == ErrorCode::kDeviceLost || outOfDeviceMemory;
  if (m_questions.erase(run) > 0) {
    Q_EMIT answerFailed(run, sentence);
    // A read that is under way meets the same device, and offers the same.
    if (ofDevice && !m_readRun) offerCpu(sentence);
    return;
  }
  const bool endedRead = run == m_readRun;
  if (endedRead) {
    m_readRun.reset();
    m_facts.importing.reset();
    setState(m_facts.readBytes >= m_facts.totalBytes && m_facts.totalBytes > 0 && !m_created
                 ? ReadingState::kFinished
                 : ReadingState::kIncomplete);
    Q_EMIT readingStopped();
  }
  if ((endedRead || endedWork) && ofDevice) {
    offerCpu(sentence);
  } else if (!saysItself) {
    Q_EMIT failed(sentence, !endedWork && m_facts.state == ReadingState::kIncomplete);
  }
}

/// Once for all runs that a lost device takes along.
void SessionController::offerCpu(const QString& sentence) {
  if (!std::exchange(m_cpuOffered, true)) Q_EMIT deviceFailed(sentence);
}

// --- asking

std::optional<RunId> SessionController::ask(const QString& question, std::optional<qint64> asOfSegment) {
  AskRequest request;
  request.question = question.toStdString();
  request.asOfSegment = asOfSegment;
  request.evidence = EvidenceChoice::kStored;
  const auto run = m_bridge.ask(std::move(request));
  if (!run) {
    Q_EMIT failed(QString::fromStdString(run.error().message), false);
    return std::nullopt;
  }
  m_questions.insert(*run);
  return *run;
}

void SessionController::stopAnswer(RunId run) {
  m_bridge.cancel(run);
}

void SessionController::stopAnswers() {
  for (const RunId run : m_questions) m_bridge.cancel(run);
}

void SessionController::changeBookmark(const BookmarkRequest& request,
                                       std::function<void(std::optional<qint64> id)> done) {
  const auto run = m_bridge.changeBookmark(request);
  if (run) {
    m_bookmarkChanges[*run] = std::move(done);
    return;
  }
  done(std::nullopt);
  Q_EMIT failed(QString::fromStdString(run.error().message), false);
}

void SessionController::bookmarkChangeEnded(RunId run, std::optional<qint64> id) {
  const auto found = m_bookmarkChanges.find(run);
  if (found == m_bookmarkChanges.end()) return;
  const auto done = std::move(found->second);
  m_bookmarkChanges.erase(found);
  done(id);
}

// --- facts

void SessionController::estimateSegments() {
  if (m_facts.readBytes > 0 && m_facts.segmentsRead > 0) {
    const double bytesPerSegment = static_cast<double>(m_facts.readBytes) / static_cast<double>(m_facts.segmentsRead);
    m_facts.segmentsEstimated = std::max<std::int64_t>(
        m_facts.segmentsRead, static_cast<std::int64_t>(static_cast<double>(m_facts.totalBytes) / bytesPerSegment));
  } else if (m_facts.model) {
    m_facts.segmentsEstimated = static_cast<std::int64_t>(static_cast<double>(m_facts.totalBytes) /
                                                          (kBytesPerTokenGuess * m_facts.model->identity.segmentSize));
  }
}

void SessionController::setSnapshots(std::vector<qint64> segments) {
  m_snapshots = std::move(segments);
  m_facts.snapshots = m_snapshots.size();
  Q_EMIT snapshotsChanged(m_snapshots);
}

/// How fast this model reads here; nothing of another one.
void SessionController::noteRate(std::int64_t tokens, double seconds) {
  m_facts.tokensPerSecond = tokens > 0 && seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
}

void SessionController::setState(ReadingState state) {
  m_facts.state = state;
  announce();
}

void SessionController::announce() {
  Q_EMIT factsChanged(m_facts);
}

}  // namespace tidemark::ui
