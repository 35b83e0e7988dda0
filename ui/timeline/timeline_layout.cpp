#include "ui/timeline/timeline_layout.h"

#include <algorithm>

namespace tidemark::ui {

TimelineLayout::TimelineLayout(const AnswerTimeline& timeline, qint64 totalSegments, const TimelineMetrics& metrics)
    : m_lanes(lanesOf(timeline.answers)), m_total(std::max<qint64>(1, totalSegments)), m_metrics(metrics) {
  m_segments.reserve(timeline.answers.size());
  for (const TimelineAnswer& each : timeline.answers) m_segments.push_back(each.segment);
  if (!timeline.places.empty()) m_total = std::max(m_total, timeline.places.back() + 1);
  if (!m_segments.empty()) m_total = std::max(m_total, m_segments.back() + 1);
}

std::pair<qint64, qint64> TimelineLayout::segmentsOf(std::size_t answer) const {
  const qint64 first = answer == 0 ? 0 : m_segments[answer - 1] + 1;
  return {first, m_segments[answer] + 1};
}

QRectF TimelineLayout::document() const {
  const double left = m_metrics.margin + m_metrics.labelWidth + (m_metrics.labelWidth > 0 ? m_metrics.margin : 0);
  return {left, m_metrics.axisHeight, std::max(1.0, m_metrics.width - left - m_metrics.margin),
          m_metrics.laneHeight * static_cast<double>(m_lanes.answers.size())};
}

double TimelineLayout::xOf(qint64 segment) const {
  const QRectF all = document();
  const double share = static_cast<double>(std::clamp<qint64>(segment, 0, m_total)) / static_cast<double>(m_total);
  return all.left() + share * all.width();
}

QRectF TimelineLayout::laneRect(std::size_t lane) const {
  return {0, m_metrics.axisHeight + m_metrics.laneHeight * static_cast<double>(lane), m_metrics.width,
          m_metrics.laneHeight};
}

QRectF TimelineLayout::labelRect(std::size_t lane) const {
  const QRectF all = laneRect(lane);
  return {m_metrics.margin, all.top(), m_metrics.labelWidth, all.height()};
}

QRectF TimelineLayout::cellRect(std::size_t answer) const {
  const auto [first, end] = segmentsOf(answer);
  const QRectF lane = laneRect(m_lanes.laneOfAnswer[answer]);
  const double left = xOf(first);
  // A place of a million is still seen.
  return {left, lane.top(), std::max(1.0, xOf(end) - left), lane.height()};
}

std::optional<std::size_t> TimelineLayout::answerAt(double x) const {
  const QRectF all = document();
  if (x < all.left() || x > all.right() || m_segments.empty()) return std::nullopt;
  const auto segment = static_cast<qint64>((x - all.left()) / all.width() * static_cast<double>(m_total));
  const auto found = std::lower_bound(m_segments.begin(), m_segments.end(), std::min(segment, m_total - 1));
  if (found == m_segments.end()) return std::nullopt;
  return static_cast<std::size_t>(found - m_segments.begin());
}

double TimelineLayout::height() const {
  return document().bottom() + m_metrics.margin / 2;
}

}  // namespace tidemark::ui
