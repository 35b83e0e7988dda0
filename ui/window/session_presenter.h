#pragma once
// Shows the open session in the panels: what the controller says goes to every panel that shows it, and what people do
// in one panel reaches the others. No state of its own beyond what is being shown. GUI thread.

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>

#include "ui/chat/conversation.h"
#include "ui/sessions/document_list_model.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {

class DocumentPanel;
class MessageBar;
class QuestionPanel;
class ReadingBar;
class SessionSidebar;
class StatusLine;
class WavefrontPanel;

struct Panels {
  DocumentPanel& document;
  WavefrontPanel& wavefront;
  QuestionPanel& questions;
  SessionSidebar& sidebar;
  StatusLine& status;
  ReadingBar& reading;
  MessageBar& messages;
};

class SessionPresenter final : public QObject {
  Q_OBJECT

 public:
  SessionPresenter(SessionController& controller, const Panels& panels, QObject* parent = nullptr);

  /// Where the view goes once that much text has arrived: the place a session was left at.
  void scrollWhenLoaded(quint64 byte);
  /// The view is not yet where it was left.
  [[nodiscard]] bool isReturning() const { return m_wantedByte.has_value(); }
  /// The same text, or another edition of it, is about to be shown anew: the view comes back to where it is.
  void keepPlace();
  /// Asks in the panel's name; used by everything that asks.
  void ask(const QString& question, std::optional<qint64> asOfSegment);

 private:
  void connectText();
  void connectReading();
  void connectQuestions();
  void connectPlaces();
  void showSession(const SessionShown& shown);
  void greet(const ModelSummary& model, double seconds);
  void showWavefront(const SessionShown& shown, std::uint64_t cacheBytesPerToken);
  void showFacts(const SessionFacts& facts);
  void showAvailability(const SessionFacts& facts);
  void showDocuments(const SessionFacts& facts);
  void showOutline();
  void goToSegment(qint64 segment);
  [[nodiscard]] std::optional<ByteRange> bytesOf(qint64 segment) const;
  [[nodiscard]] Exchange withPage(Exchange exchange) const;

  SessionController& m_controller;
  Panels m_panels;
  std::optional<SessionShown> m_shown;  // until the model tells how many layers there are
  std::optional<quint64> m_wantedByte;
  /// Where the last figure of tokens per second ended.
  struct RateMark {
    double seconds = 0;
    std::int64_t segments = 0;
  };
  std::optional<RateMark> m_rate;
  qint64 m_groups = 0;  // of this read
  int m_questionCount = 0;
  qint64 m_factsShownAt = 0;
  ReadingState m_stateShown = ReadingState::kNone;
  int m_percentShown = -1;
  QStringList m_examplesShown;
  std::size_t m_documentsShown = 0;
  std::size_t m_contentsShown = 0;
  std::optional<ImportingDocument> m_importingShown;
  QElapsedTimer m_clock;
};

}  // namespace tidemark::ui
