#include "ui/wavefront/heat_pyramid.h"

#include <gtest/gtest.h>

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "ui/wavefront/heat_metric.h"

namespace tidemark::ui {
namespace {

TEST(HeatPyramid, EveryColumnIsTheMeanAndMaximumOfItsSegments) {
  constexpr int kLayers = 3;
  constexpr std::int64_t kSegments = 77;  // ragged at every level
  HeatPyramid pyramid(kLayers);
  std::mt19937 random(7);
  std::vector<float> values(kSegments * kLayers);
  for (auto& value : values) value = static_cast<float>(random() % 1000) / 999.0F;
  for (std::int64_t step = 0; step < kSegments + kLayers - 1; ++step) {  // in the order a read fills it
    for (int l = 0; l < kLayers; ++l) {
      const std::int64_t s = step - l;
      if (s >= 0 && s < kSegments) pyramid.set(s, l, values[static_cast<std::size_t>(s * kLayers + l)]);
    }
    if (step % 5 == 0) pyramid.settle();  // in batches of groups
  }
  pyramid.settle();
  EXPECT_EQ(pyramid.levels(), 8);
  for (int level = 0; level < pyramid.levels(); ++level) {
    for (std::int64_t column = 0; column << level < kSegments; ++column) {
      for (int l = 0; l < kLayers; ++l) {
        double sum = 0;
        float top = 0;
        const std::int64_t end = std::min(kSegments, (column + 1) << level);
        for (std::int64_t s = column << level; s < end; ++s) {
          const float value = values[static_cast<std::size_t>(s * kLayers + l)];
          sum += static_cast<double>(value);
          top = std::max(top, value);
        }
        const HeatSample sample = pyramid.sample(level, column, l);
        const std::int64_t count = end - (column << level);
        ASSERT_EQ(sample.count, count);
        ASSERT_NEAR(sample.mean, sum / static_cast<double>(count), 1e-3);
        ASSERT_NEAR(sample.maximum, top, 1e-4);
      }
    }
  }
}

TEST(HeatPyramid, SettingAgainReplaces) {
  HeatPyramid pyramid(1);
  for (int s = 0; s < 8; ++s) pyramid.set(s, 0, 1);
  pyramid.settle();
  pyramid.set(3, 0, 0);
  pyramid.settle();
  EXPECT_NEAR(pyramid.sample(3, 0, 0).mean, 7.0 / 8, 1e-4);
  pyramid.set(3, 0, std::numeric_limits<float>::quiet_NaN());
  EXPECT_TRUE(std::isnan(pyramid.value(3, 0)));
  EXPECT_FLOAT_EQ(pyramid.value(2, 0), 1);
  pyramid.settle();
  EXPECT_EQ(pyramid.sample(3, 0, 0).count, 7U);
  EXPECT_NEAR(pyramid.sample(3, 0, 0).mean, 1, 1e-4);
}

TEST(HeatPyramid, TruncatingLeavesTheRestRight) {
  HeatPyramid pyramid(2);
  for (int s = 0; s < 20; ++s) pyramid.set(s, 1, s < 5 ? 1.0F : 0.0F);
  pyramid.settle();
  pyramid.truncate(5);
  EXPECT_EQ(pyramid.sample(0, 5, 1).count, 0U);
  EXPECT_EQ(pyramid.sample(3, 0, 1).count, 5U);
  EXPECT_NEAR(pyramid.sample(3, 0, 1).mean, 1, 1e-4);
  pyramid.set(5, 1, 0);
  pyramid.truncate(7);  // nothing to forget, but what was set is there
  EXPECT_EQ(pyramid.sample(3, 0, 1).count, 6U);
  pyramid.truncate(0);
  EXPECT_EQ(pyramid.levels(), 0);
}

TEST(HeatPyramid, WhatIsNotThereHasNoValue) {
  const HeatPyramid empty(2);
  EXPECT_EQ(empty.sample(0, 0, 0).count, 0U);
  HeatPyramid pyramid(2);
  pyramid.set(0, 0, 1);
  EXPECT_EQ(pyramid.sample(0, 0, 1).count, 0U);
  EXPECT_EQ(pyramid.sample(0, -1, 0).count, 0U);
  EXPECT_EQ(pyramid.sample(0, 0, 2).count, 0U);
}

struct DomainCase {
  float value;
  float heat;
};

TEST(HeatMetric, DomainsAreFixedAndLogarithmic) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const DomainCase cases[] = {{1, 1},       {0.1F, 0.75F}, {0.01F, 0.5F}, {0.001F, 0.25F}, {1e-4F, 0},
                              {0.5e-4F, 0}, {0, 0},        {-1, 0},       {nan, 0},        {7, 1}};
  for (const HeatMetric metric : {HeatMetric::kNovelty, HeatMetric::kWriteStrength, HeatMetric::kChange}) {
    for (const auto& [value, heat] : cases) EXPECT_NEAR(heatOf(metric, value), heat, 1e-5) << value;
    EXPECT_NEAR(valueAt(metric, 0.5), 0.01, 1e-6);
  }
  EXPECT_FLOAT_EQ(heatOf(HeatMetric::kEvidence, 0.25F), 0.5F);
  EXPECT_FLOAT_EQ(heatOf(HeatMetric::kEvidence, nan), 0);
}

TEST(HeatMetric, TicksStandWhereTheirValuesAre) {
  for (const HeatMetric metric :
       {HeatMetric::kNovelty, HeatMetric::kWriteStrength, HeatMetric::kChange, HeatMetric::kEvidence}) {
    for (const HeatTick& tick : heatTicks(metric)) {
      EXPECT_NEAR(heatOf(metric, static_cast<float>(tick.value)), tick.place, 1e-4);
      EXPECT_NEAR(valueAt(metric, tick.place), tick.value, 1e-6);
    }
  }
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  QStringList texts;
  for (const HeatTick& tick : heatTicks(HeatMetric::kChange)) texts << metricTickText(HeatMetric::kChange, tick.value);
  EXPECT_EQ(texts, (QStringList{QStringLiteral("0.0001"), QStringLiteral("0.01"), QStringLiteral("1")}));
}

}  // namespace
}  // namespace tidemark::ui
