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

/// Place of a metric's value on the scale: novelty and write strength as they are, change of memory by its logarithm
/// (0.001 to 1), evidence by its square root. NaN stays NaN. Not for kAge, which has no value of its own.
[[nodiscard]] float heatOf(HeatMetric metric, float value);
[[nodiscard]] std::vector<HeatTick> heatTicks(HeatMetric metric);

/// "novelty", as in the menu; and one sentence about what it is.
[[nodiscard]] QString metricName(HeatMetric metric);
[[nodiscard]] QString metricExplanation(HeatMetric metric);
[[nodiscard]] QString metricTickText(HeatMetric metric, double value);

}  // namespace tidemark::ui
