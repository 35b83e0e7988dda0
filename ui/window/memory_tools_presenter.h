#pragma once
// Two things to learn about the memory of the open session without changing it: what it has in common with another one,
// and how far back it recalls. A session whose model is not loaded is compared on a worker, as far as snapshots go.
// GUI thread.

#include <QObject>
#include <QString>
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "engine/session/session_library.h"
#include "ui/bridge/background_worker.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {

class DiffPanel;
class DocumentPanel;
class MemoryPresenter;
class MessageBar;
class RecallPanel;
class SessionSidebar;
class WavefrontPanel;

struct MemoryToolPanels {
  DiffPanel& diff;
  RecallPanel& recall;
  DocumentPanel& document;
  WavefrontPanel& wavefront;
  SessionSidebar& sidebar;
  MessageBar& messages;
};

class MemoryToolsPresenter final : public QObject {
  Q_OBJECT

 public:
  /// `memory` knows what places are called.
  MemoryToolsPresenter(SessionController& controller, const MemoryPresenter& memory, const MemoryToolPanels& panels,
                       QObject* parent = nullptr);
  /// Waits for what is compared on the worker.
  ~MemoryToolsPresenter() override;

  /// Those that can be compared with.
  void setLibrary(const std::vector<SessionSummary>& sessions);
  /// What is chosen in the panel.
  void compare();
  /// The open session at its end with another one at its end.
  void compareWith(const QString& path);
  /// The open session after this segment with its end.
  void compareFrom(qint64 segment);
  void measure();

 Q_SIGNALS:
  /// The panel has something to show.
  void diffWanted();
  void recallWanted();

 private:
  void connectPanels();
  void connectEngine();
  void showFacts(const SessionFacts& facts);
  [[nodiscard]] std::optional<MemoryDiffRequest> requestOf() const;
  void compareOnWorker(const MemoryDiffRequest& request);
  void stopComparing();
  void dropWorker();
  [[nodiscard]] QString whyNotMeasured(const SessionFacts& facts) const;

  SessionController& m_controller;
  const MemoryPresenter& m_memory;
  MemoryToolPanels m_panels;
  bool m_wasAsked = false;                       // of the comparison that runs
  std::shared_ptr<std::atomic<bool>> m_stopped;  // of the one on the worker; null: none
  BackgroundWorker m_worker;
};

}  // namespace tidemark::ui
