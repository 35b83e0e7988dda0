#include "ui/theme/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tidemark::ui {
namespace {

struct Anchor {
  int red;
  int green;
  int blue;
};

// Cividis (Nunez, Anderton, Renslow 2018) at sixteenths.
constexpr std::array<Anchor, 17> kAnchors{{
    {0, 32, 77},
    {1, 43, 101},
    {17, 54, 108},
    {38, 66, 110},
    {60, 77, 110},
    {81, 88, 110},
    {98, 100, 111},
    {114, 112, 113},
    {127, 124, 117},
    {140, 136, 119},
    {154, 148, 120},
    {169, 161, 119},
    {187, 175, 113},
    {206, 189, 104},
    {226, 203, 92},
    {243, 218, 79},
    {255, 234, 70},
}};

constexpr int kSteps = 1024;

std::array<QRgb, kSteps> makeTable() {
  std::array<QRgb, kSteps> table{};
  for (int i = 0; i < kSteps; ++i) {
    const double position = static_cast<double>(i) / (kSteps - 1) * (kAnchors.size() - 1);
    const auto below = std::min<std::size_t>(static_cast<std::size_t>(position), kAnchors.size() - 2);
    const double share = position - static_cast<double>(below);
    const auto mix = [share](int from, int to) { return static_cast<int>(from + (to - from) * share + 0.5); };
    const Anchor& a = kAnchors[below];
    const Anchor& b = kAnchors[below + 1];
    table[static_cast<std::size_t>(i)] = qRgb(mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue));
  }
  return table;
}

}  // namespace

float heatPlace(float value) {
  constexpr float kDarkest = 1e-4F;
  // NaN compares false.
  return value > kDarkest ? std::min(1.0F, 1 + std::log10(value) / kHeatDecades) : 0.0F;
}

QRgb heatColor(float value) {
  static const std::array<QRgb, kSteps> kTable = makeTable();
  const float inside = value > 0 ? std::min(value, 1.0F) : 0.0F;  // NaN compares false
  return kTable[static_cast<std::size_t>(inside * (kSteps - 1) + 0.5F)];
}

QColor textOnHeat(float value) {
  return qGray(heatColor(value)) > 120 ? QColor(Qt::black) : QColor(Qt::white);
}

}  // namespace tidemark::ui
