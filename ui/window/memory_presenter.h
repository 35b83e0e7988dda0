#pragma once
// What people do with the memory of the open session beside reading and asking: fork, rewind, undo reading, pin, and
// ask along the document. Whatever takes text out of a session says first what goes, and offers a fork that leaves the
// session as it is. GUI thread.

#include <QObject>
#include <QString>
#include <QTimer>
#include <optional>

#include "ui/window/session_controller.h"

namespace tidemark::ui {

class DocumentPanel;
class MessageBar;
class QuestionPanel;
class SessionSidebar;
class TimelinePanel;
class WavefrontPanel;
struct AnswerChange;

struct MemoryPanels {
  DocumentPanel& document;
  WavefrontPanel& wavefront;
  QuestionPanel& questions;
  SessionSidebar& sidebar;
  TimelinePanel& timeline;
  MessageBar& messages;
};

class MemoryPresenter final : public QObject {
  Q_OBJECT

 public:
  MemoryPresenter(SessionController& controller, const MemoryPanels& panels, QObject* parent = nullptr);

  void fork(qint64 segment);
  void offerRewind(qint64 segment);
  void pin(qint64 segment);
  void askAlong(const QString& question);
  /// `name` is what the text is called in sentences: "“The Whale”".
  void offerRemoval(const ByteRange& bytes, const QString& name);
  /// Of the chapter that this byte is in; of its document before the first heading.
  void offerChapterRemoval(quint64 byte);
  void offerDocumentRemoval(qint64 document);
  /// The segment at the top of the text, if it was read.
  [[nodiscard]] std::optional<qint64> segmentHere() const;
  /// What people call the place where a segment ends: "p. 17".
  [[nodiscard]] QString placeName(qint64 segment) const;
  /// Where the text of a segment stands; nothing if it was not read.
  [[nodiscard]] std::optional<ByteRange> bytesOf(qint64 segment) const;

  static constexpr int kPatienceMilliseconds = 400;

 Q_SIGNALS:
  /// The panel with answers along the document has something to show.
  void timelineWanted();

 private:
  void connectViews();
  void connectTimeline();
  void showChanges(const std::vector<AnswerChange>& changes);
  void showFacts(const SessionFacts& facts);
  void showWork();
  void forkWithout(const ByteRange& removed, const QString& name);
  [[nodiscard]] std::optional<ByteRange> behind(qint64 segment) const;
  [[nodiscard]] QString amount(const ByteRange& bytes) const;
  [[nodiscard]] bool isFree();
  void inform(const QString& text);

  SessionController& m_controller;
  MemoryPanels m_panels;
  QTimer m_workTimer;
  MemoryWork m_workShown = MemoryWork::kNone;
};

}  // namespace tidemark::ui
