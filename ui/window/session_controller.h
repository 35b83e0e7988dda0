#pragma once
// The open session as the window works with it: which files are read into it, how far the reading is, which run is
// which. It knows the bridge and the text loader and no widget, so that tests drive it with a fake engine. GUI thread.

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "engine/service/session_engine.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/text_loader.h"
#include "ui/wavefront/pacer.h"

namespace tidemark::ui {

/// What the reading of the open session is doing.
enum class ReadingState {
  kNone,        // no session
  kOpening,     // the model is being loaded, the memory restored
  kIncomplete,  // ready, and text is left to read
  kReading,
  kPaused,
  kFinished,     // ready, everything is in memory or in the tail
  kUnavailable,  // the session can be looked at, not asked
};

/// What is done with the memory beside reading and answering; one at a time.
enum class MemoryWork {
  kNone,
  kRemoving,  // text goes out of the session
  kForking,
  kPinning,
  kAskingAlong,  // one question at many places
  kComparing,    // with another memory; changes nothing, as the next
  kMeasuring,    // how far back it recalls
};

/// What learns something about the memory and leaves no trace: its panel also says what went wrong.
[[nodiscard]] constexpr bool isMemoryTool(MemoryWork work) {
  return work == MemoryWork::kComparing || work == MemoryWork::kMeasuring;
}
/// Whether a panel of its own shows how far it is and what came of it.
[[nodiscard]] constexpr bool hasItsPanel(MemoryWork work) {
  return work == MemoryWork::kAskingAlong || isMemoryTool(work);
}

/// What has become of the files that the documents of the session came from.
struct ComparedSources {
  struct Changed {
    DocumentRecord document;
    FileStamp stamp;  // of the file as it is now
  };
  std::vector<Changed> changed;
  QStringList missing;    // paths that lead nowhere, or to what cannot be read
  int unchanged = 0;      // files
  bool wasAsked = false;  // by compareSources
};

/// How sessions are opened from now on.
struct EngineChoice {
  std::filesystem::path modelDirectory;
  ModelOptions model;
  std::filesystem::path sessionsFolder;
  double snapshotSeconds = 4;
  std::uint64_t snapshotBudgetBytes = std::uint64_t{2} << 30;
  std::optional<bool> keepTraces = std::nullopt;  // nothing: where they are small
  std::string withheld = {};                      // why the model is not loaded by itself, one sentence; empty: it is
  friend bool operator==(const EngineChoice& a, const EngineChoice& b) {
    return a.modelDirectory == b.modelDirectory && a.model.backend == b.model.backend &&
           a.model.threads == b.model.threads && a.model.hints == b.model.hints && a.withheld == b.withheld &&
           a.sessionsFolder == b.sessionsFolder && a.keepTraces == b.keepTraces &&
           a.snapshotSeconds == b.snapshotSeconds && a.snapshotBudgetBytes == b.snapshotBudgetBytes;
  }
};

/// The facts that several panels show; changed as one.
struct SessionFacts {
  ReadingState state = ReadingState::kNone;
  QString path;  // empty: no session
  QString name;
  QString whyUnavailable;
  std::optional<ModelSummary> model;
  std::vector<DocumentRecord> documents;
  std::vector<DocumentContents> contents;     // of those documents, as far as it is known
  std::optional<DocumentProgress> importing;  // the file that is becoming text
  std::int64_t segmentsRead = 0;              // that have left layer 0 at least once; the memory may be a few behind
  std::int64_t segmentsStored = 0;
  std::int64_t segmentsEstimated = 0;  // of the whole text; exact once it was read
  std::uint64_t totalBytes = 0;
  std::uint64_t readBytes = 0;
  std::int64_t tailTokens = 0;
  std::size_t snapshots = 0;
  std::uint64_t sessionBytes = 0;  // of the file when the newest snapshot was stored; 0: none was since it opened
  bool textIsLeftOut = false;      // a memory without its text: it can be asked, not shown and not read on
  MemoryWork work = MemoryWork::kNone;
  double tokensPerSecond = 0;  // as this window read with this model lately; 0: it did not
};

class SessionController final : public QObject {
  Q_OBJECT

 public:
  SessionController(EngineBridge& bridge, TextLoader& loader, QObject* parent = nullptr);

  /// Applied to the next session; one that is open is opened again if model or device changed.
  void setChoice(const EngineChoice& choice);
  [[nodiscard]] const SessionFacts& facts() const { return m_facts; }
  /// Session-wide bytes of every segment that entered, in order.
  [[nodiscard]] const std::vector<ByteRange>& segments() const { return m_segments; }
  [[nodiscard]] const std::vector<BookmarkRecord>& bookmarks() const { return m_bookmarks; }
  /// After these there are snapshots, ascending.
  [[nodiscard]] const std::vector<qint64>& snapshotSegments() const { return m_snapshots; }
  /// Text is in the view, or on its way, that has no session yet.
  [[nodiscard]] bool isShowingText() const { return m_shownBytes > 0; }

