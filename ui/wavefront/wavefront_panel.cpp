#include "ui/wavefront/wavefront_panel.h"

#include <QAccessible>
#include <QComboBox>
#include <QEvent>
#include <QSlider>
#include <QVariantAnimation>
#include <algorithm>

#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/heat_legend.h"
#include "ui/wavefront/meter_strip.h"
#include "ui/wavefront/transport_bar.h"
#include "ui/wavefront/wavefront_grid.h"
#include "ui/wavefront/wavefront_ribbon.h"

namespace tidemark::ui {
namespace {

constexpr int kFrameMilliseconds = 16;
constexpr int kShearMilliseconds = 600;
constexpr int kShearSteps = 100;
constexpr int kSpokenPercent = 10;

}  // namespace

WavefrontPanel::~WavefrontPanel() = default;

void WavefrontPanel::showSession(const WavefrontSetup& setup) {
  leaveReplay();
  m_state.reset(setup.layers, setup.segmentTokens, setup.totalSegments, setup.restoredSegments);
  m_state.setSnapshots(setup.snapshots);
  m_state.restoreMetrics(setup.metrics);
  m_throughput.reset(setup.layers, setup.segmentTokens);
  m_stateBytes = setup.stateBytes;
  m_kvBytesPerToken = setup.kvBytesPerToken;
  m_spokenStep = -1;
  updateMetricCombo();
  m_grid->setDocumentSegments(std::nullopt);
  m_ribbon->setDocumentSegments(std::nullopt);
  m_grid->resetView();
  refresh();
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
  refresh();
}

void WavefrontPanel::setTotalSegments(std::int64_t segments) {
  m_state.setTotalSegments(segments);
  refresh();
}

void WavefrontPanel::snapshotStored(std::int64_t segment) {
  m_state.addSnapshot(segment);
  refresh();
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
  if (!m_state.hasEvidence() && m_state.metric() == HeatMetric::kEvidence) m_state.setMetric(HeatMetric::kNovelty);
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
  refreshMeters();
  const bool playable = m_state.isReplay() || (!m_state.data().isReading() && m_state.finishedSegments() > 0);
  m_transport->refresh(playable, !m_state.isReplay());
  m_order->setEnabled(playable);
  const std::int64_t total = std::max<std::int64_t>(1, m_state.data().totalSegments());
  const auto step = static_cast<int>(m_state.finishedSegments() * 100 / total) / kSpokenPercent;
  if (step == m_spokenStep) return;
  // Spoken once every ten percent: a listener wants to know how far it is, not every group.
  m_spokenStep = step;
  m_grid->setAccessibleDescription(spokenSummary(m_state));
}

void WavefrontPanel::refreshMeters() {
  const WavefrontData& cells = m_state.data();
  const std::int64_t read = m_state.finishedSegments();
  m_meters->setFigures(m_throughput, memoryFigures(m_stateBytes, m_kvBytesPerToken, read, cells.segmentTokens()), read,
                       cells.totalSegments());
}

PlaybackTimeline WavefrontPanel::timelineFor(ReadOrder order) const {
  const WavefrontData& cells = m_state.data();
  if (order == cells.bounds().order && !cells.groups().empty()) return PlaybackTimeline::recorded(cells);
  const bool asItRan = order == cells.bounds().order;
  return PlaybackTimeline::scheduled(asItRan ? TimelineKind::kUntimed : TimelineKind::kSimulated,
                                     {order, cells.layers(), 0, cells.finishedSegments()});
}

void WavefrontPanel::enterReplay(ReadOrder order) {
  m_playback.load(timelineFor(order));
  showMoment();
  m_grid->setFollowing(true);
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
  if (!m_playback.isPlaying()) m_frames.stop();
  refresh();
}

void WavefrontPanel::togglePlay() {
  if (m_state.data().isReading() || m_state.finishedSegments() == 0) {
    if (!m_state.isReplay()) return;
  }
  if (!m_playback.isLoaded()) enterReplay(static_cast<ReadOrder>(m_order->currentData().toInt()));
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
  enterReplay(order);
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
