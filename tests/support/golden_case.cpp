#include "tests/support/golden_case.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark::testing {

std::filesystem::path goldenDirectory() {
  return std::filesystem::path(TM_SOURCE_DIR) / "tests" / "data" / "golden";
}

std::vector<std::string> goldenNames() {
  return {"gpt2-plain-pos",      "gpt2-wrap-pos",         "llama-gated-write", "llama-gqa",
          "llama-many-segments", "llama-no-denominator",  "llama-nocorr",      "llama-normalized-keys",
          "llama-tied-rope3",    "llama-two-memory-heads"};
}

GoldenCase loadGolden(const std::string& name) {
  GoldenCase golden;
  const auto directory = goldenDirectory() / name;
  auto config = loadModelConfig(directory);
  EXPECT_TRUE(config.ok()) << config.error().message;
  golden.config = *config;
  auto checkpoint = Checkpoint::open(directory);
  EXPECT_TRUE(checkpoint.ok()) << checkpoint.error().message;
  auto weights = bindModelWeights(golden.config, *checkpoint);
  EXPECT_TRUE(weights.ok()) << weights.error().message;
  golden.weights = std::move(weights).value();
  auto file = MappedFile::open(directory / "expected.safetensors");
  EXPECT_TRUE(file.ok()) << file.error().message;
  golden.file = std::make_shared<MappedFile>(std::move(file).value());
  auto expected = parseSafetensors(golden.file->bytes(), name);
  EXPECT_TRUE(expected.ok()) << expected.error().message;
  golden.expected = std::move(expected).value();
  return golden;
}

std::vector<TokenId> GoldenCase::tokens(const std::string& name) const {
  const TensorView& view = expected.tensors.at(name);
  std::vector<TokenId> out(view.bytes.size() / sizeof(TokenId));
  std::copy_n(view.bytes.data(), view.bytes.size(), reinterpret_cast<std::byte*>(out.data()));
  return out;
}

std::vector<float> GoldenCase::floats(const std::string& name) const {
  const TensorView& view = expected.tensors.at(name);
  std::vector<float> out(view.bytes.size() / byteSize(view.dtype));
  widenToFloat(view, out);
  return out;
}

double relativeError(std::span<const float> got, std::span<const float> expected) {
  if (got.size() != expected.size()) return std::numeric_limits<double>::infinity();
  double difference = 0;
  double largest = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double d = std::abs(static_cast<double>(got[i]) - expected[i]);
    if (!std::isfinite(d)) return std::numeric_limits<double>::infinity();
    difference = std::max(difference, d);
    largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
  }
  return difference / largest;
}

double relativeNormError(std::span<const float> got, std::span<const float> expected) {
  if (got.size() != expected.size()) return std::numeric_limits<double>::infinity();
  double difference = 0;
  double size = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double d = static_cast<double>(got[i]) - static_cast<double>(expected[i]);
    difference += d * d;
    size += static_cast<double>(expected[i]) * static_cast<double>(expected[i]);
  }
  const double error = std::sqrt(difference / size);
  return std::isnan(error) ? std::numeric_limits<double>::infinity() : error;
}

}  // namespace tidemark::testing
