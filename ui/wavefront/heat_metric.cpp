#include "ui/wavefront/heat_metric.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr float kChangeDecades = 3;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(HeatMetric)
};

}  // namespace

float heatOf(HeatMetric metric, float value) {
  if (std::isnan(value)) return value;
  switch (metric) {
    case HeatMetric::kChange:
      return value <= 0 ? 0 : std::min(1.0F, std::max(0.0F, 1 + std::log10(value) / kChangeDecades));
    case HeatMetric::kEvidence:
      return std::sqrt(std::min(1.0F, std::max(0.0F, value)));
    default:
      return std::min(1.0F, std::max(0.0F, value));
  }
}

std::vector<HeatTick> heatTicks(HeatMetric metric) {
  switch (metric) {
    case HeatMetric::kChange:
      return {{0, 0.001}, {1.0 / 3, 0.01}, {2.0 / 3, 0.1}, {1, 1}};
    case HeatMetric::kEvidence:
      return {{0, 0}, {0.5, 0.25}, {1, 1}};
    default:
      return {{0, 0}, {0.5, 0.5}, {1, 1}};
  }
}

QString metricName(HeatMetric metric) {
  switch (metric) {
    case HeatMetric::kAge:
      return Text::tr("age");
    case HeatMetric::kNovelty:
      return Text::tr("novelty");
    case HeatMetric::kWriteStrength:
      return Text::tr("write strength");
    case HeatMetric::kChange:
      return Text::tr("change of memory");
    case HeatMetric::kEvidence:
      return Text::tr("evidence");
  }
  return {};
}

QString metricExplanation(HeatMetric metric) {
  switch (metric) {
    case HeatMetric::kAge:
      return Text::tr("The step a cell ran at: dark ran first, bright ran last.");
    case HeatMetric::kNovelty:
      return Text::tr("How new a segment was to the memory: 1 is new, 0 was occupied already.");
    case HeatMetric::kWriteStrength:
      return Text::tr("How strongly the memory tokens of a segment were written.");
    case HeatMetric::kChange:
      return Text::tr("How much a write changed the memory of its layer, compared with the size of that memory.");
    case HeatMetric::kEvidence:
      return Text::tr("Share of a segment in the memory that the selected answer was read from.");
  }
  return {};
}

QString metricTickText(HeatMetric metric, double value) {
  const QLocale locale;
  switch (metric) {
    case HeatMetric::kAge:
      return value <= 0 ? Text::tr("first") : value >= 1 ? Text::tr("last") : QString();
    case HeatMetric::kEvidence:
      return Text::tr("%1 %").arg(locale.toString(value * 100, 'f', 0));
    default:
      return locale.toString(value, 'g', 3);
  }
}

}  // namespace tidemark::ui
