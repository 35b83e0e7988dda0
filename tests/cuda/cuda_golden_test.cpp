// Every golden checkpoint on the CUDA backend against its expected float64 values.

#include <cstdio>

#include "tests/cuda/backend_under_test.h"
#include "tests/support/golden_run.h"

namespace tidemark {
namespace {

using testing::GoldenCase;
using testing::GoldenRun;

class CudaGolden : public CudaTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(CudaGolden, AgreesWithTheSpecification) {
  const GoldenCase golden = testing::loadGolden(GetParam());
  const auto backend = makeBackend(golden.config, golden.weights);
  ASSERT_TRUE(backend);
  for (const Schedule schedule : {Schedule::kDiagonal, Schedule::kSequential}) {
    const GoldenRun run = testing::runGolden(*backend, golden, schedule);
    for (const auto& item : run.errors) {
      std::printf("%-24s %.1e\n", item.name.c_str(), item.error);
      EXPECT_TRUE(item.error <= 2e-2) << item.name << " differs by " << item.error;
    }
    std::printf("lost by %.1e\n", run.lostBy);
    EXPECT_GE(run.memoriesCompared, 4);
  }
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
