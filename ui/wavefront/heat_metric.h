#pragma once
// What the colour of a cell can stand for. The domains are fixed, so that two reads can be compared by colour.

#include <QString>
#include <vector>

namespace tidemark::ui {

enum class HeatMetric { kAge, kNovelty, kWriteStrength, kChange, kEvidence };

struct HeatTick {
  double place = 0;  // 0..1 on the scale
  double value = 0;  // of the metric
};

/// Place of a metric's value on the scale. Novelty, write strength and change of memory go by their logarithm, from
/// 0.0001 (place 0, dark) to 1 (place 1, bright): most of their values lie near 0. Whatever is not above 0.0001, NaN
/// included, is at the dark end. Evidence goes by its square root. Not for kAge, which has no value of its own and
/// whose scale is linear.
[[nodiscard]] float heatOf(HeatMetric metric, float value);
/// The value at a place of the scale: heatOf the other way round.
[[nodiscard]] double valueAt(HeatMetric metric, double place);
[[nodiscard]] std::vector<HeatTick> heatTicks(HeatMetric metric);

/// "novelty", as in the menu; and one sentence about what it is.
[[nodiscard]] QString metricName(HeatMetric metric);
[[nodiscard]] QString metricExplanation(HeatMetric metric);
[[nodiscard]] QString metricTickText(HeatMetric metric, double value);

}  // namespace tidemark::ui
