#include "ui/window/session_presenter.h"

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "engine/backend/cuda_loader/cuda_loader.h"
#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/reading_bar.h"
#include "ui/shell/status_line.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/document_notes.h"

namespace tidemark::ui {
namespace {

constexpr int kPassageCharacters = 90;
constexpr qint64 kFactsMilliseconds = 250;

quint64 number(RunId run) {
  return static_cast<quint64>(run);
}

std::vector<Exchange> exchangesOf(const std::vector<QuestionRecord>& records) {
  std::vector<Exchange> exchanges;
  exchanges.reserve(records.size());
  for (const QuestionRecord& record : records) exchanges.push_back(exchangeFromRecord(record));
  markInterrupted(exchanges);
  return exchanges;
}

std::vector<BookmarkMark> marksOf(const std::vector<BookmarkRecord>& bookmarks) {
  std::vector<BookmarkMark> marks;
  for (const BookmarkRecord& each : bookmarks)
    marks.push_back({each.id, each.byte, QString::fromStdString(each.label)});
  return marks;
}

/// Questions that the samples were made for; other texts have none, and inventing some would promise too much.
QStringList examplesFor(const SessionFacts& facts) {
  if (facts.documents.empty()) return {};
  if (facts.documents.front().title == "tavern-night.txt") {
    return {QStringLiteral("Where was Mary born?"), QStringLiteral("What is the favorite color of Charles?"),
            QStringLiteral("Where is Daniel?")};
  }
  return {};
}

ReadingPhase phaseOf(ReadingState state) {
  switch (state) {
    case ReadingState::kReading:
      return ReadingPhase::kReading;
    case ReadingState::kPaused:
      return ReadingPhase::kPaused;
    case ReadingState::kFinished:
      return ReadingPhase::kFinished;
    default:
      return ReadingPhase::kIdle;
  }
}

}  // namespace

SessionPresenter::SessionPresenter(SessionController& controller, const Panels& panels, QObject* parent)
    : QObject(parent), m_controller(controller), m_panels(panels) {
  m_clock.start();
  connect(&controller, &SessionController::sessionLeft, this, [this] {
    m_shown.reset();
    m_wantedByte.reset();
    m_questionCount = 0;
    m_documentsShown = 0;
    m_contentsShown = 0;
    m_importingShown.reset();
    m_panels.document.clear();
    m_panels.wavefront.clear();
    m_panels.questions.clear();
    m_panels.status.clearSession();
    m_panels.sidebar.setOutline({});
    m_panels.sidebar.setDocuments({}, 0);
    m_panels.sidebar.setBookmarks({});
    m_panels.messages.dismiss(QStringLiteral("resumed"));
  });
  connect(&controller, &SessionController::sessionShown, this, &SessionPresenter::showSession);
  connect(&controller, &SessionController::sessionReady, this, &SessionPresenter::greet);
  connect(&controller, &SessionController::factsChanged, this, &SessionPresenter::showFacts);
  connect(&controller, &SessionController::bookmarksChanged, this, [this](const std::vector<BookmarkRecord>& all) {
    m_panels.sidebar.setBookmarks(all);
    m_panels.document.setBookmarks(marksOf(all));
  });
  connectText();
  connectReading();
  connectQuestions();
  connectPlaces();
  showFacts(controller.facts());
}

void SessionPresenter::connectText() {
  DocumentPanel& document = m_panels.document;
  connect(&m_controller, &SessionController::textExpected, &document, &DocumentPanel::beginDocument);
  connect(&m_controller, &SessionController::textReady, this, [this](const std::shared_ptr<const TextPiece>& piece) {
    m_panels.document.appendPiece(piece);
    showOutline();
    if (m_wantedByte) scrollWhenLoaded(*m_wantedByte);
  });
  connect(&m_controller, &SessionController::textComplete, this, [this] {
    m_panels.document.finishDocument();
    showOutline();
    // The place may have gone with the text behind it.
    const quint64 bytes = m_panels.document.text().byteCount();
    if (m_wantedByte && bytes > 0) scrollWhenLoaded(std::min(*m_wantedByte, bytes - 1));
  });
  connect(&m_controller, &SessionController::segmentsEntered, this,
          [this](std::span<const ByteRange> segments) { m_panels.document.appendSegments(segments); });
  connect(&document, &DocumentPanel::topByteChanged, &m_panels.sidebar, &SessionSidebar::setCurrentByte);
}

void SessionPresenter::keepPlace() {
  m_wantedByte = m_panels.document.topByte();
}

void SessionPresenter::scrollWhenLoaded(quint64 byte) {
  m_wantedByte = byte;
  if (m_panels.document.text().byteCount() <= byte) return;
  m_panels.document.goToByte(byte, false);
  m_wantedByte.reset();
}

void SessionPresenter::connectReading() {
  WavefrontPanel& wavefront = m_panels.wavefront;
  connect(&m_controller, &SessionController::readingStarted, this, [this](qint64 firstSegment) {
    m_panels.document.setSegments(std::make_shared<const std::vector<ByteRange>>(m_controller.segments()));
    m_panels.wavefront.readingStarted(firstSegment, m_controller.facts().segmentsEstimated);
    m_rate.reset();
  });
  connect(&m_controller, &SessionController::groupsFinished, this, [this](std::span<const GroupFinished> groups) {
    m_panels.wavefront.addGroups(groups);
    m_panels.wavefront.setTotalSegments(m_controller.facts().segmentsEstimated);
    m_groups += static_cast<qint64>(groups.size());
    const std::int64_t segments = m_controller.facts().segmentsRead;
    const double now = groups.back().endSeconds;
    if (!m_rate) {
      m_rate = RateMark{now, segments};
    } else if (now - m_rate->seconds >= 0.5 && m_controller.facts().model) {
      const double tokens =
          static_cast<double>((segments - m_rate->segments) * m_controller.facts().model->identity.segmentSize);
      m_panels.status.setTokensPerSecond(tokens / (now - m_rate->seconds));
      m_rate = RateMark{now, segments};
    }
  });
  connect(&m_controller, &SessionController::snapshotsChanged, this, [this](const std::vector<qint64>& segments) {
    m_panels.wavefront.setSnapshots({segments.begin(), segments.end()});
  });
  connect(&m_controller, &SessionController::readingPaused, &wavefront, &WavefrontPanel::readingPaused);
  connect(&m_controller, &SessionController::readingStopped, &wavefront, &WavefrontPanel::readingStopped);
  connect(&m_controller, &SessionController::readFinished, this, [this](const ReadFinished& finished) {
    m_panels.wavefront.setTotalSegments(finished.segmentsResumed + finished.segmentsRead);
    m_panels.wavefront.readingStopped();
    m_panels.status.setMemoryBytes(static_cast<qint64>(finished.stateBytes));
    if (finished.seconds > 0 && finished.segmentsRead > 0) {
      m_panels.status.setTokensPerSecond(static_cast<double>(finished.tokensRead) / finished.seconds);
    }
  });
}

void SessionPresenter::connectQuestions() {
  QuestionPanel& questions = m_panels.questions;
  connect(&questions, &QuestionPanel::askRequested, this, &SessionPresenter::ask);
  connect(&questions, &QuestionPanel::stopRequested, this,
          [this](quint64 run) { m_controller.stopAnswer(RunId{run}); });
  connect(&m_controller, &SessionController::answerStarted, this, [this](const AnswerStarted& started) {
    m_panels.questions.answerStarted(number(started.run), started.questionId, started.asOfSegment,
                                     started.readFinished);
  });
  connect(&m_controller, &SessionController::answerGrew, this,
          [this](RunId run, const QString& text) { m_panels.questions.appendDelta(number(run), text); });
  connect(&m_controller, &SessionController::answerFinished, this, [this](const AnswerFinished& finished) {
    m_panels.questions.answerFinished(number(finished.run), withPage(exchangeFromRecord(finished.question)));
  });
  connect(&m_controller, &SessionController::answerFailed, this,
          [this](RunId run, const QString& reason) { m_panels.questions.answerFailed(number(run), reason); });
  connect(&m_controller, &SessionController::answerCancelled, this,
          [this](RunId run) { m_panels.questions.answerCancelled(number(run)); });
}

void SessionPresenter::connectPlaces() {
  WavefrontPanel& wavefront = m_panels.wavefront;
  DocumentPanel& document = m_panels.document;
  QuestionPanel& questions = m_panels.questions;
  wavefront.setPassage([this](qint64 segment) { return m_panels.document.passage(segment, kPassageCharacters); });
  connect(&wavefront, &WavefrontPanel::segmentActivated, this, &SessionPresenter::goToSegment);
  connect(&wavefront, &WavefrontPanel::segmentHovered, this,
          [this](qint64 segment) { m_panels.document.setGhost(bytesOf(segment)); });
  connect(&wavefront, &WavefrontPanel::askAsOfRequested, this, [this](qint64 segment) {
    m_panels.questions.setAsOf(segment);
    m_panels.questions.focusInput();
  });
  connect(&document, &DocumentPanel::askAsOfRequested, this, [this](qint64 segment) {
    m_panels.questions.setAsOf(segment);
    m_panels.questions.focusInput();
  });
  connect(&document, &DocumentPanel::askAboutRequested, this, [this](const QString& text) {
    m_panels.questions.setDraft(tr("What is said about “%1”?").arg(text.simplified().left(120)));
    m_panels.questions.focusInput();
  });
  connect(&document, &DocumentPanel::visibleRangeChanged, this, [this](const ByteRange& bytes) {
    const auto first = m_panels.document.segmentAt(bytes.begin);
    const auto last = m_panels.document.segmentAt(bytes.end > bytes.begin ? bytes.end - 1 : bytes.end);
    const qint64 segments = static_cast<qint64>(m_controller.segments().size());
    if (first) m_panels.wavefront.setDocumentSegments(*first, last.value_or(segments - 1));
  });
  connect(&questions, &QuestionPanel::evidenceActivated, this, [this](const EvidenceChip& chip) {
    m_panels.document.goToRange({chip.byteBegin, chip.byteEnd}, true);
  });
  connect(&questions, &QuestionPanel::exchangeSelected, this, [this](qint64 questionId) {
    std::vector<EvidenceMark> marks;
    std::vector<std::pair<qint64, float>> shares;
    for (const Exchange& exchange : m_panels.questions.exchanges()) {
      if (exchange.questionId != questionId) continue;
      for (const EvidenceChip& chip : exchange.evidence) {
        marks.push_back({{chip.byteBegin, chip.byteEnd}, chip.share});
        shares.emplace_back(chip.segment, chip.share);
      }
    }
    m_panels.document.setEvidence(std::move(marks));
    m_panels.wavefront.setEvidence(std::move(shares));
  });
  const auto say = [this](const QString& text) {
    m_panels.messages.showMessage({Severity::kInformation, text, {}, {}, {}});
  };
  connect(&document, &DocumentPanel::messageRaised, this, say);
  connect(&wavefront, &WavefrontPanel::messageRaised, this, say);
  connect(&m_panels.sidebar, &SessionSidebar::byteActivated, this,
          [this](quint64 byte) { m_panels.document.goToByte(byte, true); });
  connect(&m_panels.sidebar, &SessionSidebar::documentActivated, this, [this](qint64 id) {
    for (const DocumentRecord& each : m_controller.facts().documents) {
      if (each.id == id) m_panels.document.goToByte(each.bytes.begin, true);
    }
  });
}

void SessionPresenter::ask(const QString& question, std::optional<qint64> asOfSegment) {
  const auto run = m_controller.ask(question, asOfSegment);
  if (run) {
    ++m_questionCount;
    m_panels.questions.questionQueued(number(*run), question, asOfSegment);
    showAvailability(m_controller.facts());
  } else if (m_panels.questions.draft().isEmpty()) {
    m_panels.questions.setDraft(question);  // nothing that was typed is lost
  }
}

/// The page that the memory reached when it answered, in texts that have pages.
Exchange SessionPresenter::withPage(Exchange exchange) const {
  const auto bytes = bytesOf(exchange.asOfSegment);
  if (bytes && bytes->end > 0) {
    if (const std::size_t page = m_panels.document.text().pageAt(bytes->end - 1); page > 0) {
      exchange.asOfPage = QString::fromStdString(m_panels.document.text().pageName(page));
    }
  }
  return exchange;
}

std::optional<ByteRange> SessionPresenter::bytesOf(qint64 segment) const {
  const auto& segments = m_controller.segments();
  if (segment < 0 || segment >= static_cast<qint64>(segments.size())) return std::nullopt;
  return segments[static_cast<std::size_t>(segment)];
}

void SessionPresenter::goToSegment(qint64 segment) {
  if (const auto bytes = bytesOf(segment)) m_panels.document.goToRange(*bytes, false);
}

void SessionPresenter::showSession(const SessionShown& shown) {
  m_questionCount = static_cast<int>(shown.overview.questions.size());
  m_panels.questions.showConversation(exchangesOf(shown.overview.questions));
  m_panels.sidebar.setBookmarks(shown.overview.bookmarks);
  m_panels.document.setBookmarks(marksOf(shown.overview.bookmarks));
  m_panels.document.setSegments(std::make_shared<const std::vector<ByteRange>>(shown.segments));
  m_panels.status.setMemoryBytes(shown.overview.stateBytes > 0 ? static_cast<qint64>(shown.overview.stateBytes) : -1);
  m_panels.status.setSessionBytes(QFileInfo(QString::fromStdString(shown.path.string())).size());
  m_shown = shown;
  showWavefront(shown, 0);
}

void SessionPresenter::showWavefront(const SessionShown& shown, std::uint64_t cacheBytesPerToken) {
  WavefrontSetup setup{};
  const ModelIdentity& identity =
      m_controller.facts().model ? m_controller.facts().model->identity : shown.overview.model;
  setup.layers = identity.layers;
  setup.segmentTokens = identity.segmentSize;
  setup.totalSegments = m_controller.facts().segmentsEstimated;
  setup.stateBytes = m_controller.facts().model ? m_controller.facts().model->stateBytes : shown.overview.stateBytes;
  setup.kvBytesPerToken = cacheBytesPerToken;
  setup.metrics = shown.metrics;
  setup.restoredSegments = static_cast<std::int64_t>(shown.segments.size());
  for (const SnapshotInfo& snapshot : shown.overview.snapshots) setup.snapshots.push_back(snapshot.segment);
  m_panels.wavefront.showSession(std::move(setup));
}

void SessionPresenter::greet(const ModelSummary& model, double seconds) {
  showWavefront(m_shown.value_or(SessionShown{}), model.cacheBytesPerToken);
  m_panels.wavefront.setExportCaption(QStringLiteral("%1 · %2 · %3")
                                          .arg(m_controller.facts().name, QString::fromStdString(model.identity.name),
                                               QString::fromStdString(model.device)));
  m_panels.status.setMemoryBytes(static_cast<qint64>(model.stateBytes));
  // A question must fit into one segment with its prompt; prose has about four characters a token.
  m_panels.questions.setMaxQuestionTokensHint(model.identity.segmentSize * 3);
  if (!m_shown) return;  // a new session: nothing to be resumed
  const SessionFacts& facts = m_controller.facts();
  Message message;
  message.key = QStringLiteral("resumed");
  const QString milliseconds = QLocale().toString(static_cast<int>(seconds * 1000 + 0.5));
  if (facts.state == ReadingState::kFinished) {
    message.text = tr("Resumed behind segment %1: 0 tokens were read again, ready after %2 ms.")
                       .arg(QLocale().toString(static_cast<qlonglong>(facts.segmentsStored)), milliseconds);
  } else {
    const int percent = facts.totalBytes > 0 ? static_cast<int>(100 * facts.readBytes / facts.totalBytes) : 0;
    message.text = tr("Resumed behind segment %1, %2 % of the text: 0 tokens were read again, ready after %3 ms.")
                       .arg(QLocale().toString(static_cast<qlonglong>(facts.segmentsStored)))
                       .arg(percent)
                       .arg(milliseconds);
    message.severity = Severity::kWarning;  // stays until somebody has decided
    message.actions = {{tr("Continue reading"), [this] { m_controller.continueReading(); }}};
  }
  m_panels.messages.showMessage(std::move(message));
}

void SessionPresenter::showFacts(const SessionFacts& facts) {
  // While a read runs, numbers that change more often cannot be read, and drawing them takes time from the engine.
  const qint64 elapsed = m_clock.elapsed();
  const bool running = facts.state == ReadingState::kReading && m_stateShown == facts.state;
  if (running && elapsed - m_factsShownAt < kFactsMilliseconds) return;
  m_factsShownAt = elapsed;
  m_stateShown = facts.state;
  m_panels.document.setReadUntil(facts.readBytes);
  m_panels.sidebar.setCurrentSession(facts.path);
  showDocuments(facts);
  if (const QStringList examples = examplesFor(facts); examples != m_examplesShown) {
    m_examplesShown = examples;
    m_panels.questions.setExamples(examples);
  }
  const double now = static_cast<double>(elapsed) / 1000;
  const ReadingPhase phase = phaseOf(facts.state);
  if (phase != m_panels.reading.phase()) {
    if (phase == ReadingPhase::kReading) m_panels.messages.dismiss(QStringLiteral("resumed"));
    m_panels.reading.setPhase(phase, now);
    if (phase == ReadingPhase::kReading) m_groups = 0;
  }
  m_panels.reading.setProgress({now, static_cast<qint64>(facts.readBytes), static_cast<qint64>(facts.totalBytes),
                                facts.segmentsRead, facts.segmentsEstimated, m_groups, importingText(facts)});
  m_panels.status.setSnapshots(facts.path.isEmpty() ? -1 : static_cast<qint64>(facts.snapshots));
  if (facts.sessionBytes > 0) m_panels.status.setSessionBytes(static_cast<qint64>(facts.sessionBytes));
  m_panels.status.setTailTokens(facts.state == ReadingState::kFinished ? facts.tailTokens : -1);
  if (facts.model) {
    QString why = QString::fromStdString(facts.model->deviceNote);
    if (!cudaModuleIsBuilt()) why = tr("no GPU: this build has no GPU backend");
    m_panels.status.setDevice(
        QStringLiteral("%1 · %2").arg(facts.model->onGpu ? QStringLiteral("GPU") : QStringLiteral("CPU"),
                                      QString::fromStdString(facts.model->device)),
        facts.model->onGpu ? QString() : why);
  }
  showAvailability(facts);
}

/// Facts change with every batch of groups: the list is told only when it would look different.
void SessionPresenter::showDocuments(const SessionFacts& facts) {
  const int percent = facts.totalBytes > 0 ? static_cast<int>(100 * facts.readBytes / facts.totalBytes) : 0;
  std::optional<ImportingDocument> importing;
  if (facts.importing) {
    importing =
        ImportingDocument{QString::fromStdString(facts.importing->path), importPercent(facts.importing->progress)};
  }
  if (percent == m_percentShown && facts.documents.size() == m_documentsShown &&
      facts.contents.size() == m_contentsShown && importing == m_importingShown) {
    return;
  }
  m_percentShown = percent;
  m_documentsShown = facts.documents.size();
  m_contentsShown = facts.contents.size();
  m_importingShown = importing;
  m_panels.sidebar.setDocuments(facts.documents, facts.readBytes, notesOf(facts), importing);
}

void SessionPresenter::showAvailability(const SessionFacts& facts) {
  QString reason;
  QString line;
  const int percent = facts.totalBytes > 0 ? static_cast<int>(100 * facts.readBytes / facts.totalBytes) : 0;
  const int questions = m_questionCount;
  switch (facts.state) {
    case ReadingState::kNone:
      reason = tr("Open a document or a session to ask about it.");
      break;
    case ReadingState::kOpening:
      reason = tr("The model is being loaded…");
      line = tr("opening…");
      break;
    case ReadingState::kUnavailable:
      reason = tr("This session can be looked at, not asked: %1").arg(facts.whyUnavailable);
      line = tr("cannot be asked");
      break;
    case ReadingState::kIncomplete:
      if (facts.segmentsStored == 0) reason = tr("Nothing has been read yet.");
      line = tr("stopped at %1 %").arg(percent);
      break;
    case ReadingState::kReading:
      line = tr("reading · %Ln question(s)", nullptr, questions);
      break;
    case ReadingState::kPaused:
      line = tr("paused at %1 %").arg(percent);
      break;
    case ReadingState::kFinished:
      line = facts.textIsLeftOut ? tr("memory without text · %Ln question(s)", nullptr, questions)
                                 : tr("finished · %Ln question(s)", nullptr, questions);
      break;
  }
  m_panels.questions.setAvailability(reason, facts.segmentsRead);
  if (!facts.path.isEmpty()) m_panels.sidebar.setCurrentState(line);
}

/// Headings, with the documents' titles above them when there are several.
void SessionPresenter::showOutline() {
  std::vector<SidebarOutlineEntry> entries;
  const auto& documents = m_controller.facts().documents;
  const auto headings = m_panels.document.text().outline();
  const bool severalDocuments = documents.size() > 1;
  if (severalDocuments) {
    for (const DocumentRecord& each : documents) {
      entries.push_back({each.bytes.begin, QString::fromStdString(each.title), 0, {}});
    }
  }
  const DocumentText& text = m_panels.document.text();
  for (const auto& heading : headings) {
    SidebarOutlineEntry entry;
    entry.byte = heading.byte;
    entry.title = QString::fromStdString(heading.title);
    entry.level = heading.level - 1 + (severalDocuments ? 1 : 0);
    if (const std::size_t page = text.pageAt(heading.byte); page > 0) {
      entry.page = QString::fromStdString(text.pageName(page));
    }
    entries.push_back(std::move(entry));
  }
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.byte < b.byte; });
  m_panels.sidebar.setOutline(std::move(entries));
}

}  // namespace tidemark::ui
