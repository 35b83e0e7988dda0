#pragma once
// A checkpoint with its expected answers (tests/data/golden), and comparisons that a NaN cannot pass.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/weights/model_weights.h"
#include "engine/weights/safetensors.h"

namespace tidemark::testing {

struct GoldenCase {
  ModelConfig config;
  ModelWeights weights;
  std::shared_ptr<MappedFile> file;
  SafetensorsFile expected;

  [[nodiscard]] std::vector<TokenId> tokens(const std::string& name) const;
  [[nodiscard]] std::vector<float> floats(const std::string& name) const;
};

[[nodiscard]] std::filesystem::path goldenDirectory();
[[nodiscard]] std::vector<std::string> goldenNames();
/// Loads a case or fails the test.
[[nodiscard]] GoldenCase loadGolden(const std::string& name);

/// Largest difference over largest expected value; infinity for NaN or different sizes.
[[nodiscard]] double relativeError(std::span<const float> got, std::span<const float> expected);

/// |got - expected| / |expected|, Euclidean; infinity for NaN or different sizes.
[[nodiscard]] double relativeNormError(std::span<const float> got, std::span<const float> expected);

}  // namespace tidemark::testing
