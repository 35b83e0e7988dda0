#pragma once
// Timed reads of random tokens, schedule against schedule, with what the machine can do measured beside them.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/cpu_backend.h"
#include "engine/executor/executor.h"

namespace tidemark::cli {

struct BenchRequest {
  std::span<const TokenId> tokens;  // full segments only
  std::vector<Schedule> schedules;
  int runs = 1;
  int warmUpSegments = 0;
  int threads = 0;                                   // for the machine's own rates
  std::function<bool()> cancelled;                   // asked between two groups; may be empty
  std::function<void(const std::string&)> progress;  // one line per run; may be empty
};

struct ScheduleTimes {
  Schedule schedule = Schedule::kDiagonal;
  std::vector<double> seconds;  // of each run
  std::int64_t launches = 0;    // groups of one run
  std::string stateHash;
  [[nodiscard]] double median() const;
};

struct BenchTimes {
  std::vector<ScheduleTimes> schedules;  // in the order of the request
  CpuRates rates;                        // the better of before and after
};

/// Runs take turns between the schedules, so that a slow minute of the machine meets both. Errors: kCancelled;
/// kInternal if the memory is not finite or two runs do not leave the same bits; those of the backend.
[[nodiscard]] Result<BenchTimes> runBenchmark(Backend& backend, const BenchRequest& request);

[[nodiscard]] const char* scheduleName(Schedule schedule);

}  // namespace tidemark::cli