  /// Documents, folders and session files in any mixture: documents make one new session, or go behind what the open
  /// one holds. Several, or one with gaps, are shown first: choiceBegan, and then readChosen or cancelChoice decides.
  void openFiles(const QStringList& paths);
  void addFiles(const QStringList& paths);
  void openPasted(const QString& text);
  /// `files`: places in the list of choiceBegan, in the order to be read.
  void readChosen(const std::vector<int>& files, bool force);
  void cancelChoice();
  [[nodiscard]] bool isChoosing() const { return m_isChoosing; }
  /// Reads documents again whose files have changed, from the change on.
  void revise(const std::vector<qint64>& documents);
  /// Looks at the files of the open session, which also happens when it is opened; answered by sourcesCompared.
  void compareSources();
  void openSession(const QString& path) { openWith(path, m_choice.model); }
  void closeSession();

  void continueReading();
  /// Opens the session again on the CPU, whatever device is chosen, and reads on.
  void continueOnCpu();
  void pauseReading();
  void cancelReading();
  /// The run that will answer, or nothing when the engine refused (said through failed()).
  std::optional<RunId> ask(const QString& question, std::optional<qint64> asOfSegment);
  void stopAnswer(RunId run);
  void stopAnswers();

  /// Why the memory cannot be changed just now, one sentence; empty: it can.
  [[nodiscard]] QString whyMemoryIsFixed() const;
  /// Takes text out of the session as if it had never been there; what stands behind it is read again then.
  void removeText(const ByteRange& bytes);
  /// Opens a copy of the session that never saw `removed`; this one stays as it is, and comes back if that fails.
  void openFork(const QString& name, const ByteRange& removed);
  /// A snapshot as of exactly this segment that is never thinned out.
  void pin(qint64 segment);
  /// One question of the memory as it was at many places.
  void askAlong(const QString& question);
  /// Of two memories, one of them in the open session; nothing is changed. False if that was refused (said through
  /// failed()).
  bool compare(MemoryDiffRequest request);
  /// How far back the open session's memory recalls; nothing is changed. False as above.
  bool measureRecall(const RecallRequest& request);
  void cancelWork();
  /// `done` hears the bookmark's number once it is stored, or nothing if that failed (and failed() has said why).
  void changeBookmark(const BookmarkRequest& request, std::function<void(std::optional<qint64> id)> done);

 Q_SIGNALS:
  /// At once, but for how far a read is: ten times a second are enough for numbers.
  void factsChanged(const tidemark::ui::SessionFacts& facts);
  /// Another session, or none: everything shown of the last one is to be forgotten.
  void sessionLeft();
  void textExpected(quint64 bytes);
  void textReady(const std::shared_ptr<const tidemark::ui::TextPiece>& piece);
  void textComplete();
  void sessionShown(const tidemark::SessionShown& shown);
  void sessionReady(const tidemark::ModelSummary& model, double seconds);
  void segmentsEntered(std::span<const tidemark::ByteRange> segments);
  void readingStarted(qint64 firstSegment);
  void groupsFinished(std::span<const tidemark::GroupFinished> groups);
  /// After these segments, ascending: one was stored or pinned, others may have given way to it.
  void snapshotsChanged(const std::vector<qint64>& segments);
  void readingPaused(bool paused);
  void readFinished(const tidemark::ReadFinished& finished);
  void readingStopped();
  void answerStarted(const tidemark::AnswerStarted& started);
  void answerGrew(tidemark::RunId run, const QString& text);
  void answerFinished(const tidemark::AnswerFinished& finished);
  void answerFailed(tidemark::RunId run, const QString& reason);
  void answerCancelled(tidemark::RunId run);
  void bookmarksChanged(const std::vector<tidemark::BookmarkRecord>& bookmarks);
  /// The text is about to be shown anew, without what is gone.
  void textRemoved(const tidemark::TextRemoved& removed);
  void snapshotPinned(qint64 segment, qint64 segmentsReread);
  void timelineStarted(qint64 timeline, const QString& question, const std::vector<qint64>& segments);
  void timelineAdvanced(qint64 timeline, const tidemark::TimelinePoint& point);
  void timelineEnded(qint64 timeline, tidemark::QuestionState state);
  void diffAdvanced(const tidemark::DiffProgress& progress);
  void memoriesCompared(const tidemark::MemoryDiff& diff);
  void recallAdvanced(const tidemark::MeterProgress& progress, int answersAll);
  void recallMeasured(const tidemark::ModelRecall& recall);
  /// A comparison or a measurement ended without a result; `problem` is one sentence, or empty: it was stopped.
  void workStopped(tidemark::ui::MemoryWork work, const QString& problem);
  void filesRefused(const std::vector<tidemark::ui::RefusedFile>& files);
  /// Files that are being looked at; nothing is read before somebody decides, unless `startsByItself`: then it begins
  /// if nothing is found missing.
  void choiceBegan(const QStringList& paths, bool append, bool startsByItself);
  void fileProgressed(int file, int percent);
  void fileChecked(int file, const tidemark::ui::FileReport& report);
  void fileRefused(int file, const tidemark::ui::RefusedFile& refused);
  void choiceEnded();
  void sourcesCompared(const tidemark::ui::ComparedSources& sources);
  /// One sentence: what, why, what to do. `canRetry`: continueReading may help.
  void failed(const QString& sentence, bool canRetry);
  /// Reading or an answer ended because of the GPU; continueOnCpu may help.
  void deviceFailed(const QString& sentence);

