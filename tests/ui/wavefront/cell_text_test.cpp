#include "ui/wavefront/cell_text.h"

#include <gtest/gtest.h>

#include <QLocale>

namespace tidemark::ui {
namespace {

struct NumberCase {
  double value;
  const char* plain;
  const char* brief;
};

TEST(CellText, NumbersKeepTwoDigitsThatCount) {
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  const NumberCase cases[] = {
      {0, "0", "0"},          {0.00003, "<0.0001", "0"}, {0.0004, "0.00040", "4e-4"}, {0.0032, "0.0032", "3e-3"},
      {0.01, "0.010", ".01"}, {0.063, "0.063", ".06"},   {0.41, "0.41", ".41"},       {1, "1.00", "1"}};
  for (const auto& [value, plain, brief] : cases) {
    EXPECT_EQ(metricNumber(value).toStdString(), plain);
    EXPECT_EQ(shortNumber(value).toStdString(), brief);
  }
}

}  // namespace
}  // namespace tidemark::ui
