#include "ui/window/memory_tools_presenter.h"

#include <algorithm>
#include <utility>

#include "ui/document/document_panel.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_panel.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/sessions/session_text.h"
#include "ui/shell/message_bar.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/memory_presenter.h"

namespace tidemark::ui {

MemoryToolsPresenter::MemoryToolsPresenter(SessionController& controller, const MemoryPresenter& memory,
                                           const MemoryToolPanels& panels, QObject* parent)
    : QObject(parent), m_controller(controller), m_memory(memory), m_panels(panels) {
  m_panels.diff.setPlaceName([this](qint64 segment) { return m_memory.placeName(segment); });
  connectPanels();
  connectEngine();
  showFacts(m_controller.facts());
}

MemoryToolsPresenter::~MemoryToolsPresenter() {
  dropWorker();
}

void MemoryToolsPresenter::connectPanels() {
  connect(&m_panels.diff, &DiffPanel::compareRequested, this, &MemoryToolsPresenter::compare);
  connect(&m_panels.diff, &DiffPanel::stopRequested, this, &MemoryToolsPresenter::stopComparing);
  connect(&m_panels.diff, &DiffPanel::segmentActivated, this, [this](qint64 segment) {
    if (const auto bytes = m_memory.bytesOf(segment)) m_panels.document.goToRange(*bytes, true);
  });
  connect(&m_panels.recall, &RecallPanel::measureRequested, this, &MemoryToolsPresenter::measure);
  connect(&m_panels.recall, &RecallPanel::stopRequested, &m_controller, &SessionController::cancelWork);
  connect(&m_panels.recall, &RecallPanel::byteActivated, this,
          [this](quint64 byte) { m_panels.document.goToByte(byte, true); });
  connect(&m_panels.sidebar, &SessionSidebar::compareRequested, this, &MemoryToolsPresenter::compareWith);
  connect(&m_panels.document, &DocumentPanel::compareRequested, this, &MemoryToolsPresenter::compareFrom);
  connect(&m_panels.wavefront, &WavefrontPanel::compareRequested, this, &MemoryToolsPresenter::compareFrom);
}

void MemoryToolsPresenter::connectEngine() {
  connect(&m_controller, &SessionController::factsChanged, this, &MemoryToolsPresenter::showFacts);
  connect(&m_controller, &SessionController::sessionLeft, this, [this] {
    dropWorker();
    m_panels.diff.setSession({}, {});
    m_panels.recall.setSession({});
  });
  connect(&m_controller, &SessionController::textComplete, &m_panels.diff, &DiffPanel::nameThePlaces);
  connect(&m_controller, &SessionController::diffAdvanced, &m_panels.diff, &DiffPanel::setProgress);
  connect(&m_controller, &SessionController::memoriesCompared, this,
          [this](const MemoryDiff& diff) { m_panels.diff.showResult(diff, m_wasAsked); });
  connect(&m_controller, &SessionController::recallAdvanced, &m_panels.recall, &RecallPanel::setProgress);
  connect(&m_controller, &SessionController::recallMeasured, &m_panels.recall, &RecallPanel::showResult);
  connect(&m_controller, &SessionController::workStopped, this, [this](MemoryWork work, const QString& problem) {
    MemoryPanel& panel = work == MemoryWork::kComparing ? static_cast<MemoryPanel&>(m_panels.diff) : m_panels.recall;
    panel.showProblem(problem);
    const bool isSeen = panel.isVisible() && !panel.visibleRegion().isEmpty();  // not behind another tab
    if (!isSeen && !problem.isEmpty()) m_panels.messages.showMessage({Severity::kError, problem, problem, {}, {}});
  });
}

/// Facts change with every batch of groups; the panels do nothing unless something is new to them.
void MemoryToolsPresenter::showFacts(const SessionFacts& facts) {
  const bool isMoving = facts.state == ReadingState::kReading && facts.segmentsStored > 0;
  if (!isMoving || !m_panels.diff.knowsSession()) {  // lists that change under somebody's hands are no help
    m_panels.diff.setSession({facts.path, facts.name, facts.segmentsStored}, m_controller.snapshotSegments());
  }
  MeasurableSession session;
  session.path = facts.path;
  session.name = facts.name;
  if (facts.model) session.segmentTokens = facts.model->identity.segmentSize;
  session.whyNot = whyNotMeasured(facts);
  if (session.whyNot.isEmpty()) {
    session.segments = facts.segmentsStored;
    session.tailTokens = facts.tailTokens;
    session.tokensPerSecond = facts.tokensPerSecond;
  }
  m_panels.recall.setSession(session);
}

QString MemoryToolsPresenter::whyNotMeasured(const SessionFacts& facts) const {
  if (facts.path.isEmpty()) return {};
  if (facts.textIsLeftOut) {
    return tr(
        "This is a memory without its text, which would have to be read again; open the session that it was "
        "exported from.");
  }
  if (!facts.model) return tr("The memory of this session is not loaded; try again when it can be asked.");
  if (facts.state != ReadingState::kFinished) return tr("Recall can be measured once the text was read to its end.");
  if (facts.segmentsStored == 0) return tr("The text is shorter than one segment: there is nothing to forget.");
  return {};
}

void MemoryToolsPresenter::setLibrary(const std::vector<SessionSummary>& sessions) {
  std::vector<ComparableSession> others;
  for (const SessionSummary& each : sessions) {
    if (!each.problem.empty() || each.segments == 0) continue;
    others.push_back({pathText(each.path), QString::fromStdString(each.name), each.segments});
  }
  m_panels.diff.setOthers(std::move(others));
}

std::optional<MemoryDiffRequest> MemoryToolsPresenter::requestOf() const {
  const DiffChoice choice = m_panels.diff.choice();
  MemoryDiffRequest request;
  request.first = {m_controller.facts().path.toStdString(), choice.first};
  request.second = {choice.second.toStdString(), choice.secondSegment};
  request.questions = choice.questions;
  const auto here = m_memory.segmentHere();
  if ((choice.firstHere || choice.secondHere) && !here) return std::nullopt;
  if (choice.firstHere) request.first.segment = here;
  if (choice.secondHere) request.second.segment = here;
  return request;
}

void MemoryToolsPresenter::compare() {
  if (m_controller.facts().path.isEmpty() || m_stopped) return;
  const auto request = requestOf();
  if (!request) return m_panels.diff.showProblem(tr("What is at the top of the text has not been read yet."));
  m_wasAsked = request->questions;
  if (!m_controller.facts().model) {
    compareOnWorker(*request);
  } else if (m_controller.compare(*request)) {
    m_panels.diff.begin();
  }
}

void MemoryToolsPresenter::compareWith(const QString& path) {
  Q_EMIT diffWanted();
  if (m_controller.facts().path.isEmpty() || m_panels.diff.isBusy()) return;
  if (m_panels.diff.choose(std::nullopt, path)) return compare();
  m_panels.diff.showProblem(tr("Nothing has been read into that session yet: there is no memory to compare."));
}

void MemoryToolsPresenter::compareFrom(qint64 segment) {
  Q_EMIT diffWanted();
  if (m_controller.facts().path.isEmpty() || m_panels.diff.isBusy()) return;
  if (m_panels.diff.choose(segment, m_controller.facts().path)) compare();
}

/// Only what is stored: no segment is read again, and nobody is asked.
void MemoryToolsPresenter::compareOnWorker(const MemoryDiffRequest& request) {
  m_stopped = std::make_shared<std::atomic<bool>>(false);
  m_panels.diff.begin();
  const std::string noModel = tr("This takes the model, which is not loaded; choose places with a snapshot (at the end "
                                 "there always is one), and do not ask the questions.")
                                  .toStdString();
  m_worker.run(
      this,
      [request, noModel, stopped = m_stopped](const std::stop_token& stop) {
        MemoryDiffHooks hooks;
        hooks.loadModel = [&noModel](const std::string&) -> Result<LoadedModel> {
          return makeError(ErrorCode::kUnsupported, noModel);
        };
        hooks.cancelled = [&] { return stop.stop_requested() || stopped->load(); };
        return diffMemories(request, hooks);
      },
      [this, stopped = m_stopped](Result<MemoryDiff> diff) {
        if (stopped != m_stopped) return;  // of a session that was left
        m_stopped.reset();
        if (diff) {
          m_panels.diff.showResult(std::move(diff).value(), m_wasAsked);
        } else if (diff.error().code == ErrorCode::kCancelled) {
          m_panels.diff.end();
        } else {
          m_panels.diff.showProblem(QString::fromStdString(diff.error().message));
        }
      });
}

void MemoryToolsPresenter::stopComparing() {
  if (m_stopped) {
    *m_stopped = true;
  } else {
    m_controller.cancelWork();
  }
}

void MemoryToolsPresenter::dropWorker() {
  if (m_stopped) *m_stopped = true;
  m_stopped.reset();
}

void MemoryToolsPresenter::measure() {
  Q_EMIT recallWanted();
  if (m_controller.measureRecall(m_panels.recall.request())) m_panels.recall.begin();
}

}  // namespace tidemark::ui
