#include "engine/backend/rotary_frequencies.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tidemark {

std::vector<double> rotaryFrequencies(const ModelConfig& config) {
  std::vector<double> result;
  const RotaryConfig& rotary = config.rotary;
  for (int i = 0; i < config.headDim; i += 2) {
    double frequency = 1.0 / std::pow(rotary.theta, static_cast<double>(i) / config.headDim);
    if (rotary.scaling == RotaryScaling::kLlama3) {
      const double waveLength = 2 * std::numbers::pi / frequency;
      const double smooth = std::clamp((rotary.originalMaxPositions / waveLength - rotary.lowFrequencyFactor) /
                                           (rotary.highFrequencyFactor - rotary.lowFrequencyFactor),
                                       0.0, 1.0);
      frequency = (1 - smooth) * frequency / rotary.factor + smooth * frequency;
    }
    result.push_back(frequency);
  }
  return result;
}

}  // namespace tidemark
