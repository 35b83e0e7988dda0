#pragma once
// A golden case carried out on a backend: everything that the case has expected values for, as errors.

#include <string>
#include <vector>

#include "engine/executor/executor.h"
#include "tests/support/golden_case.h"

namespace tidemark::testing {

struct GoldenRun {
  struct Item {
    std::string name;      // as in expected.safetensors
    double error = 0;      // largest difference over largest expected value; infinity for NaN
    double normError = 0;  // the same of Euclidean norms
  };
  std::vector<Item> errors;  // besides, "logits.segment_N": those of one segment
  int memoriesCompared = 0;
  std::vector<TokenId> generated;  // greedy; "generated_logits" is compared up to the first token that differs
  std::vector<TokenId> expected;
  /// At the first token that differs: how far the expected token stands above the generated one, over the largest
  /// expected logit. 0 if none differs.
  double lostBy = 0;
};

/// Reads with `schedule` (the rest of the tokens as a ragged segment), answers, and runs full attention. A failure of
/// the backend fails the test.
[[nodiscard]] GoldenRun runGolden(Backend& backend, const GoldenCase& golden, Schedule schedule);

}  // namespace tidemark::testing
