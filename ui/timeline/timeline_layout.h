#pragma once
// Where a timeline is drawn: the document from left to right, a lane for every answer from top to bottom. Pure
// arithmetic, any thread.

#include <QRectF>
#include <optional>
#include <vector>

#include "ui/timeline/answer_timeline.h"

namespace tidemark::ui {

struct TimelineMetrics {
  double width = 0;
  double labelWidth = 0;  // of the answers beside their lanes
  double axisHeight = 0;  // above the first lane
  double laneHeight = 0;
  double margin = 0;  // left, right, and between the labels and the document
};

class TimelineLayout {
 public:
  TimelineLayout() = default;
  /// `totalSegments` of the document; places behind it widen it.
  TimelineLayout(const AnswerTimeline& timeline, qint64 totalSegments, const TimelineMetrics& metrics);

  [[nodiscard]] const AnswerLanes& lanes() const { return m_lanes; }
  [[nodiscard]] const TimelineMetrics& metrics() const { return m_metrics; }
  /// The segments whose text an answer takes into account and the one before it does not: first, and behind the last.
  [[nodiscard]] std::pair<qint64, qint64> segmentsOf(std::size_t answer) const;
  [[nodiscard]] QRectF document() const;  // across all lanes
  [[nodiscard]] double xOf(qint64 segment) const;
  [[nodiscard]] QRectF laneRect(std::size_t lane) const;   // over the whole width
  [[nodiscard]] QRectF labelRect(std::size_t lane) const;  // of its answer
  [[nodiscard]] QRectF cellRect(std::size_t answer) const;
  /// The answer drawn at this x, whatever the lane; nothing beside the document or where nothing was asked yet.
  [[nodiscard]] std::optional<std::size_t> answerAt(double x) const;
  [[nodiscard]] double height() const;

 private:
  AnswerLanes m_lanes;
  std::vector<qint64> m_segments;  // that were asked
  qint64 m_total = 1;
  TimelineMetrics m_metrics;
};

}  // namespace tidemark::ui
