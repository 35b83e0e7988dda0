#include "ui/wavefront/heat_metric.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/theme/heat_map.h"

namespace tidemark::ui {
namespace {

struct MetricWords {
  Q_DECLARE_TR_FUNCTIONS(HeatMetric)
};

}  // namespace

float heatOf(HeatMetric metric, float value) {
  if (metric == HeatMetric::kEvidence) return value > 0 ? std::sqrt(std::min(1.0F, value)) : 0.0F;
  return heatPlace(value);
}

double valueAt(HeatMetric metric, double place) {
  if (metric == HeatMetric::kEvidence) return place * place;
  return std::pow(10.0, (place - 1) * static_cast<double>(kHeatDecades));
}

std::vector<HeatTick> heatTicks(HeatMetric metric) {
  switch (metric) {
    case HeatMetric::kAge:
      return {{0, 0}, {1, 1}};
    case HeatMetric::kEvidence:
      return {{0, 0}, {0.5, 0.25}, {1, 1}};
    default:
      return {{0, 0.0001}, {0.5, 0.01}, {1, 1}};
  }
}

QString metricName(HeatMetric metric) {
  switch (metric) {
    case HeatMetric::kAge:
      return MetricWords::tr("age");
    case HeatMetric::kNovelty:
      return MetricWords::tr("novelty");
    case HeatMetric::kWriteStrength:
      return MetricWords::tr("write strength");
    case HeatMetric::kChange:
      return MetricWords::tr("change of memory");
    case HeatMetric::kEvidence:
      return MetricWords::tr("evidence");
  }
  return {};
}

QString metricExplanation(HeatMetric metric) {
  switch (metric) {
    case HeatMetric::kAge:
      return MetricWords::tr("The step a cell ran at: dark ran first, bright ran last.");
    case HeatMetric::kNovelty:
      return MetricWords::tr(
          "How new a segment was to the memory: 1 is new, 0 was occupied already. Logarithmic scale.");
    case HeatMetric::kWriteStrength:
      return MetricWords::tr("How strongly the memory tokens of a segment were written. Logarithmic scale.");
    case HeatMetric::kChange:
      return MetricWords::tr(
          "How much a write changed the memory of its layer, compared with the size of that memory. Logarithmic "
          "scale.");
    case HeatMetric::kEvidence:
      return MetricWords::tr("Share of a segment in the memory that the selected answer was read from.");
  }
  return {};
}

QString metricTickText(HeatMetric metric, double value) {
  const QLocale locale;
  switch (metric) {
    case HeatMetric::kAge:
      return value <= 0 ? MetricWords::tr("first") : value >= 1 ? MetricWords::tr("last") : QString();
    case HeatMetric::kEvidence:
      return MetricWords::tr("%1 %").arg(locale.toString(value * 100, 'f', 0));
    default:
      return locale.toString(value, 'g', 3);
  }
}

}  // namespace tidemark::ui
