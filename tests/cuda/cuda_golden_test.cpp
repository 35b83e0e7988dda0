// Every golden checkpoint on the CUDA backend against its expected float64 values.
//
// Tolerances: 2e-2 of the norm (bf16 keeps 8 bits, 2^-8 = 4e-3 a rounding at most, and a cell of these models rounds a
// few dozen times in a row) wherever the case itself allows it; where rounding the weights to bf16 alone, in float64
// arithmetic, moves the specification's own result by more, three times that. tests/data/golden/bf16_sensitivity.json
// is the table, tools/reference/bf16_sensitivity.py made it.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cuda/backend_under_test.h"
#include "tests/support/golden_run.h"

namespace tidemark {
namespace {

using testing::GoldenCase;
using testing::GoldenRun;

constexpr double kTolerance = 2e-2;
constexpr double kOfSensitivity = 3;

nlohmann::json sensitivityOf(const std::string& name) {
  std::ifstream file(testing::goldenDirectory() / "bf16_sensitivity.json");
  return nlohmann::json::parse(file).at(name);
}

class CudaGolden : public CudaTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(CudaGolden, AgreesWithTheSpecification) {
  const GoldenCase golden = testing::loadGolden(GetParam());
  const nlohmann::json sensitivity = sensitivityOf(GetParam());
  const auto backend = makeBackend(golden.config, golden.weights);
  ASSERT_TRUE(backend);
  const GoldenRun run = testing::runGolden(*backend, golden, Schedule::kDiagonal);
  double worst = 0;
  for (const auto& item : run.errors) {
    if (item.name == "logits") continue;  // segment by segment
    const double tolerance = std::max(kTolerance, kOfSensitivity * sensitivity.at(item.name).get<double>());
    EXPECT_TRUE(item.normError <= tolerance) << item.name << " differs by " << item.normError << " of " << tolerance;
    worst = std::max(worst, item.normError / tolerance);
  }
  // What depends on no memory is held to 2e-2 in every case.
  for (const char* name : {"logits.segment_0", "full_attention_logits"}) {
    const auto item = std::find_if(run.errors.begin(), run.errors.end(), [&](const auto& i) { return i.name == name; });
    ASSERT_NE(item, run.errors.end());
    EXPECT_TRUE(item->normError <= kTolerance) << name << " differs by " << item->normError;
    std::printf("%s %.1e, largest difference over largest value %.1e\n", name, item->normError, item->error);
  }
  EXPECT_LE(run.lostBy, std::max(kTolerance, kOfSensitivity * sensitivity.at("generated_logits").get<double>()));
  EXPECT_GE(run.memoriesCompared, 4);
  std::printf("worst: %.2f of its tolerance\n", worst);
}

INSTANTIATE_TEST_SUITE_P(AllCases, CudaGolden, ::testing::ValuesIn(testing::goldenNames()), [](const auto& test) {
  std::string name = test.param;
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
});

}  // namespace
}  // namespace tidemark
