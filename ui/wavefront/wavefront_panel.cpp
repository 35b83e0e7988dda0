#include "ui/wavefront/wavefront_panel.h"

#include <QAccessible>
#include <QComboBox>
#include <QEvent>
#include <QSlider>
#include <QVariantAnimation>
#include <algorithm>
#include <utility>

#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/heat_legend.h"
#include "ui/wavefront/meter_strip.h"
#include "ui/wavefront/pacer.h"
#include "ui/wavefront/transport_bar.h"
#include "ui/wavefront/wavefront_accessible.h"
#include "ui/wavefront/wavefront_grid.h"
#include "ui/wavefront/wavefront_ribbon.h"

namespace tidemark::ui {
namespace {

constexpr int kFrameMilliseconds = 16;
constexpr int kFastFrameMilliseconds = 50;  // 64 with groups every 16
constexpr double kFastSegments = 200;       // a second; faster, single frames cannot be followed
constexpr qint64 kSliceNanoseconds = 2'500'000;
constexpr std::size_t kSliceRecords = 4096;
constexpr int kShearMilliseconds = 600;
constexpr int kSpokenPercent = 10;

}  // namespace

WavefrontPanel::~WavefrontPanel() = default;

void WavefrontPanel::showSession(WavefrontSetup setup) {
  m_restoreSlices.stop();
  leaveReplay();
  m_state.reset(setup.layers, setup.segmentTokens, setup.totalSegments, setup.restoredSegments);
  m_state.setSnapshots(std::move(setup.snapshots));
  m_throughput.reset(setup.layers, setup.segmentTokens);
  m_stateBytes = setup.stateBytes;
  m_kvBytesPerToken = setup.kvBytesPerToken;
  m_spokenStep = -1;
  m_restoring = std::move(setup.metrics);
  m_restored = 0;
  restoreSlice();
  updateMetricCombo();
  m_grid->setDocumentSegments(std::nullopt);
  m_ribbon->setDocumentSegments(std::nullopt);
  m_grid->resetView();
  refresh();
}

void WavefrontPanel::restoreSlice() {
  const QElapsedTimer since = [] {
    QElapsedTimer timer;
    timer.start();
    return timer;
  }();
  const std::span<const CellMetricsRecord> all(m_restoring);
  while (m_restored < all.size() && since.nsecsElapsed() < kSliceNanoseconds) {
    const auto slice = all.subspan(m_restored, std::min(kSliceRecords, all.size() - m_restored));
    m_state.restoreMetrics(slice);
    m_restored += slice.size();
  }
  if (m_restored < all.size()) {
    m_restoreSlices.start(0);
  } else {
    m_restoreSlices.stop();
    m_restoring = {};
  }
  refreshLive();
}

void WavefrontPanel::clear() {
  showSession({});
}

void WavefrontPanel::readingStarted(std::int64_t firstSegment, std::int64_t totalSegments) {
  leaveReplay();
  m_state.startReading(firstSegment, totalSegments);
  m_throughput.reset(m_state.data().layers(), m_state.data().segmentTokens());
  m_grid->setFollowing(true);
  refresh();
}

void WavefrontPanel::addGroups(std::span<const GroupFinished> groups) {
  const std::size_t before = m_state.data().groups().size();
  m_state.addGroups(groups);
  const auto& log = m_state.data().groups();
  for (std::size_t i = before; i < log.size(); ++i) m_throughput.add(log[i]);
  const double segmentsPerSecond = m_throughput.tokensPerSecond() / std::max(1, m_state.data().segmentTokens());
  const bool fast = m_grid->isFollowing() && segmentsPerSecond > kFastSegments;
  m_grid->setRepaintInterval(fast ? kFastFrameMilliseconds : kFrameMilliseconds);
  refreshLive();
}

void WavefrontPanel::setTotalSegments(std::int64_t segments) {
  const std::int64_t before = m_state.data().totalSegments();
  m_state.setTotalSegments(segments);
  if (m_state.data().totalSegments() != before) refreshLive();
}

void WavefrontPanel::setSnapshots(std::vector<std::int64_t> segments) {
  m_state.setSnapshots(std::move(segments));
  refreshLive();
}

void WavefrontPanel::readingPaused(bool paused) {
  m_state.setPaused(paused);
  refresh();
}

void WavefrontPanel::readingStopped() {
  m_state.stopReading();
  refresh();
}

void WavefrontPanel::setPassage(std::function<QString(qint64)> passage) {
  m_grid->setPassage(std::move(passage));
}

void WavefrontPanel::setEvidence(const std::vector<std::pair<qint64, float>>& shares) {
  std::vector<std::pair<std::int64_t, float>> copied;
  copied.reserve(shares.size());
  for (const auto& [segment, share] : shares) copied.emplace_back(segment, share);
  m_state.setEvidence(copied);
  if (!m_state.hasEvidence() && m_state.metric() == HeatMetric::kEvidence) m_state.setMetric(HeatMetric::kChange);
  updateMetricCombo();
  refresh();
}

void WavefrontPanel::setMetric(HeatMetric metric) {
  if (metric == HeatMetric::kEvidence && !m_state.hasEvidence()) return;
  m_state.setMetric(metric);
  m_transport->legend().setMetric(metric);
  m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(metric)));
  refresh();
}

