#pragma once
// The wavefront as the window shows it: caption row, ribbon, grid, transport row. The one class the main window uses.
// GUI thread. Everything is told to it; it asks nobody.

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "engine/service/events.h"
#include "engine/session/session_records.h"
#include "ui/wavefront/playback.h"
#include "ui/wavefront/wavefront_export.h"
#include "ui/wavefront/wavefront_meters.h"
#include "ui/wavefront/wavefront_state.h"

class QAction;
class QBoxLayout;
class QHBoxLayout;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;
class QVariantAnimation;

namespace tidemark::ui {

class MeterStrip;
class Pacer;
class TransportBar;
class WavefrontGrid;
class WavefrontRibbon;

/// A session as it is opened.
struct WavefrontSetup {
  int layers = 0;
  int segmentTokens = 0;
  std::int64_t totalSegments = 0;  // an estimate while text is being read
  std::uint64_t stateBytes = 0;
  std::uint64_t kvBytesPerToken = 0;
  std::vector<CellMetricsRecord> metrics;
  std::int64_t restoredSegments = 0;
  std::vector<std::int64_t> snapshots;
};

class WavefrontPanel : public QWidget {
  Q_OBJECT
 public:
  explicit WavefrontPanel(QWidget* parent = nullptr);
  ~WavefrontPanel() override;

  /// The numbers of a long session come in within the next moments, some at a time.
  void showSession(WavefrontSetup setup);
  void clear();

  void readingStarted(std::int64_t firstSegment, std::int64_t totalSegments);
  /// Any number of groups, in order: constant work per cell and at most one repaint. Grid, ribbon and figures are
  /// repainted at most 60 (30 while more than 200 segments a second come), 10 and 4 times a second.
  void addGroups(std::span<const GroupFinished> groups);
  void setTotalSegments(std::int64_t segments);
  /// After which segments there are snapshots.
  void setSnapshots(std::vector<std::int64_t> segments);
  void readingPaused(bool paused);
  /// The read ended: finished, cancelled or failed.
  void readingStopped();

  /// First words and page of a segment, for the hover card; must be quick.
  void setPassage(std::function<QString(qint64)> passage);
  /// Shares 0..1 of the selected answer. Empty: no answer is selected.
  void setEvidence(const std::vector<std::pair<qint64, float>>& shares);
  void setReducedMotion(bool reduced);
  /// Whether the menu of a cell offers to fork, to rewind and to pin.
  void setCanChangeMemory(bool can);
  /// Segments whose text the document view shows, first to last; nothing if last < first.
  void setDocumentSegments(qint64 first, qint64 last);
  void setMetric(HeatMetric metric);

  /// Model, document, device: the line over exported pictures.
  void setExportCaption(const QString& caption) { m_exportCaption = caption; }
  /// Empty, or what went wrong. Writes before it returns; the export menu uses another thread.
  [[nodiscard]] QString exportPng(const QString& path, int scale);
  [[nodiscard]] QString exportSvg(const QString& path);

  /// For the menu and the command palette. Their shortcuts work while the grid or the ribbon has the focus. Object
  /// names: wavefrontPlay, wavefrontFollow, wavefrontFit, wavefrontZoomIn and so on, see buildActions().
  [[nodiscard]] QList<QAction*> commandActions() const { return m_actions; }

  [[nodiscard]] WavefrontGrid& grid() const { return *m_grid; }
  [[nodiscard]] WavefrontRibbon& ribbon() const { return *m_ribbon; }
  [[nodiscard]] const WavefrontState& state() const { return m_state; }
  [[nodiscard]] const Playback& playback() const { return m_playback; }

 Q_SIGNALS:
  void segmentActivated(qint64 segment);
  void segmentHovered(qint64 segment);  // -1: none
  void askAsOfRequested(qint64 segment);
  void forkRequested(qint64 segment);
  void rewindRequested(qint64 segment);
  void pinRequested(qint64 segment);
  void compareRequested(qint64 segment);
  void messageRaised(const QString& message);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  static constexpr int kShearSteps = 100;  // of the slider

  void buildCaptionRow(QBoxLayout* column);
  void buildViews(QBoxLayout* column);
  void buildActions();
  void buildExportMenu();
  QAction* addCommand(const char* name, const QString& text, const QList<QKeySequence>& keys,
                      const std::function<void()>& run);
  void refresh();
  void refreshLive();
  void refreshFigures();
  void restoreSlice();
  void alignRows();
  void updateMetricCombo();

  void togglePlay();
  void loadReplay(ReadOrder order);
  void scrubTo(double share);
  void leaveReplay();
  void showMoment();
  void setOrder(ReadOrder order);
  [[nodiscard]] PlaybackTimeline timelineFor(ReadOrder order) const;
  void animateShear(double target);
  [[nodiscard]] ExportView exportView() const;
  void exportInBackground(const QString& path, int scale);
  void askExport(bool svg, int scale);

  WavefrontState m_state;
  Playback m_playback;
  QElapsedTimer m_clock;
  QTimer m_frames;
  ThroughputMeter m_throughput;
  std::uint64_t m_stateBytes = 0;
  std::uint64_t m_kvBytesPerToken = 0;
  std::vector<CellMetricsRecord> m_restoring;  // numbers of the session that are still to be shown
  std::size_t m_restored = 0;
  QTimer m_restoreSlices;
  bool m_reducedMotion = false;
  QString m_exportCaption;
  int m_spokenStep = -1;

  QLabel* m_caption = nullptr;
  QComboBox* m_metric = nullptr;
  QComboBox* m_order = nullptr;
  QLabel* m_shearLabel = nullptr;
  QSlider* m_shear = nullptr;
  QToolButton* m_shearToggle = nullptr;
  QToolButton* m_export = nullptr;
  Pacer* m_figures = nullptr;
  MeterStrip* m_meters = nullptr;
  WavefrontRibbon* m_ribbon = nullptr;
  WavefrontGrid* m_grid = nullptr;
  TransportBar* m_transport = nullptr;
  QHBoxLayout* m_captionRow = nullptr;
  QHBoxLayout* m_transportRow = nullptr;
  QVariantAnimation* m_animation = nullptr;
  QList<QAction*> m_actions;
};

}  // namespace tidemark::ui