 private:
  void connectLoader();
  void connectWork();
  void connectTools();
  [[nodiscard]] bool startWork(MemoryWork work, WorkRequest request);
  void endWork();
  [[nodiscard]] bool workEnded(RunId run, QuestionState state, const QString& problem = {});
  void checkFiles(const QStringList& paths, bool append);
  void beginCheck(bool append);
  void beginChoice(bool startsByItself);
  void endChoice();
  void noteProgress(int file, const ImportProgress& progress);
  void useFiles(const CheckedFiles& files);
  void createSession(const std::filesystem::path& session, ReadRequest toRead);
  void loadMissingText();
  void takeDocument(const DocumentRecord& document, const DocumentContents& contents);
  void forgetFile(const std::string& path);
  void documentRefused(const DocumentRefused& refused);
  void takeSources(const std::vector<SourceCheck>& sources);
  void openWith(QString path, const ModelOptions& model);  // a copy: leaving the session clears its facts
  void openAgain(const ModelOptions& model);
  void startReading(ReadRequest request);
  void showSession(const SessionShown& shown);
  void becomeReady(const SessionReady& ready);
  void becomeUnavailable(const SessionUnavailable& unavailable);
  void documentArrived(const DocumentImported& imported);
  void readingBegan(const ReadingStarted& started);
  void groupsArrived(std::span<const GroupFinished> groups);
  void readEnded(const ReadFinished& finished);
  void runFailed(RunId run, const Error& error);
  void runCancelled(RunId run);
  void offerCpu(const QString& sentence);
  void bookmarkChangeEnded(RunId run, std::optional<qint64> id);
  void leaveSession();
  void estimateSegments();
  void noteRate(std::int64_t tokens, double seconds);
  void setState(ReadingState state);
  void setSnapshots(std::vector<qint64> segments);
  void announce();

  EngineBridge& m_bridge;
  TextLoader& m_loader;
  EngineChoice m_choice;
  SessionFacts m_facts;
  std::vector<ByteRange> m_segments;
  std::vector<qint64> m_snapshots;  // segments, ascending
  std::vector<BookmarkRecord> m_bookmarks;
  std::optional<RunId> m_readRun;
  std::optional<RunId> m_workRun;
  QString m_askedAlong;                    // the question of the timeline that is being asked
  std::optional<qint64> m_timeline;        // that is being asked, once it has a number
  std::optional<QString> m_forkedSession;  // that a fork is being made of
  ModelOptions m_openedWith;
  std::set<RunId> m_questions;
  std::map<RunId, std::function<void(std::optional<qint64>)>> m_bookmarkChanges;
  ReadRequest m_toRead;               // asked for, and not in the session yet
  bool m_appending = false;           // what the files being checked are for
  QStringList m_listed;               // that are being checked
  std::map<int, FileReport> m_found;  // what was found of them
  QElapsedTimer m_checkClock;
  bool m_isChecking = false;
  bool m_isChoosing = false;
  bool m_startsByItself = false;
  bool m_showingFiles = false;     // text of a file is in the view that is not in the session yet
  bool m_loadingText = false;      // from the session
  bool m_created = false;          // by this visit, and nothing is in it yet
  std::uint64_t m_shownBytes = 0;  // text in the view
  bool m_readWhenReady = false;
  bool m_sourcesWereAsked = false;
  bool m_cpuOffered = false;  // since the model was loaded
  Pacer m_progress;           // announces how far a read is
};

}  // namespace tidemark::ui