void WavefrontPanel::setCanChangeMemory(bool can) {
  m_grid->setCanChangeMemory(can);
}

void WavefrontPanel::setReducedMotion(bool reduced) {
  m_reducedMotion = reduced;
  if (reduced && m_animation->state() == QAbstractAnimation::Running) m_animation->setCurrentTime(kShearMilliseconds);
}

void WavefrontPanel::setDocumentSegments(qint64 first, qint64 last) {
  const auto range = last >= first && first >= 0 ? std::optional(SegmentRange{first, last + 1}) : std::nullopt;
  m_grid->setDocumentSegments(range);
  m_ribbon->setDocumentSegments(range);
}

void WavefrontPanel::refresh() {
  m_grid->stateChanged();
  m_ribbon->update();
  m_figures->runNow();
}

void WavefrontPanel::refreshLive() {
  m_grid->stateChanged();
  m_ribbon->stateChanged();
  m_figures->request();
}

void WavefrontPanel::refreshFigures() {
  const WavefrontData& cells = m_state.data();
  const std::int64_t read = m_state.finishedSegments();
  m_meters->setFigures(m_throughput, memoryFigures(m_stateBytes, m_kvBytesPerToken, read, cells.segmentTokens()), read,
                       cells.totalSegments());
  const bool playable = m_state.isReplay() || (!cells.isReading() && read > 0);
  m_transport->refresh(playable, !m_state.isReplay());
  m_order->setEnabled(playable);
  const int step = readPercent(m_state) / kSpokenPercent;
  if (step == m_spokenStep) return;
  // Spoken once every ten percent: a listener wants to know how far it is, not every group.
  const bool tell = m_spokenStep >= 0 && !m_state.isReplay();
  m_spokenStep = step;
  m_grid->setAccessibleDescription(spokenSummary(m_state));
  if (tell) announceProgress(*m_grid, step * kSpokenPercent);
}

PlaybackTimeline WavefrontPanel::timelineFor(ReadOrder order) const {
  const WavefrontData& cells = m_state.data();
  if (order == cells.bounds().order && !cells.groups().empty()) return PlaybackTimeline::recorded(cells);
  const bool asItRan = order == cells.bounds().order;
  return PlaybackTimeline::scheduled(asItRan ? TimelineKind::kUntimed : TimelineKind::kSimulated,
                                     {order, cells.layers(), 0, cells.finishedSegments()});
}

void WavefrontPanel::loadReplay(ReadOrder order) {
  m_playback.load(timelineFor(order));
  m_grid->setRepaintInterval(kFrameMilliseconds);
  m_state.showReplay(m_playback.timeline(), m_playback.finishedGroups());
  m_grid->setFollowing(true);
}

void WavefrontPanel::scrubTo(double share) {
  if (!m_playback.isLoaded()) {
    if (m_state.data().isReading() || m_state.finishedSegments() == 0) return;
    loadReplay(static_cast<ReadOrder>(m_order->currentData().toInt()));
  }
  m_playback.seek(share * m_playback.timeline().duration());
  showMoment();
}

void WavefrontPanel::leaveReplay() {
  m_frames.stop();
  m_playback.clear();
  m_state.clearReplay();
  const QSignalBlocker blocker(m_order);
  m_order->setCurrentIndex(m_order->findData(static_cast<int>(m_state.data().bounds().order)));
  m_grid->setFollowing(true);
  refresh();
}

void WavefrontPanel::showMoment() {
  m_state.showReplay(m_playback.timeline(), m_playback.finishedGroups());
  m_transport->refresh(true, false);
  if (m_playback.isPlaying()) return refreshLive();
  m_frames.stop();
  refresh();
}

void WavefrontPanel::togglePlay() {
  if (m_state.data().isReading() || m_state.finishedSegments() == 0) {
    if (!m_state.isReplay()) return;
  }
  if (!m_playback.isLoaded()) loadReplay(static_cast<ReadOrder>(m_order->currentData().toInt()));
  if (m_playback.isPlaying()) {
    m_playback.pause();
  } else {
    m_playback.play();
    m_frames.start(kFrameMilliseconds);
  }
  showMoment();
}

void WavefrontPanel::setOrder(ReadOrder order) {
  if (m_state.data().isReading() || m_state.data().finishedSegments() == 0) return;
  loadReplay(order);
  showMoment();
  // With reduced motion nothing starts to move by itself; Space does it.
  if (!m_reducedMotion) togglePlay();
}

void WavefrontPanel::animateShear(double target) {
  m_animation->stop();
  if (m_reducedMotion) return m_shear->setValue(static_cast<int>(target * kShearSteps));
  m_animation->setDuration(kShearMilliseconds);
  m_animation->setStartValue(static_cast<double>(m_shear->value()) / kShearSteps);
  m_animation->setEndValue(target);
  m_animation->setEasingCurve(QEasingCurve::InOutCubic);
  m_animation->start();
}

void WavefrontPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange && m_grid != nullptr) alignRows();
  if (event->type() == QEvent::PaletteChange && m_transport != nullptr) refresh();
}

}  // namespace tidemark::ui
