#include "ui/window/memory_presenter.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/shell/message_bar.h"
#include "ui/theme/byte_text.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/wavefront/wavefront_panel.h"

namespace tidemark::ui {
namespace {

const QString kOfferKey = QStringLiteral("memoryOffer");
const QString kWorkKey = QStringLiteral("memoryWork");

}  // namespace

MemoryPresenter::MemoryPresenter(SessionController& controller, const MemoryPanels& panels, QObject* parent)
    : QObject(parent), m_controller(controller), m_panels(panels) {
  m_workTimer.setSingleShot(true);
  m_workTimer.setInterval(kPatienceMilliseconds);
  connect(&m_workTimer, &QTimer::timeout, this, &MemoryPresenter::showWork);
  connect(&controller, &SessionController::factsChanged, this, &MemoryPresenter::showFacts);
  connect(&controller, &SessionController::sessionLeft, this, [this] {
    m_panels.messages.dismiss(kOfferKey);  // what it offers would happen to another session
    m_panels.timeline.clear();
    m_panels.document.setWhyNoText({});
  });
  connect(&controller, &SessionController::textRemoved, this, [this](const TextRemoved& removed) {
    inform(tr("%Ln character(s) went out of the session.", nullptr, static_cast<int>(removed.characters)));
  });
  connect(&controller, &SessionController::snapshotPinned, this, [this](qint64 segment, qint64 segmentsReread) {
    inform(tr("The memory as of %1 is pinned: it stays, whatever the space for snapshots. %Ln segment(s) were read "
              "again for it.",
              nullptr, static_cast<int>(segmentsReread))
               .arg(placeName(segment)));
  });
  connectViews();
  connectTimeline();
}

void MemoryPresenter::connectViews() {
  connect(&m_panels.document, &DocumentPanel::forkRequested, this, &MemoryPresenter::fork);
  connect(&m_panels.document, &DocumentPanel::rewindRequested, this, &MemoryPresenter::offerRewind);
  connect(&m_panels.document, &DocumentPanel::pinRequested, this, &MemoryPresenter::pin);
  connect(&m_panels.document, &DocumentPanel::removalRequested, this,
          [this](const ByteRange& bytes) { offerRemoval(bytes, tr("the selection")); });
  connect(&m_panels.wavefront, &WavefrontPanel::forkRequested, this, &MemoryPresenter::fork);
  connect(&m_panels.wavefront, &WavefrontPanel::rewindRequested, this, &MemoryPresenter::offerRewind);
  connect(&m_panels.wavefront, &WavefrontPanel::pinRequested, this, &MemoryPresenter::pin);
  connect(&m_panels.sidebar, &SessionSidebar::chapterRemovalRequested, this, &MemoryPresenter::offerChapterRemoval);
  connect(&m_panels.sidebar, &SessionSidebar::documentRemovalRequested, this, &MemoryPresenter::offerDocumentRemoval);
  connect(&m_panels.questions, &QuestionPanel::askAlongRequested, this, &MemoryPresenter::askAlong);
}

void MemoryPresenter::connectTimeline() {
  TimelinePanel& timeline = m_panels.timeline;
  timeline.setPlaceName([this](qint64 segment) { return placeName(segment); });
  connect(&m_controller, &SessionController::sessionShown, this, [this](const SessionShown& shown) {
    std::vector<AnswerTimeline> stored;
    for (const TimelineRecord& each : shown.overview.timelines) stored.push_back(timelineFromRecord(each));
    m_panels.timeline.setTotalSegments(m_controller.facts().segmentsEstimated);
    m_panels.timeline.setTimelines(std::move(stored));
    m_panels.document.setWhyNoText(shown.overview.textIsLeftOut
                                       ? tr("This is a memory without its text: it was exported like that. Questions "
                                            "can be asked; there is nothing "
                                            "to read, to search or to mark.")
                                       : QString());
  });
  connect(&m_controller, &SessionController::timelineStarted, this,
          [this](qint64 id, const QString& question, const std::vector<qint64>& segments) {
            AnswerTimeline started;
            started.id = id;
            started.question = question;
            started.state = QuestionState::kRunning;
            started.places = segments;
            m_panels.timeline.begin(std::move(started));
            Q_EMIT timelineWanted();
          });
  connect(&m_controller, &SessionController::timelineAdvanced, this,
          [this](qint64 id, const TimelinePoint& point) { m_panels.timeline.addAnswer(id, answerFromPoint(point)); });
  connect(&m_controller, &SessionController::timelineEnded, &timeline, &TimelinePanel::end);
  connect(&timeline, &TimelinePanel::stopRequested, &m_controller, &SessionController::cancelWork);
  connect(&timeline, &TimelinePanel::segmentActivated, this, [this](qint64 segment) {
    if (const auto bytes = bytesOf(segment)) m_panels.document.goToRange(*bytes, true);
  });
  connect(&timeline, &TimelinePanel::askAsOfRequested, this, [this](qint64 segment) {
    m_panels.questions.setAsOf(segment);
    m_panels.questions.focusInput();
  });
  connect(&timeline, &TimelinePanel::changesShown, this, &MemoryPresenter::showChanges);
  // Pages have names only now.
  connect(&m_controller, &SessionController::textComplete, this,
          [this] { showChanges(m_panels.timeline.shownChanges()); });
}

/// In the strip beside the text, for as long as they are seen in the timeline too.
void MemoryPresenter::showChanges(const std::vector<AnswerChange>& changes) {
  const auto worded = [](const QString& answer) {
    constexpr qsizetype kLongest = 60;
    if (answer.isEmpty()) return tr("no answer");
    return tr("“%1”").arg(answer.size() > kLongest ? answer.left(kLongest - 1) + QChar(0x2026) : answer);
  };
  std::vector<ChangeMark> marks;
  for (const AnswerChange& change : changes) {
    const auto before = bytesOf(change.before);
    const auto after = bytesOf(change.segment);
    if (!before || !after) continue;
    marks.push_back(
        {{before->end, after->end},
         tr("The answer changes: %1 as of %2, %3 as of %4")
             .arg(worded(change.from), placeName(change.before), worded(change.to), placeName(change.segment))});
  }
  m_panels.document.setChanges(std::move(marks));
}

/// Facts change with every batch of groups; these setters do nothing unless something is new.
void MemoryPresenter::showFacts(const SessionFacts& facts) {
  const bool can = facts.model.has_value() && !facts.textIsLeftOut;
  m_panels.document.setCanChangeMemory(can);
  m_panels.wavefront.setCanChangeMemory(can);
  m_panels.sidebar.setCanChangeMemory(can);
  m_panels.timeline.setTotalSegments(facts.segmentsEstimated);
  if (facts.work == m_workShown) return;
  m_workShown = facts.work;
  m_workTimer.stop();
  m_panels.messages.dismiss(kWorkKey);
  if (facts.work != MemoryWork::kNone && !hasItsPanel(facts.work)) m_workTimer.start();
}

void MemoryPresenter::showWork() {
  Message message;
  message.severity = Severity::kWarning;  // stays as long as it is true
  message.key = kWorkKey;
  switch (m_workShown) {
    case MemoryWork::kRemoving:
      message.text = tr("The text is being taken out of the memory…");
      break;
    case MemoryWork::kForking:
      message.text = tr("The session is being forked…");
      break;
    case MemoryWork::kPinning:
      message.text = tr("The memory as of this place is being read again…");
      break;
    case MemoryWork::kAskingAlong:
    case MemoryWork::kComparing:
    case MemoryWork::kMeasuring:
    case MemoryWork::kNone:
      return;
  }
  message.actions = {{tr("Stop"), [this] { m_controller.cancelWork(); }}};
  m_panels.messages.showMessage(std::move(message));
}

/// Whether it can be done now; says why not.
bool MemoryPresenter::isFree() {
  const QString reason = m_controller.whyMemoryIsFixed();
  if (!reason.isEmpty()) inform(reason);
  return reason.isEmpty();
}

void MemoryPresenter::fork(qint64 segment) {
  if (!isFree()) return;
  const auto removed = behind(segment);
  if (!removed) return inform(tr("There is no text behind this place; duplicate the session instead."));
  forkWithout(*removed,
              tr("%1 as of %2", "name of a session, place").arg(m_controller.facts().name, placeName(segment)));
}

void MemoryPresenter::offerRewind(qint64 segment) {
  if (!isFree()) return;
  const auto removed = behind(segment);
  if (!removed) return inform(tr("There is no text behind this place."));
  const QString place = placeName(segment);
  Message message;
  message.severity = Severity::kWarning;
  message.key = kOfferKey;
  message.text = tr("Rewind to %1? All text behind it (%2) goes out of this session for good, with the evidence that "
                    "points there. The files it came from stay; a fork leaves this session as it is.")
                     .arg(place, amount(*removed));
  message.actions = {{tr("Fork from here"), [this, segment] { fork(segment); }},
                     {tr("Rewind"), [this, removed = *removed] { m_controller.removeText(removed); }}};
  m_panels.messages.showMessage(std::move(message));
}

void MemoryPresenter::offerRemoval(const ByteRange& bytes, const QString& name) {
  if (!isFree()) return;
  const SessionFacts& facts = m_controller.facts();
  const ByteRange removed{bytes.begin, std::min(bytes.end, facts.totalBytes)};
  if (removed.begin >= removed.end) return;
  if (removed.begin == 0 && removed.end == facts.totalBytes) {
    return inform(tr("That is all the text of the session; move the session to the trash instead."));
  }
  Message message;
  message.severity = Severity::kWarning;
  message.key = kOfferKey;
  message.text = tr("Undo the reading of %1? Its text (%2) goes out of this session for good; what stands behind it is "
                    "read again. The file it came from stays; a fork leaves this session as it is.")
                     .arg(name, amount(removed));
  const QString forkName = tr("%1 without %2", "name of a session, part of it").arg(facts.name, name);
  message.actions = {{tr("Undo it in a fork"), [this, removed, forkName] { forkWithout(removed, forkName); }},
                     {tr("Undo the reading"), [this, removed] { m_controller.removeText(removed); }}};
  m_panels.messages.showMessage(std::move(message));
}

/// A chapter ends at the next heading that is not below its own, or with its document.
void MemoryPresenter::offerChapterRemoval(quint64 byte) {
  const auto& documents = m_controller.facts().documents;
  const auto document = std::find_if(documents.begin(), documents.end(), [byte](const DocumentRecord& each) {
    return byte >= each.bytes.begin && byte < each.bytes.end;
  });
  if (document == documents.end()) return;
  std::optional<OutlineEntry> own;
  std::uint64_t end = document->bytes.end;
  for (const OutlineEntry& each : m_panels.document.text().outline()) {
    if (each.byte < document->bytes.begin || each.byte >= document->bytes.end) continue;
    if (each.byte <= byte) {
      own = each;
    } else if (own && each.level <= own->level) {
      end = each.byte;
      break;
    }
  }
  if (!own) return offerDocumentRemoval(document->id);
  offerRemoval({own->byte, end}, tr("“%1”").arg(QString::fromStdString(own->title).simplified()));
}

void MemoryPresenter::offerDocumentRemoval(qint64 document) {
  for (const DocumentRecord& each : m_controller.facts().documents) {
    if (each.id == document) offerRemoval(each.bytes, tr("“%1”").arg(QString::fromStdString(each.title).simplified()));
  }
}

void MemoryPresenter::pin(qint64 segment) {
  m_controller.pin(segment);
}

void MemoryPresenter::askAlong(const QString& question) {
  if (!question.trimmed().isEmpty()) m_controller.askAlong(question.trimmed());
}

std::optional<qint64> MemoryPresenter::segmentHere() const {
  return m_panels.document.segmentAt(m_panels.document.topByte());
}

void MemoryPresenter::forkWithout(const ByteRange& removed, const QString& name) {
  m_controller.openFork(name, removed);
}

QString MemoryPresenter::placeName(qint64 segment) const {
  if (const auto bytes = bytesOf(segment)) {
    const DocumentText& text = m_panels.document.text();
    const std::size_t page = bytes->end > 0 && bytes->end <= text.byteCount() ? text.pageAt(bytes->end - 1) : 0;
    if (page > 0) return tr("p. %1").arg(QString::fromStdString(text.pageName(page)));
  }
  return tr("segment %1").arg(QLocale().toString(segment));
}

std::optional<ByteRange> MemoryPresenter::bytesOf(qint64 segment) const {
  const auto& segments = m_controller.segments();
  if (segment < 0 || segment >= static_cast<qint64>(segments.size())) return std::nullopt;
  return segments[static_cast<std::size_t>(segment)];
}

std::optional<ByteRange> MemoryPresenter::behind(qint64 segment) const {
  const auto bytes = bytesOf(segment);
  if (!bytes) return std::nullopt;
  const ByteRange removed{bytes->end, m_controller.facts().totalBytes};
  return removed.begin < removed.end ? std::optional(removed) : std::nullopt;
}

/// "34 kB, 12 % of the text".
QString MemoryPresenter::amount(const ByteRange& bytes) const {
  const auto all = static_cast<double>(std::max<std::uint64_t>(1, m_controller.facts().totalBytes));
  const double percent = 100.0 * static_cast<double>(bytes.end - bytes.begin) / all;
  const QString share = percent < 1 ? tr("less than 1") : QLocale().toString(static_cast<int>(std::lround(percent)));
  return tr("%1, %2 % of the text").arg(byteText(bytes.end - bytes.begin), share);
}

void MemoryPresenter::inform(const QString& text) {
  m_panels.messages.showMessage({Severity::kInformation, text, {}, {}, {}});
}

}  // namespace tidemark::ui
